"""May this person? Asked by every read and write of the desk, never only by a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.commons.registry.models import Enterprise

READ = "credit.read"
MANAGE = "credit.manage"
DECIDE = "credit.decide"
CONSENT = "credit.consent"
WEIGH = "credit.weigh"
OBJECT = "credit.object"


def own_place(person: Person, permission: str = READ) -> str:
    """Return the place that a person's sight ends at: the own county; "" for who sees the whole city."""
    if accounts.sees_all(person, permission):
        return ""
    unit = person.organisation
    return unit.place if unit is not None and unit.is_local else ""


def speaks_for(person: Person, uscc: str) -> bool:
    """Say whether a person speaks for an enterprise and may see its file."""
    return bool(person.enterprise) and person.enterprise == uscc and accounts.can(person, OBJECT)


def can_read_file(person: Person, enterprise: Enterprise) -> bool:
    """Say whether a person may see a file: of the own county, of the city for its departments, of one's own."""
    if speaks_for(person, enterprise.uscc):
        return True
    return accounts.can(person, READ) and own_place(person) in ("", enterprise.place)


def check_read_file(person: Person, enterprise: Enterprise) -> None:
    """Raise NotAllowedError for who reads no files, NotFoundError where this one is not for them."""
    if not can_read_file(person, enterprise):
        if not person.enterprise:
            accounts.check(person, READ)
        raise not_there(enterprise.uscc)


def can_manage_file(person: Person, enterprise: Enterprise, permission: str = MANAGE) -> bool:
    """Say whether a person keeps or decides over the files of an enterprise's place."""
    return accounts.can(person, permission) and own_place(person, permission) in ("", enterprise.place)


def check_manage_file(person: Person, enterprise: Enterprise, permission: str = MANAGE) -> None:
    """Raise NotAllowedError unless ``can_manage_file`` says yes."""
    accounts.check(person, permission)
    if not can_manage_file(person, enterprise, permission):
        raise NotAllowedError(
            f"“{enterprise.name}”的档案由其所在县（市、区）管理。",
            f"The file of “{enterprise.name}” is kept by its own county.",
        )


def check_all(person: Person, permission: str) -> None:
    """Raise NotAllowedError unless the person may do this over the whole city."""
    accounts.check(person, permission)
    if not accounts.sees_all(person, permission):
        raise NotAllowedError(
            "这一操作涉及全市企业，须由领导小组办公室办理。",
            "This touches the enterprises of the whole city; it is for the office.",
        )


def not_there(code: str) -> NotFoundError:
    """Return the one answer to a code that nobody holds and to one that is not for this person."""
    return NotFoundError(
        f"没有代码为“{code}”的企业，或您无权查看。",
        f"There is no enterprise of code “{code}”, or it is not for you to see.",
    )
