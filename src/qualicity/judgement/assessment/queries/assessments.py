"""Which rubrics there are, and which assessments were opened under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, nearest
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.models import Assessment

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.rubrics import Rubric


def rubrics(plan: Plan, subject: str = "") -> tuple[Rubric, ...]:
    """Return the rubrics of a plan, of the city's programme or of organisations, or both."""
    found = (one for one in catalogue().rubrics.values() if one.plan == plan.code)
    return tuple(one for one in found if subject in ("", one.subject))


def rubric_of(plan: Plan, code: str = "", *, subject: str = "city") -> Rubric:
    """Return the rubric of that code, or the plan's first of a subject; NotFoundError names the nearest."""
    known = rubrics(plan, "" if code else subject)
    for one in known:
        if code in ("", one.code):
            return one
    like = nearest(code, [one.code for one in rubrics(plan)])
    raise NotFoundError(
        f"方案“{plan.title.zh}”没有评分细则“{code}”。" + (f"是否指“{like}”？" if like else ""),
        f"“{plan.title.en}” has no rubric “{code}”." + (f" Did you mean “{like}”?" if like else ""),
    )


def current(rubric: Rubric, organisation: Organisation | None, as_of: date) -> Assessment | None:
    """Return the assessment whose time a day falls into: the latest that began by then."""
    found = Assessment.objects.filter(rubric=rubric.code, organisation=organisation, since__lte=as_of)
    return found.select_related("organisation", "opened_by").order_by("since", "pk").last()


def assessments(*, by: Person, plan: str = "") -> QuerySet[Assessment]:
    """Return the assessments that a person may see, the latest first."""
    accounts.check(by, permissions.READ)
    found = Assessment.objects.select_related("organisation", "opened_by")
    if plan:
        found = found.filter(plan=plan)
    if not accounts.sees_all(by, permissions.READ):
        city, own = found.filter(organisation=None), found.filter(organisation=by.organisation_id)
        return (city | own) if by.organisation_id else city
    return found


def assessment(number: int, *, by: Person) -> Assessment:
    """Return one assessment; NotFoundError where there is none or it is not for this person."""
    accounts.check(by, permissions.READ)
    found = Assessment.objects.select_related("organisation", "opened_by").filter(pk=number).first()
    if found is None or not permissions.can_read(by, found.organisation):
        raise permissions.not_there(number)
    return found


def rubric_for(assessment: Assessment) -> Rubric:
    """Return the rubric that an assessment uses; NotFoundError when the definitions no longer have it."""
    found = catalogue().rubrics.get(assessment.rubric)
    if found is None:
        raise NotFoundError(
            f"定义中已没有评分细则“{assessment.rubric}”。", f"The definitions no longer have “{assessment.rubric}”."
        )
    return found
