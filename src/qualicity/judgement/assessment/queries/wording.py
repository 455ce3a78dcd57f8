"""Rules, bounds and states of a rubric in words, both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.rubrics import (
    ChecklistRule,
    ExpertRule,
    IndicatorSource,
    LinearRule,
    OwnIndicatorsSource,
    StepRule,
    TasksSource,
    ThresholdRule,
    TimelinessSource,
)
from qualicity.errors import Text
from qualicity.goals.indicators import queries as indicators

if TYPE_CHECKING:
    from qualicity.definitions.rubrics import Rule
    from qualicity.goals.indicators.queries import IndicatorValue

UNITS = {"个": "", "分": "points", "起": "", "人/万台": "per 10 000", "张/万人": "per 10 000"}


def number(value: float) -> str:
    """Return a number without needless digits."""
    return f"{value:g}"


def english(unit: str) -> str:
    """Return a unit as English writes it."""
    return UNITS.get(unit, unit)


def source_words(rule: Rule) -> Text:
    """Return what a rule draws on."""
    source = getattr(rule, "source", None)
    if isinstance(source, OwnIndicatorsSource):
        return Text("本单位达标指标的占比", "share of the unit's targets that are met")
    if isinstance(source, TasksSource):
        if source.numbers:
            listed = "、".join(str(one) for one in source.numbers)
            return Text(f"任务 {listed} 的完成率", f"share of tasks {listed.replace('、', ', ')} that are completed")
        return Text("到期分工的办结率", "share of the unit's due assignments that are closed")
    if isinstance(source, TimelinessSource):
        return Text("按时报送的占比", "share of reports that came on time")
    if isinstance(rule, ChecklistRule):
        return Text("佐证材料清单", "list of documents")
    if isinstance(rule, ExpertRule):
        return Text("专家独立评分", "points given by experts")
    if isinstance(source, IndicatorSource):
        return Text("指标测算值", "value of the indicator")
    return Text("代表、委员评议", "public review")


def rule_words(rule: Rule, full: float, value: IndicatorValue | None) -> Text:
    """Return how a rule gives its points."""
    unit = value.unit if value else "%"
    zh, en = unit, english(unit)
    if isinstance(rule, ThresholdRule):
        bound = bound_words(rule, value)
        ahead = rule.ahead == "pace" and value is not None and value.target.kind in ("cut", "trajectory")
        more = Text("；未到期时按序时进度", "; by its pace while it is not due") if ahead else Text("", "")
        return Text(
            f"达到“{bound.zh}”得 {number(full)} 分，否则不得分{more.zh}",
            f"{number(full)} points when “{bound.en}” holds, else none{more.en}",
        )
    if isinstance(rule, LinearRule):
        start, end = number(rule.zero_at), number(rule.full_at)
        return Text(
            f"{start} {zh} 得 0 分，{end} {zh} 得满分，其间按比例".replace("  ", " "),
            f"0 at {start} {en}, full at {end} {en}, evenly between".replace("  ", " "),
        )
    if isinstance(rule, StepRule):
        sign = "≥" if rule.levels[0].at_least is not None else "≤"
        levels = [
            (number(one.at_least if one.at_least is not None else one.at_most or 0), one.points)
            for one in rule.levels
        ]
        return Text(
            "；".join(f"{sign} {bound} {zh} 得 {number(points)} 分" for bound, points in levels),
            "; ".join(f"{sign} {bound} {en}: {number(points)}" for bound, points in levels),
        )
    if isinstance(rule, ChecklistRule):
        return Text("每项材料经核验得其分值", "each document brings its points once it is checked")
    return Text("取专家评分的均值，评审结束后计入", "mean of the experts, once the round is closed")


def bound_words(rule: Rule, value: IndicatorValue | None) -> Text:
    """Return what a value is held against."""
    if isinstance(rule, ThresholdRule):
        if rule.at_least is not None or rule.at_most is not None:
            sign, bound = ("≥", rule.at_least) if rule.at_least is not None else ("≤", rule.at_most)
            unit = value.unit if value else "%"
            return Text(f"{sign} {number(bound or 0)} {unit}", f"{sign} {number(bound or 0)} {english(unit)}")
        if value is not None:
            return indicators.target_words(value.target, value.unit, value.aim)
    if isinstance(rule, LinearRule):
        unit = value.unit if value else "%"
        return Text(f"满分线 {number(rule.full_at)} {unit}", f"full at {number(rule.full_at)} {english(unit)}")
    if isinstance(rule, StepRule):
        top = rule.levels[-1]
        bound = top.at_least if top.at_least is not None else top.at_most
        unit = value.unit if value else "%"
        return Text(f"满分线 {number(bound or 0)} {unit}", f"full at {number(bound or 0)} {english(unit)}")
    return Text("", "")
