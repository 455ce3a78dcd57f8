"""Rounds of review: opened and closed by the office, points and opinions given blind."""

from __future__ import annotations

import hashlib
import json
import math
import secrets
from typing import TYPE_CHECKING, Literal

from django.db import IntegrityError, transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry.queries import moment as now
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.judgement.assessment import permissions, queries
from qualicity.judgement.assessment.actions.assessments import locked
from qualicity.judgement.assessment.lifecycle import check_open
from qualicity.judgement.assessment.models import Conflict, ExpertScore, Opinion, Round
from qualicity.judgement.assessment.queries.answering import criterion_of
from qualicity.judgement.assessment.queries.reviews import REMARK, exclusion, expert_criteria

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.commons.accounts.models import Person
    from qualicity.judgement.assessment.models import Assessment


def open_round(*, assessment: Assessment, kind: Literal["expert", "public"], by: Person) -> Round:
    """Open a round of review by experts, or by deputies and CPPCC members."""
    accounts.check(by, permissions.MANAGE)
    rubric = queries.rubric_for(assessment)
    if kind == "public" and not rubric.questions:
        raise NotPossibleError("这份细则没有评议问题。", "This rubric asks the public nothing.")
    if kind == "expert" and not expert_criteria(rubric):
        raise NotPossibleError("这份细则没有专家评分点。", "Experts score nothing in this rubric.")
    try:
        with transaction.atomic():
            held = locked(assessment)
            check_open(held.state)
            new = Round.objects.create(assessment=held, kind=kind, opened_by=by, opened_at=now())
            audit.record(by=by, verb="assessment.open_round", subject=f"round:{new.pk}", detail={"kind": kind})
    except IntegrityError as error:
        raise NotPossibleError("已有一轮评审在进行。", "A round of this kind is open already.") from error
    return new


def close_round(*, rnd: Round, by: Person) -> Round:
    """Close a round: from now on its points are seen, and nothing can be added."""
    accounts.check(by, permissions.MANAGE)
    with transaction.atomic():
        held = _held(rnd)
        held.closed_by, held.closed_at = by, now()
        held.save(update_fields=["closed_by", "closed_at"])
        audit.record(by=by, verb="assessment.close_round", subject=f"round:{held.pk}", detail={"kind": held.kind})
    return held


def give_points(*, rnd: Round, criterion: str, points: float, comment: str = "", by: Person) -> ExpertScore:
    """Give points for a criterion; whoever has an interest may not. A later gift replaces an earlier one.

    The audit trail holds a sealed hash, so that points can be proved later and read by nobody now.
    """
    accounts.check(by, permissions.SCORE)
    found = criterion_of(rnd.assessment, criterion)
    if found.rule.kind != "expert":
        raise InputError(f"“{found.title.zh}”不由专家评分。", f"Experts do not score “{found.title.en}”.")
    if not math.isfinite(points) or not 0 <= points <= found.points:
        raise InputError(
            f"“{found.title.zh}”的分数应在 0 到 {found.points:g} 之间，收到 {points:g}。",
            f"Points for “{found.title.en}” lie between 0 and {found.points:g}; {points:g} was given.",
        )
    with transaction.atomic():
        held = _held(rnd)
        why = exclusion(held, found, by, list(Conflict.objects.filter(round=held, person=by)))
        if why:
            raise NotAllowedError(
                "您与该评分点有利害关系（本人声明或同一单位），已回避。",
                "You have an interest in this criterion (declared, or the same organisation) and do not score it.",
            )
        new = ExpertScore.objects.create(
            round=held, person=by, criterion=criterion, points=points, comment=comment.strip()[:1000],
            seal=secrets.token_hex(16), at=now(),
        )  # fmt: skip
        audit.record(
            by=by, verb="assessment.score", subject=f"round:{held.pk}",
            detail={"criterion": criterion, "sealed": seal_of(score=new, by=by)},
        )  # fmt: skip
    return new


def seal_of(*, score: ExpertScore, by: Person) -> str:
    """Return the hash of one gift of points, as the audit trail holds it."""
    content = {
        "by": by.get_username(),
        "criterion": score.criterion,
        "points": score.points,
        "comment": score.comment,
        "seal": score.seal,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def declare_conflict(*, rnd: Round, criterion: str = "", reason: str, by: Person) -> Conflict:
    """Declare an interest in a criterion, or in the whole; points given before no longer count."""
    accounts.check(by, permissions.SCORE)
    if not reason.strip():
        raise InputError("请写明回避的理由。", "Say what the interest is.")
    if criterion:
        criterion_of(rnd.assessment, criterion)
    with transaction.atomic():
        held = _held(rnd)
        new, _ = Conflict.objects.get_or_create(
            round=held, person=by, criterion=criterion, defaults={"reason": reason.strip()[:500], "at": now()}
        )
        audit.record(
            by=by, verb="assessment.recuse", subject=f"round:{held.pk}", detail={"criterion": criterion or None}
        )
    return new


def give_opinion(*, rnd: Round, answers: Mapping[str, int], remark: str = "", by: Person) -> int:
    """Answer the questions of the public review, 1 to 5 each; a later answer replaces an earlier one."""
    accounts.check(by, permissions.REVIEW)
    known = {one.code for one in queries.rubric_for(rnd.assessment).questions}
    for code, answer in answers.items():
        if code not in known or answer not in range(1, 6):
            raise InputError(
                f"“{code}”的回答应为 1 到 5，收到“{answer}”。", f"Answer “{code}” with 1 to 5; “{answer}” was given."
            )
    if not answers:
        raise InputError("请至少回答一个问题。", "Answer one question at least.")
    with transaction.atomic():
        held = _held(rnd)
        moment = now()
        for code, answer in answers.items():
            Opinion.objects.create(round=held, person=by, question=code, answer=answer, at=moment)
        if remark.strip():
            Opinion.objects.create(round=held, person=by, question=REMARK, remark=remark.strip()[:1000], at=moment)
        audit.record(by=by, verb="assessment.opine", subject=f"round:{held.pk}", detail={"answered": len(answers)})
    return len(answers)


def _held(rnd: Round) -> Round:
    held = Round.objects.select_for_update(of=("self",)).select_related("assessment__organisation").get(pk=rnd.pk)
    if held.closed_at is not None:
        raise NotPossibleError("这轮评审已经结束。", "This round is closed.")
    return held
