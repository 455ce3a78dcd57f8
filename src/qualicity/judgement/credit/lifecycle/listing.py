"""The list of the seriously dishonest: its case types and how a listing ends."""

from __future__ import annotations

from enum import StrEnum

from qualicity.errors import Text

LISTING, RESTORED = "dishonesty_listing", "dishonesty_restored"
REPAIR, OBJECTION = "credit_repair", "listing_objection"


class EndOfListing(StrEnum):
    """How a listing ended; ``not_listed`` is a proposal that came to nothing."""

    EXPIRED = "expired"
    REMOVED = "removed"
    REVOKED = "revoked"
    NOT_LISTED = "not_listed"


END_WORDS: dict[EndOfListing, Text] = {
    EndOfListing.EXPIRED: Text("期满移出", "ended by time"),
    EndOfListing.REMOVED: Text("修复移出", "removed after repair"),
    EndOfListing.REVOKED: Text("列入决定已撤销", "listing annulled"),
    EndOfListing.NOT_LISTED: Text("不予列入", "not listed"),
}
"""How an end is called."""
