"""What no single definition can know: that every word which points somewhere points at something that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.asking import Check
from qualicity.definitions.crosschecks.cases import check_calendar, check_case, check_law, check_urging
from qualicity.definitions.crosschecks.measures import REGISTER, register_codes
from qualicity.definitions.crosschecks.plans import check_plan
from qualicity.definitions.crosschecks.registers import check_register
from qualicity.definitions.crosschecks.rubrics import check_form, check_rubric
from qualicity.definitions.crosschecks.styles import check_style
from qualicity.definitions.loading import Problem, Source

if TYPE_CHECKING:
    from qualicity.definitions.application_forms import ApplicationForm
    from qualicity.definitions.calendars import YearCalendar
    from qualicity.definitions.cases import CaseType, Urging
    from qualicity.definitions.laws import Law
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.profiles import Profile
    from qualicity.definitions.registers import Register
    from qualicity.definitions.roles import Role
    from qualicity.definitions.rubrics import Rubric
    from qualicity.definitions.styles import Style
    from qualicity.definitions.units import Unit


@dataclass(frozen=True, slots=True)
class Sources:
    """Where each definition was read, by kind and code."""

    plans: dict[str, Source]
    registers: dict[str, Source]
    profiles: dict[str, Source]
    roles: dict[str, Source]
    units: dict[str, Source]
    styles: dict[str, Source] = field(default_factory=dict)
    rubrics: dict[str, Source] = field(default_factory=dict)
    application_forms: dict[str, Source] = field(default_factory=dict)
    laws: dict[str, Source] = field(default_factory=dict)
    calendars: dict[str, Source] = field(default_factory=dict)
    cases: dict[str, Source] = field(default_factory=dict)
    urging: dict[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Running:
    """What cases run on: laws, calendars, case types, the ladder of reminders, and the roles that act."""

    laws: dict[str, Law]
    calendars: dict[str, YearCalendar]
    cases: dict[str, CaseType]
    urging: dict[str, Urging]
    roles: Mapping[str, Role]


def crosscheck_cases(running: Running, sources: Sources) -> list[Problem]:
    """Return every mistake of laws, calendars and case types, each with its file and line."""
    problems: list[Problem] = []
    for code, calendar in running.calendars.items():
        check_calendar(Check(sources.calendars[code], problems), calendar)
    for code, law in running.laws.items():
        check_law(Check(sources.laws[code], problems), law)
    for code, case in running.cases.items():
        check_case(Check(sources.cases[code], problems), case, running.laws, running.roles)
    for code, urging in running.urging.items():
        check_urging(Check(sources.urging[code], problems), urging, running.roles)
    return problems


def crosscheck(
    *,
    plans: Mapping[str, Plan],
    registers: Mapping[str, Register],
    profiles: Mapping[str, Profile],
    units: Sequence[Unit],
    sources: Sources,
    styles: Mapping[str, Style] | None = None,
    rubrics: Mapping[str, Rubric] = MappingProxyType({}),
    application_forms: Mapping[str, ApplicationForm] = MappingProxyType({}),
) -> list[Problem]:
    """Return every mistake between definitions, each with its file and line."""
    problems: list[Problem] = []
    for code, register in registers.items():
        check_register(Check(sources.registers[code], problems), register, units)
    for code, profile in profiles.items():
        check = Check(sources.profiles[code], problems)
        if check.at("register").known(profile.register_code, registers, REGISTER):
            for path, text in profile.mistakes(registers[profile.register_code]):
                check.at(*path).say(text.zh, text.en)
    for code, plan in plans.items():
        check_plan(Check(sources.plans[code], problems), plan, registers, units)
    for code, style in (styles or {}).items():
        check_style(Check(sources.styles[code], problems), style)
    for code, rubric in rubrics.items():
        check_rubric(Check(sources.rubrics[code], problems), rubric, plans)
    for code, form in application_forms.items():
        check_form(Check(sources.application_forms[code], problems), form)
    return problems


__all__ = ["Running", "Sources", "crosscheck", "crosscheck_cases", "register_codes"]
