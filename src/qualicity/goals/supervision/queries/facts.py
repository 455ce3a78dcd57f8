"""What can be said of each organisation on a day, counted: lights, reports that are missing, plans, targets."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import Text
from qualicity.evidence.submissions import queries as submissions
from qualicity.goals.indicators import queries as indicators
from qualicity.goals.supervision import permissions
from qualicity.goals.supervision.lifecycle import Kind
from qualicity.goals.tasks import queries as tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan
    from qualicity.goals.indicators.queries import IndicatorValue
    from qualicity.goals.tasks.queries import AssignmentRow, Unit, UnitPlan

BAD = ("overdue", "lagging", "missing_report", "late_report", "missing_plan", "target_missed", "target_behind")
GOOD = ("closed_in_time", "reports_in_time", "target_met")
GRAVE = ("overdue", "missing_report", "missing_plan", "target_missed")
"""What alone is enough to be criticised for."""


@dataclass(frozen=True, slots=True)
class CountedFact:
    """One fact of one organisation: its sentence, the figure in it, and where it can be looked up."""

    organisation: Unit
    kind: str
    subject: str
    zh: str
    en: str
    value: float | None
    unit: str
    day: date
    link: str

    @property
    def text(self) -> Text:
        """Return the sentence in both languages."""
        return Text(self.zh, self.en)

    @property
    def is_bad(self) -> bool:
        """Return whether it speaks against the organisation."""
        return self.kind in BAD


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Everything that was counted of one organisation."""

    organisation: Unit
    facts: tuple[CountedFact, ...]

    @property
    def bad(self) -> tuple[CountedFact, ...]:
        """Return what speaks against it."""
        return tuple(one for one in self.facts if one.is_bad)

    @property
    def good(self) -> tuple[CountedFact, ...]:
        """Return what speaks for it."""
        return tuple(one for one in self.facts if not one.is_bad)

    @property
    def deserves(self) -> str:
        """Return whether the facts are enough for criticism or for praise; empty where for neither."""
        kinds = {one.kind for one in self.facts}
        if kinds & set(GRAVE):
            return Kind.CRITICISM
        return Kind.PRAISE if "closed_in_time" in kinds and not kinds & set(BAD) else ""


def facts(*, plan: Plan, as_of: date, by: Person) -> tuple[UnitFacts, ...]:
    """Return what can be said of every organisation on a day, the one with most against it first."""
    accounts.check(by, permissions.MANAGE)
    found: dict[str, list[CountedFact]] = defaultdict(list)
    units = {one.code: tasks.unit_of(one) for one in accounts.organisations()}
    rows = tasks.assignments(plan=plan, as_of=as_of, by=by)
    every = (
        *_of_assignments(rows, as_of),
        *_of_plans(tasks.unit_plans(plan=plan, as_of=as_of, by=by), as_of),
        *_of_reports(plan, units, as_of, by),
        *_of_targets(indicators.values(plan=plan, as_of=as_of, by=by), units, as_of),
    )
    for one in every:
        found[one.organisation.code].append(one)
    shown = [UnitFacts(here[0].organisation, tuple(here)) for here in found.values()]
    return tuple(sorted(shown, key=lambda one: (-len(one.bad), -len(one.good), one.organisation.code)))


