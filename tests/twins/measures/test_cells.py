"""The cells of every kind of measure against slow, obvious loops over the rows."""

from __future__ import annotations

import calendar
import math
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from qualicity.definitions.measures import Measure
from qualicity.definitions.registers import Register
from qualicity.engines.measures.cells import cells
from qualicity.engines.measures.tables import duckdb_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Row = dict[str, Any]

WORDS = {"zh": "词", "en": "word"}
COLUMNS = {
    "place": "place",
    "date": "date",
    "x": "number",
    "kind": "text",
    "ok": "boolean",
    "weight": "number",
    "stratum": "text",
    "thing": "text",
    "first": "date",
    "last": "date",
    "lake": "boolean",
}
POLARS = {"place": pl.String, "text": pl.String, "date": pl.Date, "number": pl.Float64, "boolean": pl.Boolean}


def _register(code: str, grain: str, key: tuple[str, ...] = ("thing", "date")) -> Register:
    return Register.model_validate(
        {
            "code": code,
            "title": WORDS,
            "purpose": WORDS,
            "grain": grain,
            "basis": "sample",
            "level": "county",
            "place": "place",
            "date": "date",
            "period": "month",
            "key": list(key),
            "columns": [
                {"name": name, "title": WORDS, "type": kind, "required": name in ("place", "date", "thing")}
                for name, kind in COLUMNS.items()
            ],
        }
    )


