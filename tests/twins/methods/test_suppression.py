"""Suppression against brute force: every table that could stand behind what is shown is tried out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qualicity.methods.suppression import CannotProtectError, audit, suppress

MOST, REACH = 9, 15


def possible(cells: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Return every table of small counts that agrees with all that is shown, tried one by one."""
    inner = tuple(slice(0, -1) for _ in cells.shape)
    open_ = np.flatnonzero(hidden[inner].ravel())
    assume(0 < len(open_) <= 4)
    grid = np.stack([one.ravel() for one in np.indices((REACH + 1,) * len(open_))], axis=1)
    tried = np.repeat(cells[inner].ravel()[None, :], max(len(grid), 1), axis=0)
    tried[:, open_] = grid
    tried = tried.reshape(-1, *cells[inner].shape)
    for axis in range(1, tried.ndim):
        tried = np.concatenate([tried, tried.sum(axis=axis, keepdims=True)], axis=axis)
    return tried[(tried[:, ~hidden] == cells[~hidden]).all(axis=1)]


tables = st.one_of(
    arrays(np.int64, st.tuples(st.integers(2, 4)), elements=st.integers(0, MOST)),
    arrays(np.int64, st.tuples(st.just(2), st.integers(2, 3)), elements=st.integers(0, MOST)),
)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_no_small_group_is_pinned_down_by_any_table_that_could_stand_behind(counts: np.ndarray) -> None:
    found = suppress(counts, minimum=3)
    tried = possible(found.cells, found.hidden)
    for place in np.argwhere(found.primary):
        values = tried[(slice(None), *place)]
        assert values.max() - values.min() >= 3, (found.cells, found.hidden)
        assert 0 < found.cells[tuple(place)] < 3


@settings(max_examples=40, deadline=None)
@given(tables)
def test_the_audit_finds_the_interval_that_trying_everything_finds(counts: np.ndarray) -> None:
    found = suppress(counts, minimum=3)
    inner = tuple(slice(0, -1) for _ in found.cells.shape)
    assume(found.cells[inner][found.hidden[inner]].sum() <= REACH)  # what is tried reaches as far as the sums let it
    tried = possible(found.cells, found.hidden)
    for place, interval in audit(found.cells, found.hidden).items():
        values = tried[(slice(None), *place)]
        assert interval.low == values.min()
        assert min(interval.high, REACH) == min(values.max(), REACH)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_one_that_is_alone_in_its_line_is_never_hidden_alone(counts: np.ndarray) -> None:
    found = suppress(counts, minimum=3)
    for axis in range(found.hidden.ndim):
        assert not np.any(found.hidden.sum(axis=axis) == 1)


@settings(max_examples=40, deadline=None)
@given(arrays(np.int64, st.tuples(st.integers(3, 5)), elements=st.integers(0, MOST)))
def test_a_mean_that_goes_with_a_hidden_count_cannot_be_had_from_the_other_means(counts: np.ndarray) -> None:
    """With the means of what is shown and of the whole, two hidden groups keep their sums open."""
    found = suppress(counts, minimum=3)
    hidden = np.flatnonzero(found.hidden[:-1])
    assert len(hidden) != 1 or found.hidden[-1]


def test_a_table_without_small_groups_is_shown_whole() -> None:
    assert not suppress(np.array([[7, 0], [9, 12]])).hidden.any()


def test_what_is_shown_elsewhere_may_forbid_it() -> None:
    counts = np.array([3, 40])
    shown = np.array([False, True, True])
    with pytest.raises(CannotProtectError):
        suppress(counts, shown=shown)


def test_several_margins_at_once_keep_every_cell_of_three_directions_open() -> None:
    counts = np.random.default_rng(7).poisson(9, (4, 3, 3))
    found = suppress(counts)
    assert found.primary.any()
    assert min(one.width for place, one in audit(found.cells, found.hidden).items() if found.primary[place]) >= 5
