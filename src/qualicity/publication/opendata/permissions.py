"""Who may let tables out; to read them nobody is asked."""

from __future__ import annotations

PUBLISH = "opendata.publish"
