"""kill -9 at any instant of a move, two officers at once: a case is never half moved, and nobody is overwritten."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from .test_kill import Home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILLS = int(os.environ.get("QUALICITY_KILLS", "12"))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    one = Home(tmp_path)
    one.do("prepare")
    yield one
    one.close()


def check_whole(seen: dict) -> None:
    assert seen["faults"] == []
    assert seen["audit"], "the audit chain is broken"


def test_a_case_is_moved_or_not_when_killed_at_any_instant(home: Home) -> None:
    chance = random.Random(2014)
    first = home.do("open_letter", 1000)
    began = time.monotonic()
    home.do("answer_letter", first)
    longest = 1.2 * (time.monotonic() - began)
    finished = 0
    for kill in range(KILLS):
        number = home.do("open_letter", kill)
        (answer,) = home.together(("answer_letter", number), kill_after=chance.uniform(0, longest))
        finished += answer is not None
        seen = home.do("look_at_cases")
        check_whole(seen)
        if answer is not None:
            assert seen["states"][str(number)] == "answered", "what was told to be done is not"
        if seen["states"][str(number)] == "issued":
            assert home.do("answer_letter", number) == "moved"
            check_whole(home.do("look_at_cases"))
    assert finished < KILLS, "no process was killed in time"


def test_of_two_officers_at_once_one_moves_and_one_is_told(home: Home) -> None:
    for turn in range(3):
        number = home.do("open_letter", turn)
        answers = sorted(one["ok"] for one in home.together(*[("answer_letter", number)] * 3))
        assert answers == ["moved", "stale", "stale"]
        check_whole(home.do("look_at_cases"))


def command(home: Path, *words: str) -> tuple[int, dict]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "DJANGO"))}
    environment |= {"QUALICITY_HOME": str(home), "QUALICITY_TODAY": "2014-04-10"}
    done = subprocess.run(
        [sys.executable, "-m", "qualicity", *words, "--json"], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_a_backup_holds_cases_and_files_and_a_damaged_file_is_named(home: Home, tmp_path: Path) -> None:
    number = home.do("open_letter", 1)
    home.do("answer_letter", number)
    archive, restored = tmp_path.with_suffix(".tar"), tmp_path.with_name("restored")
    assert command(tmp_path, "backup", str(archive))[0] == 0
    code, value = command(restored, "restore", str(archive))
    assert code == 0, value
    code, shown = command(restored, "cases", "show", str(number))
    assert [entry["code"] for entry in shown["trail"]] == ["open", "answer"]
    assert command(restored, "cases", "verify") == (0, {"ok": True, "files": 1, "faults": []})
    sha256 = shown["trail"][1]["evidence"][0]["sha256"]
    kept = restored / "files" / sha256[:2] / sha256
    kept.write_text("other", encoding="utf-8")
    code, value = command(restored, "cases", "verify")
    assert (code, value["faults"][0]["en"]) == (8, "the file was altered")
    kept.unlink()
    assert "gone" in command(restored, "cases", "verify")[1]["faults"][0]["en"]