def _of_assignments(rows: Iterable[AssignmentRow], day: date) -> Iterator[CountedFact]:
    groups: dict[str, list[AssignmentRow]] = defaultdict(list)
    for row in rows:
        groups[row.organisation.code].append(row)
    for code, here in groups.items():
        unit = here[0].organisation
        counted = Counter(row.light.value for row in here)
        in_time = [row for row in here if row.closed is not None and row.closed <= row.deadline]
        address = f"/tasks/assignments/?organisation={code}"
        if counted["red"]:
            worst = max((row for row in here if row.light == "red"), key=lambda row: (day - row.deadline).days)
            days = (day - worst.deadline).days
            zh = f"有 {counted['red']} 项分工逾期未办结，最长的“{worst.title.zh}”已逾期 {days} 天"
            en = f"{counted['red']} assignments are overdue, “{worst.title.en}” longest: {days} days"
            yield CountedFact(
                unit, "overdue", f"unit:{code}", zh, en, counted["red"], "项", day, f"{address}&light=red"
            )
        if counted["yellow"]:
            zh = f"有 {counted['yellow']} 项分工进度滞后"
            en = f"{counted['yellow']} assignments lag behind"
            yield CountedFact(
                unit, "lagging", f"unit:{code}", zh, en, counted["yellow"], "项", day, f"{address}&light=yellow"
            )
        if in_time:
            zh, en = f"按期办结 {len(in_time)} 项分工", f"closed {len(in_time)} assignments in time"
            yield CountedFact(
                unit, "closed_in_time", f"unit:{code}", zh, en, len(in_time), "项", day, f"{address}&state=closed"
            )


def _of_plans(plans: Iterable[UnitPlan], day: date) -> Iterator[CountedFact]:
    for one in plans:
        if one.state == "missing" and day > one.due:
            days = (day - one.due).days
            zh, en = (
                f"未上报实施方案，已逾期 {days} 天",
                f"no implementation plan {days} days after it was due",
            )
            yield CountedFact(
                one.organisation, "missing_plan", f"unit:{one.organisation.code}", zh, en, days, "天", day,
                "/tasks/plans/",
            )  # fmt: skip


def _of_reports(plan: Plan, units: dict[str, Unit], day: date, by: Person) -> Iterator[CountedFact]:
    states = submissions.obligations(plan=plan, as_of=day, by=by)
    since = [one for one in states if one.due >= plan.start]
    counted = Counter((one.organisation.code, one.state) for one in since)
    for code in sorted({code for code, _ in counted}):
        missing, late, on_time = (counted[code, state] for state in ("missing", "late", "on_time"))
        link = "/evidence/obligations/"
        if missing:
            zh, en = f"缺报台账 {missing} 期", f"{missing} reports are missing"
            yield CountedFact(units[code], "missing_report", f"unit:{code}", zh, en, missing, "期", day, link)
        if late:
            zh, en = f"迟报台账 {late} 期", f"{late} reports came late"
            yield CountedFact(units[code], "late_report", f"unit:{code}", zh, en, late, "期", day, link)
        if on_time and not missing and not late:
            zh, en = f"{on_time} 期台账全部按时上报", f"all {on_time} reports came in time"
            yield CountedFact(units[code], "reports_in_time", f"unit:{code}", zh, en, on_time, "期", day, link)


def _of_targets(values: Iterable[IndicatorValue], units: dict[str, Unit], day: date) -> Iterator[CountedFact]:
    for one in values:
        unit, shown = units.get(one.indicator.lead), one.shown[0]
        if unit is None or shown is None:
            continue
        wanted = indicators.target_words(one.target, one.unit, one.aim)
        value = f"{shown:.{one.target.decimals}f}"
        said = (
            f"{one.title.zh} {value}{one.unit}（目标 {wanted.zh}）",
            f"{one.title.en} {value} {one.unit} ({wanted.en})",
        )
        link, subject = f"/indicators/{one.code}/", f"indicator:{one.code}"
        if one.status == "not_met":
            yield CountedFact(
                unit, "target_missed", subject, f"牵头指标未达标：{said[0]}", f"misses a target: {said[1]}",
                shown, one.unit, day, link,
            )  # fmt: skip
        elif one.pace == "behind":
            yield CountedFact(
                unit, "target_behind", subject, f"牵头指标进度滞后：{said[0]}", f"is behind on a target: {said[1]}",
                shown, one.unit, day, link,
            )  # fmt: skip
        elif one.status == "met" and one.certainty == "firm":
            yield CountedFact(
                unit, "target_met", subject, f"牵头指标达标：{said[0]}", f"meets a target that it leads: {said[1]}",
                shown, one.unit, day, link,
            )  # fmt: skip
