"""Writes of people, organisations and tokens."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from qualicity.commons.accounts import queries
from qualicity.commons.accounts.models import ApiToken, FailedSignIn, Organisation, Person
from qualicity.commons.audit import actions as audit
from qualicity.commons.audit import queries as trail
from qualicity.definitions import catalogue
from qualicity.errors import InputError, NotAllowedError, NotPossibleError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qualicity.definitions.plans import Plan

PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody confuses when they are read from paper."""

LONGEST_TOKEN = timedelta(days=366)


@transaction.atomic
def sync_organisations(*, plan: Plan, by: Person) -> int:
    """Make the organisations of a plan be those of the home; return how many were made or changed."""
    changed = 0
    for unit in plan.organisations:
        wanted = {
            "title_zh": unit.title.zh,
            "title_en": unit.title.en,
            "kind": unit.kind,
            "place": unit.place or "",
            "plan": plan.code,
            "is_active": True,
        }
        found = Organisation.objects.filter(code=unit.code).first()
        if found and all(getattr(found, key) == value for key, value in wanted.items()):
            continue
        Organisation.objects.update_or_create(code=unit.code, defaults=wanted)
        changed += 1
    gone = Organisation.objects.filter(plan=plan.code, is_active=True).exclude(
        code__in=[unit.code for unit in plan.organisations]
    )
    changed += gone.update(is_active=False)
    if changed:
        audit.record(by=by, verb="organisations.sync", subject=f"plan:{plan.code}", detail={"changed": changed})
    return changed


@transaction.atomic
def create_person(
    *, username: str, name: str, organisation: str | None, roles: Iterable[str], by: Person, password: str | None = None
) -> tuple[Person, str]:
    """Make somebody who can sign in; return them and their first password, which they must change.

    InputError for a user name that is taken or malformed, an unknown role, or a role that needs an organisation.
    """
    queries.check(by, "people.manage")
    username = username.strip().lower()
    roles = _checked_roles(roles)
    person = Person(username=username, name=name.strip(), created_at=trail.now(), must_change_password=password is None)
    if organisation:
        person.organisation = queries.organisation(organisation)
    _check_scope(roles, person.organisation)
    person.set_roles(roles)
    first = password or new_password()
    person.set_password(first)
    _check_username(person)
    person.save()
    audit.record(
        by=by,
        verb="people.create",
        subject=f"person:{username}",
        detail={"roles": person.roles, "organisation": organisation or ""},
    )
    return person, first


@transaction.atomic
def change_person(
    *, person: Person, name: str, organisation: str | None, roles: Iterable[str], by: Person
) -> Person:
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
    _check_scope(roles, person.organisation)
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
    audit.record(by=by, verb="people.activate" if active else "people.deactivate", subject=f"person:{person.username}")


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
    return "-".join("".join(secrets.choice(PASSWORD_ALPHABET) for _ in range(4)) for _ in range(4))


def check_password_fit(*, password: str, person: Person) -> None:
    """Raise InputError with every reason why a password is too weak."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        reasons = " ".join(error.messages)
        raise InputError(f"密码不符合要求：{reasons}", f"The password is too weak: {reasons}") from error


@transaction.atomic
def create_token(*, person: Person, name: str, scopes: Iterable[str], expires: date, by: Person) -> tuple[ApiToken, str]:
    """Make a token for a program; return it and its secret, which is shown this once."""
    queries.check(by, "tokens.manage")
    if person.pk != by.pk:
        queries.check(by, "people.manage")
    scopes = sorted(set(scopes))
    beyond = set(scopes) - queries.permissions_of(person)
    if beyond or not scopes:
        raise InputError(
            f"令牌权限必须取自本人已有的权限：{'、'.join(sorted(beyond)) or '未选择'}。",
            f"A token's scopes must be among the person's own permissions: {', '.join(sorted(beyond)) or 'none chosen'}.",
        )
    today = trail.now().date()
    if not today < expires <= today + LONGEST_TOKEN:
        raise InputError("令牌有效期须在一年以内。", "A token must expire after today and within a year.")
    prefix, secret = f"qc_{secrets.token_hex(4)}", secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person, name=name, prefix=prefix, digest=_digest(secret), scopes=scopes, expires=expires
    )
    audit.record(by=by, verb="tokens.create", subject=f"token:{prefix}", detail={"scopes": scopes, "name": name})
    return token, f"{prefix}.{secret}"


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Person) -> None:
    """End a token."""
    if token.person_id != by.pk:
        queries.check(by, "people.manage")
    if token.revoked_at is None:
        token.revoked_at = trail.now()
        token.save(update_fields=["revoked_at"])
        audit.record(by=by, verb="tokens.revoke", subject=f"token:{token.prefix}")


def person_of_token(presented: str) -> Person | None:
    """Return the person of a token, limited to its scopes; None when it is wrong, over or revoked."""
    prefix, _, secret = presented.partition(".")
    token = ApiToken.objects.select_related("person__organisation").filter(prefix=prefix, revoked_at=None).first()
    if token is None or not hmac.compare_digest(token.digest, _digest(secret)):
        return None
    if token.expires < trail.now().date() or not token.person.is_active:
        return None
    token.person.limited_to = frozenset(token.scopes)
    return token.person


def count_failure(*, username: str, address: str) -> None:
    """Count a failed sign-in; the one that locks the name out at the address is audited as such."""
    username, address = username.strip().lower()[:150], address[:64]
    with transaction.atomic():
        FailedSignIn.objects.create(username=username, address=address, at=trail.now())
        locked = queries.is_locked(username=username, address=address)
        verb = "sign_in.lock" if locked else "sign_in.fail"
        audit.record(by=None, verb=verb, subject=f"person:{username}"[:200], detail={"address": address})
        FailedSignIn.objects.filter(at__lt=trail.now() - timedelta(days=7)).delete()


@transaction.atomic
def signed_in(*, person: Person, address: str) -> None:
    """Note a sign-in and forget the failures before it."""
    FailedSignIn.objects.filter(username=person.username, address=address[:64]).delete()
    audit.record(by=person, verb="sign_in.ok", subject=f"person:{person.username}", detail={"address": address[:64]})


def _digest(secret: str) -> str:
    # 256 random bits need no slow hash
    return hashlib.sha256(secret.encode()).hexdigest()


def _checked_roles(roles: Iterable[str]) -> list[str]:
    known = catalogue.catalogue().roles
    wanted = sorted({role.strip() for role in roles if role.strip()})
    for role in wanted:
        if role not in known:
            like = nearest(role, known)
            raise InputError(
                f"没有角色“{role}”。" + (f"是否指“{like}”？" if like else f"可选：{'、'.join(known)}。"),
                f"There is no role “{role}”." + (f" Did you mean “{like}”?" if like else f" Choose: {', '.join(known)}."),
            )
    if not wanted:
        raise InputError("至少需要一个角色。", "At least one role is needed.")
    return wanted


def _granted(roles: Iterable[str]) -> set[str]:
    known = catalogue.catalogue().roles
    return {permission for role in roles for permission in known[role].permissions}


def _check_scope(roles: Iterable[str], organisation: Organisation | None) -> None:
    known = catalogue.catalogue().roles
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
            f"The user name “{person.username}” cannot be used: lower-case letters, digits, dots, hyphens, underscores.",
        ) from error
    if Person.objects.filter(username__iexact=person.username).exists():
        raise InputError(f"用户名“{person.username}”已被使用。", f"The user name “{person.username}” is taken.")


def _check_not_operator(person: Person) -> None:
    if person.is_operator:
        raise NotAllowedError("不能更改命令行操作员。", "The operator of the command line cannot be changed.")
