"""What was handed to enforcement; it looks here and takes it from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import GROUNDS
from qualicity.evidence.inspections.models import Transfer
from qualicity.evidence.inspections.queries.settling import enterprise_of

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.errors import Text


@dataclass(frozen=True, slots=True)
class Transferred:
    """One failed sample handed to enforcement: what, of whom, on what grounds, by which unit, in which case."""

    number: int
    sample: str
    product: str
    law: str
    place: str
    enterprise: str
    """The social credit code, empty where the sheet has none."""
    enterprise_name: str
    grounds: str
    grounds_title: Text
    reason: str
    on: date
    organisation: str
    case: int


def transferred(*, by: Person, since: date | None = None, organisation: str = "") -> tuple[Transferred, ...]:
    """Return what was handed to enforcement and ``by`` may see, the latest first."""
    accounts.check(by, permissions.READ)
    found = Transfer.objects.select_related("sample__organisation")
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(sample__organisation=by.organisation_id)
    if since is not None:
        found = found.filter(on__gte=since)
    if organisation:
        found = found.filter(sample__organisation__code=organisation)
    return tuple(_row(one) for one in found)


def _row(one: Transfer) -> Transferred:
    sample = one.sample
    return Transferred(
        number=one.pk, sample=sample.number, product=sample.product_name, law=sample.law, place=sample.place,
        enterprise=enterprise_of(sample), enterprise_name=sample.sampled_unit or sample.maker, grounds=one.grounds,
        grounds_title=GROUNDS[one.grounds], reason=one.reason, on=one.on, organisation=sample.organisation.code,
        case=one.case_id,
    )  # fmt: skip
