"""What other desks know of enterprises: each feed is one frame of events and the version that it stands at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.judgement.credit.queries.listing_public import listing_events, listing_version
from qualicity.judgement.enforcement.queries import penalty_events, penalty_version

if TYPE_CHECKING:
    import polars as pl

    from qualicity.definitions.credit import Feed


@dataclass(frozen=True, slots=True)
class Source:
    """One feed: its events now, in the columns of enforcement's ``FEED``, and any text that changes when they do."""

    events: Callable[[], pl.DataFrame]
    version: Callable[[], str]


FEEDS: Mapping[Feed, Source] = {
    "penalties": Source(penalty_events, penalty_version),
    "listings": Source(listing_events, listing_version),
}
