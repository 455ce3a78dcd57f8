"""Objections, once for each assessed organisation and decided by somebody else; findings that have to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.registry.queries import moment as now
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.actions.assessments import locked
from qualicity.judgement.assessment.lifecycle import ObjectionState, State
from qualicity.judgement.assessment.models import Finding, Objection, Score
from qualicity.judgement.assessment.queries.answering import answering, criterion_of

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.judgement.assessment.models import Assessment


def object_to(*, assessment: Assessment, criterion: str, reason: str, by: Person) -> Objection:
    """Object to the adopted points of a criterion; once for each organisation that answers for it."""
    found = criterion_of(assessment, criterion)
    organisation = answering(assessment, found)
    accounts.check(by, permissions.ANSWER, organisation=organisation)
    if not reason.strip():
        raise InputError("请写明异议的理由。", "Say why you object.")
    try:
        with transaction.atomic():
            held = locked(assessment)
            if held.state != State.ADOPTED:
                raise NotPossibleError(
                    "只有已确认、尚未定稿的考核可以提异议。",
                    "Objections can be made to an adopted assessment that is not final yet.",
                )
            if Objection.objects.filter(assessment=held, organisation=organisation).exists():
                raise _twice()
            score = Score.objects.filter(assessment=held, criterion=criterion).last()
            if score is None:
                raise NotPossibleError("该评分点没有得分。", "There are no points of that criterion.")
            case = cases.open_case(
                type="assessment_objection", subject=f"assessment:{held.pk}.{organisation.code}",
                title_zh=f"考核异议：{found.title.zh}"[:300], title_en=f"Objection: {found.title.en}"[:300],
                organisation=organisation, detail={"criterion": criterion, "reason": reason.strip()}, by=by,
            )  # fmt: skip
            new = Objection.objects.create(
                assessment=held, organisation=organisation, criterion=criterion, reason=reason.strip(), filed_by=by,
                filed_at=now(), points_before=score.points, case=case,
            )  # fmt: skip
            audit.record(
                by=by, verb="assessment.object", subject=f"objection:{new.pk}",
                detail={"assessment": held.pk, "criterion": criterion, "reason": reason.strip()},
            )  # fmt: skip
    except IntegrityError as error:
        raise _twice() from error
    return new


def _twice() -> NotPossibleError:
    return NotPossibleError(
        "贵单位对这次考核已提过异议，每次考核只能提一次。",
        "Your organisation has objected to this assessment already; it may do so once.",
    )


def take_up(*, objection: Objection, by: Person) -> Objection:
    """Take an objection up for review; somebody else than who does will decide it."""
    accounts.check(by, permissions.MANAGE)
    cases.move(case=objection.case, move="take_up", by=by)
    return objection


def decide(*, objection: Objection, points: float | None, answer: str, by: Person) -> Objection:
    """Decide an objection: new points uphold it, None dismisses it. Not by who filed it or set the score."""
    accounts.check(by, permissions.MANAGE)
    if not answer.strip():
        raise InputError("请写明答复。", "Give the answer.")
    with transaction.atomic():
        assessment = locked(objection.assessment)
        held = Objection.objects.select_for_update(of=("self",)).select_related("case").get(pk=objection.pk)
        if held.state != ObjectionState.WAITING:
            raise NotPossibleError("这项异议已经答复。", "This objection was decided already.")
        score = Score.objects.filter(assessment=assessment, criterion=held.criterion).last()
        assert score is not None
        if by.pk in (held.filed_by_id, score.by_id):
            raise NotAllowedError(
                "提出异议的人和原评分的人不能答复。请由另一位同事办理。",
                "Neither who objected nor who set the score may decide. Somebody else must.",
            )
        if points is not None:
            if not 0 <= points <= score.full:
                raise InputError(f"分数应在 0 到 {score.full:g} 之间。", f"Points lie between 0 and {score.full:g}.")
            Score.objects.create(
                assessment=assessment, criterion=held.criterion, points=points, full=score.full, origin="objection",
                reason=answer.strip(), detail={"objection": held.pk, "before": score.points}, by=by, at=now(),
            )  # fmt: skip
        if held.case.is_open:
            held.case = cases.move(
                case=held.case, move="reject" if points is None else "uphold", reason=answer.strip(), by=by
            )
        held.state = ObjectionState.DISMISSED if points is None else ObjectionState.UPHELD
        held.decided_by, held.decided_at, held.answer, held.points_after = by, now(), answer.strip(), points
        held.save(update_fields=["state", "decided_by", "decided_at", "answer", "points_after"])
        audit.record(
            by=by, verb="assessment.decide", subject=f"objection:{held.pk}",
            detail={"state": held.state, "before": score.points, "after": points, "answer": answer.strip()},
        )  # fmt: skip
    return held


def require(
    *, assessment: Assessment, criterion: str, organisation: Organisation, text: str, due: date, by: Person
) -> Finding:
    """Put a finding on the list of what has to be mended: a case of rectification for who answers, due by a day."""
    accounts.check(by, permissions.MANAGE)
    found = criterion_of(assessment, criterion)
    if not text.strip():
        raise InputError("请写明需整改的问题。", "Say what has to be mended.")
    with transaction.atomic():
        case = cases.open_case(
            type="rectification", subject=f"assessment:{assessment.pk}.{criterion}", organisation=organisation,
            title_zh=f"整改：{found.title.zh}"[:300], title_en=f"To be mended: {found.title.en}"[:300],
            due=due, detail={"criterion": criterion, "text": text.strip()}, by=by,
        )  # fmt: skip
        new = Finding.objects.create(
            assessment=assessment, criterion=criterion, organisation=organisation, text=text.strip(), due=due,
            made_by=by, made_at=now(), case=case,
        )  # fmt: skip
        audit.record(
            by=by, verb="assessment.require", subject=f"finding:{new.pk}",
            detail={"assessment": assessment.pk, "criterion": criterion, "organisation": organisation.code,
                    "due": due.isoformat(), "text": text.strip()},
        )  # fmt: skip
    return new
