"""kill -9 at any instant of a laboratory's file, and the same file from two machines: taken whole, once, or not."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest

from .laboratory_steps import MANY
from .test_kill import Home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILLS = max(4, int(os.environ.get("QUALICITY_KILLS", "16")) // 4)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    one = Home(tmp_path_factory.mktemp("home"))
    one.do("prepare")
    yield one
    one.close()


def test_a_file_of_results_is_taken_whole_or_not_at_all_when_killed_at_any_instant(
    home: Home, tmp_path: Path
) -> None:
    path = str(tmp_path / "results.csv")
    text = home.do("wait_at_laboratory", 0)
    began = time.monotonic()
    assert home.do("send_results", text, path) == "taken"
    longest, files, finished = time.monotonic() - began, 1, 0
    chance = random.Random(45)
    for turn in range(1, KILLS + 1):
        text = home.do("wait_at_laboratory", turn)
        (answer,) = home.together(("send_results", text, path), kill_after=chance.uniform(0, 1.05 * longest))
        finished += answer is not None
        seen = home.do("look_at_laboratory")
        assert seen["faults"] == []
        assert seen["audit"], "the audit chain is broken"
        assert seen["files"] in ({files + 1} if answer is not None else {files, files + 1})
        assert seen["reports"] == seen["files"] * MANY
        assert home.do("send_results", text, path) == "taken", "what was broken off can be sent again"
        files += 1
        seen = home.do("look_at_laboratory")
        assert (seen["files"], seen["reports"], seen["results"]) == (files, files * MANY, 2 * files * MANY)
    assert finished < KILLS, "no process was killed in time"


def test_the_same_file_from_two_machines_at_once_is_taken_once(home: Home, tmp_path: Path) -> None:
    before = home.do("look_at_laboratory")
    text = home.do("wait_at_laboratory", 99)
    answers = home.together(
        ("send_results", text, str(tmp_path / "one.csv")), ("send_results", text, str(tmp_path / "two.csv"))
    )
    assert answers == [{"ok": "taken"}, {"ok": "taken"}], "the later one is told of what is there"
    after = home.do("look_at_laboratory")
    assert after["faults"] == []
    assert (after["files"], after["reports"]) == (before["files"] + 1, before["reports"] + MANY)
