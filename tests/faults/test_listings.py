"""kill -9 at any instant of listing an enterprise and of ending its listing: it is on the list or not, never half."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING, Any

import pytest

from .test_kill import Home

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = max(4, int(os.environ.get("QUALICITY_KILLS", "20")) // 2)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    one = Home(tmp_path_factory.mktemp("home"))
    one.do("prepare")
    yield one
    one.close()


def whole(seen: dict[str, Any]) -> dict[str, str]:
    assert seen["faults"] == []
    assert seen["audit"], "the audit chain is broken"
    standing: dict[str, str] = seen["standing"]
    return standing


def test_nobody_is_half_listed_or_half_removed_when_killed_at_any_instant(home: Home) -> None:
    chance = random.Random(44)
    number = home.do("propose_listing", 0)
    began = time.monotonic()
    assert home.do("list_it", number) == "listed"
    listing_time, began = time.monotonic() - began, time.monotonic()
    (answer,) = home.together(("end_it", number))
    assert answer["ok"] == "expired"
    ending_time, finished = time.monotonic() - began, 0
    whole(home.do("look_at_listings"))
    for turn in range(1, KILLS + 1):
        number = home.do("propose_listing", turn)
        (answer,) = home.together(("list_it", number), kill_after=chance.uniform(0, 1.1 * listing_time))
        finished += answer is not None
        standing = whole(home.do("look_at_listings"))[str(number)]
        assert standing in ("consented", "listed", "published")
        assert home.do("list_it", number) == "listed", "what was broken off can be done again"
        (answer,) = home.together(("end_it", number), kill_after=chance.uniform(0, 1.1 * ending_time))
        finished += answer is not None
        seen = home.do("look_at_listings")
        assert whole(seen)[str(number)] in ("published", "expired")
        (answer,) = home.together(("end_it", number))
        assert answer["ok"] == "expired"
        assert whole(home.do("look_at_listings"))[str(number)] == "expired"
    assert finished < 2 * KILLS, "no process was killed in time"
