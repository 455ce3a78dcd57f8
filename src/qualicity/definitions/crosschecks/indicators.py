"""Whether an indicator hangs together: its area, row or task, unit, organisations, registers, periods and places."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.filters import check_column
from qualicity.definitions.crosschecks.measures import check_measure, register_codes
from qualicity.definitions.crosschecks.targets import check_target
from qualicity.definitions.measures import Count, Coverage, Cut, Index, Share, WorstClass
from qualicity.definitions.units import Unit, is_known
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.plans import Indicator, Plan
    from qualicity.definitions.registers import Register

FINENESS = ("month", "quarter", "year")
ORGANISATION = Text("单位", "organisation")


def check_indicators(check: Check, plan: Plan, registers: Mapping[str, Register], units: Collection[Unit]) -> None:
    """Check all indicators of a plan; ``check`` stands at its list of indicators."""
    check.once([one.code for one in plan.indicators], Text("指标", "indicator"), "code")
    for number, indicator in enumerate(plan.indicators):
        here = check.at(number)
        _check_position(here, indicator, plan)
        check_responsible(here, indicator.lead, indicator.supporting, plan)
        _check_unit(here, indicator, units)
        check_measure(here.at("measure"), indicator.measure, registers)
        check_target(here.at("target"), indicator, plan)
        used = [registers[code] for code in register_codes(indicator.measure) if code in registers]
        if used:
            _check_grain(here, indicator, used, plan)


def check_responsible(check: Check, lead: str, supporting: tuple[str, ...], plan: Plan) -> None:
    """Check who leads and who supports."""
    known = [one.code for one in plan.organisations]
    check.at("lead").known(lead, known, ORGANISATION)
    check.at("supporting").once((lead, *supporting), ORGANISATION)
    for number, code in enumerate(supporting):
        check.at("supporting", number).known(code, known, ORGANISATION)


def _check_position(check: Check, indicator: Indicator, plan: Plan) -> None:
    check.at("area").known(indicator.area, (area.code for area in plan.areas), Text("领域", "area"))
    if (indicator.row is None) == (indicator.task is None):
        check.say(
            "指标属于一行（row）或一项任务（task），二者取一",
            "an indicator stands in a row or in a task: one of them",
        )
    if indicator.task is not None and indicator.task not in {task.number for task in plan.tasks}:
        check.at("task").say(f"没有第 {indicator.task} 项任务", f"there is no task {indicator.task}")


def _check_unit(check: Check, indicator: Indicator, units: Collection[Unit]) -> None:
    if not is_known(indicator.unit, units):
        check.at("unit").known(indicator.unit, (unit.symbol for unit in units), Text("计量单位", "unit"))
        return
    percent = indicator.unit == "%"
    if isinstance(indicator.measure, Share | Coverage | Cut) and not percent:
        check.at("unit").say("率的单位是 %", "the unit of a rate is %")
    if isinstance(indicator.measure, Count | WorstClass | Index) and percent:
        check.at("unit").say("个数和指数的单位不是 %", "the unit of a number or an index is not %")


def _check_grain(check: Check, indicator: Indicator, used: list[Register], plan: Plan) -> None:
    first = used[0]
    for register in used:
        if FINENESS.index(indicator.period) < FINENESS.index(register.period):
            check.at("period").say(
                f"台账“{register.code}”按 {register.period} 报送，算不出 {indicator.period} 的值",
                f"register “{register.code}” comes by the {register.period}: no value by the {indicator.period}",
            )
        if register.level == "city" and indicator.level == "county":
            check.at("level").say(
                f"台账“{register.code}”只有全市数据，level 应为 city",
                f"register “{register.code}” speaks for the city alone: the level must be city",
            )
    if indicator.minimum_n and first.basis == "census":
        check.at("minimum_n").say(
            f"台账“{first.code}”是全面数据，没有最小样本量",
            f"register “{first.code}” is a census: no least sample size",
        )
    for number, name in enumerate(indicator.breakdown):
        check_column(check.at("breakdown", number), name, first)
    kinds = {place.kind for place in plan.places}
    for number, kind in enumerate(indicator.place_kinds):
        check.at("place_kinds", number).known(kind, kinds, Text("地区类型（方案的地区中）", "place of the kind"))
    if indicator.place_kinds and indicator.level == "city":
        check.at("place_kinds").say(
            "全市指标不能限定地区类型", "an indicator of the city alone has no kinds of place"
        )
