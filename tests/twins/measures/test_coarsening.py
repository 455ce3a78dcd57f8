"""Cells of quarters made into cells of years are what the engine gives when it is asked for years."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.measures.cells import cells
from qualicity.engines.measures.coarsening import can_coarsen, coarsen
from qualicity.engines.measures.tables import DuckTables, duckdb_tables

ROOT = Path(__file__).resolve().parents[3]
random_rows = runpy.run_path(str(ROOT / "benchmarks/random_rows.py"))["random_rows"]
PLAN, REGISTERS = catalogue().plans["zhengzhou-2014"], catalogue().registers


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> DuckTables:
    """Return every register with a few hundred rows at random."""
    folder, files = tmp_path_factory.mktemp("registers"), {}
    for code, register in REGISTERS.items():
        random_rows(register, 400, places=[one.code for one in PLAN.places][:6]).write_parquet(
            folder / f"{code}.parquet"
        )
        files[code] = [str(folder / f"{code}.parquet")]
    return duckdb_tables(files, REGISTERS.values())


@pytest.mark.parametrize("code", [one.code for one in PLAN.indicators])
@pytest.mark.parametrize(("fine", "grain"), [("month", "year"), ("quarter", "year"), ("quarter", "half")])
def test_longer_periods_follow_from_shorter_ones(tables: DuckTables, code: str, fine: str, grain: str) -> None:
    measure = PLAN.indicator(code).measure
    if not can_coarsen(measure, REGISTERS):
        assert measure.kind in ("count", "coverage")
        return
    asked = {"tables": tables, "registers": REGISTERS, "since": date(2013, 1, 1), "until": date(2014, 12, 31)}
    wanted = cells(measure, grain=grain, **asked)
    short = cells(measure, grain=fine, **asked)
    found = coarsen(measure, short, registers=REGISTERS, fine=fine, grain=grain)
    keys = [name for name in ("place", "period", "section", "stratum", "date", "value") if name in wanted.columns]
    # What a stock's place reported (rows) adds up over time; only that it reported matters.
    told = [name for name in wanted.columns if not name.endswith("rows")]
    for frame in (found, wanted):
        assert frame.select(keys).is_unique().all() or "date" in keys
    assert_frame_equal(
        found.select(told).sort(keys).with_columns(pl.col(pl.Int64).cast(pl.Float64)),
        wanted.select(told).sort(keys).with_columns(pl.col(pl.Int64).cast(pl.Float64)),
        rel_tol=1e-9,
        abs_tol=1e-6,
    )
