"""Intervals of shares and rates, against figures published by R's Hmisc and epitools.

合格率与发生率的置信区间，与 R 程序包 Hmisc、epitools 公布的结果对照。
"""

import csv
import math
from pathlib import Path

import pytest
from scipy import stats

from qualicity.errors import Text
from qualicity.methods.intervals import (
    Interval,
    at_least_p_value,
    clopper_pearson,
    poisson_byar,
    poisson_exact,
    wilson,
)

TITLE = Text(zh="合格率与发生率的置信区间", en="Intervals of pass rates and event rates")


def _rows(path: Path) -> list[dict[str, float]]:
    with path.open(encoding="utf-8") as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def _same(interval: Interval, low: float, high: float) -> bool:
    return interval.low == pytest.approx(low, abs=1e-10) and interval.high == pytest.approx(high, abs=1e-10)


def test_48_passes_of_50_leave_a_target_of_96_percent_open() -> None:
    """48 passes of 50 samples are 96 %, but the interval runs from 86.3 % to 99.5 %.

    50 个样合格 48 个为 96%，但区间为 86.3% 至 99.5%。
    """
    assert _same(clopper_pearson(48, 50), 0.862862374396033, 0.995118566573836)


def test_960_passes_of_1000_are_known_to_a_percent_or_so() -> None:
    """960 passes of 1000 samples are 96 % with Wilson's interval from 94.6 % to 97.0 %.

    1000 个样合格 960 个同为 96%，Wilson 区间为 94.6% 至 97.0%。
    """
    assert _same(wilson(960, 1000), 0.945990355878742, 0.970489026314547)


def test_no_event_in_ten_thousand_is_not_no_risk() -> None:
    """No event among 10 000 still allows a rate of up to 3.7 in 10 000.

    一万中没有发生一例，发生率仍可能高达万分之 3.7。
    """
    assert _same(poisson_exact(0, 10000), 0.0, -math.log(0.025) / 10000)


def test_five_events_have_a_wide_interval() -> None:
    """Five events among 10 000 give a rate between 1.6 and 11.7 in 10 000 (Byar: 1.9 to 11.0).

    一万中发生五例，发生率在万分之 1.6 至 11.7 之间（Byar 法：1.9 至 11.0）。
    """
    assert poisson_exact(5, 1).low == pytest.approx(1.6235, abs=1e-4)
    assert poisson_exact(5, 1).high == pytest.approx(11.6683, abs=1e-4)
    assert _same(poisson_byar(5, 10000), 0.000189638763044309, 0.00109595587506604)


@pytest.mark.shared
def test_every_row_of_hmisc_binconf_is_reproduced(shared: Path) -> None:
    """All 21 rows of Hmisc: exact, Wilson (its adjusted ends at 1 and n - 1 on request) and the exact test.

    Hmisc 全部 21 行一致：精确区间、Wilson 区间（可选其对 1 和 n−1 的端点调整）和精确检验。
    """
    rows = _rows(shared / "data/14_stats_refs/ref_proportion_ci_hmisc_binconf.csv")
    assert len(rows) == 21
    for row in rows:
        k, n = row["x"], row["n"]
        assert _same(clopper_pearson(k, n), row["exact_lo"], row["exact_hi"])
        assert _same(wilson(k, n, adjust_extremes=True), row["wilson_lo"], row["wilson_hi"])
        assert at_least_p_value(k, n, 0.96) == pytest.approx(row["p_ge_0.96_onesided_exact"], abs=1e-10)
        if 1 < k < n - 1:
            assert _same(wilson(k, n), row["wilson_lo"], row["wilson_hi"])


@pytest.mark.shared
def test_every_row_of_epitools_is_reproduced(shared: Path) -> None:
    """All ten rates of epitools: Byar's to 1e-10 (a lower end below nothing is nothing), exact to 1e-4 events.

    The exact ends of epitools come from a root finder that stops early: its lower end for one event is 0.02529
    where the definition gives -ln(0.975) = 0.02532. Ours are held to the definition in the next test.

    epitools 全部十个发生率一致：Byar 法误差 1e-10 以内（下限小于零按零计），精确法误差 1e-4 例以内。epitools 的
    精确端点由提前停止的求根程序得出，本系统按定义计算，由下一个测试验证。
    """
    rows = _rows(shared / "data/14_stats_refs/ref_poisson_ci_epitools.csv")
    assert len(rows) == 10
    for row in rows:
        exact = poisson_exact(row["x"], row["pt"])
        assert exact.low * row["pt"] == pytest.approx(row["exact_lo"] * row["pt"], abs=1e-4)
        assert exact.high * row["pt"] == pytest.approx(row["exact_hi"] * row["pt"], abs=1e-4)
        assert _same(poisson_byar(row["x"], row["pt"]), max(0.0, row["byar_lo"]), row["byar_hi"])


def test_the_exact_ends_leave_two_and_a_half_percent_on_each_side() -> None:
    """At the lower end as many events or more, and at the upper end as few or fewer, have a chance of 2.5 %.

    在下限处发生数不少于观察值的概率、在上限处不多于观察值的概率都是 2.5%。
    """
    for count in (1, 2, 3, 5, 8, 10, 20, 50, 100):
        interval = poisson_exact(count, 1)
        assert stats.poisson.sf(count - 1, interval.low) == pytest.approx(0.025, abs=1e-12)
        assert stats.poisson.cdf(count, interval.high) == pytest.approx(0.025, abs=1e-12)
