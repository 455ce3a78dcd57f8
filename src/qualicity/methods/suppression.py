"""Groups that are too small to show, and which others to leave out with them (primary, complementary suppression)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Marks = NDArray[np.bool_]
    Rows = csr_array


@dataclass(frozen=True, slots=True)
class Suppression:
    """What to leave out of a table with its margins.

    ``cells``: the table with its margins, one longer in every direction, the sum last. ``primary``: counts too small
    to show. ``hidden``: all that is left out, the complementary ones with them.
    """

    cells: Counts
    primary: Marks
    hidden: Marks

    @property
    def complementary(self) -> Marks:
        """Return what is left out only to protect others."""
        return self.hidden & ~self.primary


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which whole numbers a hidden cell must lie, for whoever knows all that is shown."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """Return how much is left open."""
        return self.high - self.low


class CannotProtectError(ValueError):
    """What must be shown gives a small group away whatever else is left out."""


def suppress(counts: Counts, *, minimum: int = 5, shown: Marks | None = None) -> Suppression:
    """Return what of a table of counts to leave out so that no small group can be had from the rest.

    ``counts``: whole numbers ≥ 0 in any number of directions, without margins; all margins are shown where they can
    be. A count from 1 to ``minimum`` − 1 is left out; a nought stays, for it is a group of nobody. Others are left
    out with it until whoever knows everything shown, and that no count is below nought, finds an interval at least
    ``minimum`` wide for each. ``shown`` marks cells (margins included) that are shown in any case, because they stand
    elsewhere. Raises CannotProtectError where they forbid it, ValueError for counts that are not counts.

    Cells to leave out are found by the least perturbation that keeps every sum (linear programming). Source:
    Fischetti and Salazar-González 2001; Hundepool et al., Statistical Disclosure Control, 2012, 4.2 and 4.3.
    """
    if np.any(np.asarray(counts) < 0):
        raise ValueError("a count is below nought")
    cells = with_margins(counts)
    primary = (cells > 0) & (cells < minimum)
    fixed = np.zeros(cells.shape, dtype=bool) if shown is None else shown & ~primary
    hidden = primary.copy()
    sums = _sums(cells.shape)
    for place in _hardest_first(cells, primary):
        if _interval(cells, hidden, place, sums).width >= minimum:
            continue
        for up in (True, False):
            hidden |= _perturbed(cells, hidden, fixed, place, minimum if up else int(cells[place]), sums, up=up)
        for _round in range(cells.size):
            if _interval(cells, hidden, place, sums).width >= minimum:
                break
            hidden |= _one_more(cells, hidden, fixed, place)
    return Suppression(cells, primary, hidden)


def audit(cells: Counts, hidden: Marks) -> dict[tuple[int, ...], Interval]:
    """Return for each hidden cell the interval that everything shown leaves for it.

    ``cells`` with their margins; whole numbers, none below nought. This is what somebody can find out who subtracts
    sums from each other in every possible way.
    """
    sums = _sums(cells.shape)
    return {place: _interval(cells, hidden, place, sums) for place in _places(hidden)}


def with_margins(counts: Counts) -> Counts:
    """Return a table one longer in every direction, the sums last."""
    cells = np.asarray(counts, dtype=np.int64)
    for axis in range(cells.ndim):
        cells = np.concatenate([cells, cells.sum(axis=axis, keepdims=True)], axis=axis)
    return cells


def _places(marks: Marks) -> list[tuple[int, ...]]:
    return [tuple(int(one) for one in place) for place in np.argwhere(marks)]


def _hardest_first(cells: Counts, primary: Marks) -> list[tuple[int, ...]]:
    return sorted(_places(primary), key=lambda place: (-int(cells[place]), place))


def _sums(shape: tuple[int, ...]) -> Rows:
    """Return the equations of a table: along each direction, the parts less their sum are nought."""
    numbers = np.arange(int(np.prod(shape))).reshape(shape)
    lines = []
    for axis, length in enumerate(shape):
        moved = np.moveaxis(numbers, axis, -1).reshape(-1, length)
        lines.append(moved)
    rows, columns, values = [], [], []
    at = 0
    for moved in lines:
        count, length = moved.shape
        rows.append(np.repeat(np.arange(at, at + count), length))
        columns.append(moved.ravel())
        values.append(np.tile(np.r_[np.ones(length - 1), -1.0], count))
        at += count
    return csr_array(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(at, int(np.prod(shape)))
    )


def _interval(cells: Counts, hidden: Marks, place: tuple[int, ...], sums: Rows) -> Interval:
    flat = cells.ravel().astype(float)
    open_ = hidden.ravel()
    bounds = Bounds(np.where(open_, 0.0, flat), np.where(open_, np.inf, flat))
    aim = np.zeros(flat.size)
    aim[np.ravel_multi_index(place, cells.shape)] = 1.0
    ends = []
    for sign in (1.0, -1.0):
        found = milp(
            sign * aim,
            constraints=LinearConstraint(sums, 0.0, 0.0),
            integrality=open_.astype(int),
            bounds=bounds,
        )
        ends.append(_UNBOUNDED if found.x is None else round(sign * found.fun))
    return Interval(ends[0], ends[1])


_UNBOUNDED = 2**40


def _perturbed(  # noqa: PLR0917 -- one step of the search sees the whole of its state
    cells: Counts,
    hidden: Marks,
    fixed: Marks,
    place: tuple[int, ...],
    by: int,
    sums: Rows,
    *,
    up: bool,
) -> Marks:
    """Return what moves when a cell moves by so much and every sum still holds, as little of it as can be."""
    flat = cells.ravel().astype(float)
    size = flat.size
    # what is already hidden costs nothing, a margin more than its parts, what must be shown cannot move
    price = np.where(hidden.ravel(), 0.0, 1.0 + np.log1p(flat)) + np.where(_is_margin(cells.shape).ravel(), 4.0, 0.0)
    price = np.where(hidden.ravel(), 1e-6, price)
    most_up = np.where(fixed.ravel(), 0.0, float(max(by, 1) * 4))
    most_down = np.where(fixed.ravel(), 0.0, np.minimum(flat, float(max(by, 1) * 4)))
    at = np.ravel_multi_index(place, cells.shape)
    bounds = [*((0.0, float(one)) for one in most_up), *((0.0, float(one)) for one in most_down)]
    bounds[at], bounds[size + at] = ((by, by), (0, 0)) if up else ((0, 0), (by, by))
    both = np.hstack([sums.toarray(), -sums.toarray()])
    found = linprog(np.r_[price, price], A_eq=both, b_eq=np.zeros(sums.shape[0]), bounds=bounds, method="highs-ds")
    if found.x is None:
        raise CannotProtectError(f"the cell {place} cannot be protected: what must be shown gives it away")
    moved: Marks = np.abs(found.x[:size]) + np.abs(found.x[size:]) > 1e-7
    return moved.reshape(cells.shape)


def _one_more(cells: Counts, hidden: Marks, fixed: Marks, place: tuple[int, ...]) -> Marks:
    """Return the smallest cell in line with a place that may still be left out."""
    in_line = np.zeros(cells.shape, dtype=bool)
    for axis in range(cells.ndim):
        line: list[slice | int] = list(place)
        line[axis] = slice(None)
        in_line[tuple(line)] = True
    free = in_line & ~hidden & ~fixed
    if not free.any():
        free = ~hidden & ~fixed
    if not free.any():
        raise CannotProtectError(f"the cell {place} cannot be protected: what must be shown gives it away")
    choices = sorted(_places(free), key=lambda one: (bool(_is_margin(cells.shape)[one]), int(cells[one]), one))
    chosen = np.zeros(cells.shape, dtype=bool)
    chosen[choices[0]] = True
    return chosen


def _is_margin(shape: tuple[int, ...]) -> Marks:
    marks = np.zeros(shape, dtype=bool)
    for place in product(*(range(length) for length in shape)):
        marks[place] = any(one == length - 1 for one, length in zip(place, shape, strict=True))
    return marks
