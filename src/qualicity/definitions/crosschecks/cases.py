"""Whether laws, calendars and case types hold together: dates in order, every state reachable and left again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from qualicity.definitions.calendars import YearCalendar
    from qualicity.definitions.cases import CaseClock, CaseType, Move, Party, Urging
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.laws import Law
    from qualicity.definitions.roles import Role

STATE, MOVE, CLOCK = Text("状态", "state"), Text("流转", "move"), Text("时限", "clock")
LAW, STEP, TEXT, ROLE = Text("规则", "law"), Text("步骤", "step"), Text("文本", "text"), Text("角色", "role")
RESERVED = ("open", "assign", "extend", "suspend", "resume", "attach", "seal")
"""What the trail calls what happens to every case, whatever its type."""


def check_calendar(check: Check, calendar: YearCalendar) -> None:
    """Check one year's schedule: its days lie in the year and are either free or worked."""
    free: set[date] = set()
    for number, holiday in enumerate(calendar.holidays):
        if holiday.until < holiday.since:
            check.at("holidays", number, "until").say("结束早于开始", "the end is before the start")
        # A holiday over New Year may begin in the year before.
        if calendar.year not in (holiday.since.year, holiday.until.year):
            check.at("holidays", number).say("日期不在该年", "these days are of another year")
        free.update(holiday.days)
    for number, day in enumerate(calendar.workdays):
        if day.year != calendar.year:
            check.at("workdays", number).say(f"{day} 不在该年", f"{day} is of another year")
        if day.weekday() < 5:
            check.at("workdays", number).say(f"{day} 本来就是工作日", f"{day} is a working day anyway")
        if day in free:
            check.at("workdays", number).say(f"{day} 又放假又上班", f"{day} is both free and worked")


def check_law(check: Check, law: Law) -> None:
    """Check one law: its texts follow one another, and each names its steps once."""
    check.at("texts").once([one.code for one in law.texts], TEXT, "code")
    for number, text in enumerate(law.texts):
        here = check.at("texts", number)
        here.at("steps").once([one.code for one in text.steps], STEP, "code")
        if text.until is not None and text.until < text.since:
            here.at("until").say("失效早于生效", "it ends before it begins")
        if number and not _follows(law, number):
            here.at("from").say(
                "各文本须按时间先后排列，且不得重叠", "texts stand in order of time and do not overlap"
            )
        for at, step in enumerate(text.steps):
            if text.does_roll(step) and step.unit in ("hours", "minutes"):
                here.at("steps", at).say("以小时计的时限不顺延", "hours do not move to a working day")


def _follows(law: Law, number: int) -> bool:
    earlier = law.texts[number - 1].until
    return earlier is not None and earlier + timedelta(days=1) <= law.texts[number].since


def check_case(check: Check, case: CaseType, laws: Mapping[str, Law], roles: Mapping[str, Role]) -> None:
    """Check one case type against itself, the laws and the roles."""
    states = [one.code for one in case.states]
    moves = [one.code for one in case.moves]
    check.at("states").once(states, STATE, "code")
    check.at("moves").once(moves, MOVE, "code")
    check.at("clocks").once([one.code for one in case.clocks], CLOCK, "code")
    check.at("start").known(case.start, states, STATE)
    for number, state in enumerate(case.states):
        _check_party(check.at("states", number), state.owner, state.role, roles)
    for number, move in enumerate(case.moves):
        _check_move(check.at("moves", number), move, case, roles)
    for number, clock in enumerate(case.clocks):
        _check_clock(check.at("clocks", number), clock, states, laws)
    _check_ways(check, case)
    if case.opening.needs_due != any(one.agreed for one in case.clocks):
        check.at("opening").say(
            "needs_due 与约定时限（agreed）必须同时出现",
            "needs_due and a clock with an agreed deadline come together",
        )


def _check_party(check: Check, party: Party, role: str | None, roles: Mapping[str, Role]) -> None:
    if (party == "role") != (role is not None):
        check.say("role 只与、也必须与“role”一方同写", "a role is named with the party “role”, and only there")
    if role is not None:
        check.at("role").known(role, roles, ROLE)


def _check_move(check: Check, move: Move, case: CaseType, roles: Mapping[str, Role]) -> None:
    states = [one.code for one in case.states]
    if move.code in RESERVED:
        check.at("code").say(f"“{move.code}”由系统保留", f"the code “{move.code}” is reserved")
    for number, before in enumerate(move.before):
        here = check.at("from", number)
        if here.known(before, states, STATE) and case.state(before).is_end:
            here.say(f"“{before}”是终点，不能再流转", f"“{before}” is an end: nothing leaves it")
    check.at("to").known(move.after, states, STATE)
    for number, who in enumerate(move.who):
        _check_party(check.at("who", number), who.party, who.role, roles)
    for number, other in enumerate(move.second_to):
        known = ("previous", "opener", *(one.code for one in case.moves))
        check.at("second_to", number).known(other, known, MOVE)


def _check_clock(check: Check, clock: CaseClock, states: Collection[str], laws: Mapping[str, Law]) -> None:
    if sum((clock.law is not None, clock.length is not None, clock.agreed)) != 1:
        check.say("时限须且只能来自 law、length、agreed 之一", "a clock has exactly one of law, length and agreed")
    for part in ("starts", "stops", "pauses"):
        for number, state in enumerate(getattr(clock, part)):
            check.at(part, number).known(state, states, STATE)
    if clock.law is not None and check.at("law", "law").known(clock.law.law, laws, LAW):
        check.at("law", "step").known(clock.law.step, laws[clock.law.law].step_codes, STEP)


def _check_ways(check: Check, case: CaseType) -> None:
    """Every state can be reached from the start, and an end can be reached from every state."""
    reached = _closure({case.start}, [(before, one.after) for one in case.moves for before in one.before])
    ends = {one.code for one in case.states if one.is_end}
    leads = _closure(set(ends), [(one.after, before) for one in case.moves for before in one.before])
    for number, state in enumerate(case.states):
        here = check.at("states", number)
        if state.code not in reached:
            here.say(f"状态“{state.code}”无法到达", f"nothing leads to the state “{state.code}”")
        if not state.is_end and not case.moves_from(state.code):
            here.say(f"状态“{state.code}”没有出路", f"the state “{state.code}” has no way out")
        elif state.code not in leads:
            here.say(f"从状态“{state.code}”到不了终点", f"no end can be reached from the state “{state.code}”")


def _closure(found: set[str], arrows: list[tuple[str, str]]) -> set[str]:
    while more := {to for since, to in arrows if since in found} - found:
        found |= more
    return found


def check_urging(check: Check, urging: Urging, roles: Mapping[str, Role]) -> None:
    """Check the ladder of reminders: it climbs, and its roles are there."""
    check.at("rungs").once([one.code for one in urging.rungs], Text("级", "rung"), "code")
    for number, rung in enumerate(urging.rungs):
        here = check.at("rungs", number)
        if (rung.to == "role") != (rung.role is not None):
            here.say("role 只与、也必须与 to: role 同写", "a role is named with “to: role”, and only there")
        if rung.role is not None:
            here.at("role").known(rung.role, roles, ROLE)
        if number and rung.days <= urging.rungs[number - 1].days:
            here.at("days").say("各级天数须递增", "each rung comes later than the one before")
