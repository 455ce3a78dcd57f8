from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from qualicity.commons.accounts import actions, queries
from qualicity.commons.accounts.models import Organisation
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError

pytestmark = pytest.mark.django_db


def unit(code: str) -> Organisation:
    return queries.organisation(code)


def test_an_office_may_accept_what_everybody_reports(make_person: Any) -> None:
    office = make_person("office")
    assert queries.can(office, "submissions.accept", organisation=unit("environment"))
    assert queries.sees_all(office, "submissions.read")


def test_a_reporter_may_submit_for_their_own_organisation_only(make_person: Any) -> None:
    reporter = make_person("reporter", "environment")
    assert queries.can(reporter, "submissions.create")
    assert queries.can(reporter, "submissions.create", organisation=unit("environment"))
    assert not queries.can(reporter, "submissions.create", organisation=unit("agriculture"))
    assert not queries.can(reporter, "submissions.accept", organisation=unit("environment"))
    with pytest.raises(NotAllowedError, match="outside your scope"):
        queries.check(reporter, "submissions.create", organisation=unit("agriculture"))


@pytest.mark.parametrize("role", ["reporter", "reviewer", "county", "inspector", "expert", "auditor", "leader"])
def test_everybody_reads_indicators_and_only_the_office_manages_people(make_person: Any, role: str) -> None:
    person = make_person(role, "environment")
    assert queries.can(person, "indicators.read")
    assert not queries.can(person, "people.manage")
    with pytest.raises(NotAllowedError):
        actions.create_person(username="x", name="", organisation=None, roles=["leader"], by=person)


def test_nobody_and_the_deactivated_may_nothing(make_person: Any, operator: Any) -> None:
    person = make_person("leader")
    actions.set_active(person=person, active=False, by=operator)
    for one in (None, AnonymousUser(), person):
        assert not queries.can(one, "indicators.read")
        with pytest.raises(NotAllowedError):
            queries.check(one, "indicators.read")


def test_the_operator_may_everything_and_cannot_sign_in(operator: Any) -> None:
    assert queries.can(operator, "lake.manage")
    assert queries.can(operator, "a.permission.of.the.future")
    assert not operator.has_usable_password()
    assert queries.operator().pk == operator.pk


def test_an_organisation_or_person_that_is_misspelt_is_named_with_the_nearest(make_person: Any) -> None:
    make_person("office")
    with pytest.raises(NotFoundError, match="environment"):
        queries.organisation("enviroment")
    with pytest.raises(NotFoundError, match="office"):
        queries.person("ofice")


def test_a_role_of_an_organisation_needs_one(operator: Any) -> None:
    with pytest.raises(InputError, match="needs an organisation"):
        actions.create_person(username="x", name="", organisation=None, roles=["reporter"], by=operator)


@pytest.mark.parametrize("username", ["", "Ab c", "李", "a/b", "-x"])
def test_a_user_name_that_cannot_be_used_is_refused(operator: Any, username: str) -> None:
    with pytest.raises(InputError):
        actions.create_person(username=username, name="", organisation=None, roles=["leader"], by=operator)


def test_a_user_name_is_taken_once_whatever_its_case(make_person: Any, operator: Any) -> None:
    make_person("leader", username="leader")
    with pytest.raises(InputError, match="taken"):
        actions.create_person(username="LEADER", name="", organisation=None, roles=["leader"], by=operator)


def test_managers_do_not_lock_themselves_out(make_person: Any) -> None:
    office = make_person("office")
    with pytest.raises(NotPossibleError):
        actions.set_active(person=office, active=False, by=office)
    with pytest.raises(NotPossibleError):
        actions.change_person(person=office, name="", organisation=None, roles=["leader"], by=office)


def test_the_operator_cannot_be_changed(make_person: Any, operator: Any) -> None:
    office = make_person("office")
    with pytest.raises(NotAllowedError):
        actions.reset_password(person=operator, by=office)


def test_a_new_password_works_and_is_to_be_changed(make_person: Any, operator: Any) -> None:
    person = make_person("leader")
    password = actions.reset_password(person=person, by=operator)
    person.refresh_from_db()
    assert person.check_password(password)
    assert person.must_change_password
    actions.password_changed(person=person)
    person.refresh_from_db()
    assert not person.must_change_password


def test_a_write_that_cannot_be_audited_does_not_happen(
    make_person: Any, operator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person("leader")

    def fail(**_: Any) -> None:
        raise RuntimeError("no room for the record")

    monkeypatch.setattr("qualicity.commons.audit.actions.record", fail)
    with pytest.raises(RuntimeError):
        actions.set_active(person=person, active=False, by=operator)
    person.refresh_from_db()
    assert person.is_active


def test_organisations_follow_the_plan(make_person: Any, operator: Any) -> None:
    make_person("office")
    from qualicity.commons.registry import queries as registry

    plan = registry.plan()
    assert queries.organisations().count() == len(plan.organisations)
    assert actions.sync_organisations(plan=plan, by=operator) == 0
    fewer = plan.model_copy(update={"organisations": plan.organisations[1:]})
    assert actions.sync_organisations(plan=fewer, by=operator) == 1
    assert not Organisation.objects.get(code=plan.organisations[0].code).is_active
