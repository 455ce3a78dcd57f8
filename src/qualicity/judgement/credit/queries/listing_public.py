"""What anybody may see of the list: only these fields, only while a listing lasts. Nothing here takes a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from django.db.models import Count, Max, Q

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import Text
from qualicity.judgement.credit.queries.listing_days import on_the_list, shown_to_the_public
from qualicity.judgement.enforcement.queries import FEED

if TYPE_CHECKING:
    from uuid import UUID

    from qualicity.judgement.credit.models import Listing


@dataclass(frozen=True, slots=True)
class PublicListing:
    """One listing as the public sees it."""

    token: str
    uscc: str
    name: str
    place: str
    field: Text
    ground: Text
    clause: str
    law: Text
    number: str
    authority: Text
    listed_on: date
    published_on: date
    until: date
    measures: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ListedFact:
    """One listing in force, as other desks count it."""

    pk: int
    uscc: str
    name: str
    place: str
    ground: str
    authority: str
    """The code of the organisation."""
    number: str
    listed_on: date
    until: date


def listed(*, on: date | None = None) -> tuple[ListedFact, ...]:
    """Return the listings in force on a day, and still today, in order of code; for scores and draws."""
    rows = on_the_list(on).select_related("organisation").order_by("enterprise", "pk")
    return tuple(
        ListedFact(
            pk=one.pk, uscc=one.enterprise, name=one.enterprise_name, place=one.place, ground=one.ground,
            authority=one.organisation.code, number=one.number, listed_on=one.listed_on, until=one.until,
        )
        for one in rows
        if one.listed_on is not None and one.until is not None
    )  # fmt: skip


def is_listed(uscc: str, *, on: date | None = None) -> bool:
    """Say whether an enterprise is on the list."""
    return on_the_list(on).filter(enterprise=uscc).exists()


def public_listings(
    *, on: date | None = None, uscc: str = "", place: str = "", search: str = "", after: str = "", limit: int = 50
) -> tuple[PublicListing, ...]:
    """Return the listings that the public may see on a day, the latest first, a page at a time.

    ``after`` is the token of the last one of the page before. ``search`` finds in name, code and number.
    """
    found = shown_to_the_public(on).select_related("organisation").order_by("-published_on", "-pk")
    if uscc:
        found = found.filter(enterprise=uscc)
    if place:
        found = found.filter(place=place)
    if search:
        words = search.strip()
        found = found.filter(
            Q(enterprise_name__icontains=words) | Q(number__icontains=words) | Q(enterprise=words.upper())
        )
    if after:
        last = found.filter(token=after).first()
        if last is None:
            return ()
        found = found.filter(
            Q(published_on__lt=last.published_on) | Q(published_on=last.published_on, pk__lt=last.pk)
        )
    return tuple(_public(one) for one in found[:limit])


def public_listing(token: UUID | str) -> PublicListing | None:
    """Return one listing that is public today; None for any other."""
    found = shown_to_the_public().select_related("organisation").filter(token=token).first()
    return _public(found) if found else None


def listing_events() -> pl.DataFrame:
    """Return the listings in force as events for the credit file; what has ended is not among them."""
    rows = on_the_list().select_related("organisation").order_by("pk")
    return pl.DataFrame(
        [
            (one.enterprise, str(one.pk), one.listed_on, one.until, ground_words(one)[1].zh,
             one.organisation.code, one.number, "heavy")
            for one in rows
        ],
        schema=FEED,
        orient="row",
    )  # fmt: skip


def listing_version() -> str:
    """Return what changes when the frame does: a day is part of it, for a listing ends with its day."""
    found = on_the_list().aggregate(count=Count("pk"), last=Max("pk"))
    return f"{found['count']}-{found['last'] or 0}-{registry.present_day()}"


def ground_words(one: Listing) -> tuple[Text, Text, str]:
    """Return field, ground and clause of a listing in words."""
    known = catalogue().grounds
    text = next((each for each in known.texts if each.text == one.law_text), None) if known else None
    found = next((each for each in text.grounds if each.code == one.ground), None) if text else None
    if known is None or found is None:
        return Text(one.law_text, one.law_text), Text(one.ground, one.ground), ""
    return known.fields[found.field].text, found.title.text, found.clause


def law_words(one: Listing) -> Text:
    """Return what the text is called under which an enterprise was listed."""
    known = catalogue()
    law = known.laws[known.grounds.law] if known.grounds else None
    text = next((each for each in law.texts if each.code == one.law_text), None) if law else None
    return text.title.text if text else Text(one.law_text, one.law_text)


def _public(one: Listing) -> PublicListing:
    assert one.listed_on is not None
    assert one.published_on is not None
    assert one.until is not None
    field, ground, clause = ground_words(one)
    unit = one.organisation
    known = catalogue().measures
    return PublicListing(
        token=str(one.token),
        uscc=one.enterprise,
        name=one.enterprise_name,
        place=one.place,
        field=field,
        ground=ground,
        clause=clause,
        law=law_words(one),
        number=one.number,
        authority=Text(unit.title_zh, unit.title_en),
        listed_on=one.listed_on,
        published_on=one.published_on,
        until=one.until,
        measures=tuple(each.title.text for each in known.measures) if known else (),
    )
