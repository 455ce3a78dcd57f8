"""One criterion, its facts, its points: each score says by which rule, from which input, against which bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualicity.definitions.rubrics import (
    ChecklistRule,
    ExpertRule,
    IndicatorSource,
    LinearRule,
    OwnIndicatorsSource,
    PublicReviewSource,
    StepRule,
    TasksSource,
    ThresholdRule,
    TimelinessSource,
)
from qualicity.errors import Text
from qualicity.judgement.assessment.queries import fractions, targets
from qualicity.judgement.assessment.queries.reviews import lead_of
from qualicity.judgement.assessment.queries.wording import bound_words, rule_words, source_words
from qualicity.methods import scoring

if TYPE_CHECKING:
    from qualicity.definitions.rubrics import Category, Criterion, Item, Rubric
    from qualicity.goals.indicators.queries import IndicatorValue
    from qualicity.judgement.assessment.models import EvidenceFile
    from qualicity.judgement.assessment.queries.inputs import Inputs
    from qualicity.methods.scoring import Marks

NeedKind = Literal["document", "check", "data", "samples", "experts", "public", "task", "report"]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is missing before points can count or be certain: who must act, and how many points wait."""

    kind: NeedKind
    text: Text
    who: str
    points: float
    criterion: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document that a criterion asks for, and the latest file for it."""

    code: str
    title: Text
    points: float | None
    file: EvidenceFile | None

    @property
    def stand(self) -> str:
        """Return missing, filed, checked or refused."""
        return self.file.stand if self.file else "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule made of its input: the marks, the input in words, why, and what is missing."""

    marks: Marks
    shown: Text
    reason: Text
    needs: tuple[Need, ...] = ()
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Scored:
    """One criterion with its points and everything that explains them."""

    criterion: Criterion
    category: Category
    item: Item
    lead: str
    marks: Marks
    applies: bool
    source: Text
    shown: Text
    bound: Text
    rule: Text
    reason: Text
    value: IndicatorValue | None
    documents: tuple[Document, ...]
    needs: tuple[Need, ...]

    @property
    def code(self) -> str:
        """Return the criterion's code."""
        return self.criterion.code

    @property
    def points(self) -> float:
        """Return the points that count today."""
        return self.marks.points


def mark(rubric: Rubric, criterion: Criterion, inputs: Inputs) -> Scored:
    """Return one criterion with its points, explained."""
    category, item = rubric.home_of(criterion.code)
    lead = inputs.organisation.code if inputs.organisation else lead_of(inputs.plan, criterion)
    source = getattr(criterion.rule, "source", None)
    value = inputs.values.get(source.code) if isinstance(source, IndicatorSource) else None
    found = _find(criterion, inputs, value, lead)
    documents = _documents(criterion, inputs)
    demanded = [one for one in documents if one.points is None and one.stand not in ("checked", "filed")]
    marks, needs = found.marks, found.needs
    if demanded and found.applies:
        waiting = scoring.withheld(marks).open
        marks = scoring.withheld(marks)
        needs = (*needs, *(_document_need(criterion, one, waiting, lead) for one in demanded))
    return Scored(
        criterion=criterion, category=category, item=item, lead=lead, marks=marks, applies=found.applies,
        source=source_words(criterion.rule), shown=found.shown, bound=bound_words(criterion.rule, value),
        rule=rule_words(criterion.rule, criterion.points, value), reason=found.reason, value=value,
        documents=documents, needs=needs,
    )  # fmt: skip


def _find(criterion: Criterion, inputs: Inputs, value: IndicatorValue | None, lead: str) -> Finding:
    rule = criterion.rule
    if isinstance(rule, ChecklistRule):
        return _checklist(criterion, rule, inputs, lead)
    if isinstance(rule, ExpertRule):
        return _experts(criterion, inputs)
    if value is not None:
        return _indicator(criterion, rule, value, lead)
    source = rule.source
    if isinstance(source, PublicReviewSource):
        return _public(criterion, rule, inputs)
    if isinstance(source, TasksSource):
        part = fractions.tasks(source.numbers, inputs, lead)
    elif isinstance(source, TimelinessSource):
        part = fractions.timeliness(source.registers, inputs, lead)
    else:
        assert isinstance(source, OwnIndicatorsSource)
        part = fractions.own_indicators(inputs, lead)
    if part.of == 0:
        return Finding(scoring.Marks(criterion.points), part.shown, part.reason, applies=False)
    marks = scoring.partly_known(
        targets.curve_of(rule, criterion.points, None), criterion.points,
        sure=part.percent(part.sure), today=part.percent(part.today), most=part.percent(part.most),
    )  # fmt: skip
    waiting = marks.open or criterion.points - marks.points
    needs = tuple(Need(part.kind, text, who, waiting, criterion.code) for text, who in part.needs)
    return Finding(marks, part.shown, part.reason, needs)


