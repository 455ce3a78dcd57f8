"""Which listings may be seen on a day. Every read of the list begins here, so that nobody sees one after its end.

A day that is asked for never shows what has ended since: what is over today is not found, whatever the day. The
sealed past is for readers of the audit trail alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qualicity.commons.registry import queries as registry
from qualicity.judgement.credit.models import Listing

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def on_the_list(on: date | None = None) -> QuerySet[Listing]:
    """Return the listings in force on a day and still today, of whatever unit; without a day, today's."""
    today = registry.present_day()
    day = today if on is None else on
    return Listing.objects.filter(
        ended_on=None, listed_on__isnull=False, listed_on__lte=min(day, today), until__gte=max(day, today)
    )


def alive() -> QuerySet[Listing]:
    """Return what is proposed or on the list today: what the house works on."""
    return Listing.objects.filter(ended_on=None).filter(Q(listed_on=None) | Q(until__gte=registry.present_day()))


def shown_to_the_public(on: date | None = None) -> QuerySet[Listing]:
    """Return the listings that were published by a day and may still be seen."""
    today = registry.present_day()
    day = min(today if on is None else on, today)
    return on_the_list(on).filter(published_on__isnull=False, published_on__lte=day)
