"""Penalties as facts of enterprises, many at a time: for credit files, scores and campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.models import Penalty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualicity.commons.accounts.models import Person

PORTION = 5000


@dataclass(frozen=True, slots=True)
class PenaltyFact:
    """One penalty of one enterprise, as a score or a file counts it; money in fen."""

    pk: int
    uscc: str
    number: str
    authority: str
    """The code of the organisation."""
    sector: str
    violation: str
    kinds: tuple[str, ...]
    fine_fen: int
    confiscated_fen: int
    level: str
    is_heavy: bool
    decided_on: date
    performed_on: date | None


def penalties(
    *, by: Person, uscc: Iterable[str] | None = None, since: date | None = None, on: date | None = None
) -> Iterator[PenaltyFact]:
    """Yield the penalties of enterprises decided from ``since`` to ``on``, in order of code and day.

    Those annulled by ``on`` are left out. ``uscc`` narrows to some enterprises; without it, all, read in portions.
    """
    accounts.check(by, permissions.READ)
    found = Penalty.objects.exclude(enterprise="").exclude(annulled_on__isnull=False, annulled_on__lte=on or date.max)
    if uscc is not None:
        found = found.filter(enterprise__in=list(uscc))
    if since is not None:
        found = found.filter(decided_on__gte=since)
    if on is not None:
        found = found.filter(decided_on__lte=on)
    rows = found.select_related("organisation").order_by("enterprise", "decided_on", "pk")
    for one in rows.iterator(chunk_size=PORTION):
        yield PenaltyFact(
            pk=one.pk, uscc=one.enterprise, number=one.number, authority=one.organisation.code, sector=one.sector,
            violation=one.violation, kinds=tuple(one.kinds), fine_fen=one.fine_fen,
            confiscated_fen=one.confiscated_fen, level=one.level, is_heavy=one.is_heavy, decided_on=one.decided_on,
            performed_on=one.performed_on if on is None or (one.performed_on or date.max) <= on else None,
        )  # fmt: skip


def was_punished_heavily(*, uscc: str, after: date, besides: int | None = None) -> bool:
    """Say whether an enterprise has had a heavier penalty, one that stands, since a day."""
    found = Penalty.objects.filter(enterprise=uscc, decided_on__gt=after, is_heavy=True, annulled_on=None)
    return found.exclude(pk=besides or 0).exists()
