"""The percentile of HJ 663 is R's quantile of type 7.

HJ 663 的百分位数就是 R 的第 7 类分位数。
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from qualicity.errors import Text
from qualicity.methods.air import percentile_hj663

TITLE = Text(zh="日均值的百分位数", en="Percentiles of daily values")


@pytest.mark.shared
def test_percentiles_of_daily_pm25_equal_those_of_r(shared: Path) -> None:
    """Six percentiles of 1157 daily PM2.5 values in Zhengzhou, to 1e-10.

    郑州 1157 个 PM2.5 日均值的六个百分位数，误差在 1e-10 以内。
    """
    with (shared / "data/01_air/zhengzhou_daily_2013-12_2017-01.csv").open(encoding="utf-8-sig") as lines:
        values = np.array([float(row[5]) for row in csv.reader(lines)])
    with (shared / "data/14_stats_refs/ref_quantiles_zhengzhou_pm25.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            p = float(row["p"].rstrip("%")) / 100
            assert percentile_hj663(values, p) == pytest.approx(float(row["type7"]), abs=1e-10)
