"""The settings of the peer in benchmarks/portal.py: the same house, pages and data without the memory before it."""

from __future__ import annotations

from qualicity.site.settings import *  # noqa: F403
from qualicity.site.settings import MIDDLEWARE as _ALL

MIDDLEWARE = [one for one in _ALL if one != "qualicity.site.front.FrontMiddleware"]
