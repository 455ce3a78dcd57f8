"""The facts of the self-assessment report: what a document above this floor writes down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from qualicity.judgement.assessment.queries.applications import filled, form_of
from qualicity.judgement.assessment.queries.assessments import rubric_of
from qualicity.judgement.assessment.queries.packages import packages
from qualicity.judgement.assessment.queries.sensitivity import actions
from qualicity.judgement.assessment.queries.whole import whole

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan
    from qualicity.judgement.assessment.models import Package
    from qualicity.judgement.assessment.queries.applications import FilledForm
    from qualicity.judgement.assessment.queries.marking import Need
    from qualicity.judgement.assessment.queries.sensitivity import Action
    from qualicity.judgement.assessment.queries.whole import Whole


@dataclass(frozen=True, slots=True)
class SelfAssessmentReport:
    """Everything that the report says: the scores, what is missing, what gains most, the form, the latest archive.

    ``package`` carries the manifest's hash that is printed on the report.
    """

    whole: Whole
    needs: tuple[Need, ...]
    actions: tuple[Action, ...]
    form: FilledForm | None
    package: Package | None


def self_assessment_report(
    *,
    plan: Plan,
    as_of: date,
    rubric: str = "",
    organisation: Organisation | None = None,
    known_on: date | datetime | None = None,
    by: Person,
) -> SelfAssessmentReport:
    """Return the facts of the report on the city's programme, or on one organisation."""
    chosen = rubric_of(plan, rubric, subject="organisation" if organisation is not None else "city")
    found = whole(rubric=chosen, organisation=organisation, as_of=as_of, known_on=known_on, by=by)
    made = packages(found.assessment, by=by) if found.assessment else ()
    return SelfAssessmentReport(
        whole=found,
        needs=found.needs,
        actions=actions(found),
        form=filled(found.assessment, form_of(), by=by) if found.assessment else None,
        package=made[0] if made else None,
    )
