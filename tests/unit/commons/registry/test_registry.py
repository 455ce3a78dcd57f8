from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from qualicity.commons.audit.models import AuditRecord
from qualicity.commons.registry import actions, queries
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError

pytestmark = pytest.mark.django_db


def test_the_day_is_the_environments_then_the_homes_then_the_calendars(
    operator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert queries.today() >= date(2025, 1, 1)
    actions.set_today(day=date(2015, 3, 31), by=operator)
    assert queries.today() == date(2015, 3, 31)
    monkeypatch.setenv("QUALICITY_TODAY", "2016-01-01")
    assert queries.today() == date(2016, 1, 1)
    monkeypatch.setenv("QUALICITY_TODAY", "tomorrow")
    with pytest.raises(InputError):
        queries.today()
    monkeypatch.delenv("QUALICITY_TODAY")
    actions.set_today(day=None, by=operator)
    assert queries.today() >= date(2025, 1, 1)


def test_the_standing_comes_from_the_address_and_goes_back_into_it(operator: Any) -> None:
    actions.set_today(day=date(2015, 3, 31), by=operator)
    plain = queries.standing({})
    assert (plain.plan.code, plain.place, plain.as_of) == ("zhengzhou-2014", "410100", date(2015, 3, 31))
    assert plain.query == "plan=zhengzhou-2014&place=410100&as_of=2015-03-31"
    given = queries.standing({"place": "410122", "as_of": "2014-12-31", "known_on": "2015-01-15"})
    assert given.where.code == "410122"
    assert given.known_on == date(2015, 1, 15)
    assert "known_on=2015-01-15" in given.query
    assert given.at(place="410100").place == "410100"


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"plan": "zhengzhou-2015"}, NotFoundError),
        ({"place": "410999"}, NotFoundError),
        ({"as_of": "31.3.2015"}, InputError),
        ({"known_on": "x"}, InputError),
    ],
)
def test_a_standing_that_cannot_be_is_refused(asked: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        queries.standing(asked)


def test_a_credit_code_is_checked_and_its_older_code_finds_the_enterprise(operator: Any) -> None:
    made = actions.register_enterprise(uscc="91110000600037341L", name="示例企业", by=operator)
    assert made.organisation_code == "600037341"
    assert queries.enterprise("60003734-1") == made
    assert queries.enterprise("91110000600037341l") == made
    with pytest.raises(InputError, match="GB 32100"):
        actions.register_enterprise(uscc="911100006000373411", name="x", by=operator)
    with pytest.raises(NotFoundError):
        queries.enterprise("123")


def test_the_home_is_changed_only_by_who_may_and_each_change_once(make_person: Any, operator: Any) -> None:
    with pytest.raises(NotAllowedError):
        actions.set_today(day=date(2015, 1, 1), by=make_person("leader"))
    before = AuditRecord.objects.count()
    actions.set_simulated(simulated=True, by=operator)
    actions.set_simulated(simulated=True, by=operator)
    assert AuditRecord.objects.count() == before + 1
    assert queries.is_simulated()


def test_only_a_simulated_home_turns_its_clock(operator: Any) -> None:
    moment = datetime(2014, 1, 2, tzinfo=UTC)
    with pytest.raises(NotPossibleError), actions.clock_at(moment):
        pass
    actions.set_simulated(simulated=True, by=operator)
    with actions.clock_at(moment):
        assert queries.now() == moment
    assert queries.now() > moment


def test_a_place_code_is_valid_between_its_dates_only() -> None:
    plan = queries.plan()
    place = plan.places[1].model_copy(update={"valid_from": date(2010, 1, 1), "valid_to": date(2012, 12, 31)})
    plan = plan.model_copy(update={"places": (plan.places[0], place)})
    assert queries.place(plan, place.code, on=date(2011, 1, 1)) == place
    with pytest.raises(NotFoundError):
        queries.place(plan, place.code, on=date(2013, 1, 1))
