from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.methods.sample_size import allocate_neyman, allocate_proportional

SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=4)


@given(SIZES, st.data(), st.integers(0, 4))
@settings(deadline=None)
def test_a_proportional_share_is_within_one_of_its_quota(sizes: list[int], data: st.DataObject, minimum: int) -> None:
    named = {str(place): size for place, size in enumerate(sizes)}
    least = {name: min(minimum, size) for name, size in named.items()}
    total = data.draw(st.integers(sum(least.values()), sum(sizes)))
    found = allocate_proportional(total, named, minimum=minimum)
    assert sum(found.values()) == total
    assert all(least[name] <= found[name] <= named[name] for name in named)
    if not minimum:
        assert all(abs(found[name] - total * size / sum(sizes)) < 1 for name, size in named.items())


@given(SIZES, st.data(), st.integers(1, 3))
@settings(deadline=None, max_examples=60)
def test_no_other_share_has_a_smaller_variance(sizes: list[int], data: st.DataObject, minimum: int) -> None:
    named = {str(place): size for place, size in enumerate(sizes)}
    deviations = {name: data.draw(st.floats(0.01, 1)) for name in named}
    total = data.draw(st.integers(sum(min(minimum, size) for size in sizes), sum(sizes)))

    def variance(shares: tuple[int, ...]) -> float:
        return sum(size**2 * deviations[name] ** 2 / n for (name, size), n in zip(named.items(), shares, strict=True))

    ways = product(*(range(min(minimum, size), size + 1) for size in sizes))
    best = min(variance(way) for way in ways if sum(way) == total)
    found = allocate_neyman(total, named, deviations, minimum=minimum)
    assert variance(tuple(found.values())) == pytest.approx(best, rel=1e-9)
