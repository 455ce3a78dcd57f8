"""Spark and DuckDB give the same cells for every measure of the plan."""

from __future__ import annotations

import runpy
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.measures.cells import cells
from qualicity.engines.measures.tables import duckdb_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
random_rows = runpy.run_path(str(ROOT / "benchmarks/random_rows.py"))["random_rows"]
PLAN, REGISTERS = catalogue().plans["zhengzhou-2014"], catalogue().registers

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """Return the same rows in both engines."""
    pytest.importorskip("pyspark", reason="spark: the extra is not installed")
    if shutil.which("java") is None:
        pytest.skip("spark: this machine has no Java")
    from qualicity.engines.measures.spark import spark_tables

    folder, files = tmp_path_factory.mktemp("registers"), {}
    for code, register in REGISTERS.items():
        random_rows(register, 400, places=[one.code for one in PLAN.places]).write_parquet(folder / f"{code}.parquet")
        files[code] = [str(folder / f"{code}.parquet")]
    spark = spark_tables(files, REGISTERS.values(), master="local[2]")
    yield duckdb_tables(files, REGISTERS.values()), spark
    spark._session.stop()


@pytest.mark.parametrize("grain", ["quarter"])
@pytest.mark.parametrize("code", [one.code for one in PLAN.indicators])
def test_both_engines_give_the_same_cells(engines: tuple[Any, Any], code: str, grain: Any) -> None:
    duck, spark = (
        cells(
            PLAN.indicator(code).measure,
            tables=tables,
            registers=REGISTERS,
            since=date(2013, 1, 1),
            until=date(2014, 12, 31),
            grain=grain,
        )
        for tables in engines
    )
    assert duck.height > 0
    assert_frame_equal(_sorted(duck), _sorted(spark), rel_tol=1e-9, abs_tol=1e-6)


def _sorted(frame: pl.DataFrame) -> pl.DataFrame:
    keys = [name for name in ("place", "period", "section", "stratum", "date", "value") if name in frame.columns]
    return frame.select(sorted(frame.columns)).sort(keys).with_columns(pl.col(pl.Int64).cast(pl.Float64))
