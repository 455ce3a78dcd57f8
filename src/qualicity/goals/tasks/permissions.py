"""May this person? Asked by every read and write of the desk, never only by a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.commons.accounts.queries import Somebody

READ = "tasks.read"
ASSIGN = "tasks.assign"
REPORT = "tasks.report"
CHECK = "tasks.check"


def check_assign(person: Somebody, level: Organisation | None) -> None:
    """Raise NotAllowedError unless the person may hand out tasks: the city's, or those of their own county."""
    accounts.check(person, ASSIGN, organisation=level)
    if level is None and not accounts.sees_all(person, ASSIGN):
        raise NotAllowedError(
            "全市的任务分解由领导小组办公室负责；县（市、区）只能分解本级。",
            "The city's breakdown is the office's; a county breaks down its own level only.",
        )


def check_report(person: Person, organisation: Organisation) -> None:
    """Raise NotAllowedError unless the person reports for that organisation: nobody reports in another's name."""
    accounts.check(person, REPORT, organisation=organisation)
    if not can_report(person, organisation):
        raise NotAllowedError(
            f"进展由责任单位（{organisation.title_zh}）自己报告。",
            f"Progress is reported by the responsible unit itself ({organisation.title_en}).",
        )


def can_report(person: Person, organisation: Organisation) -> bool:
    """Return whether ``check_report`` would let the person pass."""
    own = person.is_operator or person.organisation_id == organisation.pk
    return own and accounts.can(person, REPORT, organisation=organisation)


def check_copy(person: Somebody, level: Organisation | None) -> None:
    """Raise NotAllowedError unless the person may copy the city's breakdown to a county of their own."""
    accounts.check(person, ASSIGN)
    if level is None:
        raise NotAllowedError(
            "复制任务分解是县（市、区）的事，请由其联络员办理。",
            "Copying the breakdown is a county's own act; its officer does it.",
        )


def can_assign(person: Somebody, level: Organisation | None) -> bool:
    """Return whether ``check_assign`` would let the person pass."""
    if level is None:
        return accounts.sees_all(person, ASSIGN)
    return accounts.can(person, ASSIGN, organisation=level)


def level_of(person: Somebody) -> Organisation | None:
    """Return the level at which a person hands out tasks: None for the city, else their own county."""
    unit = getattr(person, "organisation", None)
    return None if accounts.sees_all(person, ASSIGN) or unit is None or not unit.is_local else unit


def not_there(number: int) -> NotFoundError:
    """Return the one answer to a number that does not exist."""
    return NotFoundError(f"没有编号为 {number} 的分工。", f"There is no assignment {number}.")
