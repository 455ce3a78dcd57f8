"""Scores of credit by small examples."""

from __future__ import annotations

import numpy as np
import pytest

from qualicity.methods import credit_scoring as credit
from qualicity.methods.credit_scoring import FOREVER, PARTS, Family, Item

CONDUCT = (Family(weight=100, start=80),)


def parts_of(item: Item, age: int, left: int = FOREVER) -> float:
    found = credit.score(
        np.array([0], np.int32), np.array([0], np.int16), np.array([age], np.int32), np.array([left], np.int32),
        families=CONDUCT, items=(item,), enterprises=1,
    )  # fmt: skip
    return float(found.events[0]) / PARTS


def test_half_of_the_points_are_left_after_the_half_life() -> None:
    item = Item(0, -20, "half_life", 1)
    assert parts_of(item, 0) == -20
    assert parts_of(item, 365) == -10
    assert parts_of(item, 730) == -5


def test_points_in_a_straight_line_are_gone_after_their_years() -> None:
    item = Item(0, -30, "linear", 3)
    assert parts_of(item, 1096 // 2) == -15
    assert parts_of(item, 1096) == 0
    assert parts_of(item, 5000) == 0


@pytest.mark.parametrize(("left", "points"), [(0, 10), (-1, 0), (FOREVER, 10)])
def test_a_certificate_counts_through_its_last_day(left: int, points: float) -> None:
    assert parts_of(Item(0, 10, "valid"), 100, left) == points


def test_what_has_not_happened_yet_gives_nothing() -> None:
    assert parts_of(Item(0, 10), -1) == 0


def test_three_failures_take_no_more_than_the_most() -> None:
    items = (Item(0, -25, most=60),)
    same = np.zeros(3, np.int32)
    arguments = (same.astype(np.int16), same, np.full(3, FOREVER, np.int32))
    found = credit.score(same, *arguments, families=CONDUCT, items=items, enterprises=1)
    assert found.totals.tolist() == [20 * PARTS]
    lines = credit.explain(*arguments, families=CONDUCT, items=items)
    assert [(line.kind, line.parts // PARTS) for line in lines] == [
        ("start", 80), ("event", -25), ("event", -25), ("event", -25), ("most", 15),
    ]  # fmt: skip


def test_a_family_stays_within_its_floor_and_ceiling() -> None:
    items = (Item(0, -90), Item(0, 50))
    for number, total in ((0, 0), (1, 100)):
        item = np.array([number], np.int16)
        rest = (np.zeros(1, np.int32), np.full(1, FOREVER, np.int32))
        found = credit.score(np.zeros(1, np.int32), item, *rest, families=CONDUCT, items=items, enterprises=1)
        assert found.totals.tolist() == [total * PARTS]
        lines = credit.explain(item, *rest, families=CONDUCT, items=items)
        assert sum(line.parts for line in lines) == total * PARTS
        assert lines[-1].kind == ("floor", "ceiling")[number]


def test_a_veto_stands_while_its_event_lasts_or_for_its_years() -> None:
    age, left = np.array([-1, 0, 364, 366], np.int32), np.array([5, -1, 0, FOREVER], np.int32)
    assert credit.strikes(age, left, years=1).tolist() == [False, True, True, False]
    assert credit.strikes(age, left, years=None).tolist() == [False, False, True, True]


def test_who_has_no_events_has_the_points_that_families_start_with() -> None:
    none = np.zeros(0, np.int32)
    found = credit.score(none, none.astype(np.int16), none, none, families=CONDUCT, items=(), enterprises=2)
    assert found.totals.tolist() == [80 * PARTS] * 2
