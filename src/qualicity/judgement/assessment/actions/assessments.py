"""Opening, adopting, reopening and finishing an assessment."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry.queries import moment as now
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import check_day
from qualicity.errors import InputError, NotPossibleError
from qualicity.judgement.assessment import permissions, queries
from qualicity.judgement.assessment.lifecycle import ObjectionState, State, check_move
from qualicity.judgement.assessment.models import Assessment, Objection, Round, Score
from qualicity.judgement.assessment.queries.plain import scored_as_plain

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.rubrics import Rubric


def locked(assessment: Assessment) -> Assessment:
    """Return the assessment as it is now, held until the transaction ends."""
    return Assessment.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=assessment.pk)


def open_assessment(
    *,
    rubric: Rubric,
    since: date | None = None,
    deadline: date | None = None,
    organisation: Organisation | None = None,
    by: Person,
) -> Assessment:
    """Open an assessment of the city's programme, or of one organisation; by default for the plan's time."""
    accounts.check(by, permissions.MANAGE)
    plan = catalogue().plans[rubric.plan]
    if (organisation is not None) != (rubric.subject == "organisation"):
        raise InputError(
            "这份细则考核的是" + ("单位，请选择单位。" if organisation is None else "全市，不能指定单位。"),
            "This rubric assesses "
            + ("organisations: name one." if organisation is None else "the city: name none."),
        )
    first = check_day(since or plan.start)
    last = check_day(deadline or (first + timedelta(days=364) if organisation is not None else plan.end))
    if last < first:
        raise InputError("截止日早于开始日。", "The deadline lies before the beginning.")
    try:
        with transaction.atomic():
            new = Assessment.objects.create(
                rubric=rubric.code, plan=plan.code, organisation=organisation, since=first, deadline=last,
                opened_by=by, opened_at=now(),
            )  # fmt: skip
            audit.record(
                by=by, verb="assessment.open", subject=f"assessment:{new.pk}",
                detail={"rubric": rubric.code, "organisation": organisation.code if organisation else None,
                        "since": first.isoformat(), "deadline": last.isoformat()},
            )  # fmt: skip
    except IntegrityError as error:
        raise NotPossibleError(
            f"自 {first} 起的这项考核已经建立。", f"This assessment from {first} on was opened already."
        ) from error
    return new


def adopt(*, assessment: Assessment, as_of: date, by: Person, reason: str = "") -> Assessment:
    """Adopt the scores of a day as the official ones, each kept with everything that explains it."""
    accounts.check(by, permissions.MANAGE)
    with transaction.atomic():
        held = locked(assessment)
        check_move("adopt", held.state)
        if Round.objects.filter(assessment=held, closed_at=None).exists():
            raise NotPossibleError(
                "还有评审尚未结束，请先结束评审。", "A round of review is still open; close it first."
            )
        found = queries.whole(rubric=queries.rubric_for(held), as_of=as_of, organisation=held.organisation, by=by)
        if found.assessment is None or found.assessment.pk != held.pk:
            raise InputError(
                f"{as_of} 不在这次考核的时间内（自 {held.since} 起）。",
                f"{as_of} is outside the time of this assessment (from {held.since} on).",
            )
        moment = now()
        Score.objects.bulk_create(
            Score(
                assessment=held, criterion=one.code, points=one.points, full=one.criterion.points, origin="adopted",
                reason=reason, detail=scored_as_plain(one), by=by, at=moment,
            )
            for one in found.scored
            if one.applies
        )  # fmt: skip
        held.state, held.as_of = State.ADOPTED, as_of
        held.save(update_fields=["state", "as_of"])
        audit.record(
            by=by, verb="assessment.adopt", subject=f"assessment:{held.pk}",
            detail={"as_of": as_of.isoformat(), "score": found.score, "band": found.final_band.code,
                    "reason": reason},
        )  # fmt: skip
    return held


def reopen(*, assessment: Assessment, reason: str, by: Person) -> Assessment:
    """Take an adoption back, with the reason; the scores set by then stay in the record."""
    accounts.check(by, permissions.MANAGE)
    with transaction.atomic():
        held = locked(assessment)
        check_move("reopen", held.state, reason=reason)
        held.state = State.OPEN
        held.save(update_fields=["state"])
        audit.record(by=by, verb="assessment.reopen", subject=f"assessment:{held.pk}", detail={"reason": reason})
    return held


def finish(*, assessment: Assessment, by: Person) -> Assessment:
    """Make an adopted assessment final; NotPossibleError while an objection waits."""
    accounts.check(by, permissions.MANAGE)
    with transaction.atomic():
        held = locked(assessment)
        check_move("finish", held.state)
        waiting = Objection.objects.filter(assessment=held, state=ObjectionState.WAITING)
        if waiting.exclude(case__state__in=("withdrawn", "rejected")).exists():
            raise NotPossibleError("还有异议未答复，不能定稿。", "An objection still waits for its decision.")
        held.state = State.FINAL
        held.save(update_fields=["state"])
        audit.record(by=by, verb="assessment.finish", subject=f"assessment:{held.pk}", detail={})
    return held
