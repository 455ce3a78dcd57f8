"""Two models of risk: a plain one that can be read line by line, and a rival that shows what the plain one misses."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special
from threadpoolctl import threadpool_limits

from qualicity.errors import NotPossibleError

Floats = npt.NDArray[np.float64]

#: Strengths of the penalty that are tried, from strong to weak (the inverse, as scikit-learn has it).
PENALTIES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class PlainModel:
    """A logistic regression: log-odds of failure = ``base`` + Σ coefficient · (value - centre) / scale.

    ``base`` is the log-odds of a check that is average in everything. ``centre`` and ``scale``: mean and spread of
    each column where the model was fitted. All numbers are kept to six digits: what is published is the model.
    """

    names: tuple[str, ...]
    centre: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    base: float
    penalty: float

    def parts(self, values: Floats) -> Floats:
        """Return what each column adds to the log-odds of each row, against an average check."""
        steps = (values - np.array(self.centre)) / np.array(self.scale)
        return np.asarray(steps * np.array(self.coefficients), dtype=np.float64)

    def scores(self, values: Floats) -> Floats:
        """Return the chance of failure of each row, between 0 and 1. ``values``: rows by columns as in ``names``."""
        return np.asarray(special.expit(self.base + self.parts(values).sum(axis=1)))


def fit_plain(names: tuple[str, ...], values: Floats, failed: Floats, flags: npt.NDArray[np.bool_]) -> PlainModel:
    """Return the logistic regression with the quadratic penalty that best foretells the last quarter of the rows.

    ``values``: rows by columns in the order of time; ``failed``: 1 or 0; ``flags``: which columns are 0 or 1 (their
    scale stays 1, so that a rare one is held back more). The penalty is chosen by the log-loss on the last quarter of
    a model of the first three, then the model is fitted to all.
    Source: A. E. Hoerl and R. W. Kennard, Technometrics 12 (1970) 55-67; S. le Cessie and J. C. van Houwelingen,
    Applied Statistics 41 (1992) 191-201.
    """
    _check_both(failed)
    centre = values.mean(axis=0)
    spread = values.std(axis=0)
    scale = np.where(flags | (spread < 1e-12), 1.0, spread)
    ready = (values - centre) / scale
    cut = values.shape[0] * 3 // 4
    penalty = _best_penalty(ready[:cut], failed[:cut], ready[cut:], failed[cut:])
    coefficients, base = _fitted(ready, failed, penalty)
    return PlainModel(
        names, _rounded(centre), _rounded(scale), _rounded(coefficients), _rounded(np.array([base]))[0], penalty
    )


def rival_scores(values: Floats, failed: Floats, others: Floats, seed: int) -> Floats:
    """Return the chances of failure that boosted trees, fitted to ``values`` and ``failed``, give to ``others``.

    Small trees with a slow rate; the same seed gives the same scores. Source: J. H. Friedman, Annals of Statistics 29
    (2001) 1189-1232; scikit-learn's ``HistGradientBoostingClassifier``.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415 -- heavy, and only where a model is made

    _check_both(failed)
    model = HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=150, max_depth=3, min_samples_leaf=40, l2_regularization=1.0,
        early_stopping=False, random_state=seed,
    )  # fmt: skip
    with threadpool_limits(limits=1):  # where the machine is busy, threads that wait for each other take far longer
        return np.asarray(model.fit(values, failed).predict_proba(others)[:, 1], dtype=np.float64)


def _best_penalty(values: Floats, failed: Floats, later: Floats, results: Floats) -> float:
    if not 0 < failed.sum() < failed.size:
        return PENALTIES[0]

    def loss(penalty: float) -> float:
        coefficients, base = _fitted(values, failed, penalty)
        odds = later @ coefficients + base
        return float(np.mean(np.logaddexp(0.0, odds) - odds * results))

    return min(PENALTIES, key=loss)


def _fitted(values: Floats, failed: Floats, penalty: float) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 -- heavy, and only where a model is made

    model = LogisticRegression(C=penalty, max_iter=2000, tol=1e-8)
    with warnings.catch_warnings(), threadpool_limits(limits=1):
        warnings.simplefilter("error")  # a fit that did not settle is no model
        model.fit(values, failed)
    return np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0])


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(float(f"{value:.{_DIGITS}g}") for value in values.tolist())


def _check_both(failed: Floats) -> None:
    if not 0 < failed.sum() < failed.size:
        raise NotPossibleError(
            "既要有合格也要有不合格的结果，才能训练模型。",
            "A model can only be fitted where some checks passed and some failed.",
        )
