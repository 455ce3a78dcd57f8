"""Reads of people and organisations: who they are, what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from qualicity.commons.accounts.models import ApiToken, FailedSignIn, Organisation, Person
from qualicity.commons.audit import queries as audit
from qualicity.definitions import catalogue
from qualicity.errors import NotAllowedError, NotFoundError, NotPossibleError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django_htmx.middleware import HtmxDetails

    from qualicity.definitions.roles import Role

    Somebody = Person | AnonymousUser | None


OPERATOR = "operator"
LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)


class SignedIn(HttpRequest):
    """A request of somebody who has signed in, as pages and API are handed it; htmx may have sent it."""

    user: Person
    htmx: HtmxDetails


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as a list shows them."""

    person: Person
    roles: tuple[Role, ...]


def check_not_locked(*, username: str, address: str) -> None:
    """Raise NotPossibleError while a name is locked out at an address."""
    if is_locked(username=username, address=address):
        raise NotPossibleError(
            "连续多次登录失败，该用户名在此地址已锁定 15 分钟。请稍后再试，或请领导小组办公室重置密码。",
            "Too many failed sign-ins: this name is locked at this address for 15 minutes. "
            "Try again later, or ask the office to reset the password.",
        )


def can(person: Somebody, permission: str, *, organisation: Organisation | None = None) -> bool:
    """Say whether a person has a permission; with ``organisation``, whether over that organisation's things.

    The operator at the command line has every permission. A token leaves only what its scopes name.
    """
    if not isinstance(person, Person) or not person.is_active:
        return False
    if person.limited_to is not None and permission not in person.limited_to:
        return False
    if person.is_operator:
        return True
    return any(
        permission in role.permissions
        and (
            role.scope == "all"
            or organisation is None
            or (role.scope == "own" and organisation.pk == person.organisation_id)
        )
        for role in roles_of(person)
    )


def check(person: Somebody, permission: str, *, organisation: Organisation | None = None) -> None:
    """Raise NotAllowedError unless ``can`` says yes."""
    if can(person, permission, organisation=organisation):
        return
    if organisation is not None and can(person, permission):
        raise NotAllowedError(
            f"“{organisation.title_zh}”的事项不在您的权限范围内。请联系该单位或领导小组办公室。",
            f"What belongs to “{organisation.title_en}” is outside your scope. Ask that unit or the office.",
        )
    raise NotAllowedError(
        f"您的角色没有这项权限（{permission}）。如工作需要，请联系领导小组办公室。",
        f"Your role does not include this ({permission}). Ask the office if your work needs it.",
    )


def sees_all(person: Somebody, permission: str) -> bool:
    """Say whether a person has a permission over every organisation's things."""
    if not can(person, permission):
        return False
    assert isinstance(person, Person)
    return person.is_operator or any(
        role.scope == "all" and permission in role.permissions for role in roles_of(person)
    )


def roles_of(person: Person) -> tuple[Role, ...]:
    """Return a person's roles; a role that the definitions no longer have gives nothing."""
    known = catalogue.catalogue().roles
    return tuple(known[code] for code in person.roles if code in known)


def permissions_of(person: Person) -> frozenset[str]:
    """Return every permission that a person has over anything at all."""
    known = catalogue.catalogue().roles.values()
    roles = known if person.is_operator else roles_of(person)
    return frozenset(permission for role in roles for permission in role.permissions)


def operator() -> Person:
    """Return the person that commands act as, made on first use; nobody can sign in as them."""
    found = Person.objects.filter(is_operator=True).first()
    if found:
        return found
    with transaction.atomic():
        person, created = Person.objects.get_or_create(
            username=OPERATOR, defaults={"is_operator": True, "name": "操作员 / operator"}
        )
        if created:
            person.set_unusable_password()
            person.save(update_fields=["password"])
    return person


