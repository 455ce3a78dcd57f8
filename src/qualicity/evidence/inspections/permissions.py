"""May this person? Asked by every read and write of the desk, never only by a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.evidence.inspections.models import CheckPlan

READ = "inspections.read"
PLAN = "inspections.plan"
SAMPLE = "inspections.sample"
TEST = "inspections.test"
DECIDE = "inspections.decide"
PUBLISH = "inspections.publish"
OBJECT = "inspections.object"


def not_there(what: str) -> NotFoundError:
    """Return the one answer to what does not exist and to what is not for this person."""
    return NotFoundError(f"没有“{what}”，或您无权查看。", f"There is no “{what}”, or it is not for you to see.")


def can_see_plan(person: Person, plan: CheckPlan) -> bool:
    """Say whether a person sees a plan: their own unit's, the city's, or all."""
    own = plan.organisation_id == person.organisation_id
    return accounts.can(person, READ) and (own or not plan.organisation.is_local or accounts.sees_all(person, READ))


def sees_whole(person: Person, plan: CheckPlan) -> bool:
    """Say whether a person sees everything that was drawn from a plan, not only what their own unit is to visit."""
    return accounts.can(person, READ, organisation=plan.organisation)


def check_plan(person: Person, organisation: Organisation) -> None:
    """Raise NotAllowedError unless the person may plan and draw for a unit.

    A county plans for itself; the office and the departments plan for the city, a department under its own name.
    """
    accounts.check(person, PLAN, organisation=organisation)


def check_approve(person: Person, plan: CheckPlan) -> None:
    """Raise NotAllowedError where the person would approve what they drew up themselves."""
    check_plan(person, plan.organisation)
    if plan.made_by_id == person.pk:
        raise NotAllowedError(
            "拟定计划和批准计划不能是同一个人。请由本单位另一位有权的同事批准。",
            "Whoever drew the plan up may not approve it. Another person of the unit must.",
        )


def check_conflict(person: Person, about: Person) -> None:
    """Raise NotAllowedError unless a conflict is one's own, or that of somebody for whose unit one plans."""
    if person.pk == about.pk and accounts.can(person, SAMPLE):
        return
    accounts.check(person, PLAN, organisation=about.organisation)


def not_allowed() -> NotAllowedError:
    """Return the answer to who may declare no conflict of interest at all."""
    return NotAllowedError(
        "您没有可申报的回避事项：只有检查人员本人和本单位的计划人员可以申报。",
        "You have no conflict of interest to declare: inspectors do for themselves, planners for their unit.",
    )
