"""A small table filed again whole: whether its figures say so much that chance cannot have repeated them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualicity.errors import Text

#: The digits of a figure that its own past foretells: a county's waste is about a thousand tonnes each month.
_FORETOLD = 2
_LEAST_DISTINCT = 2


@dataclass(frozen=True, slots=True)
class FiledAgain:
    """Whether all figures of a table stand in an earlier one, row for row.

    ``same``: they do; ``statistic``: the free digits of the different figures, those after the first two that count;
    ``p_value``: the chance that figures measured anew agree in all of them, one in ten for each free digit.
    """

    same: bool
    statistic: int
    distinct: int
    p_value: float
    n: int
    evidence: Text

    def is_suspicious(self, *, alpha: float = 1e-6) -> bool:
        """Say whether the tables are the same and the figures beyond chance; noughts and round figures never are."""
        return self.same and self.distinct >= _LEAST_DISTINCT and self.p_value <= alpha


def filed_again(values: npt.NDArray[np.float64], earlier: npt.NDArray[np.float64]) -> FiledAgain:
    """Compare a small table's figures (rows x columns, NaN where empty) with those of an earlier one.

    Rows may stand in another order. Only what differs within the table counts as evidence: a figure that stands twice
    counts once. ``p_value`` is 10^-d for d free digits, with the assumption that digits beyond the first two are
    equally frequent; our own rule, for tables too short for a run (``copied_run``).
    """
    same = values.shape == earlier.shape and values.size > 0 and _ordered(values) == _ordered(earlier)
    figures = np.unique(values[np.isfinite(values)])
    free = [count for one in figures if (count := free_digits(float(one)))]
    digits = sum(free)
    words = Text(
        f"{values.shape[0]}行、{figures.size}个不同的数与以前整份相同",
        f"all {values.shape[0]} rows with {figures.size} different figures are the same",
    )
    return FiledAgain(same, digits, len(free), 10.0**-digits, int(values.shape[0]), words)


def free_digits(figure: float) -> int:
    """Return how many digits of a figure its size does not foretell; trailing noughts are rounding, not evidence."""
    mantissa = f"{abs(figure):.11e}".partition("e")[0].replace(".", "").rstrip("0")
    return max(0, len(mantissa) - _FORETOLD)


def _ordered(values: npt.NDArray[np.float64]) -> list[tuple[str, ...]]:
    return sorted(tuple(repr(float(one) + 0.0) for one in row) for row in values)
