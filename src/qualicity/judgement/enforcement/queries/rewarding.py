"""Reports and their rewards as the house sees them: who reported is not among what can be asked here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotFoundError, Text
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.lifecycle import WORDS, RewardState
from qualicity.judgement.enforcement.models import Tip
from qualicity.judgement.enforcement.queries.grading import definitions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.enforcement import Rewards


@dataclass(frozen=True, slots=True)
class TipRow:
    """One report without who made it; money in fen."""

    number: str
    case: int
    about: str
    received_on: date
    state: RewardState
    words: Text
    level: Text | None
    taken_fen: int | None
    amount_fen: int | None
    needs_finance: bool
    finance_agreed: str
    rule: Text | None
    certainty: str
    paid_on: date | None


def tips(by: Person, *, state: str = "", case: int | None = None) -> QuerySet[Tip]:
    """Return the reports that a person may see, the latest first; the sealed identity is not read at all."""
    accounts.check(by, permissions.READ)
    found = Tip.objects.select_related("case", "case__organisation").defer("identity")
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(case__organisation=by.organisation_id)
    if state:
        found = found.filter(state=state)
    return found if case is None else found.filter(case=case)


def tip(number: str, by: Person) -> Tip:
    """Return one report by the number on its receipt."""
    found = tips(by).filter(number=number).first()
    if found is None:
        raise permissions.not_there(f"举报 {number}")
    return found


def tip_rows(found: Sequence[Tip]) -> tuple[TipRow, ...]:
    """Return reports as lists show them."""
    return tuple(_row(one) for one in found)


def rules_for(one: Tip) -> Rewards | None:
    """Return the rule on rewards of the day on which a report came in; None where there is none."""
    try:
        return definitions().rewards_on(one.received_on)
    except NotFoundError:
        return None


def _row(one: Tip) -> TipRow:
    rules = next((each for each in definitions().rewards if each.code == one.rule), None)
    level = next((each for each in rules.levels if each.code == one.level), None) if rules else None
    return TipRow(
        number=one.number,
        case=one.case_id,
        about=one.case.title_zh,
        received_on=one.received_on,
        state=RewardState(one.state),
        words=WORDS[RewardState(one.state)],
        level=level.title.text if level else None,
        taken_fen=one.taken_fen,
        amount_fen=one.amount_fen,
        needs_finance=one.needs_finance,
        finance_agreed=one.finance_agreed,
        rule=rules.title.text if rules else None,
        certainty=rules.certainty if rules else "",
        paid_on=one.paid_on,
    )
