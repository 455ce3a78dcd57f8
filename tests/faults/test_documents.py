"""kill -9 at any instant of issuing a document or packing evidence: no number twice, nothing half."""

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


def check_whole(seen: dict) -> None:
    assert seen["faults"] == []
    assert seen["audit"], "the audit chain is broken"


def instants(chance: random.Random, lengths: list[float]) -> Iterator[float]:
    """Any instant, and every other time one near the end, where what is done becomes visible.

    ``lengths``: how long it took each time that it was seen; the shortest counts, as a machine is not always busy.
    """
    for kill in range(KILLS):
        shortest = min(lengths)
        yield chance.uniform(0.85 * shortest if kill % 2 else 0, 1.05 * shortest)


def test_a_document_is_issued_or_not_when_killed_at_any_instant(home: Home) -> None:
    first = home.do("sign_report")
    began = time.monotonic()
    assert home.do("issue_report", first) == 1
    lengths, finished = [time.monotonic() - began], 0
    for turn, instant in enumerate(instants(random.Random(9704), lengths), start=2):
        number, began = home.do("sign_report"), time.monotonic()
        (answer,) = home.together(("issue_report", number), kill_after=instant)
        if answer is not None:
            finished += 1
            lengths.append(time.monotonic() - began)
        seen = home.do("look_at_reports")
        check_whole(seen)
        if answer is not None:
            assert seen["numbers"][str(number)] == turn, "what was told to be issued is not"
        if str(number) not in seen["numbers"]:
            assert home.do("issue_report", number) == turn, "a number was lost or given twice"
            check_whole(home.do("look_at_reports"))
        assert home.do("issue_report", number) == "issued already"
    assert finished < KILLS, "no process was killed in time"


def test_two_who_issue_two_documents_at_once_get_two_numbers(home: Home) -> None:
    one, two = home.do("sign_report"), home.do("sign_report")
    answers = home.together(("issue_report", one), ("issue_report", two))
    seen = home.do("look_at_reports")
    check_whole(seen)
    assert sorted(answer["ok"] for answer in answers) == sorted(seen["numbers"].values())[-2:]


def test_an_archive_is_whole_or_not_there_when_killed_at_any_instant(home: Home) -> None:
    number = home.do("open_assessment")
    began = time.monotonic()
    known, finished = {home.do("make_package", number)}, 0
    lengths, count = [time.monotonic() - began], 1
    for instant in instants(random.Random(2015), lengths):
        (answer,) = home.together(("make_package", number), kill_after=instant)
        finished += answer is not None
        seen = home.do("look_at_packages")
        check_whole(seen)
        assert seen["known"] in ({count + 1} if answer is not None else {count, count + 1})
        began = time.monotonic()
        known.add(home.do("make_package", number))
        lengths.append(time.monotonic() - began)
        seen = home.do("look_at_packages")
        check_whole(seen)
        assert set(seen["seen"]) >= {f"{one}.zip" for one in known}
        assert not [one for one in seen["seen"] if one.startswith(".")], "what a dead packing left is swept"
        count = seen["known"]
    assert finished < KILLS, "no process was killed in time"
