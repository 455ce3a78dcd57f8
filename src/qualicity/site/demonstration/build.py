"""Builds the demonstration into a home: once, whole, and never over anybody's real data."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from qualicity import __version__
from qualicity.commons.accounts import actions as accounts_actions
from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import actions as registry_actions
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotPossibleError
from qualicity.evidence.submissions import actions as submissions_actions
from qualicity.evidence.submissions import queries as submissions
from qualicity.site.demonstration import people
from qualicity.site.demonstration.checking.performance import oversee
from qualicity.site.demonstration.city import city
from qualicity.site.demonstration.performance import perform
from qualicity.site.demonstration.progress import Progress
from qualicity.site.demonstration.running.performance import run
from qualicity.site.demonstration.running.told import Stage, tale
from qualicity.site.demonstration.story import deliveries, quiet

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.site.demonstration.city import City

_MARK = "demonstration.json"
_FOLDERS = ("lake", "files", "findings", "rows", "incoming")


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A finished demonstration: what is in it and how to sign in."""

    seed: int
    password: str
    rows: int
    submissions: int
    returned: int
    waiting: int
    happenings: int
    seconds: float
    phases: dict[str, float]
    built_now: bool

    @property
    def sign_ins(self) -> tuple[people.SignIn, ...]:
        """Return the accounts."""
        return people.sign_ins(registry.plan())


def ready(*, seed: int, progress: Progress) -> Demonstration:
    """Return the home's demonstration, building it when there is none or only a piece of one.

    Raises NotPossibleError in a home that holds real data.
    """
    mark = _read_mark()
    if mark.get("complete") and mark["seed"] == seed and mark["version"] == __version__:
        return _of(mark, built_now=False)
    _check_free(mark)
    if mark:
        _clear()
    _write_mark({"complete": False, "seed": seed, "version": __version__})
    return _build(seed, progress)


def _build(seed: int, progress: Progress) -> Demonstration:
    progress.phase("准备城市与人员", "the city and its people")
    where = city(seed)
    told = deliveries(where)
    operator = accounts.operator()
    registry_actions.set_simulated(simulated=True, by=operator)
    registry_actions.set_today(day=where.scenario["today"], by=operator)
    registry_actions.set_plan(code=where.plan.code, by=operator)
    registry_actions.sync(by=operator)
    password = accounts_actions.new_password()
    people.invite(where.plan, password=password, by=operator)
    reporters = people.reporters(where.plan, {unit.code for unit in where.plan.organisations}, by=operator)
    _close_quiet_periods(where)
    _be_quick()
    progress.phase("报送、审核、受理", "filing, reviewing, accepting")
    with tempfile.TemporaryDirectory(dir=settings.QUALICITY_HOME) as folder, submissions_actions.waiting_once():
        tally = perform(where, told, folder=Path(folder), reporters=reporters, progress=progress)
        progress.phase("分解任务、报送进展、督查通报", "handing tasks out, reporting progress, chasing")
        stage = _stage(where, reporters, Path(folder))
        happened = run(stage, progress)
        happened += oversee(stage, password=password, progress=progress)
    connection.close()
    seconds = progress.finish()
    mark = {
        "complete": True,
        "seed": seed,
        "version": __version__,
        "password": password,
        "rows": tally.rows,
        "submissions": tally.submissions,
        "returned": tally.returned,
        "waiting": tally.waiting,
        "happenings": happened,
        "seconds": round(seconds, 1),
        "phases": progress.seconds,
    }
    _write_mark(mark)
    return _of(mark, built_now=True)


def _stage(where: City, reporters: dict[str, Person], folder: Path) -> Stage:
    """Return where the plan runs: whoever signs in for a unit acts for it, else the one who files for it."""
    signed = {
        "environment": accounts.person("environment"),
        "county-checker": accounts.person("zhongmu"),
        "leader": accounts.person("leader"),
        "section-head": people.section_head(where.plan.office, by=accounts.operator()),
    }
    for role, names in (("expert", tale()["judging"]["experts"]), ("deputy", tale()["judging"]["deputies"])):
        signed |= people.jury(where.plan, names, role, by=accounts.operator())
    return Stage(
        city=where,
        plan=where.plan,
        people=reporters | signed,
        units={one.code: one for one in accounts.organisations()},
        office=accounts.person("office"),
        folder=folder,
    )


def _be_quick() -> None:
    """Let SQLite not wait for the disk while building: what a power cut breaks is built again, being incomplete."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


def _close_quiet_periods(where: City) -> None:
    """Let the office close the periods in which a unit had nothing to report, on the day that it was due."""
    office = accounts.person("office")
    for duty in sorted(quiet(where), key=lambda one: (one.due, one.organisation)):
        with registry_actions.clock_at(timezone.make_aware(datetime.combine(duty.due, time(16, 30)))):
            submissions_actions.close(
                register=duty.register,
                organisation=accounts.organisation(duty.organisation),
                period=duty.period,
                reason="本期未新获称号，无数据可报（模拟）",
                by=office,
            )


def _of(mark: dict[str, Any], *, built_now: bool) -> Demonstration:
    names = ("seed", "password", "rows", "submissions", "returned", "waiting", "happenings", "seconds", "phases")
    return Demonstration(**{name: mark[name] for name in names}, built_now=built_now)


def _check_free(mark: dict[str, Any]) -> None:
    """Refuse a home in which anybody but the demonstration has worked."""
    if mark and (registry.is_simulated() or not _holds_anything()):
        return
    if _holds_anything():
        home = settings.QUALICITY_HOME
        raise NotPossibleError(
            f"数据目录 {home} 中已有真实数据，不能在其中生成演示城市。请用 --home 另指一个目录。",
            f"The home {home} holds real data; the demonstration is not built into it. Name another with --home.",
        )


def _holds_anything() -> bool:
    operator = accounts.operator()
    return submissions.submissions(by=operator).exists() or accounts.people(by=operator, inactive=True).exists()


def _clear() -> None:
    """Empty the database and the folders of a demonstration that was not finished, or of another seed or version."""
    call_command("flush", interactive=False, verbosity=0)
    for name in _FOLDERS:
        shutil.rmtree(settings.QUALICITY_HOME / name, ignore_errors=True)


def _read_mark() -> dict[str, Any]:
    path = settings.QUALICITY_HOME / _MARK
    if not path.is_file():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _write_mark(mark: dict[str, Any]) -> None:
    """Write the mark whole or not at all; it holds the password of the simulated accounts."""
    part = settings.QUALICITY_HOME / f"{_MARK}.part"
    part.write_text(json.dumps(mark, ensure_ascii=False, indent=1), encoding="utf-8")
    part.chmod(0o600)
    part.replace(settings.QUALICITY_HOME / _MARK)
