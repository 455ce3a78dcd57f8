from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest

from qualicity.commons.accounts import actions as accounts_actions
from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotPossibleError
from qualicity.evidence.submissions import queries as submissions
from qualicity.site.demonstration import build, people
from qualicity.site.demonstration.progress import Progress
from qualicity.site.demonstration.story import deliveries

pytestmark = pytest.mark.django_db(transaction=True)
FILES = 9


@pytest.fixture
def small(home: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A home and a story of a few files only; they are made by the other process all the same."""
    monkeypatch.setattr(build, "deliveries", lambda where: deliveries(where)[:FILES])
    monkeypatch.setattr(build, "run", lambda stage, progress: 0)  # how the plan runs: tests/functional
    monkeypatch.setattr(build, "oversee", lambda stage, password, progress: 0)  # and the spot checks
    return home


def built() -> build.Demonstration:
    return build.ready(seed=2014, progress=Progress(stream=io.StringIO()))


def test_the_story_goes_through_the_ordinary_door_in_its_own_time(small: Any) -> None:
    made = built()
    assert made.built_now
    assert made.submissions == FILES
    assert made.rows > 0
    assert registry.is_simulated()
    assert registry.today() == date(2015, 3, 31)
    stored = submissions.submissions(by=accounts.operator())
    assert stored.count() == FILES
    assert {one.created_at.year for one in stored} == {2013}
    assert all(one.submitted_at > one.created_at for one in stored if one.submitted_at)
    assert all(one.reviewed_at > one.submitted_at for one in stored if one.state == "accepted")
    assert audit.verify().ok


def test_what_was_known_early_is_less_than_what_is_known_now(small: Any) -> None:
    built()
    early, now = submissions.versions(known_on=date(2013, 1, 5)), submissions.versions()
    assert sum(early.values()) < sum(now.values())


def test_a_complete_demonstration_is_not_built_again(small: Any) -> None:
    first, again = built(), built()
    assert not again.built_now
    assert (again.password, again.rows) == (first.password, first.rows)
    assert again.seconds == first.seconds


def test_an_incomplete_demonstration_is_built_anew(small: Any) -> None:
    first = built()
    mark = small / "demonstration.json"
    mark.write_text(json.dumps(json.loads(mark.read_text()) | {"complete": False}), encoding="utf-8")
    again = built()
    assert again.built_now
    assert again.rows == first.rows
    assert submissions.submissions(by=accounts.operator()).count() == FILES


def test_the_mark_with_the_password_is_for_its_owner_only(small: Any) -> None:
    built()
    assert (small / "demonstration.json").stat().st_mode & 0o077 == 0


def test_every_role_can_sign_in_and_those_who_only_file_cannot(small: Any) -> None:
    made = built()
    roles = set()
    for one in set(made.sign_ins) - set(people.LATE):  # those come with the spot checks
        person = accounts.person(one.username)
        assert person.check_password(made.password)
        roles |= set(person.roles)
    assert roles == set(catalogue().roles) - {role for one in people.LATE for role in one.roles}
    filers = [one for one in accounts.people(by=accounts.operator()) if one.username.endswith("-files")]
    assert filers
    assert not any(one.has_usable_password() for one in filers)


def test_a_home_in_which_somebody_works_is_left_alone(small: Any) -> None:
    accounts_actions.create_person(
        username="somebody", name="", organisation=None, roles=["leader"], by=accounts.operator()
    )
    with pytest.raises(NotPossibleError) as refused:
        built()
    assert str(small) in refused.value.text.en
    assert not registry.is_simulated()
    assert not (small / "demonstration.json").exists()
