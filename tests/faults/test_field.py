"""A phone sends twice, at once, or is cut off by kill -9 of the house: a sheet arrives once and whole."""

from __future__ import annotations

import os
import random
import time
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from .test_kill import Home

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = int(os.environ.get("QUALICITY_KILLS", "12"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    one = Home(tmp_path_factory.mktemp("field"))
    one.do("prepare")
    yield one
    one.close()


def look(home: Home, plan: str) -> list[str]:
    """Return the samples of a plan, each with its target, after looking at whether all of the home agrees."""
    seen: dict[str, Any] = home.do("look_at_samples")
    assert seen["faults"] == []
    assert seen["audit"], "the audit chain is broken"
    return [one for one in seen["samples"] if f" {plan}-" in one]


def test_the_same_sheet_sent_twice_at_once_arrives_once_and_is_answered_alike(home: Home) -> None:
    for target in home.do("draw_field", "twice", 3):
        before, sheet = len(look(home, "twice")), str(uuid.uuid4())
        first, second = home.together(("send_sheet", target, sheet), ("send_sheet", target, sheet))
        assert first["ok"] == second["ok"]
        assert len(look(home, "twice")) == before + 1
        assert home.do("send_sheet", target, sheet) == first["ok"], "an hour later, too"


def test_sheets_of_one_plan_at_once_get_numbers_that_run_on(home: Home) -> None:
    targets = home.do("draw_field", "numbers", 3)
    answers = home.together(*(("send_sheet", one, str(uuid.uuid4())) for one in targets))
    assert sorted(one["ok"] for one in answers) == ["numbers-0001", "numbers-0002", "numbers-0003"]
    assert len(look(home, "numbers")) == 3


def test_two_sheets_of_one_target_at_once_leave_one(home: Home) -> None:
    (target,) = home.do("draw_field", "one", 1)
    answers = home.together(*(("send_sheet", target, str(uuid.uuid4())) for _turn in range(2)))
    assert sorted("ok" in one for one in answers) == [False, True]
    assert len(look(home, "one")) == 1


def test_a_sheet_is_taken_in_or_not_when_killed_at_any_instant(home: Home) -> None:
    chance = random.Random(2014)
    first, *targets = home.do("draw_field", "killed", KILLS + 1)
    began = time.monotonic()
    home.do("send_sheet", first, str(uuid.uuid4()))
    longest = 1.2 * (time.monotonic() - began)
    finished = 0
    for target in targets:
        sheet = str(uuid.uuid4())
        (answer,) = home.together(("send_sheet", target, sheet), kill_after=chance.uniform(0, longest))
        finished += answer is not None
        there = [one for one in look(home, "killed") if one.startswith(f"{target} ")]
        assert answer is None or len(there) == 1, "what was answered is there"
        number = home.do("send_sheet", target, sheet)
        assert [one for one in look(home, "killed") if one.startswith(f"{target} ")] == [f"{target} {number}"]
    assert finished < KILLS, "no process was killed in time"
    numbers = [one.split(" ")[1] for one in look(home, "killed")]
    assert numbers == [f"killed-{number:04d}" for number in range(1, KILLS + 2)], "no number is missing"
