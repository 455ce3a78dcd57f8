from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from qualicity.engines.tables.lake import Lake
from qualicity.errors import IntegrityError, NotFoundError

SCHEMA = pl.Schema(
    {
        "place": pl.String,
        "time": pl.Datetime("us"),
        "value": pl.Float64,
        "submission_id": pl.Int64,
        "row_number": pl.Int32,
    }
)


def rows(submission: int, *values: float) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "place": ["410100"] * len(values),
            "time": [datetime(2014, 1, 1, hour) for hour in range(len(values))],  # noqa: DTZ001
            "value": list(values),
            "submission_id": [submission] * len(values),
            "row_number": list(range(2, len(values) + 2)),
        },
        schema=SCHEMA,
    )


def values(lake: Lake, version: int) -> list[float]:
    return sorted(lake.scan("air", version).collect().get_column("value").to_list())


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "lake")
    assert lake.create("air", SCHEMA) == 0
    return lake


def test_a_new_table_is_empty_and_creating_it_again_changes_nothing(lake: Lake) -> None:
    assert lake.exists("air")
    assert not lake.exists("water")
    assert lake.create("air", SCHEMA) == 0
    assert lake.rows("air", 0) == 0
    assert lake.scan("air", 0).collect().schema == SCHEMA


def test_every_version_stays_readable(lake: Lake) -> None:
    assert lake.append("air", rows(1, 1.0, 2.0), expected=0) == 1
    assert lake.append("air", rows(2, 3.0), expected=1) == 2
    assert lake.rows("air", 0) == 0
    assert values(lake, 1) == [1.0, 2.0]
    assert values(lake, 2) == [1.0, 2.0, 3.0]
    assert lake.scan("air", 2).collect().schema == SCHEMA


def test_an_append_on_a_version_that_is_not_the_newest_is_refused_and_leaves_no_trace(lake: Lake) -> None:
    lake.append("air", rows(1, 1.0), expected=0)
    with pytest.raises(IntegrityError, match="version 0 but is at 1"):
        lake.append("air", rows(2, 2.0), expected=0)
    assert lake.head("air") == 1
    assert values(lake, 1) == [1.0]


def test_a_correction_replaces_the_rows_of_one_submission_only(lake: Lake) -> None:
    lake.append("air", rows(1, 1.0, 2.0), expected=0)
    lake.append("air", rows(2, 3.0), expected=1)
    assert lake.replace("air", rows(7, 10.0), submission_id=1, expected=2) == 3
    assert values(lake, 3) == [3.0, 10.0]
    assert values(lake, 2) == [1.0, 2.0, 3.0]


def test_a_correction_may_leave_no_rows_at_all(lake: Lake) -> None:
    lake.append("air", rows(1, 1.0, 2.0), expected=0)
    assert lake.replace("air", rows(7), submission_id=1, expected=1) == 2
    assert values(lake, 2) == []


def test_an_orphan_is_undone_by_restoring_the_recorded_version(lake: Lake) -> None:
    lake.append("air", rows(1, 1.0), expected=0)
    lake.append("air", rows(2, 2.0), expected=1)
    assert lake.restore("air", 1) == 3
    assert values(lake, 3) == [1.0]
    assert lake.restore("air", 3) == 3
    assert lake.append("air", rows(3, 5.0), expected=3) == 4
    assert values(lake, 4) == [1.0, 5.0]


def test_compaction_merges_files_and_keeps_the_rows(lake: Lake) -> None:
    for number in range(5):
        lake.append("air", rows(number, float(number)), expected=number)
    assert len(lake.files("air", 5)) == 5
    assert lake.compact("air", expected=5) == 6
    assert len(lake.files("air", 6)) == 1
    assert values(lake, 6) == values(lake, 5) == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert lake.compact("air", expected=6) == 6


def test_vacuum_deletes_only_what_no_kept_version_needs(lake: Lake) -> None:
    for number in range(3):
        lake.append("air", rows(number, float(number)), expected=number)
    lake.compact("air", expected=3)
    assert lake.vacuum("air", keep=[3, 4]) == 0
    stray = lake.root / "air" / "part-left-by-a-crash.parquet"
    stray.write_bytes(b"PAR1")
    assert lake.vacuum("air", keep=[4]) == 4
    assert lake.head("air") == 4
    assert values(lake, 4) == [0.0, 1.0, 2.0]


def test_the_log_outlives_a_checkpoint(lake: Lake) -> None:
    for number in range(25):
        lake.append("air", rows(number, float(number)), expected=number)
    assert lake.rows("air", 1) == 1
    assert lake.rows("air", 25) == 25


def test_a_missing_table_is_named(lake: Lake) -> None:
    with pytest.raises(NotFoundError, match="water"):
        lake.head("water")


def test_the_files_of_a_version_are_plain_parquet_for_any_engine(lake: Lake) -> None:
    lake.append("air", rows(1, 1.0, 2.0), expected=0)
    (file,) = lake.files("air", 1)
    assert Path(file).is_absolute()
    assert pl.read_parquet(file).height == 2
