"""What waits for whom, in which order, page by page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qualicity.commons.cases import actions as cases
from qualicity.commons.cases.queries import Narrowing
from qualicity.commons.worklist import actions, queries
from qualicity.errors import InputError, NotAllowedError, NotFoundError

ALL = Narrowing()


def open_assignments(people: Any, dues: list[date], organisation: str = "environment") -> list[Any]:
    items = [
        cases.NewCase(f"task:{number}", f"任务{number}", organisation, due=due) for number, due in enumerate(dues)
    ]
    return list(cases.open_many(type="assignment", items=items, by=people["office"]))


def waiting(person: Any, **given: Any) -> list[int]:
    return [row.case.pk for row in queries.inbox(person, given.pop("narrowing", ALL), **given).rows]


def test_what_is_due_first_stands_first_and_only_for_those_whose_turn_it_is(people: Any) -> None:
    late, soon, later = open_assignments(people, [date(2014, 6, 30), date(2014, 6, 12), date(2014, 8, 1)])
    assert waiting(people["reporter"]) == [soon.pk, late.pk, later.pk]
    for other in ("office", "county", "leader", "auditor"):
        assert waiting(people[other]) == []
    cases.move(case=soon, move="begin", by=people["reporter"])
    given = cases.move(case=later, move="ask_extension", by=people["reporter"], reason="汛期")
    assert waiting(people["reporter"]) == [soon.pk, late.pk]
    assert waiting(people["office"]) == [given.pk]


def test_what_is_handed_to_a_colleague_is_the_colleagues_and_still_the_units(people: Any) -> None:
    (one,) = open_assignments(people, [date(2014, 6, 30)])
    cases.assign(case=one, person=people["reviewer"], by=people["office"])
    assert waiting(people["reviewer"]) == [one.pk]
    assert waiting(people["reporter"]) == []
    assert waiting(people["reporter"], whose="unit") == [one.pk]


def test_what_waits_for_a_role_is_shown_to_who_has_it(people: Any) -> None:
    one = cases.open_case(
        type="document_approval", subject="document:1", title_zh="通报", organisation="environment",
        by=people["reporter"],
    )  # fmt: skip
    one = cases.move(case=one, move="to_section", by=people["reporter"])
    assert waiting(people["reviewer"]) == [one.pk]
    assert waiting(people["reporter"], whose="unit") == []
    one = cases.move(case=one, move="to_office", by=people["reviewer"])
    assert waiting(people["office"]) == [one.pk]
    one = cases.move(case=one, move="to_leader", by=people["office"])
    assert waiting(people["leader"]) == [one.pk]


def test_pages_follow_one_another_and_leave_nothing_out(people: Any, django_assert_max_num_queries: Any) -> None:
    opened = open_assignments(people, [date(2014, 6, 20)] * 5 + [date(2014, 6, 11 + n) for n in range(8)])
    seen, cursor = [], ""
    for _page in range(9):
        found = queries.inbox(people["reporter"], ALL, limit=3, cursor=cursor)
        seen += [row.case.pk for row in found.rows]
        cursor = found.cursor
        if not cursor:
            break
    assert sorted(seen) == sorted(one.pk for one in opened)
    assert len(set(seen)) == len(seen)
    with django_assert_max_num_queries(20):
        queries.inbox(people["reporter"], ALL, limit=3)
    with pytest.raises(InputError):
        queries.inbox(people["reporter"], ALL, cursor="first")


def test_filters_and_counts(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    late, _soon, _later = open_assignments(people, [date(2014, 6, 11), date(2014, 6, 13), date(2014, 8, 1)])
    monkeypatch.setenv("QUALICITY_TODAY", "2014-06-12")
    found = queries.inbox(people["reporter"], Narrowing(when="overdue"))
    assert [row.case.pk for row in found.rows] == [late.pk]
    assert (found.counts.all, found.counts.overdue, found.counts.soon) == (3, 1, 1)
    assert len(waiting(people["reporter"], narrowing=Narrowing(when="soon"))) == 1
    assert len(waiting(people["reporter"], narrowing=Narrowing(when="later"))) == 1
    assert waiting(people["reporter"], narrowing=Narrowing(type="rectification")) == []
    (row,) = found.rows
    assert (row.look, str(row.left), str(row.why)) == (
        "overdue",
        "已逾期 1 天 / 1 day overdue",
        "约定时限 / agreed deadline",
    )


def test_reminders_climb_rung_by_rung_and_each_rung_is_recorded_once(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = open_assignments(people, [date(2014, 6, 12)])
    cases.assign(case=one, person=people["reporter"], by=people["office"])
    expected = {
        "2014-06-10": {"person": 1}, "2014-06-12": {}, "2014-06-13": {"section": 1}, "2014-06-14": {},
        "2014-06-16": {"director": 1}, "2014-06-30": {"office": 1}, "2014-07-30": {},
    }  # fmt: skip
    for day, rungs in expected.items():
        monkeypatch.setenv("QUALICITY_TODAY", day)
        assert actions.urge(by=people["office"]).rungs == rungs
        assert actions.urge(by=people["office"]).count == 0
    assert [row.case.pk for row in queries.inbox(people["director"], ALL).urged] == [one.pk]
    assert [row.case.pk for row in queries.inbox(people["second"], ALL).urged] == [one.pk]
    assert queries.inbox(people["county"], ALL).urged == ()
    (row,) = queries.inbox(people["reporter"], ALL).rows
    assert str(row.urged[-1]).startswith("报领导小组办公室")
    one.refresh_from_db()
    cases.extend(case=one, due=date(2014, 8, 30), reason="汛期", by=people["office"])
    assert queries.inbox(people["director"], ALL).urged == ()


def test_only_the_office_urges(people: Any) -> None:
    for who in ("reporter", "director", "leader", "auditor"):
        with pytest.raises(NotAllowedError):
            actions.urge(by=people[who])


def test_the_digest_tells_what_is_overdue_and_what_comes(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    open_assignments(people, [date(2014, 6, 11), date(2014, 6, 14), date(2014, 8, 1)])
    monkeypatch.setenv("QUALICITY_TODAY", "2014-06-12")
    found = queries.digest(people["reporter"], by=people["reporter"], days=3)
    assert (len(found.overdue), len(found.due)) == (1, 1)
    text = queries.digest_text(found)
    assert "已逾期 1 件" in text
    assert "任务0" in text
    assert "任务2" not in text
    assert "Overdue: 1" in queries.digest_text(found, "en")
    with pytest.raises(NotAllowedError):
        queries.digest(people["reporter"], by=people["county"])
    assert queries.digest(people["reporter"], by=people["office"]).overdue
    with pytest.raises(InputError):
        queries.digest(people["reporter"], by=people["reporter"], days=5000)


def test_the_calendar_holds_ones_own_deadlines_and_ends_with_its_address(people: Any) -> None:
    from icalendar import Calendar

    open_assignments(people, [date(2014, 6, 11)])
    open_assignments(people, [date(2014, 6, 14)], organisation="zhongmu")
    address = actions.create_feed(by=people["reporter"])
    events = list(Calendar.from_ical(queries.feed(address)).walk("VEVENT"))
    assert [(one["summary"], one["dtstart"].dt) for one in events] == [("任务0", date(2014, 6, 11))]
    theirs = actions.create_feed(by=people["county"])
    assert [one["dtstart"].dt for one in Calendar.from_ical(queries.feed(theirs)).walk("VEVENT")] == [
        date(2014, 6, 14)
    ]
    second = actions.create_feed(by=people["reporter"])
    for ended in (address, second[:-1], f"{second.split('.')[0]}.", "", "ics_0.0"):
        with pytest.raises(NotFoundError):
            queries.feed(ended)
    actions.revoke_feed(by=people["reporter"])
    with pytest.raises(NotFoundError):
        queries.feed(second)
    people["county"].is_active = False
    people["county"].save()
    with pytest.raises(NotFoundError):
        queries.feed(theirs)


def test_a_feed_shows_no_more_than_its_person_may_see_now(people: Any) -> None:
    from icalendar import Calendar

    open_assignments(people, [date(2014, 6, 11)])
    address = actions.create_feed(by=people["reporter"])
    reporter = people["reporter"]
    reporter.organisation = people["county"].organisation
    reporter.save()
    assert list(Calendar.from_ical(queries.feed(address)).walk("VEVENT")) == []
    reporter.set_roles(["expert"])
    reporter.save()
    with pytest.raises(NotAllowedError):
        queries.feed(address)
