"""Where the open tables come from: what lower desks give, by name. What of it leaves, the definition says."""

from __future__ import annotations

from collections.abc import Mapping

from qualicity.publication.opendata.queries.sources import checks, goals, lists
from qualicity.publication.opendata.queries.sources.source import Reader, Row, Source

SOURCES: Mapping[str, Source] = {
    "indicators": Source(goals.indicators),
    "indicator_places": Source(goals.indicator_places),
    "enterprises": Source(goals.enterprises),
    "spot_check_results": Source(checks.results, checks.ENDED_BY, checks.version),
    "spot_check_follow_ups": Source(checks.follow_ups, checks.ENDED_BY, checks.version),
    "corrections": Source(checks.corrections, checks.ENDED_BY, checks.version),
    "draws": Source(checks.draws),
    "draw_targets": Source(checks.targets),
    "listings": Source(lists.listings, lists.ENDED_BY),
    "penalties": Source(lists.penalties, lists.ENDED_BY),
    "nothing": Source(goals.nothing),
}

__all__ = ["SOURCES", "Reader", "Row", "Source"]
