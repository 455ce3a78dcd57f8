"""Real files through their profiles: what comes in, what stays out, and what is named dirty, row by row.

真实文件经对照表读入：收了什么、略去什么、哪些行有毛病，逐行指明。
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.tables.checking import Checked, check
from qualicity.engines.tables.places import Places
from qualicity.engines.tables.reading import Table, read_file
from qualicity.engines.tables.schemas import dataframely_schema
from qualicity.errors import Text
from qualicity.methods.air import annual_mean

TITLE = Text(zh="读取真实文件", en="Reading real files")

pytestmark = pytest.mark.shared


def through(profile_code: str, path: Path, start: date, end: date) -> tuple[Table, Checked]:
    """Read and check a file as a submission would."""
    known = catalogue()
    profile = known.profiles[profile_code]
    register = known.registers[profile.register_code]
    places = Places.of(next(iter(known.plans.values())))
    table = read_file(path, register=register, profile=profile, places=places)
    result = check(table, register, places=places, period=(start, end))
    assert dataframely_schema(register).is_valid(result.rows)
    return table, result


def counts(result: Checked) -> dict[str, int]:
    return dict(result.findings.group_by("rule").len().iter_rows())


def test_the_city_s_daily_air_comes_in_whole_and_its_index_is_flagged(shared: Path) -> None:
    """1157 days without a gap; 177 of them have an index that follows from their own values.

    1157 天没有缺口，其中只有 177 天的指数能由同日数值算出，其余予以指明。
    """
    path = shared / "data/01_air/zhengzhou_daily_2013-12_2017-01.csv"
    table, result = through("city-air-daily", path, date(2013, 12, 1), date(2017, 1, 31))
    assert (table.left_out, result.refused, result.rows.height) == ((), 0, 1157)
    assert counts(result)["daily_aqi_not_reproducible"] == 1157 - 177
    overall = result.findings.filter(pl.col("rule") == "daily_aqi_overall").row(0, named=True)
    assert (overall["row"], overall["value"]) == (None, "980/1157")
    means = []
    for year in (2014, 2015, 2016):
        days = result.rows.filter(pl.col("date").dt.year() == year)
        mean = annual_mean(days["date"].to_numpy(), days["pm25"].to_numpy())
        means.append(round(mean.value, 1))
    assert means == [87.1, 95.3, 78.6]


@pytest.mark.parametrize(("city", "code"), [("北京", "110000"), ("开封", "410200"), ("深圳", "440300")])
def test_other_cities_come_in_under_their_own_codes(shared: Path, city: str, code: str) -> None:
    """Daily files of other cities carry the codes of GB/T 2260 of those cities.

    其他城市的日值文件按各自的行政区划代码读入。
    """
    path = shared / f"data/01_air/daily_2013-2017_{city}.csv"
    _, result = through("city-air-daily", path, date(2013, 12, 1), date(2017, 1, 31))
    assert result.refused == 0
    assert set(result.rows["place"]) == {code}


def test_station_hours_come_in_and_every_index_follows_from_its_values(shared: Path) -> None:
    """NaN is not zero; 30 hours were gathered twice and stay out by name.

    NaN 不是零；30 个小时重复采集，逐条写明并略去。
    """
    path = shared / "data/01_air/zhengzhou_stations_hourly_2020-04.csv"
    table, result = through("cnemc-hourly", path, date(2020, 4, 1), date(2020, 4, 30))
    assert (len(table.left_out), result.refused, result.rows.height) == (30, 0, 930)
    assert result.findings.height == 0
    assert result.rows["pm10"].null_count() > 0
    assert set(result.rows["station"].unique()) >= {"烟厂", "郑纺机", "河医大"}


def test_all_classified_water_agrees_with_its_class(shared: Path) -> None:
    """8187 rows have a class; every one follows from the published values, lakes by the limits of lakes.

    8187 行有公布类别，全部能由公布的数值评出，湖库按湖库的限值。
    """
    path = shared / "data/02_water/cnemc_surface_water_auto_2025-11.csv"
    table, result = through("cnemc-water", path, date(2025, 11, 1), date(2025, 11, 30))
    assert (len(table.left_out), result.refused, result.rows.height) == (213, 0, 8519)
    assert result.rows["published_class"].count() == 8187
    assert result.findings.height == 0


def test_lakes_are_told_from_rivers_by_name_as_the_classes_reveal_them(shared: Path) -> None:
    """Lakes by name are exactly the stations whose published classes only the limits of lakes explain.

    按名称认定的湖库，正是公布类别只能用湖库限值解释的那些站点。
    """
    path = shared / "data/02_water/cnemc_surface_water_auto_2025-11.csv"
    _, result = through("cnemc-water", path, date(2025, 11, 1), date(2025, 11, 30))
    revealed = pl.read_csv(shared / "data/02_water/inferred_tp_limit_type.csv").select(
        section=pl.concat_str("river", "station", separator="·"), revealed="inferred"
    )
    known = result.rows.select("section", "lake").unique().join(revealed, on="section")
    known = known.filter(pl.col("revealed") != "undetermined")
    assert known.height >= 1400
    assert known.filter(pl.col("lake") != (pl.col("revealed") == "lake")).height == 0


def test_spot_checks_of_2015_come_in_without_foreign_alerts_and_repeats(shared: Path) -> None:
    """580 rows: 36 foreign alerts and 30 repeats stay out; 94 without a publisher are refused by name.

    580 行中，36 条国外通报和 30 条重复略去，94 行没有发布单位，逐行写明不予接收。
    """
    path = shared / "data/03_inspections/cn2015-01_eu2020-01.csv"
    table, result = through("foodmate-spot-checks", path, date(2015, 1, 1), date(2015, 12, 31))
    foreign = [one for one in table.left_out if "RASFF" in one.why.zh]
    assert (len(table.left_out), len(foreign), result.total) == (66, 36, 514)
    found = counts(result)
    assert found["made-when-published"] == 420
    assert found["masked-maker"] == 94
    refused = result.findings.filter(pl.col("severity") == "error")
    assert refused["row"].n_unique() == result.refused == 94
    assert set(refused["column"]) == {"place", "authority_level"}


def test_both_variants_of_the_headings_are_read(shared: Path) -> None:
    """A file of the same portal with other headings: 99 rows come in, 23 stay out, none is refused.

    同一网站另一种表头的文件：读入 99 行，略去 23 行，没有不合格行。
    """
    path = shared / "data/03_inspections/cn_foodmate_2015-01_02.csv"
    table, result = through("foodmate-spot-checks", path, date(2015, 1, 1), date(2015, 12, 31))
    assert (len(table.left_out), result.refused, result.rows.height) == (23, 0, 99)
    assert set(result.rows["place"]) == {"100000", "230000"}
    assert set(result.rows["conclusion"]) == {"qualified"}


def test_a_value_that_slipped_into_its_unit_is_named(shared: Path) -> None:
    """Thirty results lost a part to the column of the unit; each is named.

    有 30 个检测值的一部分落到了单位列，逐行指明。
    """
    path = shared / "data/03_inspections/cn_spotcheck_2022_frozen.csv"
    _, result = through("foodmate-spot-checks", path, date(2022, 1, 1), date(2022, 12, 31))
    split = result.findings.filter(pl.col("rule") == "value-split-from-unit")
    assert (split.height, result.refused) == (30, 0)
    assert "×10²/8.6×10²" in split["value"][0]


def test_foreign_alerts_alone_leave_nothing(shared: Path) -> None:
    """A file of 684 foreign alerts holds no spot check at all.

    684 条全是国外通报，没有一条监督抽查。
    """
    path = shared / "data/03_inspections/rasff_20210729.csv"
    table, result = through("foodmate-spot-checks", path, date(2020, 1, 1), date(2021, 12, 31))
    assert (len(table.left_out), result.total) == (684, 0)


def test_spot_checks_in_gbk_read_the_same(shared: Path, tmp_path: Path) -> None:
    """The same file in GB18030 gives the same rows.

    同一文件改用 GB18030 编码，读入的行完全相同。
    """
    source = shared / "data/03_inspections/cn_spotcheck_2021H1.csv"
    text = source.read_text(encoding="utf-8-sig")
    (tmp_path / "a.csv").write_bytes(text.encode("gb18030"))
    _, plain = through("foodmate-spot-checks", source, date(2021, 1, 1), date(2021, 12, 31))
    _, other = through("foodmate-spot-checks", tmp_path / "a.csv", date(2021, 1, 1), date(2021, 12, 31))
    assert plain.rows.equals(other.rows)
    assert np.isclose((plain.rows["conclusion"] == "qualified").mean(), 0.934, atol=0.01)
