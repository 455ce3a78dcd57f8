"""Direct standardisation, against R's epitools on births by order and age of the mother.

直接标准化，与 R 程序包 epitools 按胎次和母亲年龄的算例对照。
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from qualicity.errors import Text
from qualicity.methods.standardisation import direct_standardisation

TITLE = Text(zh="直接标准化率", en="Directly standardised rates")


def test_two_towns_with_the_same_rates_differ_only_crudely() -> None:
    """Where old people fall ten times as often as young ones, the older town looks worse until it is standardised.

    老人跌倒率为青年的十倍时，老龄化的镇粗率更高，标准化以后两镇相同。
    """
    standard = np.array([500.0, 500.0])
    young = direct_standardisation(np.array([9, 10]), np.array([900, 100]), standard)
    old = direct_standardisation(np.array([1, 90]), np.array([100, 900]), standard)
    assert [young.crude, old.crude] == pytest.approx([0.019, 0.091])
    assert [young.value, old.value] == pytest.approx([0.055, 0.055])


@pytest.mark.shared
def test_every_rate_of_epitools_is_reproduced(shared: Path) -> None:
    """Crude and adjusted rates of five birth orders with their intervals, per 100 000, to 1e-8.

    五个胎次的粗率、标准化率及其区间（每十万），误差在 1e-8 以内。
    """
    folder = shared / "data/14_stats_refs"
    with (folder / "input_direct_standardisation.csv").open(encoding="utf-8") as lines:
        groups = list(csv.DictReader(lines))
    with (folder / "ref_direct_standardisation_epitools_per1e5.csv").open(encoding="utf-8") as lines:
        expected = list(csv.DictReader(lines))
    assert len(expected) == 5
    for row in expected:
        order = row["birth_order"].replace("+", ".")
        columns = [f"count.{order}", f"pop.{order}", "std"]
        rate = direct_standardisation(*(np.array([float(group[name]) for group in groups]) for name in columns))
        ours = [rate.crude * 1e5, rate.value * 1e5, rate.low * 1e5, rate.high * 1e5]
        assert ours == pytest.approx([float(row[n]) for n in ("crude.rate", "adj.rate", "lci", "uci")], abs=1e-8)
