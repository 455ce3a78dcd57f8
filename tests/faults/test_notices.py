"""kill -9 at any instant of publishing many notices: all of them are public, or none."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest

from .notice_steps import MANY
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


def test_many_notices_are_public_or_none_of_them_when_killed_at_any_instant(home: Home) -> None:
    numbers = home.do("settle_many", 0)
    assert len(numbers) == MANY
    began = time.monotonic()
    assert home.do("publish_many", numbers) == MANY
    longest, public, finished = time.monotonic() - began, MANY, 0
    chance = random.Random(46)
    for turn in range(1, KILLS + 1):
        numbers = home.do("settle_many", turn)
        instant = chance.uniform(0.85 * longest if turn % 2 else 0, 1.05 * longest)
        (answer,) = home.together(("publish_many", numbers), kill_after=instant)
        finished += answer is not None
        seen = home.do("look_at_notices")
        assert seen["faults"] == []
        assert seen["audit"], "the audit chain is broken"
        wanted = {public + MANY} if answer is not None else {public, public + MANY}
        assert seen["public"] in wanted, "half of them"
        if seen["public"] == public:
            assert home.do("publish_many", numbers) == MANY, "what was broken off can be done again"
        public += MANY
    assert finished < KILLS, "no process was killed in time"
