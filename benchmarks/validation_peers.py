"""The same eight rules by each peer, on the same table; run by benchmarks/validation.py in the peers' environment.

python benchmarks/validation_peers.py TABLE.parquet TABLE.csv REPEATS CODES.json  →  {"peer": {"s": …, "failures": …}}

Every peer is timed from the file to its report on rows, best of the repeats after one warm-up.
"""

from __future__ import annotations

import datetime
import json
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("POSTHOG_DISABLED", "1")
os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

import pandas as pd  # noqa: E402
import polars as pl  # noqa: E402

START, END = datetime.date(2014, 1, 1), datetime.date(2014, 12, 31)


def pointblank(parquet: Path, places: list[str], conclusions: list[str]) -> int:
    import pointblank as pb

    plan = (
        pb.Validate(pl.read_parquet(parquet))
        .col_vals_regex("number", "^S[0-9]{7}$")
        .rows_distinct(columns_subset=["number"])
        .col_vals_in_set("place", places)
        .col_vals_between("taken_on", START, END)
        .col_vals_between("value", 0, 100, na_pass=True)
        .col_vals_in_set("conclusion", conclusions)
        .col_vals_not_null("maker")
        .col_vals_le("value", pb.col("limit"), na_pass=True)
        .interrogate()
    )
    return int(sum(plan.n_failed().values()))


def pandera_polars(parquet: Path, places: list[str], conclusions: list[str]) -> int:
    import pandera.errors
    import pandera.polars as pa

    schema = pa.DataFrameSchema(
        {
            "number": pa.Column(str, pa.Check.str_matches("^S[0-9]{7}$"), unique=True),
            "place": pa.Column(str, pa.Check.isin(places)),
            "taken_on": pa.Column(pl.Date, pa.Check.in_range(START, END)),
            "value": pa.Column(float, pa.Check.in_range(0, 100), nullable=True),
            "conclusion": pa.Column(str, pa.Check.isin(conclusions)),
            "maker": pa.Column(str),
            "limit": pa.Column(float),
        },
        checks=pa.Check(
            lambda data: data.lazyframe.select(pl.col("value").le(pl.col("limit")).fill_null(value=True))
        ),
    )
    try:
        schema.validate(pl.read_parquet(parquet), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return int(errors.failure_cases.height)
    return 0


def pandera_pandas(parquet: Path, places: list[str], conclusions: list[str]) -> int:
    import pandera.errors
    import pandera.pandas as pa

    schema = pa.DataFrameSchema(
        {
            "number": pa.Column(str, pa.Check.str_matches("^S[0-9]{7}$"), unique=True),
            "place": pa.Column(str, pa.Check.isin(places)),
            "taken_on": pa.Column(None, pa.Check.in_range(START, END)),
            "value": pa.Column(float, pa.Check.in_range(0, 100), nullable=True),
            "conclusion": pa.Column(str, pa.Check.isin(conclusions)),
            "maker": pa.Column(str),
            "limit": pa.Column(float),
        },
        checks=pa.Check(lambda data: data["value"].isna() | (data["value"] <= data["limit"])),
    )
    try:
        schema.validate(pd.read_parquet(parquet), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return len(errors.failure_cases)
    return 0


def great_expectations(parquet: Path, places: list[str], conclusions: list[str]) -> int:
    import great_expectations as gx
    from great_expectations import expectations as gxe

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("memory").add_dataframe_asset("table")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": pd.read_parquet(parquet)})
    suite = gx.ExpectationSuite(
        name="rules",
        expectations=[
            gxe.ExpectColumnValuesToMatchRegex(column="number", regex="^S[0-9]{7}$"),
            gxe.ExpectColumnValuesToBeUnique(column="number"),
            gxe.ExpectColumnValuesToBeInSet(column="place", value_set=places),
            gxe.ExpectColumnValuesToBeBetween(column="taken_on", min_value=START, max_value=END),
            gxe.ExpectColumnValuesToBeBetween(column="value", min_value=0, max_value=100),
            gxe.ExpectColumnValuesToBeInSet(column="conclusion", value_set=conclusions),
            gxe.ExpectColumnValuesToNotBeNull(column="maker"),
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="limit", column_B="value", or_equal=True, ignore_row_if="either_value_is_missing"
            ),
        ],
    )
    result = batch.validate(suite, result_format={"result_format": "COMPLETE"})
    broken = [one for one in result.results if one.exception_info and _raised(one.exception_info)]
    assert not broken, broken
    return sum(one.result.get("unexpected_count", 0) for one in result.results)


def _raised(info: dict) -> bool:
    if "raised_exception" in info:
        return bool(info["raised_exception"])
    return any(one.get("raised_exception") for one in info.values())


def frictionless(csv: Path, places: list[str], conclusions: list[str]) -> int:
    from frictionless import Resource, Schema, system, validate

    schema = Schema.from_descriptor(
        {
            "primaryKey": ["number"],
            "fields": [
                {"name": "number", "type": "string", "constraints": {"pattern": "S[0-9]{7}"}},
                {"name": "place", "type": "string", "constraints": {"enum": places}},
                {"name": "taken_on", "type": "date", "constraints": {"minimum": str(START), "maximum": str(END)}},
                {"name": "value", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
                {"name": "limit", "type": "number"},
                {"name": "conclusion", "type": "string", "constraints": {"enum": conclusions}},
                {"name": "maker", "type": "string", "constraints": {"required": True}},
            ],
        }
    )
    with system.use_context(trusted=True):
        report = validate(Resource(path=str(csv), schema=schema), limit_errors=10_000_000)
    return int(report.stats["errors"])


def timed(run: Callable[[], int], repeats: int) -> dict[str, float | int]:
    failures = run()
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return {"s": best, "failures": failures}


def main() -> None:
    parquet, csv, repeats = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    codes = json.loads(Path(sys.argv[4]).read_text())
    known = (codes["places"], codes["conclusions"])
    found = {
        "pointblank": timed(lambda: pointblank(parquet, *known), repeats),
        "pandera_polars": timed(lambda: pandera_polars(parquet, *known), repeats),
        "pandera": timed(lambda: pandera_pandas(parquet, *known), repeats),
        "great_expectations": timed(lambda: great_expectations(parquet, *known), repeats),
    }
    start = time.perf_counter()
    failures = frictionless(csv, *known)
    found["frictionless_20000_rows"] = {"s": time.perf_counter() - start, "failures": failures}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
