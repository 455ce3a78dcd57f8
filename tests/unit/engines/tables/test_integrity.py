"""Examinations for invented data ask a question where there is one to ask, and are silent elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.tables import integrity
from qualicity.engines.tables.findings import FINDING_COLUMNS

DAYS = 300
NAMES = ["pm25", "pm10", "so2", "no2"]


@pytest.fixture
def register():
    return catalogue().registers["air_quality_daily"]


@pytest.fixture
def rows() -> pl.DataFrame:
    random = np.random.default_rng(2014)
    days = [date(2014, 1, 1) + timedelta(days=one) for one in range(DAYS)]
    values = {name: np.round(random.normal(80, 10, DAYS), 1) for name in NAMES}
    return pl.DataFrame({"place": ["410100"] * DAYS, "date": days, "row_number": range(2, DAYS + 2), **values})


def rules(found: pl.DataFrame) -> set[str]:
    return set(found["rule"])


def test_honest_rows_raise_no_question(rows, register) -> None:
    found = integrity.examine(rows, register)
    assert found.height == 0
    assert tuple(found.columns) == FINDING_COLUMNS


def test_rows_copied_from_an_earlier_period_are_named_first_to_last(rows, register) -> None:
    earlier = rows.with_columns(pl.col("date") - timedelta(days=DAYS), pl.lit(1).alias("submission_id"))
    copied = pl.concat([rows[:200].with_columns(pl.col(NAMES) + 0.05), rows[200:]])
    found = integrity.examine(copied, register, history=earlier.lazy()).filter(
        pl.col("rule") == "copied_from_earlier"
    )
    assert found["row"].to_list() == [202]
    assert found["value"].to_list() == ["202–301"]
    assert found["severity"].to_list() == ["warning"]


def test_a_block_that_stands_twice_in_the_file_is_asked_about(rows, register) -> None:
    twice = rows.with_columns(
        pl.concat([rows[name][:150], rows[name][20:70], rows[name][200:]]).alias(name) for name in NAMES
    )
    assert "copied_block" in rules(integrity.examine(twice, register))


def test_a_value_far_from_its_season_is_named_with_what_is_usual(rows, register) -> None:
    wild = rows.with_columns(pl.when(pl.col("row_number") == 50).then(900.0).otherwise(pl.col("pm25")).alias("pm25"))
    found = integrity.examine(wild, register)
    assert found.select("rule", "row", "column", "value").rows() == [("seasonal_outlier", 50, "pm25", "900.0")]
    assert "通常约为 8" in found["expected_zh"][0]


def test_a_large_place_is_no_outlier_among_small_ones(rows, register) -> None:
    large = rows.with_columns(pl.lit("410122").alias("place"), pl.col(NAMES) * 40)
    assert "seasonal_outlier" not in rules(integrity.examine(pl.concat([rows, large]), register))


def test_guessed_last_digits_are_asked_about() -> None:
    register = catalogue().registers["sewage"]
    random = np.random.default_rng(7)
    values = (random.integers(200, 900, 400) * 10 + random.choice([0, 5], 400)).astype(float)
    rows = pl.DataFrame(
        {
            "place": ["410122"] * 400,
            register.date: [date(2014, 1, 1) + timedelta(days=one) for one in range(400)],
            "row_number": range(2, 402),
            "discharged": values,
            "treated": np.round(values * random.uniform(0.8, 0.95, 400), 3),
        }
    )
    found = integrity.examine(rows, register).filter(pl.col("rule") == "digit_preference")
    assert found["column"].to_list() == ["discharged"]


def test_rates_too_much_alike_are_asked_about() -> None:
    register = catalogue().registers["spot_check_batches"]
    places = [f"4101{number:02d}" for number in range(10, 30)]
    rows = pl.DataFrame(
        {
            "place": [place for place in places for _ in range(500)],
            "conclusion": ["unqualified" if one < 50 else "qualified" for _ in places for one in range(500)],
            "concluded_on": [date(2014, 3, 1)] * 10_000,
            "row_number": range(2, 10_002),
        }
    )
    assert rules(integrity.examine(rows, register)) == {"implausible_evenness"}


WASTE = [[1031.7, 998.2, 700.1, 298.1], [964.3, 951.9, 640.2, 311.7], [1102.9, 1068.4, 731.6, 336.8]]


def quarter(figures: list[list[float | None]], month: int, submission: int | None = None) -> pl.DataFrame:
    names = ["collected", "harmless", "landfilled", "burnt"]
    frame = pl.DataFrame(figures, schema=dict.fromkeys(names, pl.Float64), orient="row").with_columns(
        pl.lit("410122").alias("place"),
        pl.Series("date", [date(2014, month + one, 28) for one in range(len(figures))]),
        pl.Series("row_number", range(2, len(figures) + 2), dtype=pl.Int32),
    )
    return (
        frame if submission is None else frame.with_columns(pl.lit(submission, dtype=pl.Int64).alias("submission_id"))
    )


def test_a_small_quarter_filed_again_whole_is_asked_about() -> None:
    waste = catalogue().registers["waste"]
    history = quarter(WASTE, 1, 7).lazy()
    found = integrity.examine(quarter(WASTE, 4), waste, history=history)
    assert found["rule"].to_list() == ["filed_again"]
    assert "submission 7" in found["why_en"][0]
    assert "报送 7" in found["why_zh"][0]


def test_a_small_quarter_is_not_asked_about_where_a_figure_the_rows_or_the_days_differ() -> None:
    waste = catalogue().registers["waste"]
    history = quarter(WASTE, 1, 7).lazy()
    other = [list(row) for row in WASTE]
    other[1][2] += 0.1
    assert integrity.examine(quarter(other, 4), waste, history=history).is_empty()
    assert integrity.examine(quarter(WASTE[:2], 4), waste, history=history).is_empty()
    assert integrity.examine(quarter(WASTE, 1), waste, history=history).is_empty()
    elsewhere = quarter(WASTE, 4).with_columns(pl.lit("410181").alias("place"))
    assert integrity.examine(elsewhere, waste, history=history).is_empty()


def test_a_small_quarter_of_round_figures_may_come_again() -> None:
    waste = catalogue().registers["waste"]
    even = [[1000.0, 1000.0, None, 0.0], [1000.0, 990.0, None, 0.0], [1200.0, 1200.0, None, 0.0]]
    history = quarter(even, 1, 7).lazy()
    assert integrity.examine(quarter(even, 4), waste, history=history).is_empty()
