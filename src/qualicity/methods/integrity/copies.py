"""Copies: rows, and whole runs of rows, that were reported before."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualicity.errors import Text

Keys = npt.NDArray[np.uint64]

# An odd multiplier has an inverse modulo 2**64, so that a window's hash can be freed of its position.
_MULTIPLIER = 0x9E3779B97F4A7C15
_INVERSE = pow(_MULTIPLIER, -1, 2**64)


@dataclass(frozen=True, slots=True)
class CopiedRows:
    """How many of ``n`` rows stand with the same values among the earlier rows; ``is_copy`` says which."""

    copies: int
    share: float
    n: int
    is_copy: npt.NDArray[np.bool_]
    evidence: Text


@dataclass(frozen=True, slots=True)
class CopiedRun:
    """The longest run of rows that stands elsewhere in the same order.

    ``statistic``: its length; ``start`` and ``earlier_start``: where it begins (row positions from 0, -1 if none);
    ``distinct``: different rows in it; ``p_value``: the chance of a run so long if rows fell as they do, but in
    independent order.
    """

    statistic: int
    p_value: float
    n: int
    start: int
    earlier_start: int
    distinct: int
    evidence: Text

    def is_suspicious(self, *, alpha: float = 1e-6, least_length: int = 5) -> bool:
        """Say whether so long a run is beyond chance and long enough to ask about."""
        return self.p_value < alpha and self.statistic >= least_length


def row_keys(columns: Sequence[npt.NDArray[np.generic]]) -> Keys:
    """Return one number for each row, equal for rows with equal values in every column.

    Numbers are compared as float64 (NaN equals NaN), everything else by its text. Columns to compare across periods
    should leave out dates and serial numbers. Keys of different calls are comparable.
    """
    assert columns, "a row needs at least one column"
    keys = np.zeros(np.shape(columns[0])[0], dtype=np.uint64)
    for column in columns:
        keys = _mixed(keys * np.uint64(_MULTIPLIER) + _column_keys(np.asarray(column)))
    return keys


def copied_rows(keys: Keys, earlier: Keys) -> CopiedRows:
    """Count the rows that stand among the earlier ones with all the same values."""
    is_copy = np.isin(keys, earlier)
    n, copies = int(keys.size), int(is_copy.sum())
    words = Text(
        f"{n}行中有{copies}行与以前报送的完全相同", f"{copies} of {n} rows are identical to rows reported before"
    )
    return CopiedRows(copies, copies / n if n else math.nan, n, is_copy, words)


def copied_run(keys: Keys, earlier: Keys) -> CopiedRun:
    """Find the longest run of consecutive rows that also stands, in the same order, among the earlier rows.

    Works on hashes of windows, only where rows agree at all, and halves the length until it fits. The p-value is
    1 - exp(-n·m·(1 - q)·q^L) for n new and m earlier rows, a run of L and the chance q that two rows agree.
    Source: R. Arratia and M. S. Waterman, Annals of Probability 13 (1985) 1236-1249.
    """
    known = _among(earlier, keys)
    # Of a long history only the rows that agree at all matter from here on.
    alike = earlier[known]
    ours = _Windows(keys, _among(keys, alike))
    theirs = _Windows(earlier, known)
    most = min(ours.longest_stretch, theirs.longest_stretch)
    length = _longest(lambda size: _common_window(ours, theirs, size) is not None, most)
    found = _common_window(ours, theirs, length) if length else None
    agreement = _agreement(keys, alike) * alike.size / max(1, earlier.size)
    return _run(keys, length, found, keys.size * earlier.size, agreement)


def repeated_run(keys: Keys) -> CopiedRun:
    """Find the longest run of consecutive rows that stands twice, without overlap, in the same file."""
    _, group, counts = np.unique(keys, return_inverse=True, return_counts=True)
    windows = _Windows(keys, counts[group] > 1)
    most = min(windows.longest_stretch, keys.size // 2)
    length = _longest(lambda size: _repeated_window(windows, size) is not None, most)
    found = _repeated_window(windows, length) if length else None
    pairs = keys.size * (keys.size - 1)
    agreement = float((counts * (counts - 1.0)).sum()) / max(1, pairs)
    return _run(keys, length, found, pairs / 2, agreement)


def _run(keys: Keys, length: int, found: tuple[int, int] | None, pairs: float, agreement: float) -> CopiedRun:
    start, other = found if found is not None else (-1, -1)
    distinct = int(np.unique(keys[start : start + length]).size) if found is not None else 0
    if not pairs:
        p_value = math.nan
    elif not length or agreement >= 1.0:
        # Rows that are all alike repeat by themselves.
        p_value = 1.0
    else:
        p_value = -math.expm1(-pairs * (1.0 - agreement) * agreement**length)
    words = Text(
        f"连续{length}行（含{distinct}种不同的值）原样重复",
        f"{length} rows in a row ({distinct} different) are repeated",
    )
    return CopiedRun(length, p_value, int(keys.size), start, other, distinct, words)


def _longest(fits: Callable[[int], bool], most: int) -> int:
    """Return the largest length up to ``most`` that fits, knowing that all shorter ones then fit as well."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


