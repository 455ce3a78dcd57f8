from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from openpyxl import Workbook

from qualicity.commons.accounts import actions, permissions, queries
from qualicity.commons.accounts.models import ApiToken, Person
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import FileError, InputError, NotAllowedError, WrongFileError

pytestmark = pytest.mark.django_db
SOON = timedelta(days=30)


def in_a_month() -> Any:
    return timezone.localdate() + SOON


def test_a_token_brings_its_person_limited_to_its_scopes(make_person: Any) -> None:
    office = make_person("office")
    _token, secret = actions.create_token(
        person=office, name="export", scopes=["indicators.read"], expires=in_a_month(), by=office
    )
    person = actions.person_of_token(secret)
    assert person == office
    assert queries.can(person, "indicators.read")
    assert not queries.can(person, "people.manage")
    assert queries.can(office, "people.manage")


def test_a_token_that_is_wrong_over_or_revoked_brings_nobody(make_person: Any) -> None:
    office = make_person("office")
    token, secret = actions.create_token(
        person=office, name="x", scopes=["plan.read"], expires=in_a_month(), by=office
    )
    assert actions.person_of_token("nonsense") is None
    assert actions.person_of_token(secret + "x") is None
    ApiToken.objects.filter(pk=token.pk).update(expires=timezone.localdate() - timedelta(days=1))
    assert actions.person_of_token(secret) is None
    ApiToken.objects.filter(pk=token.pk).update(expires=in_a_month())
    assert actions.person_of_token(secret) is not None
    actions.revoke_token(token=token, by=office)
    assert actions.person_of_token(secret) is None


def test_the_tokens_of_the_deactivated_end_for_good(make_person: Any, operator: Any) -> None:
    reporter = make_person("reporter", "environment")
    _token, secret = actions.create_token(
        person=reporter, name="x", scopes=["plan.read"], expires=in_a_month(), by=reporter
    )
    actions.set_active(person=reporter, active=False, by=operator)
    actions.set_active(person=reporter, active=True, by=operator)
    assert actions.person_of_token(secret) is None


def test_a_token_cannot_do_more_than_its_person_nor_live_for_ever(make_person: Any) -> None:
    reporter = make_person("reporter", "environment")
    with pytest.raises(InputError, match=r"people\.manage"):
        actions.create_token(person=reporter, name="x", scopes=["people.manage"], expires=in_a_month(), by=reporter)
    with pytest.raises(InputError):
        actions.create_token(
            person=reporter,
            name="x",
            scopes=["plan.read"],
            expires=timezone.localdate() + timedelta(days=400),
            by=reporter,
        )


def test_somebody_elses_token_is_not_for_everybody_to_revoke(make_person: Any) -> None:
    office, reporter = make_person("office"), make_person("reporter", "environment")
    token, _secret = actions.create_token(
        person=office, name="x", scopes=["plan.read"], expires=in_a_month(), by=office
    )
    with pytest.raises(NotAllowedError):
        actions.revoke_token(token=token, by=reporter)


def workbook(*rows: tuple[Any, ...]) -> io.BytesIO:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


HEAD = ("用户名*", "姓名", "单位", "角色")


def test_people_come_from_a_workbook_with_passwords_to_hand_over(make_person: Any, operator: Any) -> None:
    make_person("office")
    file = workbook(
        HEAD, ("huanbao", "填报岗", "environment", "reporter"), (101.0, "", "", "leader、expert"), (None,) * 4
    )
    made = actions.import_people(file=file, by=operator)
    assert [one.person.username for one in made] == ["huanbao", "101"]
    assert made[1].person.roles == ["expert", "leader"]
    assert all(one.person.check_password(one.password) and one.person.must_change_password for one in made)


def test_one_faulty_row_keeps_everybody_out_and_each_is_named(make_person: Any, operator: Any) -> None:
    make_person("office")
    before = Person.objects.count()
    file = workbook(
        HEAD, ("good", "", "", "leader"), ("bad", "", "enviroment", "reporter"), ("worse", "", "", "lider")
    )
    with pytest.raises(InputError) as raised:
        actions.import_people(file=file, by=operator)
    assert "row 3" in raised.value.text.en
    assert "row 4" in raised.value.text.en
    assert "environment" in raised.value.text.en
    assert Person.objects.count() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_people_come_from_csv_in_any_usual_encoding(make_person: Any, operator: Any, encoding: str) -> None:
    make_person("office")
    content = "用户名,姓名,单位,角色\nceshi,岗位,environment,reporter\n".encode(encoding)
    (one,) = actions.import_people(file=io.BytesIO(content), by=operator)
    assert one.person.name == "岗位"


def test_a_file_that_names_nobody_or_other_columns_is_refused(operator: Any) -> None:
    with pytest.raises(WrongFileError):
        actions.import_people(file=io.BytesIO(b"a,b\n1,2\n"), by=operator)
    with pytest.raises(FileError):
        actions.import_people(file=io.BytesIO("用户名,姓名,单位,角色\n".encode()), by=operator)
    with pytest.raises(FileError):
        actions.import_people(file=io.BytesIO(b"PK\x03\x04 not a workbook"), by=operator)
    with pytest.raises(FileError):
        actions.import_people(file=io.BytesIO(b"\xff\xfe\xff\xff\x81"), by=operator)
    with pytest.raises(FileError, match="5 MB"):
        actions.import_people(file=io.BytesIO(b"x" * (5 * 1024**2 + 1)), by=operator)


def test_every_permission_has_words_in_both_languages() -> None:
    known = {one for role in catalogue().roles.values() for one in role.permissions}
    for one in known:
        subject, _point, deed = one.partition(".")
        assert subject in permissions.SUBJECTS, one
        assert deed in permissions.DEEDS, one
    with translation.override("en"):
        assert permissions.in_words("submissions.create") == "Submissions: file"
    with translation.override("zh-hans"):
        assert permissions.in_words("submissions.create") == "报送：填报"
        assert not [one for one in known if re.search("[a-z]", permissions.in_words(one))]
