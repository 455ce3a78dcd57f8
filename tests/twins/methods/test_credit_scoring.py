"""Scores of credit against a slow and obvious twin."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualicity.methods import credit_scoring as credit
from qualicity.methods.credit_scoring import FOREVER, Family, Item

points = st.integers(-4000, 4000).map(lambda number: number / 100)
families = st.lists(
    st.builds(
        Family, weight=st.sampled_from([7.5, 10, 15, 40]), start=st.integers(0, 100),
        floor=st.just(0), ceiling=st.sampled_from([90, 100]),
    ),
    min_size=1, max_size=3,
).map(tuple)  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> tuple[tuple[Family, ...], tuple[Item, ...]]:
    drawn = draw(families)
    drawn = tuple(Family(one.weight, min(one.start, one.ceiling), one.floor, one.ceiling) for one in drawn)
    items = st.builds(
        Item, family=st.integers(0, len(drawn) - 1), points=points,
        fading=st.sampled_from(["never", "half_life", "linear", "valid"]), years=st.sampled_from([0.5, 1, 3]),
        most=st.none() | st.integers(1, 100),
    )  # fmt: skip
    return drawn, tuple(draw(st.lists(items, min_size=1, max_size=5)))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[tuple[Family, ...], tuple[Item, ...], list[tuple[int, int, int, int]], int]:
    drawn, items = draw(rules())
    count = draw(st.integers(1, 4))
    event = st.tuples(
        st.integers(0, count - 1), st.integers(0, len(items) - 1), st.integers(-400, 3000),
        st.integers(-500, 500) | st.just(FOREVER),
    )  # fmt: skip
    return drawn, items, draw(st.lists(event, max_size=12)), count


def slow_event(item: Item, family: Family, age: int, left: int) -> int:
    """Return the parts of an event as somebody would reckon it on paper."""
    if age < 0 or (item.fading == "valid" and left < 0):
        return 0
    whole = Fraction(str(item.points)) * Fraction(str(family.weight)) * 100
    days = round(Fraction(str(item.years)) * Fraction("365.25"))
    if item.fading == "linear":
        return round(whole * (days - age) / days) if age < days else 0
    if item.fading == "half_life":
        return round(float(whole) * 2 ** -(age / days))
    return round(whole)


def slow_total(
    mine: list[tuple[int, int, int]], drawn: tuple[Family, ...], items: tuple[Item, ...]
) -> tuple[int, list[int]]:
    """Return the total and the parts of each family of one enterprise."""
    found = []
    for number, family in enumerate(drawn):
        hundred = Fraction(str(family.weight)) * 100
        total = round(Fraction(str(family.start)) * hundred)
        for at, item in enumerate(items):
            if item.family == number:
                summed = sum(slow_event(item, family, age, left) for which, age, left in mine if which == at)
                if item.most is not None:
                    most = round(item.most * hundred)
                    summed = min(max(summed, -most), most)
                total += summed
        found.append(min(max(total, round(family.floor * hundred)), round(family.ceiling * hundred)))
    return sum(found), found


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_scores_are_those_of_paper_and_pencil_and_every_explanation_adds_up(
    world: tuple[tuple[Family, ...], tuple[Item, ...], list[tuple[int, int, int, int]], int],
) -> None:
    drawn, items, events, count = world
    columns = np.array(events, dtype=np.int64).reshape(-1, 4)
    enterprise, item = columns[:, 0].astype(np.int32), columns[:, 1].astype(np.int16)
    age, left = columns[:, 2].astype(np.int32), columns[:, 3].astype(np.int32)
    scored = credit.score(enterprise, item, age, left, families=drawn, items=items, enterprises=count)
    for number in range(count):
        total, by_family = slow_total([event[1:] for event in events if event[0] == number], drawn, items)
        assert scored.totals[number] == total
        assert scored.families[number].tolist() == by_family
        mine = enterprise == number
        lines = credit.explain(item[mine], age[mine], left[mine], families=drawn, items=items)
        assert sum(line.parts for line in lines) == total
        assert sum(line.kind == "event" for line in lines) == mine.sum()


@given(st.lists(st.integers(0, 1_000_000), min_size=1, max_size=20))
def test_a_band_is_the_first_whose_bound_the_total_reaches(totals: list[int]) -> None:
    bounds = [80, 65.5, 50, 0]
    found = credit.band(np.array(totals, dtype=np.int64), bounds)
    slow = [next(at for at, bound in enumerate(bounds) if total >= bound * 10_000) for total in totals]
    assert found.tolist() == slow