def organisation(code: str) -> Organisation:
    """Return the organisation of that code; NotFoundError names the nearest."""
    found = Organisation.objects.filter(code=code).first()
    if found:
        return found
    like = nearest(code, Organisation.objects.values_list("code", flat=True))
    raise NotFoundError(
        f"没有代码为“{code}”的单位。"
        + (f"是否指“{like}”？" if like else "请用 qualicity organisations 查看全部单位。"),
        f"There is no organisation “{code}”."
        + (f" Did you mean “{like}”?" if like else " See them all with: qualicity organisations"),
    )


def organisations(*, plan: str = "", active_only: bool = True) -> QuerySet[Organisation]:
    """Return the organisations, by code."""
    found = Organisation.objects.filter(is_active=True) if active_only else Organisation.objects.all()
    return found.filter(plan=plan) if plan else found


def person(username: str) -> Person:
    """Return the person of that user name; NotFoundError names the nearest."""
    found = Person.objects.filter(username__iexact=username).select_related("organisation").first()
    if found:
        return found
    like = nearest(username, Person.objects.filter(is_operator=False).values_list("username", flat=True))
    raise NotFoundError(
        f"没有用户“{username}”。" + (f"是否指“{like}”？" if like else ""),
        f"There is nobody called “{username}”." + (f" Did you mean “{like}”?" if like else ""),
    )


def names(usernames: Iterable[str]) -> dict[str, str]:
    """Return what people are called by user name, for a trail that keeps only the user name."""
    return {one.username: str(one) for one in Person.objects.filter(username__in=set(usernames))}


def person_seen_by(by: Somebody, username: str) -> Person:
    """Return the person of that user name; who may not see people is not told whether, or who like it, there is."""
    check(by, "people.read")
    return person(username)


def people(
    *, by: Somebody, search: str = "", role: str = "", organisation: str = "", inactive: bool = False
) -> QuerySet[Person]:
    """Return the people that ``by`` may see, by user name, narrowed by words, role and organisation code."""
    check(by, "people.read")
    found = Person.objects.filter(is_operator=False).select_related("organisation")
    if not inactive:
        found = found.filter(is_active=True)
    if search:
        found = found.filter(
            Q(username__icontains=search) | Q(name__icontains=search) | Q(organisation__title_zh__icontains=search)
        )
    if organisation:
        found = found.filter(organisation__code=organisation)
    if role:  # a JSON list is searched the same way on both databases
        found = found.filter(pk__in=[one.pk for one in found if role in one.roles])
    return found


def holders(permission: str, *, organisations: Iterable[Organisation]) -> tuple[Person, ...]:
    """Return the active people of these organisations whose roles give a permission, by user name."""
    known = catalogue.catalogue().roles
    giving = {code for code, role in known.items() if permission in role.permissions}
    found = Person.objects.filter(is_active=True, is_operator=False, organisation__in=list(organisations))
    return tuple(one for one in found.select_related("organisation") if giving & set(one.roles))


def rows(found: Iterable[Person]) -> tuple[PersonRow, ...]:
    """Return people with their roles as the definitions word them."""
    return tuple(PersonRow(one, roles_of(one)) for one in found)


def tokens(person: Person) -> QuerySet[ApiToken]:
    """Return a person's tokens that have not been revoked, latest first."""
    return ApiToken.objects.filter(person=person, revoked_at=None)


def token(prefix: str) -> ApiToken:
    """Return the token of that prefix; NotFoundError when there is none."""
    found = ApiToken.objects.filter(prefix=prefix).select_related("person").first()
    if found is None:
        raise NotFoundError(f"没有令牌“{prefix}”。", f"There is no token “{prefix}”.")
    return found


def is_locked(*, username: str, address: str) -> bool:
    """Say whether a name is locked out at an address after too many failures."""
    since = audit.now() - LOCK_FOR
    failures = FailedSignIn.objects.filter(
        username=username.strip().lower()[:150], address=address[:64], at__gte=since
    )
    return failures.count() >= LOCK_AFTER
