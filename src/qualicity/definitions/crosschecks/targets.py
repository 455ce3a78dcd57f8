"""Whether a target can ever be judged, and whether everything that it says has an effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.measures import Count, Coverage, Cut, Index, Share, WorstClass
from qualicity.definitions.plans import Indicator, Target

if TYPE_CHECKING:
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.plans import Plan

NEEDS_VALUE = frozenset({"at_least", "above", "at_most", "below", "equals", "cut"})
#: What else may be said, by kind; a word that has no effect is refused.
MAY_SAY = {
    "cut": {"year", "base_year"},
    "trajectory": {"year", "points", "falling"},
    "below_reference": {"points"},
    "unstated": {"year"},
}
SIMPLE_MAY_SAY = frozenset({"year", "every"})


def check_target(check: Check, indicator: Indicator, plan: Plan) -> None:
    """Check the target of one indicator; ``check`` stands at the target."""
    target = indicator.target
    _check_said(check, target)
    if target.unit is not None and target.unit != indicator.unit:
        check.at("unit").say(
            f"目标单位“{target.unit}”与指标单位“{indicator.unit}”不同",
            f"the target's unit “{target.unit}” is not the indicator's “{indicator.unit}”",
        )
    if target.kind in NEEDS_VALUE and target.value is None:
        check.say(f"目标类型 {target.kind} 必须有 value", f"a target of kind {target.kind} needs a value")
    if target.kind == "none_of" and target.value not in {None, 0}:
        check.at("value").say("“消除”的目标值只能是 0", "the value of none_of can only be 0")
    if target.value is not None and round(target.value, target.decimals) != target.value:
        check.at("value").say(
            f"目标值比修约位数（{target.decimals} 位小数）更细",
            f"the value is finer than the {target.decimals} decimals to which it is judged",
        )
    if target.year is not None and target.year < plan.start.year:
        check.at("year").say("目标年份早于方案开始", "the target's year lies before the plan begins")
    _check_dated(check, indicator)
    _check_reachable(check, indicator)


def _check_said(check: Check, target: Target) -> None:
    allowed = MAY_SAY.get(target.kind, SIMPLE_MAY_SAY)
    for word in ("every", "year", "base_year", "points", "falling"):
        if word in target.model_fields_set and word not in allowed and getattr(target, word) not in (None, {}):
            check.at(word).say(
                f"{word} 对目标类型 {target.kind} 没有作用", f"{word} has no effect on a target of kind {target.kind}"
            )
    if target.kind in {"unstated", "below_reference"} and target.value is not None:
        check.at("value").say(
            f"目标类型 {target.kind} 不应有 value", f"a target of kind {target.kind} has no value of its own"
        )


def _check_dated(check: Check, indicator: Indicator) -> None:
    target = indicator.target
    if target.kind in {"cut", "trajectory"} and target.year is None:
        check.say(f"目标类型 {target.kind} 必须有 year", f"a target of kind {target.kind} needs a year")
    if target.kind == "trajectory":
        _check_trajectory(check, target)
    if target.kind == "below_reference":
        if not target.points:
            check.say("没有参照值 points，无法比较", "there are no points of reference to compare with")
        if target.source is None:
            check.say("参照值必须注明来源 source", "the points of reference need a source")
    if (target.kind == "cut") != isinstance(indicator.measure, Cut):
        check.at("kind").say(
            "削减目标（cut）与削减率测算（cut）必须配套", "a target of kind cut and a measure of kind cut go together"
        )
    if target.kind == "cut":
        _check_cut(check, indicator)


def _check_trajectory(check: Check, target: Target) -> None:
    if not target.points:
        check.say("逐年目标没有各年的值 points", "a trajectory needs its points")
        return
    first, last = min(target.points), max(target.points)
    if target.year is not None and target.year not in target.points:
        check.at("points").say(
            f"points 中没有目标年份 {target.year} 的值",
            f"the points hold no value for the target's year {target.year}",
        )
    elif target.year is not None and target.value is not None and target.value != target.points[target.year]:
        check.at("value").say(
            f"目标值与 points 中 {target.year} 年的值不同", f"the value is not that of the points for {target.year}"
        )
    if len(target.points) > 1 and (target.points[first] > target.points[last]) != target.falling:
        check.at("falling" if "falling" in target.model_fields_set else "points").say(
            "逐年目标的升降与 falling 不符", "the points do not run the way that falling says"
        )


def _check_cut(check: Check, indicator: Indicator) -> None:
    target, measure = indicator.target, indicator.measure
    if target.base_year is None:
        check.say("削减目标必须有基期年 base_year", "a cut needs its base_year")
        return
    if target.year is not None and target.base_year >= target.year:
        check.at("base_year").say("基期年不早于目标年", "the base year does not lie before the target's year")
    if isinstance(measure, Cut) and measure.base_year != target.base_year:
        check.at("base_year").say(
            f"基期年与测算方法的基期年（{measure.base_year}）不同",
            f"the base year is not that of the measure ({measure.base_year})",
        )


def _check_reachable(check: Check, indicator: Indicator) -> None:
    """A rate beyond 100 %, or a number below none, is never reached however well the city does."""
    target, measure = indicator.target, indicator.measure
    if target.value is None:
        return
    whole = isinstance(measure, Share | Coverage | Index) or (isinstance(measure, Cut) and target.kind == "cut")
    ceiling = 100.0 if whole else None
    floor = 0.0 if isinstance(measure, Share | Coverage | Index | Count | WorstClass) else None
    value, kind = target.value, target.kind
    if ceiling is not None and (
        (kind in {"at_least", "equals", "cut"} and value > ceiling) or (kind == "above" and value >= ceiling)
    ):
        check.at("value").say("超过 100，永远达不到", "it lies beyond 100 and can never be met")
    if floor is not None and (
        (kind in {"at_most", "equals"} and value < floor) or (kind == "below" and value <= floor)
    ):
        check.at("value").say("小于 0，永远达不到", "it lies below 0 and can never be met")
