"""What anybody may see of penalties: only these fields, only while they are public.

Nothing here takes a person. A penalty whose period is over is not found on any day that is asked for, whether a chore
has taken it down or not; of a person the name is masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import Text
from qualicity.judgement.enforcement.lifecycle import Party, Publicity
from qualicity.judgement.enforcement.models import Penalty

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class PublicPenalty:
    """One penalty as the public sees it; money in fen, kinds and class in words."""

    token: str
    number: str
    party: str
    uscc: str
    """Empty for a person."""
    place: str
    sector: str
    violation: str
    basis: str
    kinds: tuple[Text, ...]
    fine_fen: int
    confiscated_fen: int
    authority: Text
    decided_on: date
    published_on: date
    until: date
    level: Text


def public_penalties(
    *, on: date | None = None, uscc: str = "", place: str = "", search: str = "", after: str = "", limit: int = 50
) -> tuple[PublicPenalty, ...]:
    """Return the penalties that are public on a day and still are, the latest first, a page at a time.

    ``after`` is the token of the last one of the page before. ``search`` finds in the name and the number.
    """
    found = showing(on)
    if uscc:
        found = found.filter(enterprise=uscc)
    if place:
        found = found.filter(place=place)
    if search:
        # a person's name is masked, so that searching must not tell it
        found = found.filter(
            Q(party_name__icontains=search, party_kind=Party.ENTERPRISE) | Q(number__icontains=search)
        )
    if after:
        last = found.filter(token=after).first()
        if last is None:
            return ()
        found = found.filter(
            Q(published_on__lt=last.published_on) | Q(published_on=last.published_on, pk__lt=last.pk)
        )
    return tuple(_public(one) for one in found[:limit])


def public_penalty(token: UUID | str) -> PublicPenalty | None:
    """Return one penalty that is public today; None for any other."""
    found = showing(None).filter(token=token).first()
    return _public(found) if found else None


def showing(on: date | None) -> QuerySet[Penalty]:
    """Return the penalties that are public on a day, and still are today."""
    today = registry.present_day()
    day = today if on is None else on
    return (
        Penalty.objects.filter(
            state=Publicity.PUBLIC, published_on__lte=min(day, today), public_until__gte=max(day, today)
        )
        .select_related("organisation")
        .order_by("-published_on", "-pk")
    )


def masked(name: str, kind: str) -> str:
    """Return an enterprise's name whole, a person's as its first character."""
    return name if kind == Party.ENTERPRISE else f"{name[:1]}**"


def level_words(text: str, level: str) -> Text:
    """Return what a class is called under a text of the law on publicity."""
    known = catalogue().enforcement
    assert known is not None
    found = next(
        (one for part in known.publicity if part.text == text for one in part.classes if one.code == level), None
    )
    return found.title.text if found else Text(level, level)


def kind_words(codes: list[str]) -> tuple[Text, ...]:
    """Return what the kinds of a penalty are called."""
    known = catalogue().enforcement
    assert known is not None
    return tuple(one.title.text for one in known.kinds if one.code in codes)


def _public(one: Penalty) -> PublicPenalty:
    assert one.published_on is not None
    assert one.public_until is not None
    unit = one.organisation
    return PublicPenalty(
        token=str(one.token),
        number=one.number,
        party=masked(one.party_name, one.party_kind),
        uscc=one.enterprise if one.party_kind == Party.ENTERPRISE else "",
        place=one.place,
        sector=one.sector,
        violation=one.violation,
        basis=one.basis,
        kinds=kind_words(one.kinds),
        fine_fen=one.fine_fen,
        confiscated_fen=one.confiscated_fen,
        authority=Text(unit.title_zh, unit.title_en),
        decided_on=one.decided_on,
        published_on=one.published_on,
        until=one.public_until,
        level=level_words(one.law_text, one.level),
    )
