"""What reviewers said: the own points while a round is open, everybody's once it is closed, opinions in sum."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.rubrics import ExpertRule
from qualicity.errors import NotAllowedError, NotFoundError
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.models import Conflict, ExpertScore, Opinion, Round
from qualicity.methods.agreement import Concordance, Intraclass, intraclass, kendall_w, lying_apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.rubrics import Criterion, Question, Rubric
    from qualicity.judgement.assessment.models import Assessment
    from qualicity.methods.agreement import Apart

#: Answers of fewer people than this are not shown.
FEWEST = 5
REMARK = "remark"


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """One criterion as a reviewer sees it: the own points, or why it is not for them."""

    criterion: Criterion
    points: float | None
    comment: str
    excluded: str


@dataclass(frozen=True, slots=True)
class ReviewerResult:
    """One reviewer after the round: points by criterion, and how far from the others."""

    person: Person
    points: Mapping[str, float]
    apart: Apart | None


@dataclass(frozen=True, slots=True)
class RoundResult:
    """A closed round: the means, the reviewers, and whether they agree; over criteria that all of them scored."""

    round: Round
    means: Mapping[str, tuple[float, int]]
    reviewers: tuple[ReviewerResult, ...]
    concordance: Concordance | None
    correlation: Intraclass | None
    compared: int


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """The answers to one question of the public review; shares of 1 to 5, in order."""

    question: Question
    mean: float
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PublicResult:
    """The public review in sum; nothing but the number of people where they are too few."""

    round: Round
    people: int
    score: float | None
    questions: tuple[QuestionResult, ...]
    remarks: tuple[str, ...]


def open_round(assessment: Assessment, kind: str) -> Round | None:
    """Return the round of a kind that is open now."""
    return Round.objects.filter(assessment=assessment, kind=kind, closed_at=None).first()


def rounds(assessment: Assessment, *, by: Person) -> tuple[Round, ...]:
    """Return the rounds of an assessment, with who opened and closed them."""
    permissions.check_read(by, assessment)
    return tuple(Round.objects.filter(assessment=assessment).select_related("opened_by", "closed_by"))


def exclusion(rnd: Round, criterion: Criterion, person: Person, declared: Sequence[Conflict]) -> str:
    """Return why a person may not score a criterion: declared, assessed, organisation; empty where they may."""
    if any(one.criterion in ("", criterion.code) for one in declared):
        return "declared"
    own = person.organisation
    if own is None:
        return ""
    assessed = rnd.assessment.organisation
    if assessed is not None:
        return "assessed" if own.pk == assessed.pk else ""
    return "organisation" if own.code == criterion.lead else ""


def my_points(assessment: Assessment, rubric: Rubric, *, by: Person) -> tuple[OwnPoints, ...]:
    """Return the criteria that experts score, with the person's own points in the open round and nobody else's."""
    accounts.check(by, permissions.SCORE)
    rnd = open_round(assessment, "expert")
    if rnd is None:
        raise NotFoundError("现在没有进行中的专家评分。", "No round of expert scoring is open now.")
    declared = list(Conflict.objects.filter(round=rnd, person=by))
    own = {one.criterion: one for one in ExpertScore.objects.filter(round=rnd, person=by).order_by("pk")}
    return tuple(
        OwnPoints(
            one,
            own[one.code].points if one.code in own else None,
            own[one.code].comment if one.code in own else "",
            exclusion(rnd, one, by, declared),
        )
        for one in expert_criteria(rubric)
    )


def expert_criteria(rubric: Rubric) -> tuple[Criterion, ...]:
    """Return the criteria that experts score."""
    return tuple(one for one in rubric.walk() if isinstance(one.rule, ExpertRule))


def check_unsealed(rnd: Round) -> None:
    """Raise NotAllowedError while a round is open: nobody sees what others gave, whatever their role."""
    if rnd.closed_at is None:
        raise NotAllowedError(
            "评审尚未结束。为保证独立评分，结束前任何人都看不到他人的评分。",
            "The round is still open. So that everybody scores independently, nobody sees others' points before "
            "its end.",
        )


def round_result(rnd: Round, rubric: Rubric, *, by: Person) -> RoundResult:
    """Return what a closed round of experts found; NotAllowedError while it is open.

    Who gave what is for those who see every assessment; a unit sees the means and the agreement.
    """
    permissions.check_read(by, rnd.assessment)
    check_unsealed(rnd)
    latest = _counted(rnd)
    full = {one.code: one.points for one in expert_criteria(rubric)}
    people = sorted({person for person, _ in latest})
    by_person = {who: {code: latest[who, code] for one, code in latest if one == who} for who in people}
    shared = [code for code in full if people and all(code in by_person[who] for who in people)]
    table = np.array([[by_person[who][code] / full[code] for code in shared] for who in people], dtype=np.float64)
    enough = len(people) > 1 and len(shared) > 1
    apart = lying_apart(table) if len(people) > 1 and shared else (None,) * len(people)
    named = accounts.sees_all(by, permissions.READ)
    known = {one.pk: one for one in _people(rnd)} if named else {}
    return RoundResult(
        round=rnd,
        means=_means(latest),
        reviewers=tuple(
            ReviewerResult(known[who], by_person[who], one) for who, one in zip(people, apart, strict=True) if named
        ),
        concordance=kendall_w(table) if enough else None,
        correlation=intraclass(table) if enough else None,
        compared=len(shared),
    )


def expert_means(assessment: Assessment) -> dict[str, tuple[float, int]]:
    """Return by criterion the mean of the experts' points and how many gave them, from the latest closed round."""
    rnd = Round.objects.filter(assessment=assessment, kind="expert", closed_at__isnull=False).last()
    return {} if rnd is None else _means(_counted(rnd))


