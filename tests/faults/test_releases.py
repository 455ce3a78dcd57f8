"""kill -9 at any instant of a publication: the release before or the new one, never half of either."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest

from .test_kill import Home

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = max(5, int(os.environ.get("QUALICITY_KILLS", "20")) // 20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    one = Home(tmp_path_factory.mktemp("home"))
    one.do("prepare")
    yield one
    one.close()


def look(home: Home) -> dict:
    seen = home.do("look_at_releases")
    assert seen["faults"] == []
    assert seen["audit"], "the audit chain is broken"
    assert seen["recorded"], "a release without its record, or a record without its release"
    assert seen["numbers"] == list(range(1, seen["release"] + 1))
    return seen


def test_a_publication_is_shown_whole_or_not_at_all_when_killed_at_any_instant(home: Home) -> None:
    chance = random.Random(2014)
    total = home.do("add_enterprises", 0)
    began = time.monotonic()
    assert home.do("let_out") == 1
    longest, finished = time.monotonic() - began, 0
    shown = total
    for turn in range(1, KILLS + 1):
        total = home.do("add_enterprises", turn)
        before = look(home)
        (answer,) = home.together(("let_out",), kill_after=chance.uniform(0.2, 1.05) * longest)
        finished += answer is not None
        seen = look(home)
        assert seen["shown"] in ({total} if answer is not None else {shown, total})
        assert (seen["shown"] == total) == (seen["release"] == before["release"] + 1)
        shown = seen["shown"]
    home.do("let_out")
    assert look(home)["shown"] == total, "a publication that was cut short keeps later ones from theirs"
    assert finished < KILLS, "no process was killed in time"


def test_two_who_publish_at_once_make_one_release(home: Home) -> None:
    before = look(home)["release"]
    home.do("add_enterprises", 900)
    home.together(("let_out",), ("let_out",))
    assert look(home)["release"] == before + 1
