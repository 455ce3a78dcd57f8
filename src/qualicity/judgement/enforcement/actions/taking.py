"""Taking over what the desk of spot checks handed to enforcement: each failed sample once, as a clue to check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import InputError
from qualicity.evidence.inspections import queries as inspections
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.actions.opening import Suspect, open_investigation
from qualicity.judgement.enforcement.lifecycle import Origin
from qualicity.judgement.enforcement.queries.grading import definitions
from qualicity.judgement.enforcement.queries.transfers import reference, waiting_transfers

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many were taken over, and the samples that were not: their sheets name no enterprise by its code."""

    count: int
    without_code: tuple[str, ...]


@transaction.atomic
def take_over_transfers(*, by: Person) -> TakenOver:
    """Open a case for each failed sample that was handed over and waits, all or none."""
    accounts.check(by, permissions.ACT)
    done, left = 0, []
    for one in waiting_transfers(by):
        try:
            open_investigation(
                organisation=one.organisation, suspect=Suspect(one.enterprise_name, one.enterprise),
                what=f"{one.product}监督抽查不合格（{one.grounds_title.zh}）", origin=Origin.SPOT_CHECK,
                origin_ref=reference(one), sector=_sector(one), place=one.place, by=by,
            )  # fmt: skip
        except InputError:  # no code, or a wrong one, on the sheet
            left.append(one.sample)
        else:
            done += 1
    return TakenOver(done, tuple(left))


def _sector(one: inspections.Transferred) -> str:
    known = definitions().sectors
    return next((each.code for each in known if one.law in each.laws), known[0].code)
