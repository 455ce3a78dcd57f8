"""Which few actions gain most by the deadline: the points that each would add, and how far it has to go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Literal

from qualicity.definitions.periods import periods
from qualicity.definitions.rubrics import IndicatorSource, LinearRule, StepRule, TimelinessSource
from qualicity.errors import Text
from qualicity.judgement.assessment.queries.targets import curve_of
from qualicity.judgement.assessment.queries.whole import band_of
from qualicity.judgement.assessment.queries.wording import bound_words, english
from qualicity.methods import scoring

if TYPE_CHECKING:
    from qualicity.definitions.rubrics import Band
    from qualicity.goals.indicators.queries import IndicatorValue
    from qualicity.judgement.assessment.queries.marking import Scored
    from qualicity.judgement.assessment.queries.whole import Whole

ActionKind = Literal["reach", "secure", "file", "data", "samples", "task", "report", "experts", "public"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that could be done: who, what, the gap, the points it adds to the score (or makes safe).

    ``in_time``: whether the result can count by the deadline, with the reason; ``effort``: the gap as a share of the
    bound, the smaller the nearer; ``then`` and ``band``: the score when this and all before it are done.
    """

    kind: ActionKind
    criterion: str
    title: Text
    who: str
    text: Text
    gap: Text
    gain: float
    per_unit: float | None
    effort: float
    in_time: bool
    why: Text
    then: float = 0.0
    band: Band | None = None


def actions(found: Whole, *, deadline: date | None = None) -> tuple[Action, ...]:
    """Return what could be done, ordered: in time first, then by gain, then by the smaller gap.

    The gain is the change of the expected score if this alone were done; nothing is said of what it would cost.
    """
    until = deadline or found.inputs.deadline
    listed: list[Action] = []
    for one in found.scored:
        if one.applies:
            listed += _of(one, found, until)
    listed = [replace(one, gain=scoring.rounded(one.gain * found.factor)) for one in listed]
    listed = [one for one in listed if one.gain > 0]
    listed.sort(key=lambda one: (not one.in_time, -one.gain, one.effort, one.criterion))
    return _added_up(listed, found)


def _added_up(listed: list[Action], found: Whole) -> tuple[Action, ...]:
    score, out = found.score, []
    for one in listed:
        if one.in_time and one.kind != "secure":
            score = min(found.rubric.total, scoring.rounded(score + one.gain))
        out.append(replace(one, then=score, band=band_of(found.rubric, score)))
    return tuple(out)


def _of(one: Scored, found: Whole, until: date) -> list[Action]:
    title = one.criterion.title.text
    base = Action(
        "reach", one.code, title, one.lead, Text("", ""), Text("", ""), 0.0, None, 1.0, True, Text("", "")
    )  # fmt: skip
    # a filed document counts already, so its check changes no score; what is missing of a value is said below
    left_out = ("check", "data") if one.value is not None else ("check",)
    listed = [_need(base, need, one) for need in one.needs if need.kind not in left_out]
    if one.value is not None:
        listed += _indicator(base, one, one.value, found, until)
    elif isinstance(getattr(one.criterion.rule, "source", None), TimelinessSource):
        listed = [one for one in listed if one.kind != "report"]
        listed += _coming(base, one, found)
    return listed


#: Beyond so many times the present sample nobody samples more.
MOST_SAMPLES = 5

_KINDS: dict[str, ActionKind] = {
    "document": "file",
    "samples": "samples",
    "data": "data",
    "task": "task",
    "report": "report",
    "experts": "experts",
    "public": "public",
}


def _need(base: Action, need: object, one: Scored) -> Action:
    kind, text, who, points = (getattr(need, name) for name in ("kind", "text", "who", "points"))
    words = Text("材料未交", "not filed") if kind == "document" else one.shown
    return replace(
        base, kind=_KINDS[kind], who=who, text=text, gap=words, gain=points, effort=0.0 if kind == "document" else 0.5
    )


def _indicator(base: Action, one: Scored, value: IndicatorValue, found: Whole, until: date) -> list[Action]:
    in_time, why = _in_time(value, found, until)
    base = replace(base, in_time=in_time, why=why)
    if value.value is None:
        words = Text(f"报送数据：{value.title.zh}", f"Report data: {value.title.en}")
        gap = value.reason or Text("无数据", "no data")
        return [replace(base, kind="data", text=words, gap=gap, gain=one.marks.open)]
    listed = []
    lacking = scoring.rounded(one.criterion.points - one.points - one.marks.open)
    if lacking > 0 and (goal := _goal(one, value)) is not None:
        listed.append(_reach(base, one, value, goal))
    risky = scoring.rounded(one.points - one.marks.expected)
    if one.marks.at_risk > 0 and risky > 0 and value.low is not None:
        listed.append(_secure(base, value, risky))
    return listed


def _goal(one: Scored, value: IndicatorValue) -> float | None:
    """Return the value that would bring all points: the bound of the rule, else the aim of the target."""
    rule = one.criterion.rule
    if isinstance(rule, LinearRule):
        return rule.full_at
    if isinstance(rule, StepRule):
        top = rule.levels[-1]
        return top.at_least if top.at_least is not None else top.at_most
    own = getattr(rule, "at_least", None)
    own = own if own is not None else getattr(rule, "at_most", None)
    return own if own is not None else value.aim


