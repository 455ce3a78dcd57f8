"""Who checks, tests and answers in the simulation: people of every county, of laboratories and enterprises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as known

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.site.demonstration.running.told import Stage


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of one unit: two who sample, one who decides, one who decides as the second."""

    samplers: tuple[Person, ...]
    decider: Person
    second: Person


def staff(stage: Stage) -> dict[str, Staff]:
    """Make the people of every unit that samples: the counties and zones, and those whose plans they are."""
    titles = {unit.code: unit.title.zh for unit in stage.plan.organisations}
    codes = [one.organisation for one in stage.city.sites] + ["quality-supervision", "food-drug"]
    return {code: _staff(stage, code, titles[code]) for code in codes}


def laboratories(told: list[dict[str, str]]) -> dict[str, tuple[Organisation, Person]]:
    """Make the laboratories, each with somebody who sends its reports in."""
    found = {}
    for one in told:
        bureau = accounts.add_organisation(
            code=one["code"], title_zh=one["zh"], title_en=one["en"], kind="laboratory", by=known.operator()
        )
        found[one["code"]] = (
            bureau,
            _person(f"{one['code']}-reports", f"{one['zh']}报告岗位", one["code"], "laboratory"),
        )
    return found


def of_enterprise(code: str, name: str, cache: dict[str, Person]) -> Person:
    """Return who speaks for an enterprise, made when first asked for."""
    if code not in cache:
        cache[code] = accounts.create_person(
            username=f"e-{code.lower()}", name=f"{name}质量负责岗位", organisation=None, roles=("enterprise",),
            by=known.operator(), can_sign_in=False, enterprise=code,
        )[0]  # fmt: skip
    return cache[code]


def _staff(stage: Stage, code: str, title: str) -> Staff:
    samplers = tuple(
        _person(f"{code}-sampler-{letter}", f"{title}抽样岗位{letter.upper()}", code, "inspector") for letter in "abc"
    )
    decider = stage.people.get(code) or _person(f"{code}-officer", f"{title}抽查业务岗位", code, "reviewer")
    return Staff(samplers, decider, _person(f"{code}-head", f"{title}分管负责岗位", code, "director"))


def _person(username: str, name: str, organisation: str, role: str) -> Person:
    return accounts.create_person(
        username=username, name=f"{name}（模拟）", organisation=organisation, roles=(role,), by=known.operator(),
        can_sign_in=False,
    )[0]  # fmt: skip
