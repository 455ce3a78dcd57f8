"""Cells become estimates: who speaks for whom, what is known, how sure it is."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from pydantic import TypeAdapter

from qualicity.definitions.measures import Measure
from qualicity.definitions.periods import parse
from qualicity.definitions.plans import Place
from qualicity.engines.measures.estimates import Estimate, estimates, scale_of
from qualicity.engines.measures.reported import of_periods, with_reported
from qualicity.engines.measures.rollup import is_alone, members, outside
from qualicity.engines.measures.strata import StratumSums, mean_interval, share_interval
from qualicity.methods import survey
from qualicity.methods.intervals import clopper_pearson, wilson

YEAR = date(2014, 1, 1)
PLACES = tuple(
    Place.model_validate({"code": code, "title": {"zh": code, "en": code}, "kind": kind, "parent": parent})
    for code, kind, parent in (
        ("410100", "city", None),
        ("410102", "district", "410100"),
        ("410122", "county", "410100"),
        ("zone", "zone", "410100"),
    )
)


def _measure(**given: Any) -> Measure:
    return TypeAdapter(Measure).validate_python(given)


SHARE = _measure(kind="share", register="r", passing={"ok": True})
RATIO = _measure(
    kind="ratio", numerator={"register": "r", "column": "x"}, denominator={"register": "r", "column": "y"}
)
EVENTS = _measure(kind="per_10k", numerator={"register": "e"}, denominator={"register": "r", "column": "y"})
CUT = _measure(kind="cut", register="r", column="x", base_year=2010)
MEAN = _measure(kind="mean", register="r", column="x")
AIR = _measure(kind="mean", register="r", column="x", method="annual_air")


def _found(
    measure: Measure,
    rows: list[dict[str, Any]],
    *,
    sample: bool = False,
    unit: str = "%",
    kinds: tuple[str, ...] = (),
) -> dict[str, Estimate]:
    who = members(PLACES, kinds=kinds, alone=is_alone(measure))
    frame = pl.DataFrame([{"period": YEAR, **row} for row in rows], infer_schema_length=None)
    scale = scale_of(measure, unit=unit, sample=sample)
    return {
        place: one for (place, _, _), one in estimates(measure, frame, who=who, scale=scale, grain="year").items()
    }


def test_the_city_is_the_sum_of_its_places_never_their_mean() -> None:
    rows = [{"place": "410102", "n": 90, "k": 90.0}, {"place": "410122", "n": 10, "k": 0.0}]
    found = _found(SHARE, rows)
    assert found["410100"].value == 90.0
    assert found["410100"].n == 100
    assert found["410100"].members == ("410102", "410122")
    assert found["410122"].value == 0.0


def test_rows_of_the_city_itself_count_for_the_city_only() -> None:
    found = _found(SHARE, [{"place": "410100", "n": 10, "k": 5.0}, {"place": "410102", "n": 10, "k": 10.0}])
    assert found["410100"].value == 75.0
    assert found["410102"].value == 100.0


def test_rows_of_strange_places_are_left_out_and_counted() -> None:
    rows = [{"place": "410102", "n": 10, "k": 5.0}, {"place": "110105", "n": 7, "k": 7.0}]
    assert _found(SHARE, rows)["410100"].n == 10
    frame = pl.DataFrame([{"period": YEAR, **row} for row in rows])
    assert outside(frame, members(PLACES)).to_dicts() == [{"period": YEAR, "outside": 7}]


def test_kinds_of_places_narrow_who_speaks_for_the_city() -> None:
    rows = [
        {"place": "410102", "n": 10, "k": 10.0},
        {"place": "zone", "n": 10, "k": 10.0},
        {"place": "410122", "n": 20, "k": 0.0},
    ]
    assert _found(SHARE, rows, kinds=("district", "zone"))["410100"].value == 100.0
    assert _found(SHARE, rows, kinds=("county",))["410100"].value == 0.0


@pytest.mark.parametrize(
    ("n", "k", "interval"), [(20, 18, clopper_pearson), (400, 380, wilson), (400, 399, clopper_pearson)]
)
def test_a_sample_has_wilsons_interval_and_the_exact_one_where_it_is_small(n: int, k: int, interval: Any) -> None:
    found = _found(SHARE, [{"place": "410102", "n": n, "k": float(k)}], sample=True)["410102"]
    ends = interval(k, n)
    assert found.low == pytest.approx(100 * ends.low)
    assert found.high == pytest.approx(100 * ends.high)
    assert ("exact" if interval is clopper_pearson else "Wilson") in found.method.en


def test_a_census_has_no_interval() -> None:
    found = _found(SHARE, [{"place": "410102", "n": 20, "k": 18.0}])["410102"]
    assert (found.low, found.high) == (None, None)


def _sides(place: str, above: float | None, below: float | None) -> dict[str, Any]:
    return {
        "place": place,
        "numerator": above or 0.0,
        "numerator_hits": int(above is not None),
        "numerator_n": int(above is not None),
        "numerator_rows": int(above is not None),
        "denominator": below or 0.0,
        "denominator_hits": int(below is not None),
        "denominator_n": int(below is not None),
        "denominator_rows": int(below is not None),
    }


def test_a_place_that_reported_one_side_only_is_left_out_of_the_ratio() -> None:
    found = _found(RATIO, [_sides("410102", 90.0, 100.0), _sides("410122", None, 100.0)])
    assert found["410100"].value == 90.0
    assert found["410122"].value is None
    assert found["410122"].reason is not None


def test_sides_that_stand_at_different_levels_are_each_summed() -> None:
    found = _found(RATIO, [_sides("410102", 90.0, None), _sides("410100", None, 100.0)])
    assert found["410100"].value == 90.0


def test_a_ratio_over_nothing_has_no_value_and_says_why() -> None:
    found = _found(RATIO, [_sides("410102", 0.0, 0.0)])["410102"]
    assert found.value is None
    assert "zero" in found.reason.en if found.reason else False


def test_no_events_are_none_only_where_the_register_speaks() -> None:
    rows = [_sides("410102", 2.0, 10_000.0), _sides("410122", None, 10_000.0)]
    found = _found(EVENTS, rows, unit="")
    assert found["410100"].value == 1.0
    assert found["410122"].value == 0.0
    assert _found(EVENTS, [_sides("410122", None, 10_000.0)], unit="")["410122"].value is None


def test_a_cut_is_held_against_the_same_places_of_the_base_year() -> None:
    def cell(place: str, year: int, amount: float) -> dict[str, Any]:
        row = {"place": place, "amount": amount, "amount_hits": 1, "amount_n": 1, "rows": 1}
        return row | {"period": date(year, 1, 1)}

    rows = [
        cell("410102", 2010, 100.0),
        cell("410102", 2014, 80.0),
        cell("410122", 2010, 900.0),
    ]
    found = estimates(
        CUT,
        pl.DataFrame(rows),
        who=members(PLACES),
        scale=scale_of(CUT, unit="%", sample=False),
        grain="year",
    )
    assert found["410100", YEAR, None].value == 20.0


def test_a_mean_of_a_sample_has_students_interval() -> None:
    values = np.array([1.0, 2.0, 4.0, 7.0])
    row = {"place": "410102", "n": 4, "y": values.sum(), "yy": (values**2).sum()}
    found = _found(MEAN, [row], sample=True, unit="dB")["410102"]
    reach = 3.182446305 * values.std(ddof=1) / 2
    assert found.value == 3.5
    assert found.low == pytest.approx(3.5 - reach)


def test_a_year_of_air_with_too_few_days_has_no_value_and_says_why() -> None:
    def days(count: int) -> list[dict[str, Any]]:
        return [{"place": "410100", "date": YEAR + timedelta(days=day), "value": 80.0} for day in range(count)]

    assert _found(AIR, days(365), unit="µg/m³")["410100"].value == 80.0
    short = _found(AIR, days(300), unit="µg/m³")["410100"]
    assert short.value is None
    assert short.reason is not None
    assert short.n == 300


def test_the_air_of_the_city_is_not_the_mean_of_its_counties() -> None:
    rows = [{"place": "410102", "date": YEAR + timedelta(days=day), "value": 80.0} for day in range(365)]
    assert "410100" not in _found(AIR, rows, unit="µg/m³")


def test_weighted_sums_by_stratum_are_the_row_form_of_the_survey_method() -> None:
    rng = np.random.default_rng(5)
    y, w, h = rng.normal(70, 9, 300), rng.uniform(1, 4, 300), rng.integers(0, 4, 300)
    sums = [
        [f(y[h == s], w[h == s]) for s in range(4)]
        for f in (
            lambda y, w: y.size,
            lambda y, w: w.sum(),
            lambda y, w: (w * y).sum(),
            lambda y, w: (w * w).sum(),
            lambda y, w: (w * w * y).sum(),
            lambda y, w: (w * w * y * y).sum(),
        )
    ]
    strata = StratumSums(*(np.asarray(one, dtype=np.float64) for one in sums))
    wanted = survey.mean(y, survey.Design(weights=w, strata=h))
    assert strata.mean == pytest.approx(wanted.value, abs=1e-9)
    assert math.sqrt(strata.variance) == pytest.approx(wanted.se, rel=1e-9)
    assert mean_interval(strata).low == pytest.approx(wanted.low, rel=1e-9)


def test_a_weighted_share_of_one_stratum_is_that_of_the_survey_method() -> None:
    w = np.array([1.0, 2.0, 1.5, 1.0, 3.0, 2.0] * 12)
    y = np.array([1.0, 1.0, 0.0, 1.0, 1.0, 1.0] * 12)
    one = [float(v) for v in (w.size, w.sum(), (w * y).sum(), (w * w).sum(), (w * w * y).sum())]
    strata = StratumSums(*(np.array([v]) for v in (*one, one[-1])))
    wanted = survey.proportion_from_sums(int(one[0]), *one[1:])
    assert share_interval(strata).low == pytest.approx(wanted.low, rel=1e-6)
    assert share_interval(strata).high == pytest.approx(wanted.high, rel=1e-6)


def _reported(*rows: tuple[str, str, float, float | None]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "place": place,
                "start": parse(span).start,
                "end": parse(span).end,
                "numerator": above,
                "denominator": below,
            }
            for place, span, above, below in rows
        ],
        schema_overrides={"denominator": pl.Float64},
    )


def _merged(rows: list[dict[str, Any]], reported: pl.DataFrame, *, sample: bool = False) -> dict[str, Estimate]:
    who, scale = members(PLACES), scale_of(SHARE, unit="%", sample=sample)
    frame = pl.DataFrame([{"period": YEAR, **row} for row in rows], schema_overrides={"k": pl.Float64})
    found = estimates(SHARE, frame, who=who, scale=scale, grain="year")
    filed = of_periods(SHARE, reported, [parse("2014")])
    return {key[0]: one for key, one in with_reported(SHARE, found, filed, who=who, scale=scale).items()}


def test_a_reported_value_fills_in_where_no_rows_speak() -> None:
    found = _merged([{"place": "410102", "n": 10, "k": 10.0}], _reported(("410122", "2014", 5.0, 10.0)))
    assert (found["410122"].value, found["410122"].source) == (50.0, "reported")
    assert (found["410100"].value, found["410100"].source) == (75.0, "mixed")
    assert found["410102"].source == "rows"


def test_rows_win_over_a_reported_value() -> None:
    found = _merged([{"place": "410102", "n": 10, "k": 10.0}], _reported(("410102", "2014", 5.0, 10.0)))
    assert (found["410102"].value, found["410102"].source) == (100.0, "rows")
    assert found["410100"].value == 100.0


def test_what_the_city_reports_of_itself_is_not_added_to_its_places() -> None:
    found = _merged([], _reported(("410100", "2014", 90.0, 100.0), ("410102", "2014", 1.0, 10.0)))
    assert found["410100"].value == 90.0
    assert found["410102"].value == 10.0


def test_quarters_that_were_reported_add_up_to_the_year() -> None:
    found = _merged([], _reported(*(("410102", f"2014Q{number}", 9.0, 10.0) for number in range(1, 5))))
    assert (found["410102"].value, found["410102"].denominator) == (90.0, 40.0)


WEIGHED = _measure(kind="share", register="r", passing={"ok": True}, weight="weight", weight_when="all")


def _weighed(place: str, y: list[int], weights: list[float], missing: int = 0) -> dict[str, Any]:
    passes, given = np.array(y, float), np.array(weights, float)
    return {
        "place": place, "stratum": "", "n": len(y), "k": passes.sum(), "w": given.sum(), "wy": given @ passes,
        "ww": given @ given, "wwy": given**2 @ passes, "wwyy": given**2 @ passes**2, "missing": missing,
    }  # fmt: skip


def test_a_pass_rate_is_weighed_by_design_where_every_row_has_its_weight_and_tells_its_design_effect() -> None:
    passes, weights = [1] * 40 + [0] * 10, [1.0] * 40 + [6.0] * 10
    found = _found(WEIGHED, [_weighed("410102", passes, weights)], sample=True)["410102"]
    assert found.value == pytest.approx(40.0), "each failure stands for six batches"
    wanted = survey.proportion_from_sums(50, 100.0, 40.0, 400.0, 40.0)
    assert (found.low, found.high) == (pytest.approx(wanted.low * 100), pytest.approx(wanted.high * 100))
    assert found.weighted
    assert "Hájek" in found.method.zh
    assert f"设计效应 {wanted.deff:.2f}" in found.method.zh


def test_where_one_row_has_no_weight_none_is_weighed_and_the_value_says_so() -> None:
    rows = [
        _weighed("410102", [1] * 40 + [0] * 10, [1.0] * 40 + [6.0] * 10),
        _weighed("410122", [1, 1], [1.0, 1.0], 1),
    ]
    found = _found(WEIGHED, rows, sample=True)
    city = found["410100"]
    assert (city.n, city.numerator, city.value) == (52, 42.0, pytest.approx(4200 / 52))
    assert "未加权" in city.method.zh
    assert not city.weighted
    assert found["410102"].weighted, "the county whose batches all have weights keeps them"
    plain = _found(SHARE, [{"place": "410102", "n": 52, "k": 42.0}], sample=True)["410102"]
    assert (city.low, city.high) == (plain.low, plain.high)


def test_where_no_row_has_a_weight_the_rate_is_what_it_was_before() -> None:
    rows = [_weighed("410102", [1] * 40 + [0] * 10, [1.0] * 50, 50)]
    found = _found(WEIGHED, rows, sample=True)["410102"]
    plain = _found(SHARE, [{"place": "410102", "n": 50, "k": 40.0}], sample=True)["410102"]
    assert found == plain


@pytest.mark.parametrize(("missing", "value", "source"), [(50, 4900 / 60, "mixed"), (0, 40.0, "rows")])
def test_reported_counts_are_added_to_counts_and_never_to_weights(missing: int, value: float, source: str) -> None:
    who, scale = members(PLACES), scale_of(WEIGHED, unit="%", sample=True)
    rows = [{"period": YEAR, **_weighed("410102", [1] * 40 + [0] * 10, [1.0] * 40 + [6.0] * 10, missing)}]
    known = estimates(WEIGHED, pl.DataFrame(rows), who=who, scale=scale, grain="year")
    filed = of_periods(WEIGHED, _reported(("410122", "2014", 9.0, 10.0)), [parse("2014")])
    merged = with_reported(WEIGHED, known, filed, who=who, scale=scale)
    city = merged["410100", YEAR, None]
    assert (city.value, city.source) == (pytest.approx(value), source)
