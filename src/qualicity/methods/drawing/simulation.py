"""What a way of drawing does to the pass rate: many draws from a frame whose true pass rate is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualicity.methods.drawing.draws import Draw, Unit, simple, stratified, weighted
from qualicity.methods.intervals import proportion
from qualicity.methods.survey import Design, SurveyEstimate, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Trial:
    """How one way of drawing fared: shares between 0 and 1, over ``draws`` draws of ``n`` units.

    ``bias``: mean of the estimates less the truth, with ``bias_se`` its standard error. ``rmse``: root mean squared
    error. ``coverage``: how often the interval held the truth. ``width``: mean length of the interval. ``found``:
    mean number of failing units in a draw.
    """

    way: str
    n: int
    draws: int
    truth: float
    bias: float
    bias_se: float
    rmse: float
    coverage: float
    width: float
    found: float


def simulate_draws(
    units: Sequence[Unit], passes: Mapping[str, bool], sizes: Mapping[str, int], seeds: Iterable[int | str]
) -> tuple[Trial, ...]:
    """Return the trials ``plain``, ``stratified``, ``by_risk`` and ``by_risk_unweighted`` with the same seeds.

    ``passes``: whether each unit would pass; ``sizes``: how many to draw in each stratum (their sum for the plain
    draw). The last way takes the draws by risk and counts each result once, as if chances had been equal; the others
    use ``survey.share`` with the chances of the draw.
    """
    n, seeds = sum(sizes.values()), list(seeds)
    held: dict[str, float] = {}
    for unit in units:
        held[unit.stratum] = held.get(unit.stratum, 0.0) + 1.0
    keys = [unit.key for unit in units]
    truth = sum(passes[key] for key in keys) / len(keys)

    def results(draw: Draw) -> npt.NDArray[np.float64]:
        return np.array([passes[one.key] for one in draw.drawn], dtype=np.float64)

    def whole(draw: Draw) -> SurveyEstimate:
        weights = np.array([one.weight for one in draw.drawn])
        return share(results(draw), Design(weights, population=np.full(n, float(len(keys)))))

    def by_strata(draw: Draw) -> SurveyEstimate:
        weights = np.array([one.weight for one in draw.drawn])
        strata = np.array([one.stratum for one in draw.drawn])
        population = np.array([held[one.stratum] for one in draw.drawn])
        return share(results(draw), Design(weights, strata=strata, population=population))

    def by_chances(draw: Draw) -> SurveyEstimate:
        chances = np.array([one.chance for one in draw.drawn])
        strata = np.array([one.stratum for one in draw.drawn])
        return share(results(draw), Design(1.0 / chances, strata=strata, chances=chances))

    def counted(draw: Draw) -> SurveyEstimate:
        passed = float(results(draw).sum())
        ends = proportion(passed, n)
        return SurveyEstimate(passed / n, math.nan, ends.low, ends.high, n)

    plain = [simple(keys, n, seed) for seed in seeds]
    in_strata = [stratified(units, sizes, seed) for seed in seeds]
    by_risk = [weighted(units, sizes, seed) for seed in seeds]
    ways: tuple[tuple[str, list[Draw], Callable[[Draw], SurveyEstimate]], ...] = (
        ("plain", plain, whole),
        ("stratified", in_strata, by_strata),
        ("by_risk", by_risk, by_chances),
        ("by_risk_unweighted", by_risk, counted),
    )
    return tuple(_trial(way, draws, estimate, truth, results) for way, draws, estimate in ways)


def _trial(
    way: str,
    draws: list[Draw],
    estimate: Callable[[Draw], SurveyEstimate],
    truth: float,
    results: Callable[[Draw], npt.NDArray[np.float64]],
) -> Trial:
    found = [estimate(draw) for draw in draws]
    errors = np.array([one.value for one in found]) - truth
    return Trial(
        way=way,
        n=found[0].n,
        draws=len(draws),
        truth=truth,
        bias=float(errors.mean()),
        bias_se=float(errors.std(ddof=1) / math.sqrt(errors.size)),
        rmse=float(np.sqrt((errors**2).mean())),
        coverage=float(np.mean([one.low <= truth <= one.high for one in found])),
        width=float(np.mean([one.high - one.low for one in found])),
        found=float(np.mean([one.n - results(draw).sum() for one, draw in zip(found, draws, strict=True)])),
    )
