"""All measures of the plan × place × month over 10 000 000 rows, beside DuckDB SQL written by hand.

``--json`` prints one object. Both sides open the same Parquet files and give the same sums, which is checked. What is
timed is what a new version of the evidence costs a running house: files opened, every cell computed. Our SQL is
written once per process (``first_s`` includes that); the hand's is a text to begin with.
"""

# ruff: noqa: E501 -- a line of SQL is read as one
from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
from random_rows import random_rows

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.measures.cells import cells, registers_of
from qualicity.engines.measures.tables import duckdb_tables

ROWS = 10_000_000
FILES = 8
SINCE, UNTIL = date(2013, 1, 1), date(2015, 3, 31)
#: How the rows lie in the registers of a city, in parts of the whole.
PARTS = {
    "spot_check_batches": 30,
    "farm_samples": 14,
    "water_sections": 12,
    "satisfaction_responses": 10,
    "enterprises": 7,
    "prepackaged_products": 5,
    "drinking_water_sources": 5,
    "project_acceptances": 4,
    "professional_certificates": 4,
    "product_licences": 3,
    "project_starts": 2,
    "noise_points": 2,
}

MONTHS = """(SELECT m::DATE AS month, (m + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE AS last
 FROM range(DATE '2013-01-01', DATE '2015-04-01', INTERVAL 1 MONTH) t(m))"""
SPAN = "BETWEEN DATE '2013-01-01' AND DATE '2015-03-31'"


def month(day: str) -> str:
    return f"date_trunc('month', {day})::DATE"


def share(table: str, day: str, where: str, passing: str) -> str:
    return (
        f"SELECT place, {month(day)} AS period, count(*) AS n, count(*) FILTER ({passing}) AS k FROM {table} "
        f"WHERE {day} {SPAN} AND {where} AND ({passing}) IS NOT NULL GROUP BY ALL"
    )


def ratio(table: str, day: str, above: str, below: str) -> str:
    return (
        f"SELECT place, {month(day)} AS period, sum({above}) AS numerator, sum({below}) AS denominator "
        f"FROM {table} WHERE {day} {SPAN} GROUP BY ALL"
    )


def mean(where: str, weight: str | None = None) -> str:
    if weight is None:
        sums = "count(leq) AS n, sum(leq) AS y, sum(leq * leq) AS yy"
    else:
        w = weight
        sums = (
            f"count(*) AS n, sum({w}) AS w, sum({w} * leq) AS wy, sum({w} * {w}) AS ww, sum({w} * {w} * leq) AS wwy"
        )
        where = f"{where} AND {w} > 0 AND leq IS NOT NULL"
    return f"SELECT place, {month('measured_on')} AS period, {sums} FROM noise_points WHERE measured_on {SPAN} AND {where} GROUP BY ALL"


def state(table: str, key: str, day: str, start: str, end: str) -> str:
    """The state of each thing: a record counts until the next one, within its validity."""
    return (
        f"SELECT *, CASE WHEN lag({day}) OVER w IS NULL THEN {start} ELSE greatest({start}, {day}) END AS s, "
        f"least(coalesce({end}, DATE '9999-12-31'), coalesce(lead({day}) OVER w, DATE '9999-12-31')) AS e "
        f"FROM {table} WINDOW w AS (PARTITION BY {key} ORDER BY {day}, submission_id, row_number)"
    )


def stock(states: str, sums: str, where: str = "true") -> str:
    return (
        f"SELECT place, month AS period, {sums} FROM ({states}) x, {MONTHS} m "
        f"WHERE s <= last AND e > last AND {where} GROUP BY ALL"
    )


def coverage(table: str, key: str, day: str, due: tuple[str, str], covered: tuple[str, str], having: str) -> str:
    states = state(table, key, day, *due)
    begins = f"CASE WHEN lag({day}) OVER w IS NULL THEN {covered[0]} ELSE greatest({covered[0]}, {day}) END AS cs"
    states = states.replace(" FROM ", f", {begins}, coalesce({covered[1]}, DATE '9999-12-31') AS ce FROM ", 1)
    hit = f"count(*) FILTER (cs <= last AND ce > last AND {covered[0]} IS NOT NULL AND {having}) AS k"
    return stock(states, f"count(*) AS n, {hit}", f"{due[0]} IS NOT NULL")


