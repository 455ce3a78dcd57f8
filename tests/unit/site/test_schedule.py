"""The chores of the day: each once a day whatever the number of workers, shown when it failed, and tried again."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from qualicity.__main__ import main
from qualicity.commons.audit.models import AuditRecord
from qualicity.commons.registry import actions as registry
from qualicity.commons.registry.models import HomeSetting
from qualicity.commons.worklist import actions as worklist
from qualicity.errors import NotPossibleError
from qualicity.site import schedule

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
EARLY = sorted(one.code for one in schedule.CHORES if one.at <= time(5))
"""What is due by five in the morning; reminders come after it."""
LATER = sorted(one.code for one in schedule.CHORES if one.at > time(5))


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    moment = datetime.combine(timezone.localdate(), time(hour, minute), tzinfo=timezone.get_current_timezone())
    return moment + timedelta(days=days)


@pytest.fixture
def ready(home: Path, operator: Any) -> Any:
    registry.set_plan(code="zhengzhou-2014", by=operator)
    registry.sync(by=operator)
    return operator


def states() -> dict[str, str]:
    return {one.chore.code: one.state for one in schedule.standings()}


def test_each_chore_is_done_once_a_day_from_its_time_on(ready: Any) -> None:
    assert schedule.give_out(moment=at(0, 5)) == ()
    assert set(states().values()) == {""}
    assert sorted(schedule.give_out(moment=at(5))) == EARLY
    assert states() == {**dict.fromkeys(EARLY, "done"), **dict.fromkeys(LATER, "")}
    assert sorted(schedule.give_out(moment=at(12))) == LATER
    assert "urge" in LATER
    assert schedule.give_out(moment=at(23, 59)) == ()
    every = len(schedule.CHORES)
    assert AuditRecord.objects.filter(verb="home.chore").count() == every
    assert len(schedule.give_out(moment=at(12, days=1))) == every, "the next day all of them again"
    assert schedule.give_out(moment=at(12)) == (), "never for a day that is over"


def test_a_chore_that_fails_is_shown_and_tried_again(ready: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise NotPossibleError("今天不行。", "Not today.")

    monkeypatch.setattr(schedule, "_now", lambda: at(12).isoformat())
    with monkeypatch.context() as broken:
        broken.setattr(worklist, "urge", fail)
        schedule.give_out(moment=at(12))
    (urge,) = [one for one in schedule.standings() if one.chore.code == "urge"]
    assert (urge.state, urge.attempts, urge.done_on) == ("failed", 1, None)
    assert "今天不行" in urge.error
    assert urge.at == at(12)
    assert states()["lights"] == "done", "one that fails does not stop the others"
    assert schedule.give_out(moment=at(12, 5)) == ()
    assert schedule.give_out(moment=at(12, 20)) == ("urge",)
    (urge,) = [one for one in schedule.standings() if one.chore.code == "urge"]
    assert (urge.state, urge.attempts, urge.error, urge.done_on) == ("done", 2, "", timezone.localdate())


def test_what_a_dead_worker_had_begun_is_given_out_again(ready: Any) -> None:
    stale = {"day": at(7).date().isoformat(), "state": "running", "attempts": 1, "at": at(7).isoformat(),
             "result": None, "error": "", "done_on": None}  # fmt: skip
    HomeSetting.objects.create(key="chore.urge", value=stale)
    assert "urge" not in schedule.give_out(moment=at(7, 30))
    assert schedule.give_out(moment=at(8, 30)) == ("urge",)
    assert states()["urge"] == "done"
    schedule.do_chore.call("urge", stale["day"], 1)  # the one taken for dead wakes up
    attempts = {one.chore.code: one.attempts for one in schedule.standings()}
    assert attempts == {**dict.fromkeys(attempts, 1), "urge": 2}


def test_a_chore_is_not_tried_for_ever(ready: Any) -> None:
    tired = {"day": at(7).date().isoformat(), "state": "failed", "attempts": schedule.MOST_ATTEMPTS,
             "at": at(7).isoformat(), "result": None, "error": "x", "done_on": None}  # fmt: skip
    HomeSetting.objects.create(key="chore.urge", value=tired)
    assert "urge" not in schedule.give_out(moment=at(12))
    assert "urge" in schedule.give_out(moment=at(12, days=1))


def test_nothing_is_done_in_a_home_whose_day_stands_still(ready: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-06-10")
    assert schedule.give_out(moment=at(12)) == ()
    monkeypatch.delenv("QUALICITY_TODAY")
    registry.set_simulated(simulated=True, by=ready)
    assert schedule.give_out(moment=at(12)) == ()
    assert set(states().values()) == {""}
    assert schedule.pause() is not None


def test_the_command_lists_the_chores(ready: Any, capsys: pytest.CaptureFixture[str]) -> None:
    schedule.give_out(moment=at(12))
    assert main(["schedule", "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["paused"] is None
    told = {one["code"]: (one["at"], one["state"]) for one in value["chores"]}
    assert {
        "notices": ("00:10", "done"),
        "lights": ("00:30", "done"),
        "urge": ("06:00", "done"),
    }.items() <= told.items()
    assert next(one for one in value["chores"] if one["code"] == "urge")["result"] == 0
    assert main(["schedule"]) == 0
    assert "催办" in capsys.readouterr().out


GIVE_OUT = """
import django; django.setup()
from datetime import datetime, time
from django.utils import timezone
from qualicity.site import schedule
noon = datetime.combine(timezone.localdate(), time(12), tzinfo=timezone.get_current_timezone())
print(len(schedule.give_out(moment=noon)))
"""


def test_two_workers_at_once_do_each_chore_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "QUALICITY_TODAY")}
    settings = {"DJANGO_SETTINGS_MODULE": "qualicity.site.settings", "QUALICITY_HTTPS": "0"}
    environment = kept | settings | {"QUALICITY_HOME": str(home)}
    qualicity = [sys.executable, "-m", "qualicity"]
    subprocess.run([*qualicity, "init"], env=environment, check=True, capture_output=True)

    def together(*words: str) -> list[str]:
        both = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        answers = [one.communicate(timeout=120)[0].strip() for one in both]
        assert [one.returncode for one in both] == [0, 0]
        return answers

    assert sum(int(one) for one in together(sys.executable, "-c", GIVE_OUT)) == len(schedule.CHORES)
    together(*qualicity, "worker", "--once")
    together(*qualicity, "worker", "--once")
    done = subprocess.run([*qualicity, "schedule", "--json"], env=environment, capture_output=True, check=True)
    chores = json.loads(done.stdout)["chores"]
    assert [(one["state"], one["attempts"]) for one in chores] == [("done", 1)] * len(schedule.CHORES)
    with sqlite3.connect(home / "qualicity.sqlite3") as database:
        (records,) = database.execute("SELECT count(*) FROM audit_auditrecord WHERE verb = 'home.chore'").fetchone()
    assert records == len(schedule.CHORES)
