"""Reports of laboratories: judged by rule, corrected only by a new one, decided by a person where a rule cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.unit.evidence.inspections.laboratory_work import REPORTED, laboratories, measured, waiting
from tests.unit.evidence.inspections.samples import sample as failed_sample

from qualicity.commons.accounts.models import Organisation, Person
from qualicity.commons.audit import queries as audit
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError, QualicityError
from qualicity.evidence.inspections.actions import reporting
from qualicity.evidence.inspections.actions.reporting import decide_report, record_report
from qualicity.evidence.inspections.models import ItemResult, LabReport, Sample
from qualicity.evidence.inspections.queries import testing
from qualicity.evidence.inspections.queries.judging import Measured

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(home: Any, make_person: Callable[..., Person]) -> dict[str, Person]:
    return laboratories(make_person)


def report(sample: Sample, by: Person, results: list[Measured] | None = None, **more: Any) -> LabReport:
    given = {"number": "JB-1", "reported_on": REPORTED} | more
    return record_report(sample=sample, results=results if results is not None else measured(), by=by, **given)


def test_a_report_whose_items_all_pass_concludes_the_sample(people: dict[str, Person]) -> None:
    sample = waiting(people["office"])
    done = report(sample, people["lab-one"])
    sample.refresh_from_db()
    assert (done.conclusion, done.kind, sample.state, sample.conclusion, sample.concluded_on) == (
        "qualified", "first", "concluded", "qualified", REPORTED,
    )  # fmt: skip
    lines = testing.lines_of(done)
    assert [(one.title, one.verdict, one.rule) for one in lines] == [
        ("甲醛含量", "qualified", "whole_value"), ("pH值", "qualified", "whole_value"),
        ("耐水色牢度", "qualified", "whole_value"), ("可分解致癌芳香胺染料", "qualified", "whole_value"),
    ]  # fmt: skip
    assert (lines[0].limit, lines[0].unit, lines[0].standard, lines[0].method) == (
        "≤75 mg/kg", "mg/kg", "GB 18401-2010", "GB/T 2912.1",
    )  # fmt: skip
    assert "12 mg/kg" in lines[0].why_zh
    assert [one.verb for one in audit.records_of(f"sample:{sample.number}")] == ["inspections.report"]


def test_one_failed_item_fails_the_sample(people: dict[str, Person]) -> None:
    sample = waiting(people["office"])
    done = report(sample, people["lab-one"], measured(formaldehyde="75.1"))
    sample.refresh_from_db()
    assert (done.conclusion, sample.conclusion, sample.state) == ("unqualified", "unqualified", "concluded")
    assert sample.failure is None, "whoever follows failures opens the case"


def test_what_the_rules_leave_open_waits_for_a_person_with_a_reason(people: dict[str, Person]) -> None:
    sample = waiting(people["office"])
    done = report(sample, people["lab-one"], measured(azo_dyes="未检出(<25mg/kg)"))
    sample.refresh_from_db()
    assert (done.conclusion, sample.state, sample.conclusion, sample.concluded_on) == (
        "undecided",
        "tested",
        "",
        None,
    )
    assert testing.can_decide(done, people["office"])
    assert testing.can_decide(done, people["county"])
    assert not testing.can_decide(done, people["neighbour"])
    with pytest.raises(NotAllowedError):
        decide_report(report=done, conclusion="qualified", reason="—", by=people["lab-one"])
    with pytest.raises(InputError):
        decide_report(report=done, conclusion="qualified", reason=" ", by=people["county"])
    with pytest.raises(InputError):
        decide_report(report=done, conclusion="undecided", reason="不清楚", by=people["county"])
    decided = decide_report(
        report=done, conclusion="unqualified", reason="按方法检出限高于限量，重测检出", by=people["county"]
    )
    sample.refresh_from_db()
    assert (decided.conclusion, decided.decided_by, sample.conclusion, sample.state) == (
        "unqualified", people["county"], "unqualified", "concluded",
    )  # fmt: skip
    assert sample.concluded_on is not None
    with pytest.raises(NotPossibleError):
        decide_report(report=done, conclusion="qualified", reason="再想想", by=people["county"])


def test_a_wrong_unit_is_refused_by_name_and_nothing_is_recorded(people: dict[str, Person]) -> None:
    sample = waiting(people["office"])
    results = [*measured()[1:], Measured(item="formaldehyde", values=("12",), unit="mg/L")]
    with pytest.raises(InputError) as caught:
        report(sample, people["lab-one"], results)
    for text in (caught.value.text.zh, caught.value.text.en):
        assert "mg/L" in text
        assert "mg/kg" in text
    assert not LabReport.objects.exists()
    sample.refresh_from_db()
    assert sample.state == "delivered"


def test_another_unit_of_the_same_quantity_is_converted(people: dict[str, Person]) -> None:
    results = [Measured(item="formaldehyde", values=("0.076",), unit="g/kg")]
    done = report(waiting(people["office"]), people["lab-one"], results)
    line = testing.lines_of(done)[0]
    assert (line.verdict, line.unit, line.values) == ("unqualified", "g/kg", ["0.076"])
    assert "“g/kg”已换算为“mg/kg”" in line.why_zh


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([Measured(item="formaldehid", values=("1",))], "catalogue has no such item"),
        ([Measured(item="formaldehyde", values=("",))], "the result is missing"),
        ([Measured(item="formaldehyde", values=("很少",))], "cannot be read"),
        ([Measured(item="formaldehyde", values=("1.2×10",))], "raised power"),
        ([Measured(item="formaldehyde", values=("1", "2"))], "1 result(s) are asked for, 2 given"),
        ([Measured(item="formaldehyde", values=("1；2",))], "1 result(s) are asked for, 2 given"),
        (measured() + measured(), "this item is there twice"),
        ([], "no results"),
    ],
)
def test_a_faulty_entry_is_refused_with_what_is_wrong(
    people: dict[str, Person], results: list[Measured], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        report(waiting(people["office"]), people["lab-one"], results)
    assert said in caught.value.text.en
    assert not ItemResult.objects.exists()


def test_five_samples_of_food_are_asked_for_and_judged(people: dict[str, Person]) -> None:
    sample = waiting(people["office"], product="pastry")
    five = Measured(item="colonies", values=("1.2×10⁴", "<10", "2×10^4", "9000", "11000"))
    salmonella = Measured(item="沙门氏菌", values=("未检出；未检出；未检出；未检出；未检出",))
    done = report(sample, people["lab-one"], [five, salmonella])
    lines = testing.lines_of(done)
    assert [(one.item, one.verdict, len(one.values)) for one in lines] == [
        ("colonies", "unqualified", 5), ("salmonella", "qualified", 5),
    ]  # fmt: skip
    assert "3个超过m（允许2个）" in lines[0].why_zh
    other = waiting(people["office"], "CJ2014-1002", product="pastry")
    with pytest.raises(InputError) as caught:
        report(other, people["lab-one"], [Measured(item="colonies", values=("10", "20"))])
    assert "5 result(s) are asked for, 2 given" in caught.value.text.en


def test_a_requirement_in_words_takes_the_laboratory_s_word(people: dict[str, Person]) -> None:
    sample = waiting(people["office"], product="childrens-toys")
    done = report(sample, people["lab-one"], [Measured(item="small-parts", values=("不符合",))])
    assert (done.conclusion, testing.lines_of(done)[0].rule) == ("unqualified", "laboratory_word")


def test_an_item_outside_the_catalogue_brings_its_own_limit(people: dict[str, Person]) -> None:
    extra = Measured(title="甲苯", values=("0.3",), unit="mg/kg", limit="≤0.5mg/kg", standard="自拟")
    done = report(waiting(people["office"]), people["lab-one"], [*measured(), extra])
    line = testing.lines_of(done)[-1]
    assert (line.item, line.title, line.verdict, line.standard) == ("", "甲苯", "qualified", "自拟")


def test_the_same_report_again_is_the_one_that_is_there(people: dict[str, Person]) -> None:
    sample = waiting(people["office"])
    first, again = report(sample, people["lab-one"]), report(sample, people["lab-one"])
    assert first.pk == again.pk
    assert LabReport.objects.count() == 1
    assert len(audit.records_of(f"sample:{sample.number}")) == 1
    with pytest.raises(NotPossibleError):
        report(sample, people["lab-one"], measured(formaldehyde="99"))


def test_a_report_is_corrected_only_by_another_with_a_reason_and_the_first_stays(people: dict[str, Person]) -> None:
    sample = waiting(people["office"])
    first = report(sample, people["lab-one"], measured(formaldehyde="99"))
    with pytest.raises(NotPossibleError) as caught:
        report(sample, people["lab-one"], number="JB-2")
    assert "give a reason" in caught.value.text.en
    second = report(sample, people["lab-one"], number="JB-2", reason="换算错误")
    first.refresh_from_db()
    sample.refresh_from_db()
    assert first.replaced_by == second
    assert first.conclusion == "unqualified"
    assert first.results.count() == 4
    assert (second.reason, sample.conclusion) == ("换算错误", "qualified")
    assert testing.earlier(second) == (first,)
    assert not testing.can_replace(first, people["lab-one"])
    verbs = [one.verb for one in audit.records_of(f"sample:{sample.number}")]
    assert sorted(verbs) == ["inspections.replace_report", "inspections.report"]


def test_a_correction_does_not_pull_the_ground_from_under_what_rests_on_it(people: dict[str, Person]) -> None:
    sample = waiting(people["office"])
    report(sample, people["lab-one"], measured(formaldehyde="99"))
    Sample.objects.filter(pk=sample.pk).update(submission=17)
    with pytest.raises(NotPossibleError) as caught:
        report(sample, people["lab-one"], number="JB-2", reason="换算错误")
    assert "register" in caught.value.text.en
    done = report(sample, people["lab-one"], measured(formaldehyde="98"), number="JB-2", reason="抄写错误")
    assert done.conclusion == "unqualified", "the conclusion stays, so the figure may be corrected"


def test_only_the_laboratory_that_has_the_sample_reports_on_it(people: dict[str, Person]) -> None:
    sample = waiting(people["office"])
    for name, kind in (("lab-two", NotFoundError), ("office", NotAllowedError), ("county", NotAllowedError)):
        with pytest.raises(kind):
            report(sample, people[name])
    with pytest.raises(NotAllowedError):
        report(sample, people["lab-two"], laboratory=Organisation.objects.get(code="lab-one"))
    assert not LabReport.objects.exists()


@pytest.mark.parametrize("shift", [-14, 9999])
def test_a_report_is_dated_between_the_coming_of_the_sample_and_today(people: dict[str, Person], shift: int) -> None:
    with pytest.raises(InputError) as caught:
        report(waiting(people["office"]), people["lab-one"], reported_on=REPORTED + timedelta(days=shift))
    assert "should lie between" in caught.value.text.en


@pytest.mark.parametrize("state", ["taken", "void"])
def test_a_sample_that_is_not_at_the_laboratory_has_no_report(people: dict[str, Person], state: str) -> None:
    with pytest.raises(QualicityError):
        report(waiting(people["office"], state=state), people["lab-one"])


def test_the_laboratory_of_the_first_test_never_re_inspects(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = failed_sample(people["office"], product="womens-wear")
    Sample.objects.filter(pk=sample.pk).update(laboratory=Organisation.objects.get(code="lab-one"))
    sample.refresh_from_db()
    with pytest.raises(NotFoundError):
        report(sample, people["lab-two"])
    monkeypatch.setattr(testing, "named_laboratories", lambda found: {one.pk: "lab-two" for one in found})
    again = report(sample, people["lab-two"], [Measured(title="甲醛含量", values=("12",), limit="≤75mg/kg")],
                   reported_on=date(2014, 6, 20))  # fmt: skip
    sample.refresh_from_db()
    assert (again.kind, again.conclusion) == ("reinspection", "qualified")
    assert sample.conclusion == "unqualified", "the case decides what the re-inspection changes"
    monkeypatch.setattr(testing, "named_laboratories", lambda found: {one.pk: "lab-one" for one in found})
    monkeypatch.setattr(reporting, "named_laboratories", lambda found: {one.pk: "lab-one" for one in found})
    with pytest.raises(NotPossibleError) as caught:
        report(sample, people["lab-one"], reported_on=date(2014, 6, 20))
    assert "laboratory of the first test" in caught.value.text.en


def test_what_waits_is_seen_by_its_own_laboratory_with_the_day_of_the_law(people: dict[str, Person]) -> None:
    food = waiting(people["office"], "CJ2014-1003", product="pastry")
    goods = waiting(people["office"])
    mine = list(testing.samples_to_test(by=people["lab-one"]))
    assert {one.number for one in mine} == {food.number, goods.number}
    assert not testing.samples_to_test(by=people["lab-two"]).exists()
    with pytest.raises(NotAllowedError):
        testing.samples_to_test(by=people["county"])
    rows = {row.sample.number: row for row in testing.to_test(mine, by=people["lab-one"])}
    assert rows[goods.number].due is None, "the rules on products set no day for the report"
    report(goods, people["lab-one"])
    assert [one.number for one in testing.samples_to_test(by=people["lab-one"])] == [food.number]


def test_a_report_is_read_by_its_laboratory_and_by_who_may_see_the_sample(people: dict[str, Person]) -> None:
    done = report(waiting(people["office"]), people["lab-one"])
    for name in ("lab-one", "office", "county"):
        assert testing.report(done.pk, people[name]).pk == done.pk
    for name in ("lab-two", "neighbour"):
        with pytest.raises(NotFoundError):
            testing.report(done.pk, people[name])
