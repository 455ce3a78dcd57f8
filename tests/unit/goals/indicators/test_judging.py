"""Every kind of target is judged as it is written."""

from __future__ import annotations

from typing import Any

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import Period, parse, periods
from qualicity.engines.measures.estimates import NOTHING, Estimate
from qualicity.goals.indicators.queries.judging import aim_of, judged, judged_over, path_of

PLAN = catalogue().plans["zhengzhou-2014"]


def _estimate(value: float, **given: Any) -> Estimate:
    return Estimate(value, source="rows", n=given.pop("n", 1000), **given)


def _status(code: str, value: float, period: str, **given: Any) -> tuple[str, str | None, str | None]:
    found = judged(PLAN.indicator(code), _estimate(value, **given), parse(period))
    return str(found.status), _word(found.certainty), _word(found.pace)


def _word(state: object) -> str | None:
    return None if state is None else str(state)


@pytest.mark.parametrize(
    ("code", "value", "period", "wanted"),
    [
        ("product-1", 30.0, "2014", ("not_met", "firm", None)),
        ("product-1", 30.1, "2014", ("met", "firm", None)),
        ("product-4", 93.95, "2014", ("met", "firm", None)),
        ("product-5", 99.99, "2014Q4", ("not_met", "firm", None)),
        ("environment-3a", 56.04, "2014", ("met", "firm", None)),
        ("environment-4", 0.0, "2014Q4", ("met", "firm", None)),
        ("environment-4", 1.0, "2014Q4", ("not_met", "firm", None)),
        ("environment-6a", 140.0, "2014", ("no_target", None, None)),
        ("environment-6b", 104.0, "2014", ("not_due", "firm", "behind")),
        ("environment-6b", 103.6, "2014", ("not_due", "firm", "on_track")),
        ("environment-6b", 95.0, "2016", ("met", "firm", None)),
        ("environment-7", 11.9, "2014", ("not_due", "firm", "on_track")),
        ("environment-7", 14.7, "2015", ("not_met", "firm", None)),
        ("task-28", 0.389, "2014", ("met", "firm", None)),
        ("task-28", 0.3, "2013", ("no_data", None, None)),
    ],
)
def test_a_target_is_judged_as_it_is_written(
    code: str, value: float, period: str, wanted: tuple[str, str | None, str | None]
) -> None:
    assert _status(code, value, period) == wanted


def test_an_interval_over_the_target_makes_a_judgement_uncertain_and_leaves_the_status() -> None:
    assert _status("product-4", 94.5, "2014", low=93.0, high=96.0) == ("met", "uncertain", None)


def test_too_few_rows_leave_a_target_undecided() -> None:
    assert _status("product-4", 100.0, "2014", n=29, low=88.0, high=100.0)[:2] == ("undecided", "too_few")


def test_a_reported_value_is_never_firm() -> None:
    found = judged(PLAN.indicator("environment-2"), Estimate(95.0, source="reported", n=0), parse("2014"))
    assert (str(found.status), str(found.certainty)) == ("met", "uncertain")


def test_the_way_to_a_target_is_straight_between_the_stated_years() -> None:
    target = PLAN.indicator("environment-6b").target
    assert [round(path_of(target, year) or 0, 2) for year in (2013, 2014, 2015, 2016, 2017)] == [
        108.0,
        103.67,
        99.33,
        95.0,
        95.0,
    ]
    assert aim_of(target, 2014) == 95.0
    assert path_of(PLAN.indicator("product-1").target, 2014) is None


def _quarters(*values: float | None) -> list[tuple[Period, Estimate]]:
    spans = list(periods("quarter", parse("2013").start, parse("2016").end))
    return [
        (span, NOTHING if value is None else _estimate(value)) for span, value in zip(spans, values, strict=False)
    ]


def test_a_target_for_every_period_fails_with_any_period_of_the_plan() -> None:
    one = PLAN.indicator("product-2")
    missed, failed = judged_over(PLAN, one, _quarters(97, 97, 97, 97, 97, 95, 97, 97))
    assert (str(missed.status), failed) == ("not_met", ("2014Q2",))


def test_periods_before_the_plan_do_not_count() -> None:
    found, failed = judged_over(PLAN, PLAN.indicator("product-2"), _quarters(90, 90, 90, 90, 97, 97))
    assert (str(found.status), failed) == ("met", ())


def test_a_gap_leaves_a_target_for_every_period_undecided() -> None:
    found, _ = judged_over(PLAN, PLAN.indicator("product-2"), _quarters(97, 97, 97, 97, 97, None, 97))
    assert str(found.status) == "undecided"
