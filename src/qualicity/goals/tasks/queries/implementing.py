"""Which unit has filed its own implementation plan, and how that stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotFoundError
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.models import ImplementationPlan
from qualicity.goals.tasks.queries.assignments import Unit, unit_of

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import Somebody
    from qualicity.definitions.plans import Plan

_MOVES = {"submit": "submitted", "return": "returned", "approve": "approved"}


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """One member unit's implementation plan: ``state`` missing, submitted, returned or approved on a day."""

    organisation: Unit
    number: int | None
    title: str
    summary: str
    filed_on: date | None
    due: date
    state: str
    case: int | None

    @property
    def is_late(self) -> bool:
        """Return whether it came in after the day by which the plan asked for it."""
        return self.filed_on is not None and self.filed_on > self.due


def unit_plans(*, plan: Plan, as_of: date, by: Somebody) -> tuple[UnitPlan, ...]:
    """Return every member unit with its implementation plan as it stood on a day, the missing ones too."""
    accounts.check(by, permissions.READ)
    units = {one.code: one for one in accounts.organisations()}
    filed = {one.organisation_id: one for one in _filed(plan)}
    states = _states(plan, as_of)
    found = []
    for member in plan.organisations:
        unit = units.get(member.code)
        if unit is None or not member.member:
            continue
        one = filed.get(unit.pk)
        state = states.get(one.case_id, "missing") if one else "missing"
        here = one is not None and state != "missing"
        found.append(
            UnitPlan(
                organisation=unit_of(unit),
                number=one.pk if one and here else None,
                title=one.title if one and here else "",
                summary=one.summary if one and here else "",
                filed_on=one.filed_on if one and here else None,
                due=plan.implementation_plans_due or plan.end,
                state=state,
                case=one.case_id if one and here else None,
            )
        )
    return tuple(found)


def find_plan(number: int) -> ImplementationPlan:
    """Return one implementation plan; NotFoundError when there is none."""
    found = ImplementationPlan.objects.select_related("organisation", "case", "filed_by").filter(pk=number).first()
    if found is None:
        raise NotFoundError(f"没有编号为 {number} 的实施方案。", f"There is no implementation plan {number}.")
    return found


def unit_plan(*, number: int, by: Somebody) -> ImplementationPlan:
    """Return one implementation plan to be read."""
    accounts.check(by, permissions.READ)
    return find_plan(number)


def _filed(plan: Plan) -> tuple[ImplementationPlan, ...]:
    return tuple(ImplementationPlan.objects.filter(plan=plan.code).order_by("pk"))


def _states(plan: Plan, day: date) -> dict[int, str]:
    trail = ImplementationPlan.objects.filter(
        plan=plan.code, case__trail__on__lte=day, case__trail__code__in=_MOVES
    ).order_by("case_id", "case__trail__number")
    return dict(trail.values_list("case_id", "case__trail__after"))
