"""Circulars say what was counted, must be answered, and climb when they are not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.goals.supervision import actions, queries
from qualicity.goals.tasks import actions as tasks
from qualicity.goals.tasks import queries as rows

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.definitions.plans import Plan

LATE = date(2015, 1, 12)


@pytest.fixture
def overdue(plan: Plan, derived: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tasks' deadline is past and nothing was done."""
    monkeypatch.setenv("QUALICITY_TODAY", LATE.isoformat())


def criticism(plan: Plan, by: Any, **given: Any) -> Any:
    given = {"reply_by": date(2015, 1, 20), "organisations": ["environment", "agriculture"]} | given
    return actions.draft(plan=plan, kind="criticism", title="关于任务逾期的通报", as_of=LATE, by=by, **given)


def test_criticism_is_drafted_from_what_was_counted(plan: Plan, overdue: None, office: Any) -> None:
    found = queries.circular(number=criticism(plan, office).pk, by=office)
    led = rows.assignments(
        plan=plan, as_of=LATE, by=office, wanted=rows.Wanted(organisation="environment", light="red")
    )
    fact = next(f for f in found.facts if f.organisation.code == "environment" and f.kind == "overdue")
    assert fact.value == len(led) > 0
    assert f"有 {len(led)} 项分工逾期" in fact.text.zh
    assert "已逾期 12 天" in fact.text.zh
    assert (fact.day, fact.link) == (LATE, "/tasks/assignments/?organisation=environment&light=red")


def test_nobody_is_praised_or_criticised_without_a_fact(plan: Plan, overdue: None, office: Any) -> None:
    with pytest.raises(InputError, match="environment"):
        actions.draft(plan=plan, kind="praise", title="表扬", as_of=LATE, organisations=["environment"], by=office)
    with pytest.raises(NotPossibleError):
        actions.draft(plan=plan, kind="praise", title="表扬", as_of=LATE, by=office)


def test_whoever_closed_in_time_and_owes_nothing_is_praised(
    plan: Plan, derived: Any, office: Any, colleague: Any, evidence: Path, make_person: Any
) -> None:
    """The trade unions support tasks; all of theirs are done before the deadline."""
    person, day = make_person("reporter", "trade-unions", "unions"), date(2014, 9, 1)
    for row in rows.assignments(plan=plan, as_of=day, by=office, wanted=rows.Wanted(organisation="trade-unions")):
        tasks.hand_in(assignment=row.number, text="完成", files=[evidence], by=person)
        tasks.close(assignment=row.number, by=office)
    found = {one.organisation.code: one for one in queries.facts(plan=plan, as_of=day, by=office)}["trade-unions"]
    assert [one.kind for one in found.good] == ["closed_in_time"]
    # no implementation plan was filed: the fact stands against them
    assert found.deserves == "criticism"


def test_a_fact_can_be_left_out_but_never_reworded(plan: Plan, overdue: None, office: Any) -> None:
    made = criticism(plan, office)
    view = queries.circular(number=made.pk, by=office)
    gone = [fact.number for fact in view.facts if fact.organisation.code == "agriculture"]
    actions.change(
        circular=made.pk, title="通报", opening="各成员单位：", closing="请限期整改。", reply_by=date(2015, 1, 20),
        without_facts=gone, by=office,
    )  # fmt: skip
    after = queries.circular(number=made.pk, by=office)
    assert [one.organisation.code for one in after.addressees] == ["environment"]
    kept = [fact.text for fact in view.facts if fact.organisation.code == "environment"]
    assert [fact.text for fact in after.facts] == kept
    with pytest.raises(InputError):
        actions.change(
            circular=made.pk, title="通报", opening="", closing="", by=office,
            without_facts=[fact.number for fact in after.facts],
        )  # fmt: skip


def test_issued_criticism_must_be_answered_and_climbs_when_it_is_not(
    plan: Plan, overdue: None, office: Any, make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = criticism(plan, office)
    reader = make_person("reporter", "agriculture", "farm")
    with pytest.raises(NotFoundError):
        queries.circular(number=made.pk, by=reader)
    actions.issue(circular=made.pk, by=office)
    found = queries.circular(number=made.pk, by=reader)
    assert (found.mark.zh, found.issued_on) == ("〔2015〕1 号", LATE)
    assert [one.answer for one in found.addressees] == ["issued", "issued"]
    assert actions.climb(plan=plan, by=office) == ()
    from qualicity.commons.cases import actions as cases
    from qualicity.commons.cases import queries as reading

    answered = next(one for one in found.addressees if one.organisation.code == "agriculture")
    case = reading.case(answered.case, reader)
    cases.move(case=case, move="answer", reason="已整改", by=reader)
    monkeypatch.setenv("QUALICITY_TODAY", "2015-01-21")
    assert [one.organisation.code for one in actions.climb(plan=plan, by=office)] == ["environment"]
    states = {one.organisation.code: one.answer for one in queries.circular(number=made.pk, by=office).addressees}
    assert states == {"agriculture": "answered", "environment": "escalated"}
    assert actions.climb(plan=plan, by=office) == ()


def test_criticism_without_a_day_to_answer_by_is_not_issued(plan: Plan, overdue: None, office: Any) -> None:
    made = criticism(plan, office, reply_by=None)
    with pytest.raises(InputError):
        actions.issue(circular=made.pk, by=office)
    actions.drop(circular=made.pk, reason="不再通报", by=office)
    with pytest.raises(NotPossibleError):
        actions.issue(circular=made.pk, by=office)


def test_a_letter_goes_to_one_organisation(plan: Plan, overdue: None, office: Any) -> None:
    with pytest.raises(InputError):
        actions.draft(
            plan=plan,
            kind="letter",
            title="督办",
            as_of=LATE,
            organisations=["environment", "agriculture"],
            by=office,
        )


def test_only_the_office_drafts_and_issues(plan: Plan, overdue: None, office: Any, make_person: Any) -> None:
    made = criticism(plan, office)
    for role, unit in (("county", "zhongmu"), ("leader", None), ("auditor", None)):
        person = make_person(role, unit)
        with pytest.raises(NotAllowedError):
            criticism(plan, person)
        with pytest.raises(NotAllowedError):
            actions.issue(circular=made.pk, by=person)
