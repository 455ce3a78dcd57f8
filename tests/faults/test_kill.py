"""kill -9 at any instant of accepting, correcting, compacting: nothing accepted is lost, nothing half-done seen."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from .scenario_size import ROWS

KILLS = int(os.environ.get("QUALICITY_KILLS", "20"))


class Home:
    """A home on disk and a process that carries out steps in children of its own."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "QUALICITY_HOME": str(folder), "QUALICITY_TODAY": "2014-04-10"}
        environment["DJANGO_SETTINGS_MODULE"] = "tests.faults.settings"
        environment.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.scenario"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=Path(__file__).parents[2], text=True,
        )  # fmt: skip

    def together(self, *orders: tuple[Any, ...], kill_after: float | None = None) -> list[Any]:
        """Carry out steps at the same time, each in a process of its own; None for one that was killed."""
        steps = [{"step": step, "given": given} for step, *given in orders]
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"steps": steps, "kill_after": kill_after}) + "\n")
        self.process.stdin.flush()
        answers: list[Any] = json.loads(self.process.stdout.readline())
        return answers

    def do(self, step: str, *given: Any) -> Any:
        """Carry out one step to its end."""
        (answer,) = self.together((step, *given))
        assert answer is not None, f"{step} died"
        assert "ok" in answer, answer
        return answer["ok"]

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


@pytest.fixture
def home(tmp_path: Path):
    one = Home(tmp_path)
    one.do("prepare")
    yield one
    one.close()


def check_whole(seen: dict[str, Any]) -> None:
    """What a reader sees is exactly the accepted submissions, each with all of its rows."""
    assert seen["audit"], "the audit chain is broken"
    assert seen["lake"] == [], seen["lake"]
    assert seen["pointer"] == seen["last_mark"]
    assert seen["rows"] == sum(seen["counts"].values())
    assert seen["counts"] == {str(number): ROWS for number in seen["accepted"]}


def test_nothing_is_lost_or_half_done_when_killed_at_any_instant(home: Home) -> None:
    chance = random.Random(2014)
    first = home.do("file", 1000)
    began = time.monotonic()
    home.do("accept", first)
    # Killed at any instant of what an acceptance takes here and now, and a little after.
    longest = 1.2 * (time.monotonic() - began)
    safe, finished = {first}, 0
    for kill in range(KILLS):
        kind = ("accept", "correct", "compact")[kill % 3]
        corrected = min(safe) if kind == "correct" else None
        number = None if kind == "compact" else home.do("file", kill, corrected)
        order = ("compact",) if number is None else ("accept", number)
        (answer,) = home.together(order, kill_after=chance.uniform(0, longest))
        finished += answer is not None
        seen = home.do("look")
        check_whole(seen)
        gone = {corrected} if number in seen["accepted"] and corrected else set()
        assert safe - gone <= set(seen["accepted"]), "an accepted submission was lost"
        if answer is not None and number is not None and "ok" in answer:
            assert number in seen["accepted"], "what was told to be accepted is not"
        if number is not None and number not in seen["accepted"]:
            # The retry, over whatever the dead process left.
            assert home.do("accept", number) == "accepted"
            seen = home.do("look")
            check_whole(seen)
            assert number in seen["accepted"]
        safe = set(seen["accepted"])
    check_whole(home.do("look", True))
    assert finished < KILLS, "no process was killed in time"


def test_of_two_reviewers_at_once_exactly_one_accepts(home: Home) -> None:
    for turn in range(3):
        number = home.do("file", 100 + turn)
        answers = sorted(answer["ok"] for answer in home.together(("accept", number), ("accept", number)))
        assert answers == ["accepted", "stale"]
        check_whole(home.do("look", True))


def test_two_reviewers_of_two_files_both_succeed(home: Home) -> None:
    one, two = home.do("file", 200), home.do("file", 201)
    answers = home.together(("accept", one), ("accept", two), ("compact",))
    assert [answer.get("ok") for answer in answers[:2]] == ["accepted", "accepted"]
    seen = home.do("look")
    check_whole(seen)
    assert {one, two} <= set(seen["accepted"])
