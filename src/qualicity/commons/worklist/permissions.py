"""May this person? The inbox is everybody's own; reminding is the office's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

READ = "cases.read"
URGE = "supervision.manage"


def check_read(person: Person) -> None:
    """Raise NotAllowedError for a person who has nothing to do with cases."""
    accounts.check(person, READ)


def can_urge(person: Person) -> bool:
    """Say whether a person may send reminders."""
    return accounts.sees_all(person, URGE)


def check_urge(person: Person) -> None:
    """Raise NotAllowedError unless `can_urge` says yes."""
    accounts.check(person, URGE)
