"""What stands in the way of a repair, in words: the same for the page, the enterprise and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.registry import queries as registry
from qualicity.errors import Text
from qualicity.judgement.credit.models import ListingRepair
from qualicity.judgement.enforcement import queries as enforcement

if TYPE_CHECKING:
    from datetime import date

    from qualicity.judgement.credit.models import Listing


def obstacles(listing: Listing, *, granting: bool) -> list[Text]:
    """Return what stands in the way of asking for a repair, or with ``granting`` of granting it."""
    today = registry.present_day()
    found = []
    if listing.early_from is None:
        found.append(Text("该次列入不得提前移出。", "This listing has no early end."))
    elif today < listing.early_from:
        found.append(
            Text(
                f"列入满一年后方可申请：{listing.early_from} 起。",
                f"It can be asked for from {listing.early_from} on.",
            )
        )
    if (barred := barred_until(listing.enterprise)) is not None and today <= barred:
        found.append(
            Text(
                f"曾以虚假材料申请修复，{barred} 之前不得再申请。",
                f"After a false request none can be made until {barred}.",
            )
        )
    if granting and listing.penalty is not None and listing.penalty.performed_on is None:
        found.append(Text("尚未履行行政处罚决定。", "The penalty is not performed yet."))
    if granting and listing.listed_on is not None and _punished_again(listing):
        found.append(
            Text("列入后又受到较重行政处罚。", "A heavier penalty was imposed since the enterprise was listed.")
        )
    return found


def barred_until(enterprise: str) -> date | None:
    """Return the day to which an enterprise may not ask after a false request; None where it is free."""
    found = ListingRepair.objects.filter(listing__enterprise=enterprise, barred_until__isnull=False)
    return found.order_by("-barred_until").values_list("barred_until", flat=True).first()


def _punished_again(listing: Listing) -> bool:
    assert listing.listed_on is not None
    return enforcement.was_punished_heavily(
        uscc=listing.enterprise, after=listing.listed_on, besides=listing.penalty_id
    )