def by_hand() -> Mapping[str, str]:
    """Return the SQL of every measure, as somebody would write it who has the plan before them."""
    judged = "conclusion IN ('qualified', 'unqualified')"
    passes = "conclusion = 'qualified'"
    kinds = "sampling_kind IN ('routine', 'special', 'targeted')"
    spot = {
        code: share("spot_check_batches", "concluded_on", f"{which} AND {kinds} AND {judged}", passes)
        for code, which in {
            "product-3": "authority_level = 'national'",
            "product-4": "local_maker",
            "product-6": "certified",
            "product-7": "key_food",
        }.items()
    }
    first = "attempt = 1"
    works = {
        code: share("project_acceptances", "accepted_on", f"{which} AND {first}", passes)
        for code, which in {
            "works-1a": "size IN ('large', 'medium')",
            "works-1b": "size = 'small'",
            "works-4": "affordable",
        }.items()
    }
    score = "(overall + against_expectation + against_ideal) / 3.0"
    csi = f"(({score}) - 1) / 9 * 100"
    whole = "overall BETWEEN 1 AND 10 AND against_expectation BETWEEN 1 AND 10 AND against_ideal BETWEEN 1 AND 10"
    weighed = "count(*) AS n, sum(w) AS w, sum(w * y) AS wy, sum(w * w) AS ww, sum(w * w * y) AS wwy, sum(w * w * y * y) AS wwyy"
    service = {
        code: (
            f"SELECT place, {month('answered_on')} AS period, coalesce(stratum, '') AS stratum, {weighed} "
            f"FROM (SELECT *, coalesce(weight, 1) AS w, {csi} AS y FROM satisfaction_responses "
            f"WHERE answered_on {SPAN} AND sector = '{sector}' AND {whole}) WHERE w > 0 GROUP BY ALL"
        )
        for code, sector in {"service-1": "producer", "service-2": "consumer"}.items()
    }
    recognised = state("recognitions", "kind, name", "granted_on", "granted_on", "expires_on")
    national = "level = 'national'"
    counted = {
        code: stock(recognised, f"count(*) FILTER ({which}) AS k")
        for code, which in {
            "service-3": f"kind = 'service_standardisation_pilot' AND {national}",
            "service-4": f"kind = 'brand_zone' AND {national} AND sector IN ('tourism', 'modern_services')",
            "service-5": "kind IN ('time_honoured_brand', 'standard_department_store')",
            "service-6": "kind = 'service_brand'",
            "foundation-1": f"kind = 'education_base' AND {national}",
            "foundation-4": f"kind IN ('metrology_centre', 'key_laboratory') AND {national}",
        }.items()
    }
    items = ("ph", "dissolved_oxygen", "permanganate_index", "ammonia_nitrogen", "total_phosphorus")
    sums = ", ".join(f"count({item}) AS n_{item}, sum({item}) AS s_{item}" for item in items)
    sewage = ratio("sewage", "date", "treated", "discharged")
    days = {
        code: f"SELECT place, date, {column} AS value FROM air_quality_daily WHERE date {SPAN} AND {column} IS NOT NULL"
        for code, column in {"environment-6a": "pm10", "environment-6b": "pm25"}.items()
    }
    cuts = {
        code: f"SELECT place, {month('date')} AS period, sum({column}) AS amount FROM pollutant_emissions "
        f"WHERE date {SPAN} OR year(date) = 2010 GROUP BY ALL"
        for code, column in {"environment-7": "cod", "environment-8": "ammonia_nitrogen"}.items()
    }
    latest = "SELECT *, {day} AS s, coalesce(lead({day}) OVER (PARTITION BY {key} ORDER BY {day}, submission_id, row_number), DATE '9999-12-31') AS e FROM {table}"
    employed = stock(latest.format(day="date", key="place", table="employment"), "sum(employed) AS d")
    pieces = stock(
        latest.format(day="date", key="place, category", table="special_equipment"),
        "sum(count) FILTER (category NOT IN ('cylinder', 'pipeline')) AS d",
    )
    held = stock(
        state("professional_certificates", "certificate", "issued_on", "issued_on", "expires_on"), "count(*) AS c"
    )
    deaths = (
        f"SELECT place, {month('occurred_on')} AS period, sum(deaths) FILTER (domain IN ('special_equipment', 'all')) AS c "
        f"FROM safety_events WHERE occurred_on {SPAN} GROUP BY ALL"
    )
    housing = "permit_number <> '' AND supervision_number <> ''"
    return {
        "product-1": ratio("farm_standardisation", "date", "standardised_area", "total_area"),
        "product-2": share("farm_samples", "concluded_on", f"main_product AND {judged}", passes),
        **spot,
        "product-5": coverage(
            "product_licences",
            "item",
            "recorded_on",
            ("due_from", "due_until"),
            ("issued_on", "expires_on"),
            "certificate_number <> ''",
        ),
        **works,
        "works-2": share("project_starts", "started_on", "energy_standard_due", "energy_standard_met"),
        "works-3": (
            f"SELECT place, {month('started_on')} AS period, count(DISTINCT project) AS n, "
            f"count(DISTINCT project) FILTER ({housing}) AS k FROM affordable_housing WHERE started_on {SPAN} GROUP BY ALL"
        ),
        **service,
        **counted,
        "environment-1a": sewage,
        "environment-1b": sewage,
        "environment-2": ratio("waste", "date", "harmless", "collected"),
        "environment-3a": mean("kind = 'regional' AND day_part = 'day'"),
        "environment-3b": mean("kind = 'road' AND day_part = 'day'", "road_length"),
        "environment-4": (
            f"SELECT place, {month('time')} AS period, section, count(*) AS n, max(lake::INT) AS lake, {sums} "
            f"FROM water_sections WHERE time::DATE {SPAN} AND built_up GROUP BY ALL"
        ),
        "environment-5": share("drinking_water_sources", "sampled_on", "true", "qualified"),
        **days,
        **cuts,
        "foundation-2": coverage(
            "enterprises",
            "enterprise",
            "recorded_on",
            ("registered_on", "closed_on"),
            ("file_opened_on", "closed_on"),
            "file_opened_on IS NOT NULL",
        ),
        "foundation-3": coverage(
            "prepackaged_products",
            "gtin",
            "recorded_on",
            ("on_sale_from", "on_sale_until"),
            ("file_opened_on", "on_sale_until"),
            "file_opened_on IS NOT NULL",
        ),
        "foundation-5": f"SELECT * FROM ({held}) FULL JOIN ({employed}) USING (place, period)",
        "task-19": (
            f"SELECT place, {month('occurred_on')} AS period, count(DISTINCT event) FILTER "
            f"(gravity IN ('regional', 'systemic', 'major', 'especially_major')) AS k "
            f"FROM safety_events WHERE occurred_on {SPAN} GROUP BY ALL"
        ),
        "task-28": f"SELECT * FROM ({deaths}) FULL JOIN ({pieces}) USING (place, period)",
    }


