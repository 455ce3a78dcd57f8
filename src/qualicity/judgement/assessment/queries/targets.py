"""An indicator's value under a rule: points, how sure, and what is wanting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qualicity.definitions.rubrics import LinearRule, StepRule, ThresholdRule
from qualicity.errors import Text
from qualicity.judgement.assessment.queries.wording import english
from qualicity.methods import scoring
from qualicity.methods.judgement import Certainty, Pace, Status

if TYPE_CHECKING:
    from qualicity.goals.indicators.queries import IndicatorValue
    from qualicity.methods.scoring import Curve, Marks

Wanting = Literal["data", "samples", "later"]
Outcome = tuple["Marks", Text, "Wanting | None"]

#: A value is rounded by GB/T 8170 before it is judged; the ends of its interval are held against the bound as is.
EXACT = 9
_SIGN_OF = {
    "at_least": "at_least",
    "above": "above",
    "at_most": "at_most",
    "below": "below",
    "equals": "equals",
    "none_of": "equals",
    "cut": "at_least",
    "below_reference": "below",
}


def shown(value: IndicatorValue) -> Text:
    """Return a value as it is shown: rounded, with its unit, interval and period."""
    figure, low, high = value.shown
    if figure is None:
        return Text("无数据", "no data")
    decimals, unit = value.target.decimals, value.unit
    interval = "" if low is None or high is None else f" [{low:.{decimals}f}, {high:.{decimals}f}]"
    period = value.period.label if value.period else ""
    amount = f"{figure:.{decimals}f}"
    return Text(
        f"{amount} {unit}{interval}（{period}）", f"{amount} {english(unit)}{interval} ({period})".replace("  ", " ")
    )


def curve_of(rule: ThresholdRule | LinearRule | StepRule, full: float, value: IndicatorValue | None) -> Curve:
    """Return the rule as a curve from values to shares of the points."""
    if isinstance(rule, LinearRule):
        return scoring.Linear(rule.zero_at, rule.full_at)
    if isinstance(rule, StepRule):
        falling = rule.levels[0].at_least is None
        bounds = tuple((one.at_most if falling else one.at_least) or 0.0 for one in rule.levels)
        return scoring.Steps(bounds, tuple(one.points / full for one in rule.levels), falling)
    if rule.at_least is not None:
        return scoring.Threshold("at_least", rule.at_least, EXACT)
    if rule.at_most is not None:
        return scoring.Threshold("at_most", rule.at_most, EXACT)
    assert value is not None, "a threshold without a bound needs an indicator"
    kind = value.target.kind
    sign = ("at_most" if value.target.falling else "at_least") if kind == "trajectory" else _SIGN_OF[kind]
    return scoring.Threshold(sign, value.aim or 0.0, EXACT)


def marks_of(rule: ThresholdRule | LinearRule | StepRule, full: float, value: IndicatorValue) -> Outcome:
    """Return the marks of a value under a rule, why, and what is wanting (None: nothing)."""
    if value.value is None:
        return scoring.awaited(full), value.reason or Text("没有数据", "there are no data"), "data"
    if value.status is Status.undecided and value.certainty is Certainty.too_few:
        few = Text(f"样本只有 {value.n} 个，不足以判定", f"only {value.n} samples, too few to decide")
        return scoring.awaited(full), few, "samples"
    if isinstance(rule, ThresholdRule) and rule.at_least is None and rule.at_most is None:
        return _by_target(rule, full, value)
    marks = _by_curve(rule, full, value)
    if value.source in ("reported", "mixed"):
        return scoring.less_sure(marks), _REPORTED, None
    return marks, _by_sample(marks) if value.low is not None else _CENSUS, None


def _by_target(rule: ThresholdRule, full: float, value: IndicatorValue) -> Outcome:
    """Return the marks by the official judgement of the indicator against its own target."""
    if value.status is Status.not_due:
        return _ahead(rule, full, value)
    if value.status not in (Status.met, Status.not_met):
        return scoring.awaited(full), Text("尚不能判定", "it cannot be judged yet"), "data"
    met = value.status is Status.met
    if value.certainty is not Certainty.uncertain:
        failed = "、".join(value.failed)
        missed = Text(f"以下各期未达标：{failed}", f"missed in {failed}") if failed else Text("未达标", "not met")
        return scoring.settled(full, float(met)), Text("达标", "met") if met else missed, None
    if value.low is None or value.high is None:
        marks = scoring.expected_later(full, 1.0) if met else scoring.settled(full, 0.0)
        return marks, _REPORTED, None
    marks = _by_curve(rule, full, value)
    if (marks.points > 0) is not met or not (marks.at_risk or marks.within_reach):
        earlier = Text("有一期的样本区间跨过目标值", "in one of the periods the interval straddles the target")
        return scoring.could_turn(full, counts=met), earlier, None
    return marks, _by_sample(marks), None


def _by_curve(rule: ThresholdRule | LinearRule | StepRule, full: float, value: IndicatorValue) -> Marks:
    figure = value.shown[0] or 0.0
    return scoring.by_curve(curve_of(rule, full, value), full, figure, value.low, value.high, centre=value.value)


def _ahead(rule: ThresholdRule, full: float, value: IndicatorValue) -> Outcome:
    if rule.ahead != "pace" or value.pace is None:
        return scoring.awaited(full), Text("目标未到期", "the target is not due yet"), "later"
    on_track = value.pace is Pace.on_track
    words = (
        Text("目标未到期，按序时进度给分", "not due yet; points by its pace, which is on track")
        if on_track
        else Text("目标未到期，进度滞后", "not due yet, and behind its pace")
    )
    return scoring.expected_later(full, 1.0) if on_track else scoring.settled(full, 0.0), words, None


_REPORTED = Text(
    "数值为上报汇总数，未附明细，把握较低", "the value was reported without its rows, so it is less sure"
)
_CENSUS = Text("按测算值计分", "points by the value")


def _by_sample(marks: Marks) -> Text:
    if marks.probability is None:
        return Text("样本区间内得分不变", "the points are the same over the whole interval")
    chance = f"{marks.probability:.0%}"
    if marks.points > 0 or marks.at_risk:
        return Text(
            f"样本区间跨过分数线，保住现有分的概率约 {chance}（正态近似）",
            f"the interval straddles a bound; today's points stand with a chance of about {chance} "
            "(normal approximation)",
        )
    return Text(
        f"样本区间跨过分数线，实际已达标的概率约 {chance}（正态近似）",
        f"the interval straddles a bound, which is really reached with a chance of about {chance} "
        "(normal approximation)",
    )


def need_words(wanting: Wanting, value: IndicatorValue) -> Text:
    """Return what is wanting, as a request."""
    title = value.title
    if wanting == "samples":
        more = max(0, value.indicator.minimum_n - value.n)
        return Text(f"请补充样本：{title.zh}（还差 {more} 个）", f"Take more samples: {title.en} ({more} short)")
    if wanting == "later":
        return Text(f"{title.zh}：目标未到期", f"{title.en}: the target is not due yet")
    return Text(f"请报送数据：{title.zh}", f"Report data: {title.en}")