def _reach(base: Action, one: Scored, value: IndicatorValue, goal: float) -> Action:
    figure = value.shown[0] or 0.0
    decimals, unit = value.target.decimals, value.unit
    rule = one.criterion.rule
    assert isinstance(getattr(rule, "source", None), IndicatorSource)
    after = float(curve_of(rule, one.criterion.points, value).shares(scoring.column(goal))[0]) * one.criterion.points  # type: ignore[arg-type]
    bound = bound_words(rule, value)
    if isinstance(rule, LinearRule | StepRule):
        bound = Text(f"{goal:g} {unit}", f"{goal:g} {english(unit)}")
    strict = value.target.kind in ("above", "below") and not isinstance(rule, LinearRule | StepRule)
    gain = one.criterion.points - one.marks.expected if strict else max(0.0, after - one.marks.expected)
    distance = abs(goal - figure)
    per_unit = None
    if isinstance(rule, LinearRule):
        per_unit = scoring.rounded(one.criterion.points / abs(rule.full_at - rule.zero_at))
    cases = _cases(value, goal)
    gap_zh, gap_en = f"差 {distance:.{decimals}f} {unit}", f"{distance:.{decimals}f} {english(unit)} short"
    if cases:
        gap_zh, gap_en = f"{gap_zh}（约 {cases} 件）", f"{gap_en} (about {cases} cases)"
    if value.failed:
        gap_zh, gap_en = (
            f"{gap_zh}；未达标各期 {'、'.join(value.failed)}",
            f"{gap_en}; missed in {', '.join(value.failed)}",
        )
    return replace(
        base, kind="reach", gain=gain, per_unit=per_unit, effort=distance / abs(goal) if goal else distance,
        text=Text(f"使“{value.title.zh}”达到 {bound.zh}", f"Bring “{value.title.en}” to {bound.en}"),
        gap=Text(gap_zh, gap_en),
    )  # fmt: skip


def _cases(value: IndicatorValue, goal: float) -> int:
    """Return how many more cases of a share would have to pass, at the same total."""
    if value.unit != "%" or not value.denominator or value.numerator is None or value.target.kind == "cut":
        return 0
    if float(value.denominator) != int(value.denominator) or float(value.numerator) != int(value.numerator):
        return 0
    return max(0, ceil(goal / 100.0 * value.denominator - value.numerator - 1e-9))


def _secure(base: Action, value: IndicatorValue, gain: float) -> Action:
    """More samples narrow the interval: by how many is the square of the width over the distance."""
    figure, low, high = value.value or 0.0, value.low or 0.0, value.high or 0.0
    distance, half = abs(figure - (value.aim or figure)), (high - low) / 2.0
    if distance > 0 and value.n:
        more = ceil(value.n * ((half / distance) ** 2 - 1))
        gap = Text(f"同样水平下约需再取 {more} 个样本", f"about {more} more samples at the same level")
        if more > MOST_SAMPLES * value.n:
            gap = Text("数值离分数线太近，增加样本作用不大", "so near the bound that more samples hardly help")
    else:
        gap = Text("数值正好在分数线上", "the value lies right on the bound")
    return replace(
        base, kind="secure", gain=gain, effort=0.9, gap=gap,
        text=Text(
            f"稳住“{value.title.zh}”：提高水平或增加样本", f"Make “{value.title.en}” safe: raise it or sample more"
        ),
    )  # fmt: skip


def _in_time(value: IndicatorValue, found: Whole, until: date) -> tuple[bool, Text]:
    """Return whether a new value of an indicator can stand by the deadline."""
    frequency = value.indicator.period
    start = (value.period.end if value.period else found.as_of) + timedelta(days=1)
    following = next(iter(periods(frequency, start, until)), None)
    if following is None:
        label = value.period.label if value.period else "—"
        return False, Text(
            f"{label} 的数值到期限 {until} 前不会再更新；如原报数据有误，可报送更正",
            f"the value of {label} stands until {until}; only a correction of what was reported could change it",
        )
    return True, Text(
        f"{following.label} 的数值在 {until} 前形成", f"the value of {following.label} comes by {until}"
    )


def _coming(base: Action, one: Scored, found: Whole) -> list[Action]:
    """Reports still to come: what the share would be if all of them were on time."""
    rule = one.criterion.rule
    source = getattr(rule, "source", None)
    assert isinstance(source, TimelinessSource)
    state = found.inputs.timeliness(source.registers)
    if not state.coming:
        return []
    after = 100.0 * (state.on_time + state.coming) / (state.due + state.coming)
    share = float(curve_of(rule, one.criterion.points, None).shares(scoring.column(after))[0])  # type: ignore[arg-type]
    words = Text(f"今后 {state.coming} 期报送全部按时", f"File all {state.coming} reports to come on time")
    gain = one.criterion.points * share - one.points
    return [replace(base, kind="report", text=words, gap=one.shown, gain=gain, effort=0.5)]
