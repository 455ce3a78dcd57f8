"""From a frame and a seed to the list: who is drawn, by which chance, who goes there; the same on every machine."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.models import Conflict
from qualicity.methods.drawing import Draw as Chosen
from qualicity.methods.drawing import assign_inspectors, stratified, weighted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.commons.accounts.models import Organisation
    from qualicity.evidence.inspections.models import CheckPlan, PlanLine
    from qualicity.evidence.inspections.queries.frame import Frame, LineFrame

RECIPE = "qualicity-draw-1"
"""The recipe by which anybody can repeat a draw; see docs/how-to/draws.md."""
LONGEST_SEED = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """One target of a draw: the enterprise, its chance, the unit whose inspectors go, and who goes."""

    number: int
    line: PlanLine
    enterprise: str
    name: str
    place: str
    stratum: str
    chance: float
    organisation: Organisation
    inspectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """Whom inspectors are drawn from: user names by organisation, and who must not go to which enterprise."""

    people: Mapping[str, tuple[str, ...]]
    barred: Mapping[str, tuple[str, ...]]


def checked_seed(seed: str | int) -> str:
    """Return a seed as it is used: without blanks around it; InputError when it cannot be used."""
    text = str(seed).strip()
    if not text or len(text) > LONGEST_SEED or "|" in text or "\n" in text or "\x00" in text:
        raise InputError(
            f"种子应为 1 至 {LONGEST_SEED} 个字符，不含竖线和换行，得到“{text[:40]}”。",
            f"A seed has 1 to {LONGEST_SEED} characters without bars and line breaks, and this is “{text[:40]}”.",
        )
    return text


def chosen(frame: Frame, seed: str) -> dict[int, Chosen]:
    """Return what is drawn for each line. Each line has a seed of its own: ``seed/plan/line``."""
    return {one.line: _line(one, frame, f"{seed}/{frame.plan}/{one.line}") for one in frame.lines}


def _line(one: LineFrame, frame: Frame, seed: str) -> Chosen:
    if frame.method == "risk":
        return weighted(one.units, one.sizes, seed)
    return stratified(one.units, one.sizes, seed)


@dataclass(frozen=True, slots=True)
class Stored:
    """What was kept of a draw beside its frame: whom inspectors were drawn from, and the targets' places."""

    roster: Roster
    names: Mapping[str, tuple[str, str]]


def hits(plan: CheckPlan, frame: Frame, seed: str, stored: Stored | None = None) -> tuple[tuple[Hit, ...], Roster]:
    """Return the targets of a draw with their inspectors, and the roster these were drawn from.

    Names, places and inspectors are today's; where a draw was ``stored``, they are those of its day.
    """
    lines = {one.number: one for one in plan.lines.all()}
    drawn = [(lines[number], one) for number, draw in chosen(frame, seed).items() for one in draw.drawn]
    if not drawn:
        raise _nobody(plan, frame)
    named = registry.enterprises().filter(uscc__in={one.key for _, one in drawn})
    known = {code: (name, place) for code, name, place in named.values_list("uscc", "name", "place")}
    known |= stored.names if stored else {}
    units = _units(plan)
    teams = {one.key: units.get(known.get(one.key, ("", ""))[1], plan.organisation) for _, one in drawn}
    roster = _roster(set(teams.values()), stored)
    keyed = [(f"{line.number}-{one.key}", teams[one.key], one.key) for line, one in drawn]
    pairs = _paired(keyed, roster, f"{seed}/{plan.code}")
    listed = [
        Hit(
            number=number, line=line, enterprise=one.key, name=known.get(one.key, ("", ""))[0],
            place=known.get(one.key, ("", ""))[1], stratum=one.stratum, chance=one.chance,
            organisation=teams[one.key], inspectors=pairs[f"{line.number}-{one.key}"],
        )
        for number, (line, one) in enumerate(drawn, 1)
    ]  # fmt: skip
    return tuple(listed), roster


def _roster(units: set[Organisation], stored: Stored | None) -> Roster:
    """Return the roster that was kept; for units of which it says nothing (another seed), today's."""
    if stored is None:
        return roster_of(units)
    more = roster_of({one for one in units if one.code not in stored.roster.people})
    return Roster({**stored.roster.people, **more.people}, {**more.barred, **stored.roster.barred})


def roster_of(units: set[Organisation]) -> Roster:
    """Return the inspectors of these units as they are now, and their conflicts of interest; refuses too few."""
    needed, people = catalogue().frames.inspectors, defaultdict[str, list[str]](list)
    for person in accounts.holders(permissions.SAMPLE, organisations=units):
        assert person.organisation is not None
        people[person.organisation.code].append(person.username)
    short = sorted((one for one in units if len(people[one.code]) < needed), key=lambda one: one.code)
    if short:
        zh = "、".join(f"{one.title_zh}（{len(people[one.code])} 人）" for one in short)
        en = ", ".join(f"{one.title_en} ({len(people[one.code])})" for one in short)
        raise NotPossibleError(
            f"每个对象需要 {needed} 名检查人员，以下单位有抽样权限的人员不足：{zh}。请先在“用户”中添加。",
            f"Each target needs {needed} inspectors, and these units have too few people who may take samples: "
            f"{en}. Add inspectors under People, then draw.",
        )
    names = {name for team in people.values() for name in team}
    barred = defaultdict[str, list[str]](list)
    conflicts = Conflict.objects.filter(ended_at=None, person__username__in=names).order_by("enterprise")
    for enterprise, name in conflicts.values_list("enterprise", "person__username"):
        barred[enterprise].append(name)
    return Roster(
        {code: tuple(sorted(team)) for code, team in sorted(people.items())},
        {code: tuple(sorted(team)) for code, team in barred.items()},
    )


def _paired(keyed: list[tuple[str, Organisation, str]], roster: Roster, seed: str) -> dict[str, tuple[str, ...]]:
    """Return who goes to each target. Each unit has a seed of its own: ``seed/plan/inspectors/unit``."""
    needed, found = catalogue().frames.inspectors, dict[str, tuple[str, ...]]()
    for code in sorted({unit.code for _, unit, _ in keyed}):
        mine = [(key, enterprise) for key, unit, enterprise in keyed if unit.code == code]
        barred = {key: roster.barred[enterprise] for key, enterprise in mine if enterprise in roster.barred}
        team = roster.people.get(code, ())
        for pair in assign_inspectors(
            [key for key, _ in mine], team, f"{seed}/inspectors/{code}", each=needed, excluded=barred
        ):
            found[pair.target] = tuple(sorted(pair.inspectors))
    return found


def _units(plan: CheckPlan) -> dict[str, Organisation]:
    """Return the unit whose inspectors go, by place; a county's plan is the county's own."""
    if plan.organisation.is_local:
        return {}
    return {one.place: one for one in accounts.organisations() if one.is_local}


def _nobody(plan: CheckPlan, frame: Frame) -> NotPossibleError:
    if frame.size == 0:
        out = sum(sum(why.values()) for why in frame.left_out.values())
        return NotPossibleError(
            f"计划“{plan.code}”的名单是空的：登记的企业中没有一家可抽（排除 {out} 家次）。"
            "请先接收企业台账（enterprises），或核对各项的环节和地区。",
            f"The frame of the plan “{plan.code}” is empty: no known enterprise can be drawn ({out} left out). "
            "Accept the register of enterprises first, or look at the stages and places of the lines.",
        )
    return NotPossibleError(
        f"计划“{plan.code}”的各项都已抽满，没有需要补抽的。",
        f"Every line of the plan “{plan.code}” is drawn in full: nothing is missing.",
    )
