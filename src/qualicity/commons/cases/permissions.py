"""May this person? How a person stands to a case, and what that allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases.lifecycle import OFFICE
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotAllowedError, NotFoundError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case
    from qualicity.definitions.cases import CaseType, Move, Party, Who

READ = "cases.read"
ACT = "cases.act"
READ_SEALED = "audit.read"
"""Who may see a case that is sealed: the readers of the audit trail."""


PARTIES: dict[Party, Text] = {
    "opener": Text("立项单位", "the organisation that opened it"),
    "responsible": Text("责任单位", "the responsible organisation"),
    "office": Text("领导小组办公室", "the office"),
    "role": Text("指定角色", "a role"),
    "enterprise": Text("当事企业", "the enterprise concerned"),
}


def stands_as(person: Person, case: Case, party: Party, role: str | None = None) -> bool:
    """Say whether a person is of a party to a case; the operator of the command line is of every one."""
    if person.is_operator:
        return True
    if party == "enterprise":
        return is_enterprise_of(person, case)
    if party == "responsible":
        return person.organisation_id == case.organisation_id
    if party == "opener":
        if case.opener_organisation_id is None:
            return OFFICE in person.roles
        return person.organisation_id == case.opener_organisation_id
    wanted = OFFICE if party == "office" else role
    known = catalogue().roles.get(wanted or "")
    if known is None or known.code not in person.roles:
        return False
    return known.scope == "all" or person.organisation_id == case.organisation_id


def is_enterprise_of(person: Person, case: Case) -> bool:
    """Say whether a person speaks for the enterprise that a case is about."""
    return person.is_active and bool(person.enterprise) and person.enterprise == case.enterprise and not case.sealed


def can_read(person: Person, case: Case) -> bool:
    """Say whether a person may see a case: of their own organisation, opened by it, handed to them, or all.

    Who speaks for the enterprise concerned moves the case without seeing the house's own pages of it.
    """
    if is_enterprise_of(person, case):
        return True
    if not accounts.can(person, READ) or (case.sealed and not accounts.can(person, READ_SEALED)):
        return False
    own = person.organisation_id is not None and person.organisation_id in (
        case.organisation_id,
        case.opener_organisation_id,
    )
    return own or case.person_id == person.pk or accounts.sees_all(person, READ)


def check_read(person: Person, case: Case) -> None:
    """Raise NotFoundError where the person may not know of this case."""
    if is_enterprise_of(person, case):
        return
    accounts.check(person, READ)
    if not can_read(person, case):
        raise not_there(case.pk)


def not_there(number: int) -> NotFoundError:
    """Return the one answer to a number that does not exist and to one that is not for this person."""
    return NotFoundError(
        f"没有编号为 {number} 的事项，或您无权查看。",
        f"There is no case {number}, or it is not for you to see.",
    )


def can_move(person: Person, case: Case, move: Move) -> bool:
    """Say whether a person's permission and standing allow a move."""
    return any(
        accounts.can(person, who.permission) and stands_as(person, case, who.party, who.role) for who in move.who
    )


def check_move(person: Person, case: Case, move: Move) -> None:
    """Raise NotAllowedError unless `can_move` says yes, naming who may."""
    if can_move(person, case, move):
        return
    words = [_words(who) for who in move.who]
    raise NotAllowedError(
        f"“{move.title.zh}”只能由{'或'.join(one.zh for one in words)}办理，且须有相应权限。",
        f"“{move.title.en}” is for {' or '.join(one.en for one in words)}, with the permission for it.",
    )


def may_act(person: Person) -> bool:
    """Say whether a person works on cases at all."""
    return accounts.can(person, ACT)


def can_steer(person: Person, case: Case, kind: CaseType) -> bool:
    """Say whether a person may assign, extend, pause and resume."""
    return accounts.can(person, kind.steering.permission) and any(
        stands_as(person, case, party) for party in kind.steering.party
    )


def check_steer(person: Person, case: Case, kind: CaseType) -> None:
    """Raise NotAllowedError unless `can_steer` says yes."""
    if not can_steer(person, case, kind):
        zh = "或".join(PARTIES[one].zh for one in kind.steering.party)
        en = " or ".join(PARTIES[one].en for one in kind.steering.party)
        raise NotAllowedError(
            f"指定经办人、延长、中止时限只能由{zh}办理。", f"Assigning, extending and pausing are for {en}."
        )


def check_second_person(person: Person, move: Move, others: Iterable[int]) -> None:
    """Raise NotAllowedError where the person is one of those whom a move must be second to."""
    if not person.is_operator and person.pk in set(others):
        raise NotAllowedError(
            f"“{move.title.zh}”须由另一人办理：您是前一步的经办人。",
            f"“{move.title.en}” takes a second person: you made the step before.",
        )


def _words(who: Who) -> Text:
    if who.party != "role":
        return PARTIES[who.party]
    role = catalogue().roles.get(who.role or "")
    return role.title.text if role else Text(who.role or "", who.role or "")
