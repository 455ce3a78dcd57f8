"""Who owes what by when, closing a period, reminding, and the slow obvious way to compute the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import Period, parse
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.evidence.submissions import actions, queries
from qualicity.evidence.submissions.models import Reminder
from qualicity.evidence.submissions.queries.obligations import _covered

from .conftest import BAD, GOOD, QUARTER


def state_of(house, *, as_of=date(2014, 4, 10), known_on=None, period=QUARTER, who="office"):
    found = queries.obligations(
        plan=registry.plan(), as_of=as_of, by=house[who], known_on=known_on, register="waste", organisation="zhongmu"
    )
    return next((one for one in found if one.period == period), None)


def test_a_period_is_owed_once_it_has_ended(house):
    assert state_of(house, as_of=date(2014, 3, 30)) is None
    assert state_of(house, as_of=date(2014, 3, 31)).state == "due"


def test_it_is_due_until_its_day_and_missing_after(house):
    assert state_of(house, as_of=date(2014, 4, 15)).state == "due"
    late = state_of(house, as_of=date(2014, 4, 18))
    assert (late.state, late.due, late.days) == ("missing", date(2014, 4, 15), 3)


def test_a_draft_is_not_handed_in(house, file_in):
    file_in()
    assert state_of(house).state == "due"


def test_what_is_submitted_in_time_is_on_time(house, file_in):
    submission = actions.submit(submission=file_in(), by=house["county"])
    state = state_of(house)
    assert (state.state, state.submission, state.handed_in) == ("on_time", submission.pk, date(2014, 4, 10))


def test_what_is_submitted_after_the_day_is_late(house, file_in, monkeypatch):
    draft = file_in()
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-20")
    submitted = actions.submit(submission=draft, by=house["county"])
    assert submitted.late is True
    state = state_of(house, as_of=date(2014, 4, 20))
    assert (state.state, state.days) == ("late", 5)


def test_a_returned_file_leaves_the_period_owed_and_is_named(house, file_in):
    returned = file_in(*GOOD[:2], BAD)
    state = state_of(house)
    assert (state.state, state.returned) == ("due", returned.pk)


def test_a_late_correction_does_not_make_a_punctual_report_late(house, accepted, monkeypatch):
    first = accepted()
    monkeypatch.setenv("QUALICITY_TODAY", "2014-06-01")
    accepted(GOOD[0], corrects=first, name="corrected.csv")
    assert state_of(house, as_of=date(2014, 6, 1)).state == "on_time"


def test_months_together_make_a_quarter(house, file_in):
    for month, row in zip(("2014-01", "2014-02"), GOOD, strict=False):
        actions.submit(submission=file_in(row, period=parse(month), name=f"{month}.csv"), by=house["county"])
        assert state_of(house).state == "due"
    last = file_in(GOOD[2], period=parse("2014-03"), name="2014-03.csv")
    actions.submit(submission=last, by=house["county"])
    assert state_of(house).submission == last.pk


def test_what_was_handed_in_is_seen_as_known_on_a_day(house, file_in):
    actions.submit(submission=file_in(), by=house["county"])
    assert state_of(house, as_of=date(2014, 4, 20), known_on=date(2014, 4, 9)).state == "missing"


def test_a_part_of_an_owed_period_is_due_with_the_whole(house):
    unit = house.zhongmu
    assert queries.due_day(unit, "waste", parse("2014-01")) == date(2014, 4, 15)
    assert queries.due_day(unit, "waste", QUARTER) == date(2014, 4, 15)
    assert queries.due_day(unit, "waste", parse("2013/2014Q1")) == date(2014, 4, 15)
    assert queries.due_day(unit, "air_quality_daily", QUARTER) is None


def test_a_closed_period_is_no_longer_owed_and_says_why(house):
    with pytest.raises(InputError):
        actions.close(register="waste", organisation=house.zhongmu, period=QUARTER, reason=" ", by=house["office"])
    actions.close(register="waste", organisation=house.zhongmu, period=QUARTER, reason="停产", by=house["office"])
    state = state_of(house, as_of=date(2014, 5, 1))
    assert (state.state, state.closed_reason) == ("closed", "停产")
    with pytest.raises(NotPossibleError):
        actions.close(register="waste", organisation=house.zhongmu, period=QUARTER, reason="又", by=house["office"])
    actions.reopen(register="waste", organisation=house.zhongmu, period=QUARTER, by=house["office"])
    assert state_of(house, as_of=date(2014, 5, 1)).state == "missing"
    with pytest.raises(NotPossibleError):
        actions.reopen(register="waste", organisation=house.zhongmu, period=QUARTER, by=house["office"])


@pytest.mark.parametrize("who", ["county", "reviewer", "auditor", "leader", "expert"])
def test_only_the_office_closes_and_reminds(house, who):
    with pytest.raises(NotAllowedError):
        actions.close(register="waste", organisation=house.zhongmu, period=QUARTER, reason="停产", by=house[who])
    with pytest.raises(NotAllowedError):
        actions.remind(plan=registry.plan(), as_of=date(2014, 4, 10), by=house[who])


def test_everybody_is_reminded_once_a_day(house, monkeypatch):
    plan = registry.plan()
    first = actions.remind(plan=plan, as_of=date(2014, 4, 20), by=house["office"])
    assert first.sent
    assert Reminder.objects.count() == len(first.sent)
    again = actions.remind(plan=plan, as_of=date(2014, 4, 20), by=house["office"])
    assert (again.sent, again.already) == ((), len(first.sent))
    assert state_of(house, as_of=date(2014, 4, 20)).reminded_on == date(2014, 4, 10)
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-11")
    assert len(actions.remind(plan=plan, as_of=date(2014, 4, 20), by=house["office"]).sent) == len(first.sent)


def test_a_unit_sees_its_own_obligations_only(house):
    found = queries.obligations(plan=registry.plan(), as_of=date(2014, 4, 10), by=house["county"])
    assert {one.organisation.code for one in found} == {"zhongmu"}
    assert not queries.obligations(
        plan=registry.plan(), as_of=date(2014, 4, 10), by=house["county"], organisation="gongyi"
    )
    everybody = queries.obligations(plan=registry.plan(), as_of=date(2014, 4, 10), by=house["leader"])
    assert len({one.organisation.code for one in everybody}) > 16


def test_the_matrix_takes_a_handful_of_queries(house, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        queries.obligations(plan=registry.plan(), as_of=date(2015, 3, 31), by=house["office"])


def test_an_organisation_that_left_owes_nothing(house):
    unit = accounts.organisation("zhongmu")
    unit.is_active = False
    unit.save()
    assert state_of(house) is None


DAYS = st.dates(date(2014, 1, 1), date(2014, 3, 31))


@given(DAYS, DAYS, st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=6))
def test_coverage_is_what_counting_days_says(one, other, spans):
    period = Period(min(one, other), max(one, other))
    filed = [Period(start, start + timedelta(days=length)) for start, length in spans]
    days = {each.start + timedelta(days=n) for each in filed for n in range((each.end - each.start).days + 1)}
    wanted = {period.start + timedelta(days=n) for n in range((period.end - period.start).days + 1)}
    assert _covered(period, filed) is (wanted <= days)
