import hashlib
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.errors import NotPossibleError
from qualicity.methods.drawing import WHOLE, Unit, assign_inspectors, chances, simple, weighted

WEIGHTS = st.lists(st.one_of(st.integers(0, 5), st.floats(0, 1e6), st.just(0.0)), min_size=1, max_size=15)


def slow_chances(weights: list[float], n: int, floor: float, ceiling: float) -> list[float]:
    """Return clip(level · weight) with the level found by halving, in fractions."""
    size = len(weights)
    largest = max(weights)
    if n == 0 or largest == 0 or n >= ceiling * size:
        return [n / size] * size
    scaled = [Fraction(max(1, round(one / largest * 10**9)), 10**9) for one in weights]
    low, high = Fraction(floor) * n / size, Fraction(ceiling)
    under, over = Fraction(0), Fraction(10**9)
    for _ in range(80):
        level = (under + over) / 2
        if sum(min(max(one * level, low), high) for one in scaled) > n:
            over = level
        else:
            under = level
    return [float(min(max(one * under, low), high)) for one in scaled]


@given(WEIGHTS, st.data(), st.floats(0.05, 1), st.floats(0.1, 1))
@settings(deadline=None)
def test_chances_are_those_of_halving_in_fractions(
    weights: list[float], data: st.DataObject, floor: float, ceiling: float
) -> None:
    n = data.draw(st.integers(0, len(weights)))
    found = chances(weights, n, floor=floor, ceiling=ceiling)
    assert sum(found) == n * WHOLE
    expected = slow_chances(weights, n, floor, ceiling)
    # The floor is a whole number of billionths: what that takes from each unit falls to those above it.
    assert [one / WHOLE for one in found] == pytest.approx(expected, abs=(len(weights) + 1) * 1e-9)


@given(st.sets(st.text("abc012", min_size=1, max_size=4), min_size=1, max_size=20), st.data(), st.integers(0, 9**9))
def test_a_simple_draw_is_a_sorted_list_of_hashes(keys: set[str], data: st.DataObject, seed: int) -> None:
    n = data.draw(st.integers(0, len(keys)))
    by_hash = {key: hashlib.sha256(f"{seed}|{key}".encode()).hexdigest() for key in keys}
    found = [one.key for one in simple(keys, n, seed).drawn]
    assert found == sorted(keys, key=lambda key: (by_hash[key], key))[:n]


@given(WEIGHTS, st.data(), st.integers(0, 10**6))
@settings(deadline=None)
def test_a_weighted_draw_has_its_size_and_only_units_with_a_chance(
    weights: list[float], data: st.DataObject, seed: int
) -> None:
    n = data.draw(st.integers(0, len(weights)))
    draw = weighted([Unit(f"k{i}", "", one) for i, one in enumerate(weights)], {"": n}, seed)
    assert len({one.key for one in draw.drawn}) == len(draw.drawn) == n
    assert all(one.billionths == draw.chances[one.key] > 0 for one in draw.drawn)


def smallest_spread(targets: list[list[int]], people: int) -> int:
    """Return the least Σ load² over every way to give each target two of its inspectors."""
    ways = [[(a, b) for a in able for b in able if a < b] for able in targets]
    return min(
        sum(times**2 for times in Counter(one for pair in choice for one in pair).values())
        for choice in product(*ways)
    )


@given(st.lists(st.sets(st.integers(0, 3)), min_size=1, max_size=5), st.integers(0, 10**6))
@settings(deadline=None)
def test_the_load_is_as_even_as_the_best_of_all_ways(conflicts: list[set[int]], seed: int) -> None:
    people = [f"i{one}" for one in range(4)]
    targets = [f"t{one}" for one in range(len(conflicts))]
    excluded = {target: {f"i{one}" for one in barred} for target, barred in zip(targets, conflicts, strict=True)}
    able = [[one for one in range(4) if one not in barred] for barred in conflicts]
    if any(len(one) < 2 for one in able):
        with pytest.raises(NotPossibleError):
            assign_inspectors(targets, people, seed, excluded=excluded)
        return
    pairs = assign_inspectors(targets, people, seed, excluded=excluded)
    assert not any(set(pair.inspectors) & excluded[pair.target] for pair in pairs)
    load = Counter(one for pair in pairs for one in set(pair.inspectors))
    assert sum(load.values()) == 2 * len(targets)
    assert sum(times**2 for times in load.values()) == smallest_spread(able, 4)
