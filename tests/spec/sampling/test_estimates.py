"""The pass rate from a draw by risk: unbiased with the chances of the draw, and badly wrong without them.

按风险抽取后的合格率：按抽中概率加权则无偏，不加权则严重偏低。
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from qualicity.errors import Text
from qualicity.methods.drawing import Unit, digest_of, simulate_draws, weighted
from qualicity.methods.sample_size import allocate_proportional
from qualicity.methods.survey import Design, mean, share, total

TITLE = Text(zh="按风险抽取时的合格率估计", en="The pass rate of a draw by risk")


def _number(*words: str) -> float:
    """Return a number between 0 and 1 that is the same on every machine."""
    return int(digest_of("city", *words)[:13], 16) / 16**13


def _city(size: int) -> tuple[list[Unit], dict[str, bool]]:
    """Return a frame of four districts whose scores know something of who would fail, and who would pass."""
    units, passes = [], {}
    for place in range(size):
        key = f"MOCK{place:05d}"
        district = "AAAAABBBCD"[place % 10]
        risk = min(0.9, 0.25 * _number("risk", key) ** 4 + {"A": 0.02, "B": 0.04, "C": 0.08, "D": 0.15}[district])
        units.append(Unit(key, district, risk * (0.5 + _number("noise", key))))
        passes[key] = _number("result", key) >= risk
    return units, passes


def test_three_shops_by_hand() -> None:
    """Two big shops with chance 1/2 and one small with 1/10: passes at one big and the small shop stand for 12 of 14.

    抽中三家：两家大店概率各二分之一，一家小店概率十分之一；大店一家合格、一家不合格，小店合格，
    则合格率为 (2 + 10) ÷ (2 + 2 + 10) = 85.7%，而不是三分之二。
    """
    chances = np.array([0.5, 0.5, 0.1])
    found = share(np.array([1.0, 0.0, 1.0]), Design(1 / chances, chances=chances))
    assert found.value == pytest.approx(12 / 14)
    assert 0 <= found.low < found.value < found.high <= 1


def test_equal_chances_give_the_finite_population_correction() -> None:
    """Four of twenty, drawn with equal chances: the variance is (1 - f)·s²/n, as for a simple random sample.

    二十个中等概率抽四个：方差就是简单随机抽样的 (1 − f)·s²/n。
    """
    values = np.array([3.0, 5.0, 8.0, 4.0])
    weights, chances = np.full(4, 5.0), np.full(4, 0.2)
    assert mean(values, Design(weights, chances=chances)).se ** 2 == pytest.approx(0.8 * values.var(ddof=1) / 4)
    assert mean(values, Design(weights, population=np.full(4, 20.0))).se ** 2 == pytest.approx(
        0.8 * values.var(ddof=1) / 4
    )


@pytest.mark.shared
def test_with_chances_the_stratified_estimates_of_r_come_out_again(shared: Path) -> None:
    """R's school sample, its weights read as chances: totals, means and standard errors as in R, to 1e-6.

    R 程序包 survey 的学校分层样本，把权数的倒数当作抽中概率：总量、均值和标准误与 R 相符（1e-6）。
    """
    folder = shared / "data/14_stats_refs"
    with (folder / "input_survey_apistrat.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    weights = np.array([float(row["pw"]) for row in rows])
    design = Design(weights, strata=np.array([row["stype"] for row in rows]), chances=1 / weights)
    with (folder / "ref_survey_design_estimates.csv").open(encoding="utf-8") as lines:
        expected = {row["stat"]: row for row in csv.DictReader(lines) if row["design"] == "apistrat"}
    for statistic, found in (
        ("total_enroll", total(np.array([float(row["enroll"]) for row in rows]), design)),
        ("mean_api00", mean(np.array([float(row["api00"]) for row in rows]), design)),
    ):
        assert found.value == pytest.approx(float(expected[statistic]["est"]), rel=1e-9)
        assert found.se == pytest.approx(float(expected[statistic]["se"]), rel=1e-6)


def test_the_total_of_a_draw_by_weight_is_unbiased_and_knows_its_error() -> None:
    """Three of eight units over 3 000 seeds: the mean of the estimates is the total, their spread is what was said.

    八个对象按权重抽三个，重复 3000 次：总量估计的均值等于真值，估计的离散程度与所报标准误一致。
    """
    values = {f"k{place}": float(place + 1 + 3 * (place % 2)) for place in range(8)}
    units = [Unit(key, "", value + 2.0) for key, value in values.items()]
    found = []
    for seed in range(3000):
        drawn = weighted(units, {"": 3}, seed).drawn
        chances = np.array([one.chance for one in drawn])
        found.append(total(np.array([values[one.key] for one in drawn]), Design(1 / chances, chances=chances)))
    estimates = np.array([one.value for one in found])
    assert abs(estimates.mean() - sum(values.values())) < 4 * estimates.std() / 3000**0.5
    said = np.mean([one.se**2 for one in found])
    assert said == pytest.approx(estimates.var(), rel=0.15)


def test_bias_and_coverage_of_plain_stratified_and_risk_weighted_draws() -> None:
    """300 draws of 150 out of 900: all three keep the pass rate unbiased and their intervals hold it in 93 % or more.

    The draw by risk finds half as many failing units again; counted without its chances it is wrong by more than four
    points, and its interval misses the truth more often than not.

    900 家中抽 150 家，重复 300 次：简单随机、分层、按风险三种抽法的合格率都无偏，95% 区间的实际覆盖率不低于 93%；
    按风险抽取多发现一半以上的不合格；但若不按概率加权，合格率偏低四个百分点以上，区间多半不含真值。
    """
    units, passes = _city(900)
    held = {district: sum(unit.stratum == district for unit in units) for district in "ABCD"}
    sizes = allocate_proportional(150, held, minimum=10)
    trials = {one.way: one for one in simulate_draws(units, passes, sizes, range(300))}
    for way in ("plain", "stratified", "by_risk"):
        assert abs(trials[way].bias) < 4 * trials[way].bias_se
        assert trials[way].coverage >= 0.93
    assert trials["by_risk"].found > 1.4 * trials["plain"].found
    assert trials["by_risk_unweighted"].bias < -0.04
    assert trials["by_risk_unweighted"].coverage < 0.5
