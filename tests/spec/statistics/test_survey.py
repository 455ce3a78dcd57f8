"""Estimates from designed samples, against R's survey package on its own stratified and clustered school samples.

按抽样设计推算总体，与 R 程序包 survey 自带的学校分层样本和整群样本对照。
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from qualicity.errors import Text
from qualicity.methods.survey import Design, SurveyEstimate, mean, ratio, total

TITLE = Text(zh="按抽样设计推算总体", en="Estimates for a population from a designed sample")


def _columns(path: Path) -> dict[str, np.ndarray]:
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    texts = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    numbers = {name: texts[name].astype(float) for name in ("enroll", "api00", "api99", "pw", "fpc")}
    return texts | numbers


def _design(columns: dict[str, np.ndarray], name: str) -> Design:
    if name == "apistrat":
        return Design(columns["pw"], strata=columns["stype"], population=columns["fpc"])
    return Design(columns["pw"], clusters=columns["dnum"], population=columns["fpc"])


def _found(columns: dict[str, np.ndarray], design: Design, statistic: str) -> SurveyEstimate:
    match statistic:
        case "total_enroll":
            return total(columns["enroll"], design)
        case "mean_api00":
            return mean(columns["api00"], design)
        case "total_awards_Yes":
            return total((columns["awards"] == "Yes").astype(float), design)
        case _:
            return ratio(columns["api00"], columns["api99"], design)


def test_two_strata_are_estimated_apart_and_added() -> None:
    """Four shops of 40 and two markets of 4: the total of defects is 10 x 6 + 2 x 5 = 70.

    商店抽 4 家代表 40 家、市场抽 2 家代表 4 家，缺陷总数为 10×6 + 2×5 = 70。
    """
    design = Design(
        np.array([10.0, 10.0, 10.0, 10.0, 2.0, 2.0]),
        strata=np.array(["shop"] * 4 + ["market"] * 2),
        population=np.array([40.0] * 4 + [4.0] * 2),
    )
    estimate = total(np.array([0.0, 2.0, 1.0, 3.0, 4.0, 1.0]), design)
    assert estimate.value == 70.0
    # 40 x 36 / 4 x s² of the shops (5/3) and 4 x 2 / 2 x s² of the markets (4.5)
    assert estimate.se**2 == pytest.approx(40 * 36 / 4 * 5 / 3 + 4 * 2 / 2 * 4.5)


@pytest.mark.shared
def test_every_estimate_of_the_survey_package_is_reproduced(shared: Path) -> None:
    """Totals, means and ratios of both samples: estimate, standard error, variation and design effect to 1e-10.

    两个样本的总量、均值和比率：估计值、标准误、变异系数和设计效应，误差在 1e-10 以内。
    """
    folder = shared / "data/14_stats_refs"
    with (folder / "ref_survey_design_estimates.csv").open(encoding="utf-8") as lines:
        expected = list(csv.DictReader(lines))
    assert len(expected) == 8
    for row in expected:
        columns = _columns(folder / f"input_survey_{row['design']}.csv")
        estimate = _found(columns, _design(columns, row["design"]), row["stat"])
        assert estimate.value == pytest.approx(float(row["est"]), rel=1e-10)
        assert estimate.se == pytest.approx(float(row["se"]), rel=1e-10)
        assert estimate.cv == pytest.approx(float(row["cv"]), rel=1e-10)
        if row["deff"] != "NA":
            assert estimate.deff == pytest.approx(float(row["deff"]), rel=1e-10)


@pytest.mark.shared
def test_totals_of_domains_keep_the_whole_design(shared: Path) -> None:
    """A domain is a total with zeros outside it: enrolment by type of school, to 1e-10.

    子域总量就是域外取零的总量：按学校类型的在校生数，误差在 1e-10 以内。
    """
    folder = shared / "data/14_stats_refs"
    with (folder / "ref_survey_domain_totals.csv").open(encoding="utf-8") as lines:
        expected = list(csv.DictReader(lines))
    columns = _columns(folder / "input_survey_apistrat.csv")
    for row in expected:
        inside = np.where(columns["stype"] == row["stype"], columns["enroll"], 0.0)
        estimate = total(inside, _design(columns, "apistrat"))
        assert estimate.value == pytest.approx(float(row["enroll"]), rel=1e-10)
        assert estimate.se == pytest.approx(float(row["se"]), rel=1e-10)
