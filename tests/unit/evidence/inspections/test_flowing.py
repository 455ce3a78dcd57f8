"""Settled results in the register of batches: by the door of every file, each once, changes as corrections."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.evidence.inspections.samples import sample

from qualicity.definitions import periods
from qualicity.errors import NotAllowedError
from qualicity.evidence.inspections import actions
from qualicity.evidence.inspections.actions import Given
from qualicity.evidence.inspections.models import Sample
from qualicity.evidence.submissions import actions as submissions
from qualicity.evidence.submissions import queries as filed

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

QUARTER = periods.parse("2014-Q2")


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-07-10")


def test_only_settled_results_of_the_period_flow_and_each_once(following: dict[str, Person]) -> None:
    county, office = following["county"], following["office"]
    sample(county, "A", conclusion="qualified")
    sample(county, "B", conclusion="qualified", kind="evaluative", design_weight=12.5)
    sample(county, "C", conclusion="qualified", on=date(2014, 3, 31))
    failed = sample(county, "D")
    sample(county, "E", recheck_of=failed, conclusion="qualified")
    done = actions.flow(period=QUARTER, by=office)
    assert (done.rows, done.corrections) == (2, ())
    assert done.filed is not None
    assert (done.filed.state, done.filed.rows, done.filed.errors) == ("submitted", 2, 0)
    assert actions.flow(period=QUARTER, by=office).filed is None, "each once"
    actions.open_failure(sample=failed, by=county)
    actions.proceed(sample=failed, move="serve", by=county)
    assert actions.flow(period=QUARTER, by=office).rows == 0, "its failure is not final"
    actions.proceed(sample=failed, move="accept_result", by=following["enterprise"])
    later = actions.flow(period=QUARTER, by=office)
    assert later.rows == 1
    for one in (done.filed, later.filed):
        assert one is not None
        submissions.accept(submission=one, by=following["accepter"])
    rows = filed.scan("spot_check_batches").sort("batch").collect().to_dicts()
    assert [(row["batch"], row["conclusion"], row["sampling_kind"], row["design_weight"]) for row in rows] == [
        ("A", "qualified", "routine", 4.0),
        ("B", "qualified", "evaluative", 12.5),
        ("D", "unqualified", "routine", 4.0),
    ]
    assert (rows[2]["tested_item"], rows[2]["result"], rows[2]["limit"]) == ("甲醛含量", "95", "≤75")


def test_what_changes_after_it_was_filed_is_corrected_by_a_correcting_submission(
    following: dict[str, Person],
) -> None:
    county, office = following["county"], following["office"]
    for number in ("A", "B", "C"):
        sample(county, number, conclusion="qualified")
    first = actions.flow(period=QUARTER, by=office).filed
    assert first is not None
    submissions.accept(submission=first, by=following["accepter"])
    Sample.objects.filter(number="B").update(product_name="模拟毛衫")
    Sample.objects.filter(number="C").update(state="void", conclusion="undecided")
    done = actions.flow(period=QUARTER, by=office)
    (correction,) = done.corrections
    assert (done.filed, done.corrected, correction.corrects_id) == (None, 2, first.pk)
    submissions.accept(submission=correction, by=following["accepter"])
    rows = filed.scan("spot_check_batches").sort("batch").collect()
    assert rows.get_column("batch").to_list() == ["A", "B"]
    assert rows.get_column("product").to_list() == ["模拟针织衫", "模拟毛衫"]
    again = actions.flow(period=QUARTER, by=office)
    assert (again.filed, again.corrections) == (None, ())


def test_what_was_returned_flows_again(following: dict[str, Person]) -> None:
    sample(following["county"], "A", conclusion="qualified")
    first = actions.flow(period=QUARTER, by=following["office"]).filed
    assert first is not None
    submissions.return_(submission=first, reason="请核对", by=following["accepter"])
    again = actions.flow(period=QUARTER, by=following["office"])
    assert again.filed is not None
    assert again.filed.pk != first.pk
    assert again.rows == 1


def test_only_who_decides_for_the_organisation_lets_it_flow(following: dict[str, Person]) -> None:
    for name in ("inspector", "auditor", "enterprise", "county"):
        with pytest.raises(NotAllowedError):
            actions.flow(period=QUARTER, by=following[name], organisation="quality-supervision")


def test_an_overturned_failure_flows_as_a_pass(following: dict[str, Person], tmp_path: Any) -> None:
    county, second = following["county"], following["second"]
    one = sample(county, on=date(2014, 6, 3))
    actions.open_failure(sample=one, by=county)
    actions.proceed(sample=one, move="serve", by=county)
    actions.ask_reinspection(sample=one, reason="不服", by=following["enterprise"])
    actions.proceed(sample=one, move="accept_reinspection", by=county)
    actions.proceed(sample=one, move="do_formalities", by=following["enterprise"])
    actions.proceed(sample=one, move="name_laboratory", by=county)
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.7")
    actions.proceed(sample=one, move="receive_reinspection", by=county, given=Given(evidence=(report,)))
    actions.proceed(sample=one, move="overturn_result", by=second, given=Given(reason="复检合格"))
    assert actions.flow(period=QUARTER, by=following["office"]).rows == 0, "it is concluded in July now"
    third = actions.flow(period=periods.parse("2014-Q3"), by=following["office"])
    assert third.rows == 1