def make_files(folder: Path, rows: int) -> dict[str, list[str]]:
    """Write every register in a few files, as submissions leave them."""
    plan, registers = catalogue().plans["zhengzhou-2014"], catalogue().registers
    used = {code for one in plan.indicators for code in registers_of(one.measure)}
    places = [one.code for one in plan.places]
    rest = [code for code in sorted(used) if code not in PARTS]
    share_of_rest = (100 - sum(PARTS.values())) / len(rest)
    files: dict[str, list[str]] = {}
    for code in sorted(used):
        many = round(rows * PARTS.get(code, share_of_rest) / 100)
        frame = random_rows(registers[code], many, places=places)
        step = -(-many // FILES)
        for number in range(FILES):
            path = folder / f"{code}-{number}.parquet"
            frame.slice(number * step, step).write_parquet(path)
            files.setdefault(code, []).append(str(path))
    return files


def ours(files: Mapping[str, list[str]]) -> dict[str, pl.DataFrame]:
    plan, registers = catalogue().plans["zhengzhou-2014"], catalogue().registers
    tables = duckdb_tables(files, registers.values())
    found = {
        one.code: cells(one.measure, tables=tables, registers=registers, since=SINCE, until=UNTIL, grain="month")
        for one in plan.indicators
    }
    tables.close()
    return found


def hand(files: Mapping[str, list[str]]) -> dict[str, pl.DataFrame]:
    connection = duckdb.connect()
    for code, listed in files.items():
        names = ", ".join(f"'{name}'" for name in listed)
        connection.execute(f"CREATE VIEW {code} AS SELECT * FROM read_parquet([{names}])")
    found = {code: pl.from_arrow(connection.sql(sql).to_arrow_table()) for code, sql in by_hand().items()}
    connection.close()
    return found  # type: ignore[return-value]


def check_same(found: Mapping[str, pl.DataFrame], wanted: Mapping[str, pl.DataFrame]) -> None:
    """Hold the sums of both sides against each other."""
    # Ours attributes a thing to one place, and counts as covered what any record up to the day covers.
    elsewhere = {"works-3"}
    for code, frame in wanted.items():
        if code in elsewhere:
            continue
        for name in ("n", "k", "numerator", "denominator", "w", "wy", "y", "value"):
            if name in frame.columns and name in found[code].columns:
                one, other = float(found[code][name].sum()), float(frame[name].sum())
                assert abs(one - other) <= 1e-6 * max(1.0, abs(other)), (code, name, one, other)


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> int:
    """Run both sides in turn and print the best of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = make_files(Path(folder), given.rows)
        first = timed(lambda: ours(files))
        check_same(ours(files), hand(files))
        pairs = [(timed(lambda: ours(files)), timed(lambda: hand(files))) for _ in range(given.runs)]
    mine, other = min(one for one, _ in pairs), min(one for _, one in pairs)
    result = {
        "name": "measures",
        "ours_s": round(mine, 3),
        "peers": {"duckdb_sql_by_hand": round(other, 3)},
        "ratio_to_best": round(mine / other, 3),
        "rows": given.rows,
        "first_s": round(first, 3),
    }
    sys.stdout.write(json.dumps(result) + "\n" if given.json else "".join(f"{k}: {v}\n" for k, v in result.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
