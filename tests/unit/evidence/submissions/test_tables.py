"""What readers may open: by the pointer, and as known on a day."""

from __future__ import annotations

from datetime import date

import pytest

from qualicity.commons.accounts.models import Organisation
from qualicity.definitions.periods import parse
from qualicity.errors import InputError, IntegrityError
from qualicity.evidence.submissions import actions, queries
from qualicity.evidence.submissions.models import RegisterTable, VersionMark
from qualicity.evidence.submissions.queries.tables import open_lake

from .conftest import BAD, GOOD

SECOND = "中牟县,2014-04-30,900.4,800.1,500.2,299.9"


@pytest.fixture
def two_days(accepted, monkeypatch):
    """Return two submissions, accepted on 10 April and on 12 July 2014."""
    first = accepted()
    monkeypatch.setenv("QUALICITY_TODAY", "2014-07-12")
    return first, accepted(SECOND, name="second.csv", period=parse("2014Q2"))


def test_history_is_read_as_known_on_any_day(two_days):
    assert queries.versions(date(2014, 4, 9)) == {}
    first = queries.versions(date(2014, 4, 10))["waste"]
    assert queries.versions(date(2014, 7, 11)) == {"waste": first}
    assert queries.versions(date(2014, 7, 12)) == queries.versions()
    assert queries.scan("waste", date(2014, 7, 1)).collect().height == 3
    assert queries.scan("waste").collect().height == 4
    assert queries.scan("waste", date(2014, 1, 1)) is None


def test_history_survives_compaction_and_vacuum(two_days, house):
    actions.compact(register="waste", by=house.operator)
    actions.vacuum(register="waste", by=house.operator)
    assert queries.scan("waste", date(2014, 7, 1)).collect().height == 3


def test_history_never_runs_backwards_even_if_the_clock_does(two_days, accepted, monkeypatch):
    monkeypatch.setenv("QUALICITY_TODAY", "2014-01-05")
    accepted("中牟县,2014-05-31,910.4,805.1,505.2,298.9", name="third.csv", period=parse("2014Q2"))
    moments = list(VersionMark.objects.order_by("version").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_refused_rows_are_counted_as_known_on_a_day(house, file_in, accepted, monkeypatch):
    returned = file_in(*GOOD[:2], BAD)
    done = actions.accept(submission=returned, good_rows_only=True, reason="三月待补", by=house["office"])
    monkeypatch.setenv("QUALICITY_TODAY", "2014-05-05")
    accepted(*GOOD, name="whole.csv", corrects=done)
    year = (date(2014, 1, 1), date(2014, 12, 31))
    assert queries.refused_rows("waste", *year) == 0
    assert queries.refused_rows("waste", *year, known_on=date(2014, 5, 4)) == 1
    assert queries.refused_rows("waste", *year, known_on=date(2014, 4, 9)) == 0
    assert queries.refused_rows("waste", date(2013, 1, 1), date(2013, 12, 31), known_on=date(2014, 5, 4)) == 0
    assert queries.refused("waste") == ()
    assert len(queries.refused("waste", date(2014, 5, 4))) == 1


def test_a_lake_that_lost_what_the_database_knows_is_refused(two_days, accepted, house):
    RegisterTable.objects.filter(code="waste").update(version=99)
    with pytest.raises(IntegrityError):
        actions.compact(register="waste", by=house.operator)


def test_an_orphan_is_never_seen_and_the_next_change_removes_it(two_days, house):
    version, lake = queries.versions()["waste"], open_lake()
    lake.append("waste", lake.scan("waste", version).collect(), expected=version)
    assert queries.scan("waste").collect().height == 4
    done = actions.compact(register="waste", by=house.operator)
    assert done.orphan_restored
    assert queries.scan("waste").collect().height == 4


def test_rows_are_paged_by_cursor_in_the_order_of_filing(two_days, house):
    seen, cursor = [], ""
    while cursor is not None:
        page = queries.rows("waste", by=house["office"], cursor=cursor, limit=3)
        seen += page.frame.select("submission_id", "row_number").rows()
        cursor = page.cursor
    assert seen == sorted(seen)
    assert len(seen) == page.total == 4


def test_a_cursor_that_is_none_is_refused(two_days, house):
    with pytest.raises(InputError):
        queries.rows("waste", by=house["office"], cursor="last")


def test_rows_are_narrowed_by_place_days_and_submission(two_days, house):
    def count(**given) -> int:
        return queries.rows("waste", by=house["office"], narrowing=queries.Narrowing(**given)).total

    assert count(place="410122") == 4
    assert count(place="410181") == 0
    assert count(since=date(2014, 2, 1), until=date(2014, 3, 31)) == 2
    assert count(submission=two_days[1].pk) == 1
    assert count(search="没有") == 0


def test_a_county_sees_its_own_place_only(two_days, house):
    assert queries.rows("waste", by=house["county"]).total == 4
    assert queries.rows("waste", by=house["neighbour"]).total == 0


def test_a_department_sees_what_it_filed_itself(two_days, house):
    person = house["reporter"]
    person.organisation = Organisation.objects.get(code="environment")
    person.save()
    assert queries.rows("waste", by=person).total == 0


def test_an_empty_register_has_no_rows_and_all_its_columns(house):
    page = queries.rows("sewage", by=house["office"])
    assert page.total == 0
    assert "place" in page.frame.columns


def test_registers_say_how_full_they_are(two_days, house):
    states = {one.register.code: one for one in queries.registers(by=house["leader"])}
    assert states["waste"].rows == 4
    assert states["waste"].changed_at is not None
    assert states["sewage"].rows == 0
