"""What follows for a penalty from the day of the decision: its class, when it is to be published, until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.cases import queries as cases
from qualicity.definitions.cases import LawStep
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotPossibleError
from qualicity.judgement.enforcement.lifecycle import Party
from qualicity.methods.penalties import Conditions, Facts, grade

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from qualicity.commons.cases.queries import LegalDay
    from qualicity.definitions.enforcement import Class, Enforcement


@dataclass(frozen=True, slots=True)
class Grading:
    """The class of a penalty by the text of the day, and the day by which it is to be published, if at all."""

    text: str
    found: Class
    publish_by: LegalDay | None


def definitions() -> Enforcement:
    """Return the definitions of penalties; NotPossibleError where there are none."""
    known = catalogue().enforcement
    if known is None:
        raise NotPossibleError("缺少定义 enforcement.yaml。", "There is no enforcement.yaml among the definitions.")
    return known


def check_kinds(kinds: Collection[str]) -> None:
    """Raise InputError unless there is a kind, and each is known."""
    known = {one.code for one in definitions().kinds}
    if not kinds:
        raise InputError("请至少选择一种处罚。", "Choose at least one kind of penalty.")
    for code in kinds:
        if code not in known:
            raise InputError(f"没有处罚种类“{code}”。", f"There is no kind of penalty “{code}”.")


def is_heavy(kinds: Collection[str], *, severe: bool) -> bool:
    """Say whether a penalty is one of the heavier: by a kind of it, or because it was set by the severe scale."""
    return severe or any(one.is_heavy for one in definitions().kinds if one.code in kinds)


def graded(
    *, kinds: Collection[str], fine: int, light: bool, sector: str, party_kind: str, decided_on: date
) -> Grading:
    """Return the class of a penalty by the text on publicity of the day of the decision."""
    known = definitions()
    text = catalogue().laws[known.law].on(decided_on)
    classes = known.classes(text.code)
    vital = next((one.is_vital for one in known.sectors if one.code == sector), None)
    if vital is None:
        raise InputError(f"没有领域“{sector}”。", f"There is no field “{sector}”.")
    facts = Facts(frozenset(kinds), fine, light, vital, party_kind == Party.PERSON)
    found = classes[grade(facts, [_conditions(one) for one in classes])]
    due = None
    if found.published:
        due = cases.last_day_if_any(LawStep(law=known.law, step="publish"), event=decided_on, under=decided_on)
    return Grading(text.code, found, due)


def public_days(*, text: str, level: str, decided_on: date, published_on: date) -> tuple[LegalDay, LegalDay | None]:
    """Return the last day of a penalty's publicity, and the first on which an early end may be asked for."""
    found = next(one for one in definitions().classes(text) if one.code == level)
    assert found.most is not None
    most = cases.last_day(found.most, event=published_on, under=decided_on)
    least = cases.last_day(found.least, event=published_on, under=decided_on) if found.least else None
    return most, least


def _conditions(one: Class) -> Conditions:
    return Conditions(
        only=frozenset(one.only), any_of=frozenset(one.any_of), vital=one.vital, light=one.light,
        most=one.fine_at_most, most_person=one.fine_at_most_person,
    )  # fmt: skip
