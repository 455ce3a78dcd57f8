"""Ranks that say no more than the intervals behind them: between which places each value may stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ranks:
    """For each value the best and the worst rank that cannot be excluded; equal where the rank is sure.

    ``best`` is one more than the number of values that are surely better, ``worst`` the count less those that are
    surely worse.
    """

    best: npt.NDArray[np.int64]
    worst: npt.NDArray[np.int64]

    @property
    def can_tell(self) -> bool:
        """Return whether any two of the values can be told apart at all."""
        return bool((self.best > 1).any())


def ranks(values: npt.ArrayLike, errors: npt.ArrayLike, *, falling: bool = False, level: float = 0.05) -> Ranks:
    """Rank independent estimates by all pairwise tests at once, with Holm's correction for their number.

    ``errors`` are standard errors (0: no sample); values without error are told apart as they stand. With
    ``falling`` less is better. Two values that the tests do not separate are never ranked against each other.
    Sources: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70; M. Mogstad, J. P. Romano, A. M. Shaikh and
    D. Wilhelm, Review of Economic Studies 91 (2024) 476-518.
    """
    found, spread = np.asarray(values, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    gaps = found[:, None] - found[None, :]
    if falling:
        gaps = -gaps
    both = np.hypot(spread[:, None], spread[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        p_values = 2.0 * special.ndtr(-np.abs(gaps) / both)
    sure = both == 0.0
    apart = np.where(sure, gaps != 0.0, False)
    rows, columns = np.triu_indices(found.size, 1)
    tested = ~sure[rows, columns]
    apart[rows[tested], columns[tested]] = _holm(p_values[rows[tested], columns[tested]], level)
    apart[columns, rows] = apart[rows, columns]
    better = apart & (gaps > 0.0)
    return Ranks(1 + better.sum(axis=0), found.size - better.sum(axis=1))


def _holm(p_values: Floats, level: float) -> Flags:
    """Return which hypotheses fall when the p-values are stepped through from the smallest."""
    order = np.argsort(p_values, kind="stable")
    limits = level / np.arange(p_values.size, 0, -1)
    passed = p_values[order] < limits
    first = int(np.argmin(passed)) if not passed.all() else p_values.size
    fallen = np.zeros(p_values.size, dtype=bool)
    fallen[order[:first]] = True
    return fallen