def public_mean(assessment: Assessment) -> tuple[float, int] | None:
    """Return the mean of the public review on 0 to 100 and how many took part; None where too few or not closed."""
    rnd = Round.objects.filter(assessment=assessment, kind="public", closed_at__isnull=False).last()
    if rnd is None:
        return None
    answers = _answers(rnd)
    people = {person for person, _ in answers}
    if len(people) < FEWEST:
        return None
    return (statistics.fmean(answers.values()) - 1) / 4 * 100, len(people)


def public_result(rnd: Round, rubric: Rubric, *, by: Person) -> PublicResult:
    """Return a closed public review in sum; answers of fewer than five people are not shown."""
    permissions.check_read(by, rnd.assessment)
    check_unsealed(rnd)
    answers = _answers(rnd)
    people = len({person for person, _ in answers})
    if people < FEWEST:
        return PublicResult(rnd, people, None, (), ())
    shown = []
    for question in rubric.questions:
        given = [value for (_, code), value in answers.items() if code == question.code]
        if len(given) >= FEWEST:
            shares = tuple(given.count(level) / len(given) for level in range(1, 6))
            shown.append(QuestionResult(question, statistics.fmean(given), shares))
    remarks = sorted({one.remark for one in Opinion.objects.filter(round=rnd, question=REMARK) if one.remark.strip()})
    score = (statistics.fmean(answers.values()) - 1) / 4 * 100
    return PublicResult(rnd, people, score, tuple(shown), tuple(remarks))


def my_opinion(rnd: Round, *, by: Person) -> dict[str, int | str]:
    """Return a person's own answers in a round."""
    accounts.check(by, permissions.REVIEW)
    own = Opinion.objects.filter(round=rnd, person=by).order_by("pk")
    return {one.question: one.remark if one.question == REMARK else (one.answer or 0) for one in own}


def _latest(rnd: Round) -> dict[tuple[int, str], float]:
    return {
        (one.person_id, one.criterion): one.points for one in ExpertScore.objects.filter(round=rnd).order_by("pk")
    }


def _counted(rnd: Round) -> dict[tuple[int, str], float]:
    """Return the points that count: an interest declared after scoring takes the points out."""
    out = set(Conflict.objects.filter(round=rnd).values_list("person", "criterion"))
    return {
        (person, criterion): points
        for (person, criterion), points in _latest(rnd).items()
        if (person, criterion) not in out and (person, "") not in out
    }


def _means(latest: Mapping[tuple[int, str], float]) -> dict[str, tuple[float, int]]:
    given: dict[str, list[float]] = defaultdict(list)
    for (_, criterion), points in latest.items():
        given[criterion].append(points)
    return {code: (statistics.fmean(points), len(points)) for code, points in given.items()}


def _answers(rnd: Round) -> dict[tuple[int, str], int]:
    found = Opinion.objects.filter(round=rnd, answer__isnull=False).order_by("pk")
    return {(one.person_id, one.question): int(one.answer or 0) for one in found}


def _people(rnd: Round) -> list[Person]:
    scores = ExpertScore.objects.filter(round=rnd).select_related("person__organisation")
    return list({one.person_id: one.person for one in scores}.values())


def lead_of(plan: Plan, criterion: Criterion) -> str:
    """Return the organisation that answers for a criterion: named by the rubric, else the indicator's lead."""
    if criterion.lead:
        return criterion.lead
    source = getattr(criterion.rule, "source", None)
    if getattr(source, "kind", "") == "indicator":
        return plan.indicator(source.code).lead  # type: ignore[union-attr]
    return plan.office