#: In ``loose`` the key does not tell things apart: the same thing may be there several times on one day.
REGISTERS = {
    "flow": _register("flow", "flow"),
    "stock": _register("stock", "stock"),
    "loose": _register("loose", "stock", ("kind", "thing", "date")),
}
DAYS = st.dates(date(2013, 10, 1), date(2015, 2, 28))
NUMBERS = st.integers(-20, 200).map(lambda whole: whole / 4)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "place": st.sampled_from(["410102", "410122", "zone"]),
            "date": DAYS,
            "x": _maybe(NUMBERS),
            "kind": _maybe(st.sampled_from(["a", "b", "c", ""])),
            "ok": _maybe(st.booleans()),
            "weight": _maybe(st.integers(0, 8).map(lambda whole: whole / 2)),
            "stratum": _maybe(st.sampled_from(["s", "t"])),
            "thing": st.sampled_from(["p", "q", "r"]),
            "first": _maybe(DAYS),
            "last": _maybe(DAYS),
            "lake": _maybe(st.booleans()),
        }
    ),
    max_size=25,
)
SINCE, UNTIL = date(2014, 1, 1), date(2014, 12, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the files of a run."""
    return tmp_path_factory.mktemp("rows")


def _engine_cells(measure: dict[str, Any], rows: dict[str, list[Row]], grain: str, folder: Path) -> list[Row]:
    files = {}
    for code, kept in rows.items():
        frame = pl.DataFrame(kept, schema={name: POLARS[kind] for name, kind in COLUMNS.items()}).with_columns(
            submission_id=pl.lit(1, pl.Int64), row_number=pl.int_range(pl.len(), dtype=pl.Int32)
        )
        frame.write_parquet(folder / f"{code}.parquet")
        files[code] = [str(folder / f"{code}.parquet")]
    tables = duckdb_tables(files, REGISTERS.values())
    read = TypeAdapter(Measure).validate_python(measure)
    found = cells(read, tables=tables, registers=REGISTERS, since=SINCE, until=UNTIL, grain=grain)
    tables.close()
    return found.to_dicts()


def _starts(grain: str) -> list[date]:
    return [date(2014, month, 1) for month in range(1, 13, {"month": 1, "quarter": 3, "half": 6, "year": 12}[grain])]


def _last(start: date, grain: str) -> date:
    month = start.month + {"month": 0, "quarter": 2, "half": 5, "year": 11}[grain]
    return date(start.year, month, calendar.monthrange(start.year, month)[1])


def _groups(rows: list[Row], grain: str) -> dict[tuple[str, date], list[Row]]:
    found: dict[tuple[str, date], list[Row]] = defaultdict(list)
    for row in rows:
        for start in _starts(grain):
            if start <= row["date"] <= _last(start, grain):
                found[row["place"], start].append(row)
    return found


def _latest(rows: list[Row], day: date, *, valid: bool, key: tuple[str, ...]) -> list[Row]:
    """Return the latest record of each thing; with a validity the first one also speaks for the days before it."""
    state: dict[tuple[Any, ...], Row] = {}
    for _, row in sorted(enumerate(rows), key=lambda pair: (pair[1]["date"], pair[0])):
        thing = tuple(row[name] for name in key)
        if row["date"] <= day or (valid and thing not in state):
            state[thing] = row
    return list(state.values())


def _is_valid(row: Row, day: date, validity: dict[str, str] | None) -> bool:
    if validity is None:
        return True
    start, end = row[validity["start"]], row[validity["end"]] if "end" in validity else None
    return start is not None and start <= day and (end is None or day < end)


def _present(rows: list[Row], day: date, *, valid: bool, key: tuple[str, ...] = ("thing",)) -> list[Row]:
    """Return the rows that count on a day: the latest record of each thing, if it is valid then."""
    validity = {"start": "first", "end": "last"} if valid else None
    return [row for row in _latest(rows, day, valid=valid, key=key) if _is_valid(row, day, validity)]


def _same(found: list[Row], wanted: dict[tuple[Any, ...], dict[str, float]], keys: tuple[str, ...]) -> None:
    got = {tuple(row[key] for key in keys): row for row in found}
    assert set(got) == set(wanted)
    for key, sums in wanted.items():
        for name, value in sums.items():
            assert math.isclose(got[key][name], value, rel_tol=1e-9, abs_tol=1e-9), (key, name, got[key], sums)


def _check(test: Callable[..., None]) -> Callable[..., None]:
    """Let Hypothesis try the twin on a few dozen tables in each grain."""
    sized = settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    return sized(given(rows=ROWS, grain=st.sampled_from(["month", "quarter", "half", "year"]))(test))


@_check
def test_a_share_counts_rows_and_rows_that_pass(folder: Path, rows: list[Row], grain: str) -> None:
    measure = {"kind": "share", "register": "flow", "where": {"kind": ["a", "b"]}, "passing": {"ok": True}}
    wanted = {}
    for key, group in _groups(rows, grain).items():
        asked = [row for row in group if row["kind"] in ("a", "b") and row["ok"] is not None]
        if asked:
            wanted[key] = {"n": len(asked), "k": sum(row["ok"] for row in asked)}
    _same(_engine_cells(measure, {"flow": rows}, grain, folder), wanted, ("place", "period"))


@_check
def test_a_weighted_share_keeps_the_sums_of_each_stratum(folder: Path, rows: list[Row], grain: str) -> None:
    measure = {
        "kind": "share",
        "register": "flow",
        "passing": {"x": {"above": 5}},
        "weight": "weight",
        "stratum": "stratum",
    }
    wanted: dict[tuple[Any, ...], dict[str, float]] = {}
    for key, group in _groups(rows, grain).items():
        for row in group:
            weight = 1.0 if row["weight"] is None else row["weight"]
            if row["x"] is None or weight <= 0:
                continue
            y = float(row["x"] > 5)
            sums = wanted.setdefault((*key, row["stratum"] or ""), defaultdict(float))
            for name, value in {
                "n": 1,
                "k": y,
                "w": weight,
                "wy": weight * y,
                "ww": weight**2,
                "wwy": weight**2 * y,
                "wwyy": weight**2 * y * y,
            }.items():
                sums[name] += value
    _same(_engine_cells(measure, {"flow": rows}, grain, folder), wanted, ("place", "period", "stratum"))


@_check
def test_a_share_that_weighs_all_or_none_counts_the_rows_without_a_weight(
    folder: Path, rows: list[Row], grain: str
) -> None:
    measure = {
        "kind": "share", "register": "flow", "passing": {"x": {"above": 5}}, "weight": "weight", "weight_when": "all",
    }  # fmt: skip
    wanted: dict[tuple[Any, ...], dict[str, float]] = {}
    for key, group in _groups(rows, grain).items():
        for row in group:
            if row["x"] is None:
                continue
            usable = row["weight"] is not None and row["weight"] > 0
            weight, y = (row["weight"] if usable else 1.0), float(row["x"] > 5)
            sums = wanted.setdefault((*key, ""), defaultdict(float))
            for name, value in {"n": 1, "k": y, "w": weight, "wy": weight * y, "missing": float(not usable)}.items():
                sums[name] += value
    _same(_engine_cells(measure, {"flow": rows}, grain, folder), wanted, ("place", "period", "stratum"))


@_check
def test_a_mean_keeps_the_sum_and_the_sum_of_squares(folder: Path, rows: list[Row], grain: str) -> None:
    measure = {"kind": "mean", "register": "flow", "column": "x", "where": {"kind": {"not_in": ["c"]}}}
    wanted = {}
    for key, group in _groups(rows, grain).items():
        values = [row["x"] for row in group if row["x"] is not None and row["kind"] not in (None, "c")]
        if values:
            wanted[key] = {"n": len(values), "y": sum(values), "yy": sum(value**2 for value in values)}
    _same(_engine_cells(measure, {"flow": rows}, grain, folder), wanted, ("place", "period"))


@_check
def test_an_index_scores_complete_answers_only(folder: Path, rows: list[Row], grain: str) -> None:
    measure = {
        "kind": "index",
        "register": "flow",
        "items": ["x", "weight"],
        "item_weights": [2, 1],
        "scale": [0, 10],
    }
    wanted = {}
    for key, group in _groups(rows, grain).items():
        scores = [
            (2 * row["x"] + row["weight"]) / 3 * 10
            for row in group
            if row["x"] is not None and 0 <= row["x"] <= 10 and row["weight"] is not None
        ]
        if scores:
            wanted[key] = {"n": len(scores), "y": sum(scores), "yy": sum(score**2 for score in scores)}
    _same(_engine_cells(measure, {"flow": rows}, grain, folder), wanted, ("place", "period"))


def _total(rows: list[Row], column: str | None, kind: str | None) -> dict[str, float]:
    hits = [row for row in rows if kind is None or row["kind"] == kind]
    values = [1.0 if column is None else row[column] for row in hits]
    known = [value for value in values if value is not None]
    return {"hits": len(hits), "n": len(known), "sum": sum(known)}


@_check
def test_a_ratio_of_flows_has_zero_where_rows_were_reported_but_none_kept(
    folder: Path, rows: list[Row], grain: str
) -> None:
    measure = {
        "kind": "ratio",
        "numerator": {"register": "flow", "column": "x", "where": {"kind": "a"}},
        "denominator": {"register": "flow", "column": "weight"},
    }
    wanted = {}
    for key, group in _groups(rows, grain).items():
        above, below = _total(group, "x", "a"), _total(group, "weight", None)
        wanted[key] = {
            "numerator": above["sum"],
            "numerator_hits": above["hits"],
            "numerator_n": above["n"],
            "denominator": below["sum"],
            "denominator_n": below["n"],
            "denominator_rows": len(group),
        }
    _same(_engine_cells(measure, {"flow": rows}, grain, folder), wanted, ("place", "period"))


@pytest.mark.parametrize("valid", [False, True])
@_check
def test_a_stock_is_taken_on_the_last_day_of_each_period(
    folder: Path, valid: bool, rows: list[Row], grain: str
) -> None:
    side = {"register": "stock", "column": "x", "where": {"kind": "a"}}
    whole: dict[str, Any] = {"register": "stock"}
    if valid:
        side["valid"] = whole["valid"] = {"start": "first", "end": "last"}
    measure = {"kind": "per_10k", "numerator": side, "denominator": whole}
    wanted = {}
    for start in _starts(grain):
        for place in {row["place"] for row in rows}:
            here = [row for row in _present(rows, _last(start, grain), valid=valid) if row["place"] == place]
            above = _total(here, "x", "a")
            wanted[place, start] = {"numerator": above["sum"], "numerator_n": above["n"], "denominator": len(here)}
    found = _engine_cells(measure, {"stock": rows}, grain, folder)
    got = {(row["place"], row["period"]) for row in found}
    # A place has a cell from the period on in which its first row counted; before, nothing is known.
    for key in set(wanted) - got:
        assert wanted[key]["denominator"] == 0
    _same(found, {key: sums for key, sums in wanted.items() if key in got}, ("place", "period"))


@pytest.mark.parametrize("valid", [False, True])
@pytest.mark.parametrize("code", ["flow", "stock", "loose"])
@_check
def test_a_thing_is_counted_once_and_for_one_place(
    folder: Path, code: str, valid: bool, rows: list[Row], grain: str
) -> None:
    measure: dict[str, Any] = {
        "kind": "count",
        "register": code,
        "where": {"kind": ["a", "b"]},
        "distinct": ["thing"],
    }
    if valid:
        measure["valid"] = {"start": "first", "end": "last"}
    key = ("kind", "thing") if code == "loose" else ("thing",)
    wanted: dict[date, set[Any]] = {}
    homes: dict[tuple[str, date], set[Any]] = defaultdict(set)
    for start in _starts(grain):
        last = _last(start, grain)
        here = (
            [row for row in rows if start <= row["date"] <= last]
            if code == "flow" and not valid
            else _present(rows, last, valid=valid, key=key)
        )
        hits = [row for row in here if row["kind"] in ("a", "b") and row["thing"] is not None]
        wanted[start] = {row["thing"] for row in hits}
        for thing in wanted[start]:
            homes[min(row["place"] for row in hits if row["thing"] == thing), start].add(thing)
    found = _engine_cells(measure, {measure["register"]: rows}, grain, folder)
    for start in _starts(grain):
        assert sum(row["k"] for row in found if row["period"] == start) == len(wanted[start])
    got = {(row["place"], row["period"]): row["k"] for row in found if row["k"]}
    assert got == {key: len(things) for key, things in homes.items()}


SIDES = [
    ("flow", "flow"),
    ("stock", "flow"),
    ("stock", "stock"),
    ("flow", "stock"),
    ("loose", "loose"),
    ("loose", "flow"),
]


@pytest.mark.parametrize("valid", [False, True])
@pytest.mark.parametrize(("due", "covered"), SIDES)
@_check
def test_coverage_asks_for_each_thing_due_whether_it_is_covered_by_the_last_day(
    folder: Path, due: str, covered: str, valid: bool, rows: list[Row], grain: str
) -> None:
    measure: dict[str, Any] = {
        "kind": "coverage",
        "due": {"register": due, "key": "thing", "where": {"kind": ["a", "b"]}},
        "covered": {"register": covered, "key": "thing", "where": {"ok": True}},
    }
    validity = {"due": None, "covered": None}
    if valid:
        measure["due"]["valid"] = validity["due"] = {"start": "first", "end": "last"}
        measure["covered"]["valid"] = validity["covered"] = {"start": "last"}

    def present(side: str, register: str, day: date) -> list[Row]:
        key = ("kind", "thing") if register == "loose" else ("thing",)
        latest = _latest(rows, day, valid=validity[side] is not None, key=key)
        return [row for row in latest if _is_valid(row, day, validity[side])]

    due_things: dict[tuple[date, str], str] = {}
    covered_things: set[tuple[date, str]] = set()
    for start in _starts(grain):
        last = _last(start, grain)
        here = (
            [row for row in rows if start <= row["date"] <= last]
            if due == "flow" and not valid
            else present("due", due, last)
        )
        for row in here:
            if row["thing"] is not None and row["kind"] in ("a", "b"):
                known = due_things.get((start, row["thing"]), row["place"])
                due_things[start, row["thing"]] = min(known, row["place"])
        dated = [row for row in rows if row["date"] <= last]
        having = dated if covered == "flow" and not valid else present("covered", covered, last)
        covered_things |= {(start, row["thing"]) for row in having if row["thing"] is not None and row["ok"]}
    wanted: dict[tuple[Any, ...], dict[str, float]] = {}
    for (start, thing), place in due_things.items():
        sums = wanted.setdefault((place, start), {"n": 0, "k": 0})
        sums["n"] += 1
        sums["k"] += (start, thing) in covered_things
    _same(_engine_cells(measure, dict.fromkeys(REGISTERS, rows), grain, folder), wanted, ("place", "period"))


@_check
def test_sections_keep_the_number_and_the_sum_of_each_item(folder: Path, rows: list[Row], grain: str) -> None:
    measure = {
        "kind": "worst_class",
        "register": "flow",
        "section": "thing",
        "items": {"ammonia_nitrogen": "x"},
        "lake": "lake",
        "where": {"thing": {"is_empty": False}},
    }
    wanted = {}
    for (place, start), group in _groups(rows, grain).items():
        for thing in {row["thing"] for row in group if row["thing"]}:
            here = [row for row in group if row["thing"] == thing]
            values = [row["x"] for row in here if row["x"] is not None]
            wanted[place, start, thing] = {
                "n": len(here),
                "n_ammonia_nitrogen": len(values),
                "lake": max(bool(row["lake"]) for row in here),
            } | ({"s_ammonia_nitrogen": sum(values)} if values else {})
    _same(_engine_cells(measure, {"flow": rows}, grain, folder), wanted, ("place", "period", "section"))


@_check
def test_the_annual_mean_of_air_keeps_every_day(folder: Path, rows: list[Row], grain: str) -> None:
    measure = {"kind": "mean", "register": "flow", "column": "x", "method": "annual_air"}
    found = _engine_cells(measure, {"flow": rows}, grain, folder)
    wanted = sorted(
        (place, start, row["date"], row["x"])
        for (place, start), group in _groups(rows, grain).items()
        for row in group
        if row["x"] is not None
    )
    assert sorted((row["place"], row["period"], row["date"], row["value"]) for row in found) == wanted


@_check
def test_a_cut_keeps_the_base_year_beside_the_periods(folder: Path, rows: list[Row], grain: str) -> None:
    measure = {"kind": "cut", "register": "flow", "column": "x", "base_year": 2013}
    found = _engine_cells(measure, {"flow": rows}, grain, folder)
    base = [row["x"] for row in rows if row["date"].year == 2013 and row["x"] is not None]
    then = sum(row["amount"] for row in found if row["period"].year == 2013)
    assert math.isclose(then, sum(base), abs_tol=1e-9)
    assert all(row["period"] <= UNTIL + timedelta(days=1) for row in found)
