"""Control charts and capability, against R's qcc on its published examples.

控制图与过程能力，与 R 程序包 qcc 的公开算例对照。
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from qualicity.errors import Text
from qualicity.methods.capability import capability
from qualicity.methods.control_charts import (
    ControlLimits,
    cusum,
    deviation_limits,
    ewma,
    individual_limits,
    mean_limits,
    p_limits,
    range_limits,
    signals,
    u_limits,
)

TITLE = Text(zh="控制图与过程能力", en="Control charts and capability")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _rings(folder: Path) -> np.ndarray:
    return np.array([float(row["diameter"]) for row in _rows(folder / "input_qcc_pistonrings.csv")]).reshape(-1, 5)


def _counts(path: Path, *names: str, trial: bool = True) -> list[np.ndarray]:
    rows = [row for row in _rows(path) if not trial or row["trial"] == "TRUE"]
    return [np.array([float(row[name]) for row in rows]) for name in names]


def test_a_run_on_one_side_is_a_signal_without_any_point_beyond() -> None:
    """Nine weeks in a row above the mean say that something changed, though no week is beyond the limits.

    连续九周高于平均值，虽然没有一周超出控制限，也说明情况有变。
    """
    limits = ControlLimits(10.0, 1.0, np.full(12, 7.0), np.full(12, 13.0))
    found = signals(np.array([9, 10, 9, 11, 11, 11, 11, 11, 11, 11, 11, 11]), limits)
    assert found.beyond.tolist() == []
    assert found.runs.tolist() == [11]


def test_single_values_get_limits_from_their_moving_ranges() -> None:
    """Values 10, 12, 11, 13 have a mean moving range of 5/3, which over 1.128 is the standard deviation.

    数值 10、12、11、13 的平均移动极差为 5/3，除以 1.128 得标准差。
    """
    limits = individual_limits(np.array([10.0, 12.0, 11.0, 13.0]))
    assert limits.center == 11.5
    assert limits.sigma == pytest.approx(5 / 3 / 1.128)


@pytest.mark.shared
def test_limits_of_every_chart_are_reproduced(shared: Path) -> None:
    """Means, ranges, deviations, shares and counts: centre, deviation, limits and points beyond of qcc.

    均值、极差、标准差、比率和计数各图的中心线、标准差、控制限和超限点与 qcc 一致。
    """
    folder = shared / "data/14_stats_refs"
    expected = {row["chart"]: row for row in _rows(folder / "ref_qcc_limits.csv")}
    trial = _rings(folder)[:25]
    defective, sizes = _counts(folder / "input_qcc_orangejuice.csv", "D", "size")
    circuit, boards = _counts(folder / "input_qcc_circuit.csv", "x", "size")
    cloth, area = _counts(folder / "input_qcc_dyedcloth.csv", "x", "size", trial=False)
    computers, group = _counts(folder / "input_qcc_pcmanufact.csv", "x", "size", trial=False)
    charts = {
        "pistonrings_xbar_1_25": (mean_limits(trial), trial.mean(axis=1)),
        "pistonrings_R_1_25": (range_limits(trial), np.ptp(trial, axis=1)),
        "pistonrings_S_1_25": (deviation_limits(trial), trial.std(axis=1, ddof=1)),
        "orangejuice_p_trial": (p_limits(defective, sizes), defective / sizes),
        "circuit_c_trial": (u_limits(circuit, np.ones(circuit.size)), circuit),
        "circuit_u_trial": (u_limits(circuit, boards), circuit / boards),
        "dyedcloth_u": (u_limits(cloth, area), cloth / area),
        "pcmanufact_u": (u_limits(computers, group), computers / group),
    }
    for name, (limits, points) in charts.items():
        row = expected[name]
        # The range has a deviation of 0.8641 by the tables of the standard and 0.86409 in qcc.
        close = 1e-6 if "_R_" in name else 1e-12
        assert limits.center == pytest.approx(float(row["center"]), rel=1e-12)
        assert [limits.lower[0], limits.upper[0]] == pytest.approx([float(row["lcl"]), float(row["ucl"])], abs=close)
        beyond = {int(place) - 1 for place in row["beyond"].split()}
        assert set(signals(points, limits).beyond.tolist()) == beyond, name


@pytest.mark.shared
def test_later_samples_are_held_against_the_limits_of_the_trial(shared: Path) -> None:
    """Of the samples 26 to 40, three lie beyond the limits of 1 to 25, and a run of seven ends at sample 40.

    以第 1 至 25 组的控制限衡量第 26 至 40 组，有三组超限，且到第 40 组出现连续七点的链。
    """
    rings = _rings(shared / "data/14_stats_refs")
    trial = mean_limits(rings[:25])
    limits = ControlLimits(trial.center, trial.sigma, np.full(40, trial.lower[0]), np.full(40, trial.upper[0]))
    found = signals(rings.mean(axis=1), limits, run_length=7)
    assert (found.beyond + 1).tolist() == [37, 38, 39]
    assert (found.runs + 1).tolist() == [40]


@pytest.mark.shared
def test_sums_and_moving_averages_of_forty_samples_are_reproduced(shared: Path) -> None:
    """The cumulative sums and the moving averages of forty samples, with their limits, to 1e-9.

    四十组样本的累积和、移动平均及其控制限，误差在 1e-9 以内。
    """
    folder = shared / "data/14_stats_refs"
    means, trial = _rings(folder).mean(axis=1), mean_limits(_rings(folder)[:25])
    error = trial.sigma / np.sqrt(5)
    upper, lower = cusum((means - trial.center) / error)
    sums = _rows(folder / "ref_qcc_cusum_pistonrings.csv")
    assert upper == pytest.approx([float(row["pos"]) for row in sums], abs=1e-9)
    assert lower == pytest.approx([float(row["neg"]) for row in sums], abs=1e-9)
    smoothed, limits = ewma(means, center=trial.center, standard_error=error)
    averages = _rows(folder / "ref_qcc_ewma_pistonrings.csv")
    assert smoothed == pytest.approx([float(row["y"]) for row in averages], abs=1e-9)
    assert limits.lower == pytest.approx([float(row["lcl"]) for row in averages], abs=1e-9)
    assert limits.upper == pytest.approx([float(row["ucl"]) for row in averages], abs=1e-9)


@pytest.mark.shared
def test_the_capability_of_the_trial_is_reproduced(shared: Path) -> None:
    """Five indices of capability between 73.95 and 74.05 mm, with their intervals, to 1e-9.

    规格 73.95 至 74.05 mm 下的五个过程能力指数及其区间，误差在 1e-9 以内。
    """
    folder = shared / "data/14_stats_refs"
    trial = mean_limits(_rings(folder)[:25])
    found = capability(center=trial.center, sigma=trial.sigma, n=125, lower=73.95, upper=74.05)
    ours = {"Cp": found.cp, "Cp_l": found.cpl, "Cp_u": found.cpu, "Cp_k": found.cpk, "Cpm": found.cpm}
    for row in _rows(folder / "ref_qcc_capability.csv"):
        index = ours[row["index"]]
        values = [index.value, index.interval.low, index.interval.high]
        assert values == pytest.approx([float(row[name]) for name in ("Value", "X2.5.", "X97.5.")], abs=1e-9)
