"""Whether a rubric can be scored: sums, codes of its plan, rules that can give every point they promise."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from qualicity.definitions.rubrics import (
    ChecklistRule,
    ExpertRule,
    IndicatorSource,
    LinearRule,
    OwnIndicatorsSource,
    PublicReviewSource,
    Rubric,
    StepRule,
    TasksSource,
    ThresholdRule,
    TimelinessSource,
)
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.application_forms import ApplicationForm
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.plans import Indicator, Plan
    from qualicity.definitions.rubrics import Criterion

CRITERION = Text("评分点", "criterion")
INDICATOR = Text("指标", "indicator")
#: Sources that are a percentage.
PERCENT = (OwnIndicatorsSource, TasksSource, TimelinessSource, PublicReviewSource)


def check_rubric(check: Check, rubric: Rubric, plans: Mapping[str, Plan]) -> None:
    """Check one rubric against itself and the plan that it speaks of."""
    _check_sums(check, rubric)
    _check_bands(check, rubric)
    check.at("questions").once([one.code for one in rubric.questions], Text("问题", "question"), "code")
    if not check.at("plan").known(rubric.plan, plans, Text("方案", "plan")):
        return
    plan = plans[rubric.plan]
    indicators = {one.code: one for one in plan.indicators}
    for number, veto in enumerate(rubric.vetoes):
        here = check.at("vetoes", number)
        here.at("indicator").known(veto.indicator, indicators, INDICATOR)
        here.at("band").known(veto.band, [one.code for one in rubric.bands], Text("等次", "band"))
    for first, category in enumerate(rubric.categories):
        for second, item in enumerate(category.items):
            for third, criterion in enumerate(item.criteria):
                here = check.at("categories", first, "items", second, "criteria", third)
                _check_criterion(here, rubric, criterion, plan, indicators)


def _check_sums(check: Check, rubric: Rubric) -> None:
    def hold(here: Check, promised: float, parts: Sequence[float], what: Text) -> None:
        total = math.fsum(parts)
        if not math.isclose(total, promised, abs_tol=1e-9):
            here.at("points").say(
                f"写明 {promised:g} 分，但{what.zh}合计 {total:g} 分",
                f"{promised:g} points are stated, but {what.en} add up to {total:g}",
            )

    whole = math.fsum(one.points for one in rubric.categories)
    if not math.isclose(whole, rubric.total, abs_tol=1e-9):
        check.at("total").say(
            f"总分写明 {rubric.total:g} 分，但各类合计 {whole:g} 分",
            f"the total is stated as {rubric.total:g} points, but the categories add up to {whole:g}",
        )
    check.at("categories").once([one.code for one in rubric.categories], Text("类别", "category"), "code")
    seen: set[str] = set()
    for first, category in enumerate(rubric.categories):
        here = check.at("categories", first)
        hold(here, category.points, [one.points for one in category.items], Text("各项", "the items"))
        for second, item in enumerate(category.items):
            inner = here.at("items", second)
            hold(inner, item.points, [one.points for one in item.criteria], Text("各评分点", "the criteria"))
            for third, criterion in enumerate(item.criteria):
                if criterion.code in seen:
                    inner.at("criteria", third, "code").say(
                        f"评分点“{criterion.code}”出现两次", f"the criterion “{criterion.code}” is there twice"
                    )
                seen.add(criterion.code)


def _check_bands(check: Check, rubric: Rubric) -> None:
    here = check.at("bands")
    here.once([one.code for one in rubric.bands], Text("等次", "band"), "code")
    for number, (above, below) in enumerate(pairwise(rubric.bands)):
        if below.at_least >= above.at_least:
            here.at(number + 1, "at_least").say(
                "等次应由高到低，分数线逐级下降", "bands go from the best down, each with a lower bound"
            )
    if rubric.bands[-1].at_least > 0:
        here.at(len(rubric.bands) - 1, "at_least").say(
            "最低等次应从 0 分起，否则有的得分没有等次", "the lowest band begins at 0, or some points have no band"
        )
    if rubric.bands[0].at_least > rubric.total:
        here.at(0, "at_least").say("高于总分，永远达不到", "it is above the total and can never be reached")


def _check_criterion(
    check: Check, rubric: Rubric, criterion: Criterion, plan: Plan, indicators: Mapping[str, Indicator]
) -> None:
    organisations = [one.code for one in plan.organisations]
    if criterion.lead is not None:
        check.at("lead").known(criterion.lead, organisations, Text("单位", "organisation"))
    check.at("evidence").once([one.code for one in criterion.evidence], Text("佐证材料", "document"), "code")
    rule, here = criterion.rule, check.at("rule")
    if isinstance(rule, ExpertRule):
        return
    if isinstance(rule, ChecklistRule):
        _check_checklist(here, criterion, rule, plan)
        return
    source = here.at("source")
    if isinstance(rule.source, IndicatorSource):
        if source.at("code").known(rule.source.code, indicators, INDICATOR):
            _check_reach(here, criterion, rule, indicators[rule.source.code])
        return
    _check_source(source, rubric, rule.source, plan)
    if isinstance(rule, ThresholdRule) and rule.at_least is None and rule.at_most is None:
        _never(here, "没有目标值，须写明 at_least 或 at_most", "there is no target here: give at_least or at_most")
    _check_reach(here, criterion, rule, None)


def _check_checklist(check: Check, criterion: Criterion, rule: ChecklistRule, plan: Plan) -> None:
    check.at("items").once([one.code for one in rule.items], Text("清单项", "item"), "code")
    total = math.fsum(one.points for one in rule.items)
    if not math.isclose(total, criterion.points, abs_tol=1e-9):
        check.at("items").say(
            f"评分点 {criterion.points:g} 分，但清单合计 {total:g} 分",
            f"the criterion is worth {criterion.points:g} points, but its items add up to {total:g}",
        )
    numbers = [one.number for one in plan.tasks]
    for position, item in enumerate(rule.items):
        if item.task is not None and item.task not in numbers:
            check.at("items", position, "task").say(*_no_task(item.task, plan))


def _check_source(
    check: Check,
    rubric: Rubric,
    source: OwnIndicatorsSource | TasksSource | TimelinessSource | PublicReviewSource,
    plan: Plan,
) -> None:
    for_all = rubric.subject == "city"
    if isinstance(source, OwnIndicatorsSource) and for_all:
        _never(
            check,
            "own_indicators 只用于考核单位（subject: organisation）",
            "own_indicators is for subject: organisation",
        )
    if isinstance(source, TasksSource):
        for position, number in enumerate(source.numbers):
            if number not in [one.number for one in plan.tasks]:
                check.at("numbers", position).say(*_no_task(number, plan))
    if isinstance(source, TimelinessSource):
        owed = sorted({one.register_code for one in plan.obligations})
        for position, code in enumerate(source.registers):
            check.at("registers", position).known(code, owed, Text("应报台账", "register that somebody owes"))
        if not owed:
            _never(check, "方案中没有报送任务", "the plan has no obligations")
    if isinstance(source, PublicReviewSource) and not rubric.questions:
        _never(check, "评议没有问题 questions", "the public review has no questions")


def _check_reach(
    check: Check, criterion: Criterion, rule: ThresholdRule | LinearRule | StepRule, indicator: Indicator | None
) -> None:
    """Say what can never give its points: no bound, no slope, levels out of order, more than a hundred percent."""
    if isinstance(rule, ThresholdRule):
        own = rule.at_least is None and rule.at_most is None
        if own and indicator is not None and indicator.target.kind == "unstated":
            _never(
                check,
                f"指标“{indicator.code}”没有目标值，须写明 at_least 或 at_most",
                f"the indicator “{indicator.code}” has no target: give at_least or at_most",
            )
        if rule.at_least is not None and rule.at_most is not None:
            check.at("at_most").say("at_least 与 at_most 只能写一个", "give at_least or at_most, not both")
        given = (("at_least", rule.at_least), ("at_most", rule.at_most))
        bounds = [(check.at(name), bound) for name, bound in given if bound is not None]
    elif isinstance(rule, LinearRule):
        if math.isclose(rule.zero_at, rule.full_at):
            _never(check.at("full_at"), "zero_at 与 full_at 相同", "zero_at and full_at are the same")
        bounds = [(check.at("full_at"), rule.full_at)]
    else:
        levels = _check_levels(check.at("levels"), criterion, rule)
        bounds = [(check.at("levels", number), bound) for number, bound in enumerate(levels)]
    percent = indicator is None or indicator.unit == "%"
    for here, bound in bounds:
        if percent and not 0 <= bound <= 100:
            _never(here, f"百分比到不了 {bound:g}", f"a percentage never reaches {bound:g}")


def _check_levels(check: Check, criterion: Criterion, rule: StepRule) -> list[float]:
    rising = rule.levels[0].at_least is not None
    bounds: list[float] = []
    for number, level in enumerate(rule.levels):
        bound = level.at_least if rising else level.at_most
        if bound is None or (level.at_least is not None and level.at_most is not None):
            check.at(number).say(
                "各级须同用 at_least 或同用 at_most", "all levels give at_least, or all give at_most"
            )
            return bounds
        if bounds and (bound <= bounds[-1] if rising else bound >= bounds[-1]):
            check.at(number).say("分级没有按从易到难排列", "the levels do not go from easy to hard")
        if number and level.points <= rule.levels[number - 1].points:
            check.at(number, "points").say("更高一级的分没有更多", "the higher level brings no more points")
        bounds.append(bound)
    top = rule.levels[-1].points
    if not math.isclose(top, criterion.points, abs_tol=1e-9):
        check.at(len(rule.levels) - 1, "points").say(
            f"最高一级 {top:g} 分，评分点却是 {criterion.points:g} 分，永远得不满",
            f"the highest level brings {top:g} points, the criterion is worth {criterion.points:g}: it is never full",
        )
    return bounds


def _no_task(number: int, plan: Plan) -> tuple[str, str]:
    near = min((one.number for one in plan.tasks), key=lambda one: abs(one - number), default=0)
    return (
        f"方案没有第 {number} 项任务（共 {len(plan.tasks)} 项）；是否指“{near}”？",
        f"the plan has no task {number} (it has {len(plan.tasks)}); did you mean “{near}”?",
    )


def _never(check: Check, zh: str, en: str) -> None:
    check.say(f"这一评分点永远无法评分：{zh}", f"this criterion can never be scored: {en}")


def check_form(check: Check, form: ApplicationForm) -> None:
    """Check one application form against itself."""
    check.at("sections").once([one.code for one in form.sections], Text("栏目", "section"), "code")
    seen: set[str] = set()
    for first, section in enumerate(form.sections):
        for second, field in enumerate(section.fields):
            here = check.at("sections", first, "fields", second)
            if field.code in seen:
                here.at("code").say(f"字段“{field.code}”出现两次", f"the field “{field.code}” is there twice")
            seen.add(field.code)
            if (field.kind == "choice") != bool(field.choices):
                here.say(
                    "choices 只用于 kind: choice，且不能为空", "choices belong to kind: choice, and may not be empty"
                )
            if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
                here.at("maximum").say("最大值小于最小值", "the maximum is below the minimum")