class _Windows:
    """Hashes of runs of keys, for those runs alone whose every row is a candidate."""

    def __init__(self, keys: Keys, candidates: npt.NDArray[np.bool_]) -> None:
        powers = np.full(keys.size, _MULTIPLIER, dtype=np.uint64)
        inverses = np.full(keys.size, _INVERSE, dtype=np.uint64)
        powers[:1], inverses[:1] = 1, 1
        terms = _mixed(keys) * np.multiply.accumulate(powers)
        self._sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(terms, dtype=np.uint64)))
        self._inverses = np.multiply.accumulate(inverses)
        ends = np.flatnonzero(np.concatenate((~candidates, [True])))
        here = np.arange(keys.size)
        self._room = ends[np.searchsorted(ends, here)] - here
        self.longest_stretch = int(self._room.max()) if keys.size else 0

    def of_size(self, size: int) -> tuple[npt.NDArray[np.int64], Keys]:
        """Return where runs of ``size`` begin, and for each a hash that is the same wherever the run stands."""
        starts = np.flatnonzero(self._room >= size)
        return starts, (self._sums[starts + size] - self._sums[starts]) * self._inverses[starts]


def _common_window(ours: _Windows, theirs: _Windows, size: int) -> tuple[int, int] | None:
    """Return where a run of ``size`` begins in both, or None."""
    our_starts, our_hashes = ours.of_size(size)
    their_starts, their_hashes = theirs.of_size(size)
    hits = np.flatnonzero(_among(our_hashes, their_hashes))
    if hits.size == 0:
        return None
    other = np.flatnonzero(their_hashes == our_hashes[hits[0]])[0]
    return int(our_starts[hits[0]]), int(their_starts[other])


def _repeated_window(windows: _Windows, size: int) -> tuple[int, int] | None:
    """Return where a run of ``size`` begins a second time, and the first, without overlap; None if nowhere."""
    starts, hashes = windows.of_size(size)
    _, earliest, group = np.unique(hashes, return_index=True, return_inverse=True)
    first = starts[earliest][group]
    apart = np.flatnonzero(starts - first >= size)
    return (int(starts[apart[0]]), int(first[apart[0]])) if apart.size else None


def _among(values: Keys, others: Keys) -> npt.NDArray[np.bool_]:
    """Say for each value whether it is one of the others; quicker than a hash of both where one side is short."""
    if not others.size:
        return np.zeros(values.size, dtype=np.bool_)
    ordered = np.sort(others)
    place = np.minimum(np.searchsorted(ordered, values), ordered.size - 1)
    return np.asarray(ordered[place] == values)


def _agreement(keys: Keys, earlier: Keys) -> float:
    """Return the chance that a row drawn from each agree."""
    ours, our_counts = np.unique(keys, return_counts=True)
    theirs, their_counts = np.unique(earlier, return_counts=True)
    _, left, right = np.intersect1d(ours, theirs, assume_unique=True, return_indices=True)
    pairs = max(1, keys.size * earlier.size)
    return float((our_counts[left].astype(np.float64) * their_counts[right]).sum()) / pairs


def _column_keys(column: npt.NDArray[np.generic]) -> Keys:
    if column.dtype.kind in "biuf":
        # Adding zero makes -0.0 and 0.0 one value; NaN has one pattern after the same step.
        numbers = np.where(np.isnan(column.astype(np.float64)), np.nan, column.astype(np.float64)) + 0.0
        return _mixed(np.ascontiguousarray(numbers).view(np.uint64))
    texts = np.asarray(column, dtype=np.str_)
    if texts.size == 0:
        return np.zeros(0, dtype=np.uint64)
    letters = np.ascontiguousarray(texts).view(np.uint32).reshape(texts.size, -1)
    keys = np.zeros(texts.size, dtype=np.uint64)
    for place in range(letters.shape[1]):
        # Trailing empty places add nothing, so that the width of the column does not matter.
        letter = letters[:, place].astype(np.uint64)
        keys = np.where(letter > 0, _mixed(keys * np.uint64(_MULTIPLIER) + letter), keys)
    return keys


def _mixed(keys: Keys) -> Keys:
    """Spread the bits of each key, so that sums of keys do not collide (the finish of SplitMix64)."""
    mixed = keys + np.uint64(_MULTIPLIER)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)
