"""Writes of people: made, changed, deactivated, given a new password."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from stdnum.cn import uscc

from qualicity.commons.accounts import queries
from qualicity.commons.accounts.models import ApiToken, FailedSignIn, Organisation, Person
from qualicity.commons.audit import actions as audit
from qualicity.commons.audit import queries as trail
from qualicity.definitions import catalogue
from qualicity.errors import InputError, NotAllowedError, NotPossibleError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody confuses when they are read from paper."""


@transaction.atomic
def create_person(
    *,
    username: str,
    name: str,
    organisation: str | None,
    roles: Iterable[str],
    by: Person,
    password: str | None = None,
    can_sign_in: bool = True,
    enterprise: str = "",
) -> tuple[Person, str]:
    """Make somebody who can sign in; return them and their first password, which they must change.

    With ``can_sign_in`` false the person has no password ("" is returned) until somebody resets it; ``enterprise`` is
    the social credit code of the enterprise that they speak for. InputError for a user name that is taken or
    malformed, an unknown role, or a role that needs an organisation or an enterprise.
    """
    queries.check(by, "people.manage")
    username = username.strip().lower()
    roles = _checked_roles(roles)
    person = Person(
        username=username, name=name.strip(), created_at=trail.now(), must_change_password=password is None
    )
    if organisation:
        person.organisation = queries.organisation(organisation)
    person.enterprise = _checked_enterprise(enterprise)
    _check_scope(roles, person.organisation, person.enterprise)
    person.set_roles(roles)
    first = (password or new_password()) if can_sign_in else ""
    person.set_password(first or None)
    _check_username(person)
    person.save()
    audit.record(
        by=by,
        verb="people.create",
        subject=f"person:{username}",
        detail={"roles": person.roles, "organisation": organisation or "", "enterprise": person.enterprise},
    )
    return person, first


@transaction.atomic
def change_person(*, person: Person, name: str, organisation: str | None, roles: Iterable[str], by: Person) -> Person:
    """Change a person's name, organisation and roles."""
    queries.check(by, "people.manage")
    _check_not_operator(person)
    roles = _checked_roles(roles)
    if person.pk == by.pk and "people.manage" not in _granted(roles) and not by.is_operator:
        raise NotPossibleError(
            "不能取消自己的人员管理权限。请由另一位管理人员操作。",
            "You cannot take the management of people from yourself. Ask another manager to do it.",
        )
    before = {"roles": person.roles, "organisation": person.organisation.code if person.organisation else ""}
    person.organisation = queries.organisation(organisation) if organisation else None
    _check_scope(roles, person.organisation, person.enterprise)
    person.name = name.strip()
    person.set_roles(roles)
    person.save(update_fields=["name", "organisation", "roles"])
    after = {"roles": person.roles, "organisation": organisation or ""}
    audit.record(
        by=by, verb="people.change", subject=f"person:{person.username}", detail={"before": before, "after": after}
    )
    return person


@transaction.atomic
def set_active(*, person: Person, active: bool, by: Person) -> None:
    """Let a person sign in again, or no longer; their tokens end with it."""
    queries.check(by, "people.manage")
    _check_not_operator(person)
    if person.pk == by.pk:
        raise NotPossibleError("不能停用自己的账号。", "You cannot deactivate your own account.")
    person.is_active = active
    person.save(update_fields=["is_active"])
    if not active:
        ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=trail.now())
    audit.record(
        by=by, verb="people.activate" if active else "people.deactivate", subject=f"person:{person.username}"
    )


@transaction.atomic
def reset_password(*, person: Person, by: Person, password: str | None = None) -> str:
    """Give a person a new password without e-mail; return it to be handed over; every session of theirs ends."""
    queries.check(by, "people.manage")
    _check_not_operator(person)
    first = password or new_password()
    person.set_password(first)
    person.must_change_password = password is None
    person.save(update_fields=["password", "must_change_password"])
    FailedSignIn.objects.filter(username=person.username).delete()
    audit.record(by=by, verb="people.reset_password", subject=f"person:{person.username}")
    return first


@transaction.atomic
def password_changed(*, person: Person) -> None:
    """Note that a person chose a password of their own."""
    Person.objects.filter(pk=person.pk).update(must_change_password=False)
    person.must_change_password = False
    audit.record(by=person, verb="people.change_password", subject=f"person:{person.username}")


def set_language(*, person: Person, language: str) -> None:
    """Remember the language that a person reads; a taste, not a fact, so it is not audited."""
    Person.objects.filter(pk=person.pk).update(language=language)


def new_password() -> str:
    """Return a password of four groups of four, easy to read from paper (about 79 bits)."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _checked_roles(roles: Iterable[str]) -> list[str]:
    known = catalogue.catalogue().roles
    wanted = sorted({role.strip() for role in roles if role.strip()})
    for role in wanted:
        if role not in known:
            like = nearest(role, known)
            raise InputError(
                f"没有角色“{role}”。" + (f"是否指“{like}”？" if like else f"可选：{'、'.join(known)}。"),
                f"There is no role “{role}”."
                + (f" Did you mean “{like}”?" if like else f" Choose: {', '.join(known)}."),
            )
    if not wanted:
        raise InputError("至少需要一个角色。", "At least one role is needed.")
    return wanted


def _granted(roles: Iterable[str]) -> set[str]:
    known = catalogue.catalogue().roles
    return {permission for role in roles for permission in known[role].permissions}


def _checked_enterprise(code: str) -> str:
    compact = code.strip().upper()
    if compact and not uscc.is_valid(compact):
        raise InputError(
            f"统一社会信用代码“{code}”不正确（18 位，校验位按 GB 32100）。",
            f"“{code}” is not a unified social credit code (18 characters, check digit by GB 32100).",
        )
    return compact


def _check_scope(roles: Iterable[str], organisation: Organisation | None, enterprise: str) -> None:
    known = catalogue.catalogue().roles
    speaking = [known[role] for role in roles if known[role].scope == "enterprise"]
    if speaking and not enterprise:
        raise InputError(
            f"角色“{speaking[0].title.zh}”须指定所代表的企业（统一社会信用代码）。",
            f"The role “{speaking[0].title.en}” needs the enterprise that they speak for (its social credit code).",
        )
    needing = [known[role] for role in roles if known[role].scope == "own"]
    if needing and organisation is None:
        raise InputError(
            f"角色“{needing[0].title.zh}”须指定所属单位。",
            f"The role “{needing[0].title.en}” needs an organisation.",
        )


def _check_username(person: Person) -> None:
    try:
        person.clean_fields(exclude=["password", "roles", "organisation"])
    except ValidationError as error:
        raise InputError(
            f"用户名“{person.username}”不可用：只能用小写字母、数字、点、横线和下划线。",
            f"The user name “{person.username}” cannot be used: lower-case letters, digits, . - _ only.",
        ) from error
    if Person.objects.filter(username__iexact=person.username).exists():
        raise InputError(f"用户名“{person.username}”已被使用。", f"The user name “{person.username}” is taken.")


def _check_not_operator(person: Person) -> None:
    if person.is_operator:
        raise NotAllowedError("不能更改命令行操作员。", "The operator of the command line cannot be changed.")
