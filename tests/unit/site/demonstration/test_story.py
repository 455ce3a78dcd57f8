from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.site.demonstration.city import city
from qualicity.site.demonstration.deliver import content
from qualicity.site.demonstration.story import Delivery, deliveries, duties, quiet


@pytest.fixture(scope="module")
def told(where) -> tuple[Delivery, ...]:
    return deliveries(where)


def test_about_six_hundred_files_come_in_and_most_are_not_workbooks(told):
    forms = Counter(one.form for one in told)
    assert 550 <= len(told) <= 700
    assert 30 <= forms["xlsx"] < len(told) / 4
    assert forms["gb18030"] >= 10


def test_every_kind_of_trouble_is_told(told):
    contents = Counter(one.content for one in told)
    assert set(contents) == {"plain", "slips", "copied", "invented", "mistaken"}
    assert {one.outcome for one in told} == {"accepted", "returned", "refused", "good_rows", "pending"}
    assert sum(one.corrects for one in told) == 1


def test_nothing_comes_in_before_its_period_is_over_or_after_the_last_day(told, where):
    assert all(one.received.date() > min(one.period.end, where.last - timedelta(days=20)) for one in told)
    assert all(one.received.date() <= where.last for one in told)


def test_some_files_are_late_and_some_never_come(told, where):
    due = {(one.register, one.organisation, one.period.label): one.due for one in duties(where)}
    late = [one for one in told if one.key in due and one.received.date() > due[one.key]]
    missing = {key for key, day in due.items() if day <= where.last} - {one.key for one in told}
    assert len(late) >= 20
    assert len(missing - {(one.register, one.organisation, one.period.label) for one in quiet(where)}) >= 8


def test_decisions_follow_receipts_and_nothing_is_decided_after_the_last_day(told, where):
    assert all(one.received < one.decided for one in told)
    assert all(one.decided.date() <= where.last for one in told if one.outcome not in {"pending", "refused"})


def test_a_correction_comes_after_what_it_corrects_was_accepted(told):
    correction = next(one for one in told if one.corrects)
    first = next(one for one in told if one.key == correction.key and not one.corrects)
    assert first.content == "mistaken"
    assert first.decided < correction.received


def test_the_same_seed_tells_the_same_story_and_another_seed_another(told, where):
    assert deliveries(where) == told
    assert deliveries(city(5)) != told


def test_every_register_of_the_plan_gets_rows_under_its_own_columns(told, where):
    seen = set()
    for one in told:
        if one.register in seen or one.content != "plain":
            continue
        seen.add(one.register)
        register = catalogue().registers[one.register]
        frame = content(where, one, register)
        assert frame.height, one.key
        assert set(frame.columns) <= set(register.names)
        required = [column.name for column in register.columns if column.required]
        assert set(required) <= set(frame.columns), one.key
        assert sum(frame.select(required).null_count().row(0)) == 0, one.key
    assert seen == {one.register_code for one in where.plan.obligations} | {"reported_values"}


def test_what_is_copied_has_the_figures_of_the_period_before(told, where):
    one = next(one for one in told if one.content == "copied" and one.outcome == "returned")
    register = catalogue().registers[one.register]
    copied = content(where, one, register)
    assert {day.month for day in copied["sampled_on"]} == {4, 5, 6}
    again = next(other for other in told if other.key == one.key and other.content == "plain")
    honest = content(where, again, register)
    assert copied["factor"].to_list() == honest["factor"].to_list()
    assert copied["value"].to_list() != honest["value"].to_list()
