"""Whether a plan hangs together: places, organisations, tasks, phases and who owes what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.gates import check_gates
from qualicity.definitions.crosschecks.indicators import ORGANISATION, check_indicators, check_responsible
from qualicity.definitions.crosschecks.industries import check_industries
from qualicity.definitions.crosschecks.measures import REGISTER, register_codes
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.registers import Register
    from qualicity.definitions.units import Unit

PLACE = Text("地区", "place")


def check_plan(check: Check, plan: Plan, registers: Mapping[str, Register], units: Collection[Unit]) -> None:
    """Check one plan against itself, the registers and the vocabulary of units."""
    if plan.start > plan.end:
        check.at("end").say("方案结束早于开始", "the plan ends before it begins")
    for key, day in (("tasks_due", plan.tasks_due), ("implementation_plans_due", plan.implementation_plans_due)):
        if day is not None and not plan.start <= day <= plan.end:
            check.at(key).say("时限超出方案的起止日期", "the deadline lies outside the plan's time")
    check.at("areas").once([one.code for one in plan.areas], Text("领域", "area"), "code")
    _check_places(check, plan)
    _check_organisations(check, plan)
    _check_tasks(check, plan)
    _check_phases(check.at("phases"), plan)
    check_gates(check.at("gates"), plan)
    check.at("safeguards").once([one.number for one in plan.safeguards], Text("保障措施", "safeguard"), "number")
    check_indicators(check.at("indicators"), plan, registers, units)
    _check_obligations(check, plan, registers)
    check_industries(check.at("industries"), plan, registers)


def _check_places(check: Check, plan: Plan) -> None:
    here = check.at("places")
    kinds = {place.code: place.kind for place in plan.places}
    here.once([place.code for place in plan.places], PLACE, "code")
    if check.at("place").known(plan.place, kinds, PLACE) and kinds[plan.place] != "city":
        check.at("place").say("方案的地区必须是城市（kind: city）", "the plan's place must be of kind city")
    names: dict[str, str] = {}
    tiles: dict[tuple[int, int], str] = {}
    for number, place in enumerate(plan.places):
        one = here.at(number)
        if place.parent is not None and one.at("parent").known(place.parent, kinds, PLACE):
            if kinds[place.parent] != "city" or place.kind == "city":
                one.at("parent").say("上级必须是城市，城市没有上级", "the parent must be a city, and a city has none")
        elif place.parent is None and place.kind != "city":
            one.say(f"“{place.code}”没有上级地区 parent", f"“{place.code}” has no parent")
        if place.valid_from and place.valid_to and place.valid_from > place.valid_to:
            one.at("valid_to").say("代码失效早于生效", "the code ends before it begins")
        if place.tile is not None:
            if place.tile in tiles:
                other = tiles[place.tile]
                one.at("tile").say(f"格子已被“{other}”占用", f"the tile is taken by “{other}”")
            tiles[place.tile] = place.code
        for name in (place.title.zh, place.title.en, *place.aliases):
            if names.setdefault(name, place.code) != place.code:
                one.say(f"名称“{name}”已属于“{names[name]}”", f"the name “{name}” already belongs to “{names[name]}”")


def _check_organisations(check: Check, plan: Plan) -> None:
    places = [place.code for place in plan.places]
    codes = [one.code for one in plan.organisations]
    check.at("organisations").once(codes, ORGANISATION, "code")
    for number, organisation in enumerate(plan.organisations):
        here = check.at("organisations", number)
        if organisation.place is not None:
            here.at("place").known(organisation.place, places, PLACE)
        elif organisation.kind in {"county", "zone"}:
            here.say(f"“{organisation.code}”没有地区 place", f"“{organisation.code}” has no place")
    check.at("office").known(plan.office, codes, ORGANISATION)
    check.at("leading_group").once(plan.leading_group, ORGANISATION)
    members = {one.code for one in plan.organisations if one.member}
    for number, code in enumerate(plan.leading_group):
        here = check.at("leading_group", number)
        if here.known(code, codes, ORGANISATION) and code not in members:
            here.say(f"“{code}”不是成员单位", f"“{code}” is no member unit")


def _check_tasks(check: Check, plan: Plan) -> None:
    strategies = [one.number for one in plan.strategies]
    check.at("strategies").once(strategies, Text("战略", "strategy"), "number")
    check.at("tasks").once([one.number for one in plan.tasks], Text("任务", "task"), "number")
    for number, task in enumerate(plan.tasks):
        here = check.at("tasks", number)
        if task.strategy not in strategies:
            here.at("strategy").say(
                f"没有第 {task.strategy} 组任务（共 {len(strategies)} 组）",
                f"there is no strategy {task.strategy} (there are {len(strategies)})",
            )
        check_responsible(here, task.lead, task.supporting, plan)


def _check_phases(check: Check, plan: Plan) -> None:
    check.once([one.number for one in plan.phases], Text("阶段", "phase"), "number")
    before: date | None = None
    for number, phase in enumerate(plan.phases):
        here = check.at(number)
        if phase.start > phase.end:
            here.at("end").say("阶段结束早于开始", "the phase ends before it begins")
        if before is not None and phase.start <= before:
            here.at("start").say("与上一阶段重叠", "it overlaps the phase before it")
        if phase.start < plan.start or phase.end > plan.end:
            here.say("阶段超出方案的起止日期", "the phase leaves the plan's time")
        here.at("steps").once([step.number for step in phase.steps], Text("步骤", "step"), "number")
        before = phase.end


def _check_obligations(check: Check, plan: Plan, registers: Mapping[str, Register]) -> None:
    codes = [one.code for one in plan.organisations]
    owed: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for number, obligation in enumerate(plan.obligations):
        here = check.at("obligations", number)
        here.at("register").known(obligation.register_code, registers, REGISTER)
        end = obligation.end or date.max
        if obligation.start > end:
            here.at("end").say("报送任务结束早于开始", "the obligation ends before it begins")
        here.at("organisations").once(obligation.organisations, ORGANISATION)
        for position, code in enumerate(obligation.organisations):
            one = here.at("organisations", position)
            one.known(code, codes, ORGANISATION)
            spans = owed.setdefault((obligation.register_code, code), [])
            if any(obligation.start <= until and since <= end for since, until in spans):
                one.say(
                    f"“{code}”已有同一台账同一时段的报送任务", f"“{code}” already owes this register at that time"
                )
        for code in obligation.organisations:
            owed[(obligation.register_code, code)].append((obligation.start, end))
    if plan.obligations:
        _check_somebody_reports(check.at("indicators"), plan, {register for register, _ in owed}, registers)


def _check_somebody_reports(
    check: Check, plan: Plan, owed: Collection[str], registers: Mapping[str, Register]
) -> None:
    for number, indicator in enumerate(plan.indicators):
        for code in register_codes(indicator.measure):
            if code in registers and code not in owed:
                check.at(number, "measure").say(
                    f"没有单位报送台账“{code}”，指标“{indicator.code}”永远没有数据",
                    f"nobody owes the register “{code}”: indicator “{indicator.code}” will never have data",
                )
