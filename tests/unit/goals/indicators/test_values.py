"""Values follow what was accepted, as known on any day, and lead back to the file."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import actions as registry_actions
from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import parse
from qualicity.evidence.submissions import actions
from qualicity.goals.indicators import queries
from qualicity.goals.indicators.queries import estimating

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.django_db
DAY = date(2015, 3, 31)


@pytest.fixture
def file_in(home: Path, operator: Any, tmp_path: Path) -> Callable[..., Any]:
    """Return a function that files rows by the ordinary door and has them accepted."""
    registry_actions.sync(by=operator)

    def file_in(register: str, organisation: str, period: str, text: str, **given: Any) -> Any:
        path = tmp_path / f"{register}-{period}-{len(text)}.csv".replace("/", "_")
        path.write_text(text, encoding="utf-8")
        filed = actions.receive(
            register=register,
            organisation=organisation,
            period=parse(period),
            file=path,
            name=path.name,
            by=operator,
            **given,
        )
        assert filed.state == "draft", text
        filed = actions.submit(submission=filed, by=operator, unexplained=True)
        return actions.accept(submission=filed, by=operator, reason="已核对")

    return file_in


def _sewage(*rows: tuple[str, str, float, float]) -> str:
    lines = [f"{place},{day},{discharged},{treated}" for place, day, discharged, treated in rows]
    return "\n".join(["place,date,discharged,treated", *lines]) + "\n"


def _value(code: str, **given: Any) -> queries.IndicatorValue:
    asked = {"plan": registry.plan(), "as_of": DAY, "by": accounts.operator()}
    return queries.value(code, **(asked | given))


def test_nothing_accepted_is_no_data_not_nought(home: Path, operator: Any) -> None:
    found = _value("environment-1a")
    assert (found.value, found.n, found.status) == (None, 0, "no_data")
    assert found.reason is not None


def test_a_value_is_the_ratio_of_sums_of_the_right_places(file_in: Callable[..., Any]) -> None:
    file_in(
        "sewage",
        "urban-management",
        "2014",
        _sewage(
            ("410102", "2014-06-30", 100, 98),
            ("410103", "2014-06-30", 300, 270),
            ("410122", "2014-06-30", 50, 20),
        ),
    )
    districts, counties = _value("environment-1a"), _value("environment-1b")
    assert (districts.value, districts.status, districts.certainty) == (92.0, "not_met", "firm")
    assert (counties.value, counties.period.label if counties.period else "") == (40.0, "2014")
    assert districts.versions == {"sewage": 1}
    assert "410104" in districts.missing
    assert _value("environment-1a", place="410102").value == 98.0
    assert not _value("environment-1b", place="410102").applies


def test_only_what_depends_on_a_submission_is_computed_again(
    file_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    file_in("sewage", "urban-management", "2014", _sewage(("410102", "2014-06-30", 100, 98)))
    counted: list[str] = []
    real = estimating._results

    def counting(plan: Any, indicator: Any, *rest: Any) -> Any:
        counted.append(indicator.code)
        return real(plan, indicator, *rest)

    monkeypatch.setattr(estimating, "_results", counting)
    asked = {"plan": registry.plan(), "as_of": DAY, "by": accounts.operator()}
    queries.values(**asked)
    assert len(set(counted)) == 36
    counted.clear()
    queries.values(**asked)
    assert counted == []
    file_in("sewage", "urban-management", "2013", _sewage(("410102", "2013-06-30", 100, 90)))
    queries.values(**asked)
    assert set(counted) == {"environment-1a", "environment-1b"}


def test_a_value_is_readable_as_known_on_an_earlier_day(file_in: Callable[..., Any]) -> None:
    filed = file_in("sewage", "urban-management", "2014", _sewage(("410102", "2014-06-30", 100, 98)))
    known = filed.reviewed_at.date()
    assert _value("environment-1a", known_on=known).value == 98.0
    assert _value("environment-1a", known_on=date(2000, 1, 1)).value is None


def test_every_row_leads_to_its_submission_and_the_hash_of_its_file(file_in: Callable[..., Any]) -> None:
    text = _sewage(("410102", "2014-06-30", 100, 98), ("410122", "2014-06-30", 50, 20))
    filed = file_in("sewage", "urban-management", "2014", text)
    page = queries.rows("environment-1a", plan=registry.plan(), as_of=DAY, by=accounts.operator())
    assert page.total == 1
    assert page.rows["place"].to_list() == ["410102"]
    origin = page.origins[filed.pk]
    assert origin.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert origin.organisation.code == "urban-management"


def test_a_county_officer_sees_the_rows_of_the_own_county_only(
    file_in: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    file_in(
        "sewage",
        "urban-management",
        "2014",
        _sewage(
            ("410102", "2014-06-30", 100, 98), ("410122", "2014-06-30", 50, 20), ("410181", "2014-06-30", 50, 20)
        ),
    )
    officer = make_person("county", "zhongmu")
    page = queries.rows("environment-1b", plan=registry.plan(), as_of=DAY, by=officer)
    assert page.rows["place"].to_list() == ["410122"]
    assert _value("environment-1b", by=officer).value == 40.0


def test_a_reported_value_is_shown_as_less_sure(file_in: Callable[..., Any]) -> None:
    file_in(
        "reported_values",
        "urban-management",
        "2014",
        "indicator,place,period_start,period_end,numerator,denominator,document\n"
        "environment-2,410100,2014-01-01,2014-12-31,95,100,郑城管函〔2015〕1号\n",
    )
    found = _value("environment-2")
    assert (found.value, found.source, found.status, found.certainty) == (95.0, "reported", "met", "uncertain")


def test_a_period_that_nobody_has_to_have_reported_yet_does_not_hide_the_one_before(
    file_in: Callable[..., Any],
) -> None:
    rows = "\n".join(
        f"N{n},410122,monitoring,白菜,vegetables,true,2014-11-02,{'un' * (not n)}qualified,2014-11-09,有机磷"
        for n in range(40)
    )
    head = "sample,place,programme,product,category,main_product,sampled_on,conclusion,concluded_on,tested_item\n"
    file_in("farm_samples", "agriculture", "2014-Q4", head + rows + "\n")
    assert _value("product-2", as_of=date(2015, 3, 31)).period == parse("2014Q4")
    late = _value("product-2", as_of=date(2015, 6, 29))
    assert late.period == parse("2015Q1")
    assert late.value is None


@pytest.mark.shared
def test_the_air_of_zhengzhou_follows_its_trajectory(file_in: Callable[..., Any], shared: Path) -> None:
    text = (shared / "data/01_air/zhengzhou_daily_2013-12_2017-01.csv").read_text(encoding="utf-8-sig")
    file_in("air_quality_daily", "environment", "2013-12/2017-01", text, profile="city-air-daily")
    seen = [
        (round(found.value or 0, 1), found.status, found.pace)
        for found in (_value("environment-6b", as_of=date(year + 1, 1, 31)) for year in (2014, 2015, 2016))
    ]
    assert seen == [(87.1, "not_due", "on_track"), (95.3, "not_due", "on_track"), (78.6, "met", None)]


@pytest.mark.parametrize("grain", ["", "year", "quarter"])
def test_the_chart_shows_the_periods_of_the_table_beside_it(
    file_in: Callable[..., Any], operator: Any, client: Any, grain: str
) -> None:
    file_in("sewage", "zhongmu", "2014Q1", _sewage(("410122", "2014-03-31", 100.0, 90.0)))
    file_in("sewage", "zhongmu", "2014Q4", _sewage(("410122", "2014-12-31", 100.0, 80.0)))
    client.force_login(operator)
    asked = {"as_of": "2015-03-31"} | ({"grain": grain} if grain else {})
    shown = grain or "year"
    page = client.get("/indicators/environment-1b/", asked).content.decode()
    address = page[page.index("trend.png") : page.index("trend.png") + 120]
    assert f"grain={shown}" in address.partition('"')[0]
    drawn = client.get("/indicators/environment-1b/trend.json", asked).json()["data"]["values"]
    assert drawn
    assert all(("Q" in one["label"]) == (shown == "quarter") for one in drawn)