def _indicator(
    criterion: Criterion, rule: ThresholdRule | LinearRule | StepRule, value: IndicatorValue, lead: str
) -> Finding:
    marks, reason, wanting = targets.marks_of(rule, criterion.points, value)
    needs: tuple[Need, ...] = ()
    if wanting is not None:
        kind: NeedKind = "samples" if wanting == "samples" else "data"
        needs = (Need(kind, targets.need_words(wanting, value), lead, marks.open, criterion.code),)
    return Finding(marks, targets.shown(value), reason, needs)


def _checklist(criterion: Criterion, rule: ChecklistRule, inputs: Inputs, lead: str) -> Finding:
    files = [inputs.documents.get((criterion.code, one.code)) for one in rule.items]
    states = ["missing" if one is None or one.stand == "refused" else one.stand for one in files]
    marks = scoring.by_items([one.points for one in rule.items], states)
    counts = {state: states.count(state) for state in ("checked", "filed", "missing")}
    needs = []
    for item, state, file in zip(rule.items, states, files, strict=True):
        if state == "missing":
            refused = Text("（上次被退回）", " (the last one was refused)") if file else Text("", "")
            words = Text(f"请提交：{item.title.zh}{refused.zh}", f"File: {item.title.en}{refused.en}")
            needs.append(Need("document", words, lead, item.points, criterion.code, item.code))
        elif state == "filed":
            words = Text(f"请核验：{item.title.zh}", f"Check: {item.title.en}")
            needs.append(Need("check", words, inputs.plan.office, item.points, criterion.code, item.code))
    shown = Text(
        f"{len(states)} 项中已核验 {counts['checked']}、已交 {counts['filed']}、未交 {counts['missing']}",
        f"of {len(states)}: {counts['checked']} checked, {counts['filed']} filed, {counts['missing']} missing",
    )
    return Finding(marks, shown, Text("按清单逐项计分", "points item by item"), tuple(needs))


def _experts(criterion: Criterion, inputs: Inputs) -> Finding:
    found = inputs.experts.get(criterion.code)
    if found is None:
        need = Need(
            "experts", Text("等待专家评分结束", "Waiting for the experts' round to close"), inputs.plan.office,
            criterion.points, criterion.code,
        )  # fmt: skip
        nothing = Text("专家尚未评分或评分未结束", "experts have not scored it, or their round is open")
        return Finding(scoring.awaited(criterion.points), Text("—", "—"), nothing, (need,))
    mean, people = found
    shown = Text(f"{people} 位专家均值 {mean:.2f} 分", f"mean of {people} experts: {mean:.2f}")
    marks = scoring.settled(criterion.points, min(1.0, mean / criterion.points))
    return Finding(marks, shown, Text("取专家评分均值", "the mean of the experts' points"))


def _public(criterion: Criterion, rule: ThresholdRule | LinearRule | StepRule, inputs: Inputs) -> Finding:
    if inputs.public is None:
        need = Need(
            "public",
            Text("等待代表、委员评议结束（至少 5 人）", "Waiting for the public review (five people or more)"),
            inputs.plan.office, criterion.points, criterion.code,
        )  # fmt: skip
        nothing = Text("评议未结束，或参加人数不足 5 人", "the review is open, or fewer than five took part")
        return Finding(scoring.awaited(criterion.points), Text("—", "—"), nothing, (need,))
    mean, people = inputs.public
    marks = scoring.by_curve(targets.curve_of(rule, criterion.points, None), criterion.points, mean)
    shown = Text(f"{people} 人评议，均值 {mean:.1f}（百分制）", f"{people} people, mean {mean:.1f} of 100")
    return Finding(marks, shown, Text("按评议均值计分", "points by the mean of the review"))


def _documents(criterion: Criterion, inputs: Inputs) -> tuple[Document, ...]:
    listed: list[tuple[str, Text, float | None]] = []
    if isinstance(criterion.rule, ChecklistRule):
        listed += [(one.code, one.title.text, one.points) for one in criterion.rule.items]
    listed += [(one.code, one.title.text, None) for one in criterion.evidence]
    return tuple(
        Document(code, title, points, inputs.documents.get((criterion.code, code))) for code, title, points in listed
    )


def _document_need(criterion: Criterion, one: Document, waiting: float, lead: str) -> Need:
    words = Text(f"请提交：{one.title.zh}（未交前不计分）", f"File: {one.title.en} (no points without it)")
    return Need("document", words, lead, waiting, criterion.code, one.code)
