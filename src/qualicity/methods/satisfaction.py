"""The customer satisfaction index: from the answers of respondents to 0..100, with its interval and its method."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualicity.errors import Text

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SatisfactionIndex:
    """An index between 0 and 100; ``n`` respondents counted, ``incomplete`` left out, and how it was computed.

    The method stands with the figure because the usual methods differ: a mean answer of 8 on a scale of 1 to 10 is
    77.8 by the index, and 80 by plain multiplication.
    """

    value: float
    low: float
    high: float
    se: float
    n: int
    incomplete: int
    method: Text


def respondent_scores(
    answers: npt.NDArray[np.floating],
    item_weights: npt.NDArray[np.floating] | None = None,
    scale: tuple[float, float] = (1.0, 10.0),
) -> Floats:
    """Return the score 0..100 of each respondent: the weighted mean of the answers, stretched over the scale.

    ``answers``: respondents by questions (a single column may be flat). A respondent who left a question out, or
    gave an answer off the scale, has no score (NaN). Equal weights by default.
    Source: GB/T 19039-2009, index formula.
    """
    given = np.asarray(answers, dtype=np.float64)
    given = given.reshape(given.shape[0], -1)
    weights = np.ones(given.shape[1]) if item_weights is None else np.asarray(item_weights, dtype=np.float64)
    assert weights.shape == (given.shape[1],), "one weight for each question"
    assert (weights >= 0).all(), "weights are not negative"
    assert weights.sum() > 0, "some question counts"
    lowest, highest = scale
    usable = np.where((given >= lowest) & (given <= highest), given, np.nan)
    return np.asarray((usable @ weights / weights.sum() - lowest) / (highest - lowest) * 100.0, dtype=np.float64)


def satisfaction_index(
    answers: npt.NDArray[np.floating],
    *,
    item_weights: npt.NDArray[np.floating] | None = None,
    respondent_weights: npt.NDArray[np.floating] | None = None,
    scale: tuple[float, float] = (1.0, 10.0),
    confidence: float = 0.95,
) -> SatisfactionIndex:
    """Return the index (Σ w·ȳ - Σ w·min) / (Σ w·(max - min)) × 100 of all complete respondents.

    ``item_weights`` weigh the questions (from the model or fixed), ``respondent_weights`` make the sample speak for
    the population. The interval is Student's, around the weighted mean, with the variance by linearisation.
    Source: GB/T 19038-2009; GB/T 19039-2009.
    """
    scores = respondent_scores(answers, item_weights, scale)
    weights = np.ones(scores.size) if respondent_weights is None else np.asarray(respondent_weights, dtype=np.float64)
    assert weights.shape == scores.shape, "one weight for each respondent"
    known = ~np.isnan(scores) & (weights > 0)
    value, se = _weighted_mean(scores[known], weights[known])
    n = int(known.sum())
    # Student's quantile is not defined without a degree of freedom.
    reach = se * float(special.stdtrit(n - 1, 0.5 + confidence / 2.0)) if n > 1 else math.nan
    low, high = max(0.0, value - reach), min(100.0, value + reach)
    if math.isnan(reach):
        low = high = math.nan
    return SatisfactionIndex(value, low, high, se, n, int(scores.size - n), _method(scale, respondent_weights))


def satisfaction_band(value: float) -> Text:
    """Return the word for an index: from 90, 80, 70 and 60 upward; below 60 dissatisfied."""
    for edge, word in _BANDS:
        if value >= edge:
            return word
    return Text("不满意", "dissatisfied")


_BANDS = (
    (90.0, Text("非常满意", "very satisfied")),
    (80.0, Text("满意", "satisfied")),
    (70.0, Text("比较满意", "fairly satisfied")),
    (60.0, Text("一般", "so-so")),
)


def _method(scale: tuple[float, float], weights: object) -> Text:
    zh = f"满意度指数（{scale[0]:g}–{scale[1]:g}分量表折算为0–100" + ("，加权）" if weights is not None else "）")
    en = f"satisfaction index, answers of {scale[0]:g} to {scale[1]:g} stretched to 0..100"
    return Text(zh, en + (", weighted" if weights is not None else ""))


def _weighted_mean(scores: Floats, weights: Floats) -> tuple[float, float]:
    """Return the mean and its standard error by linearisation; NaN where it cannot be known."""
    if scores.size == 0:
        return math.nan, math.nan
    total = float(weights.sum())
    mean = float(weights @ scores / total)
    if scores.size == 1:
        return mean, math.nan
    residuals = weights * (scores - mean) / total
    return mean, math.sqrt(scores.size / (scores.size - 1) * float(residuals @ residuals))
