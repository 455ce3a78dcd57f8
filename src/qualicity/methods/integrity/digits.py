"""Preference for some last digits: people who invent or guess figures like 0 and 5, instruments do not."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualicity.errors import Text
from qualicity.methods.rounding import round_half_even

#: With fewer figures than this ten classes say nothing.
NEEDS_FIGURES = 50
#: Figures must spread over so many steps of their resolution before their last digits can be expected even.
NEEDS_STEPS = 20
_MAX_DECIMALS = 6
_MOST = 0.8
_LIMIT_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class DigitPreference:
    """How far the last digits are from even: chi-square on 9 degrees of freedom.

    ``p_value`` is NaN where the test does not apply (too few figures, or too narrow a range for their resolution).
    ``digit`` is the most frequent last digit, ``share`` its share, ``counts`` the ten counts, ``decimals`` the
    resolution of the column.
    """

    statistic: float
    p_value: float
    n: int
    digit: int
    share: float
    counts: tuple[int, ...]
    decimals: int
    evidence: Text

    def is_suspicious(self, *, alpha: float = 1e-6, least_share: float = 0.2) -> bool:
        """Say whether the preference is both beyond chance and large enough to ask about."""
        rounded = (self.counts[0] + self.counts[5]) / self.n if self.n else 0.0
        return self.p_value < alpha and (self.share >= least_share or rounded >= 2 * least_share)


def used_decimals(values: npt.NDArray[np.floating]) -> int:
    """Return how many decimals the figures are written with: the fewest that write four in five, at most six.

    Not all of them: a few values computed elsewhere, with all the digits of a machine, are not the resolution.
    """
    known = _known(values)
    for decimals in range(_MAX_DECIMALS):
        if np.count_nonzero(round_half_even(known, decimals) == known) >= _MOST * known.size:
            return decimals
    return _MAX_DECIMALS


def digit_preference(values: npt.NDArray[np.floating], decimals: int | None = None) -> DigitPreference:
    """Test whether the last digits of measured figures are even, at the column's resolution.

    ``decimals``: the resolution if it is known, else see ``used_decimals``; figures written finer are left out. So
    are zeros (nothing found is no reading) and the lowest figure where more than 5 % of the readings share it (the
    limit of detection). Meant for measured amounts, not for counts of a few.
    Source: J. E. Mosimann, C. V. Wiseman and R. E. Edelman, Accountability in Research 4 (1995) 31-55.
    """
    known = _known(values)
    known = known[known != 0]
    places = used_decimals(known) if decimals is None else decimals
    known = _readings(known[round_half_even(known, places) == known])
    steps = np.abs(round_half_even(known * 10.0**places, 0))
    counts = np.bincount((steps % 10).astype(np.int64), minlength=10)
    n = int(known.size)
    statistic = float(((counts - n / 10) ** 2).sum() / (n / 10)) if n else math.nan
    p_value = float(special.chdtrc(9, statistic)) if _applies(steps) else math.nan
    digit = int(counts.argmax())
    share = float(counts[digit] / n) if n else math.nan
    return DigitPreference(
        statistic, p_value, n, digit, share, tuple(counts.tolist()), places, _words(n, digit, share, p_value)
    )


def _readings(known: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Leave out the lowest figure if it stands for "below the limit of detection"."""
    if known.size == 0:
        return known
    lowest = known == known.min()
    return known[~lowest] if np.count_nonzero(lowest) > _LIMIT_SHARE * known.size else known


def _known(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    given = np.asarray(values, dtype=np.float64).ravel()
    return given[np.isfinite(given)]


def _applies(steps: npt.NDArray[np.float64]) -> bool:
    if steps.size < NEEDS_FIGURES:
        return False
    low, high = np.quantile(steps, [0.1, 0.9])
    return bool(high - low >= NEEDS_STEPS)


def _words(n: int, digit: int, share: float, p_value: float) -> Text:
    if math.isnan(p_value):
        return Text(f"{n}个数值不足以检验末位数字", f"{n} figures do not allow a test of last digits")
    return Text(
        f"{n}个数值中末位数字为{digit}的占{share:.1%}（均匀时约10%），p={p_value:.2g}",
        f"{share:.1%} of {n} figures end in {digit} (about 10% would be even), p={p_value:.2g}",
    )
