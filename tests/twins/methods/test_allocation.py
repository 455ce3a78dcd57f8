"""Shares of strata the slow way: try which strata get one, which all of theirs, and which their proportion."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.errors import InputError
from qualicity.methods.drawing import proportional

SIZES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 7), min_size=1)


def slow(n: int, sizes: dict[str, int]) -> dict[str, int]:
    """Return the shares by trying which strata get one, which all of theirs, and which their proportion of the rest.

    A choice holds where at the level of the rest (batches per unit) the first would get less than one, the second all
    or more, and the others something between; the rest is rounded by largest remainders.
    """
    names = sorted(name for name, size in sizes.items() if size)
    n = min(n, sum(sizes.values()))
    for choice in product(("part", "one", "all"), repeat=len(names)):
        chosen = dict(zip(names, choice, strict=True))
        fixed = {name: 1 if what == "one" else sizes[name] for name, what in chosen.items() if what != "part"}
        rest = [name for name in names if name not in fixed]
        left = n - sum(fixed.values())
        if not rest and left == 0 and _any_level(chosen, sizes):
            return fixed
        if not rest or left <= 0:
            continue
        level = Fraction(left, sum(sizes[name] for name in rest))
        if all(_holds(what, level * sizes[name], sizes[name]) for name, what in chosen.items()):
            parts = {name: level * sizes[name] for name in rest}
            shares = {name: math.floor(part) for name, part in parts.items()}
            over = left - sum(shares.values())
            for name in sorted(rest, key=lambda name: (shares[name] - parts[name], name))[:over]:
                shares[name] += 1
            return fixed | shares
    raise AssertionError(f"no choice holds for {n} of {sizes}")


def _holds(what: str, part: Fraction, size: int) -> bool:
    return {"one": part < 1, "all": part >= size and size > 1, "part": 1 <= part < size or part == size == 1}[what]


def _any_level(chosen: dict[str, str], sizes: dict[str, int]) -> bool:
    """Say whether a level gives the first less than one and the second all; those of one unit do both."""
    return all(what == "all" or sizes[name] == 1 for name, what in chosen.items())


@given(SIZES, st.integers(1, 20))
def test_shares_are_those_of_trying_every_choice(sizes: dict[str, int], n: int) -> None:
    filled = [name for name, size in sizes.items() if size]
    if n < len(filled):
        with pytest.raises(InputError):
            proportional(n, sizes)
        return
    found = proportional(n, sizes)
    assert {name: found[name] for name in sizes if not sizes[name]} == dict.fromkeys(set(sizes) - set(filled), 0)
    if filled:
        assert {name: found[name] for name in filled} == slow(n, sizes)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 50), min_size=1), st.data())
def test_shares_do_not_hang_on_the_order_in_which_strata_are_named(
    sizes: dict[str, int], data: st.DataObject
) -> None:
    n = data.draw(st.integers(len(sizes), 80))
    measure = {name: data.draw(st.integers(0, 10**6)) for name in sizes}
    shuffled = dict(data.draw(st.permutations(list(sizes.items()))))
    found = proportional(n, sizes, measure=measure)
    assert found == proportional(n, shuffled, measure=measure)
    assert sum(found.values()) == min(n, sum(sizes.values()))
    assert all(1 <= found[name] <= sizes[name] for name in sizes)
