"""Public pages."""

from __future__ import annotations

from qualicity.publication.portal.views.checks import draw, draws, result, results
from qualicity.publication.portal.views.feeds import enterprise_feed, feed, indicator_feed
from qualicity.publication.portal.views.pages import (
    complain,
    data,
    enterprise,
    enterprises,
    home,
    indicator,
    indicators,
    listing,
    stopped,
    subscribe,
    table,
)

__all__ = [
    "complain",
    "data",
    "draw",
    "draws",
    "enterprise",
    "enterprise_feed",
    "enterprises",
    "feed",
    "home",
    "indicator",
    "indicator_feed",
    "indicators",
    "listing",
    "result",
    "results",
    "stopped",
    "subscribe",
    "table",
]
