"""Reads of cases, their trail, their clocks and their files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import lifecycle, permissions
from qualicity.commons.cases.models import Attachment, Case, CaseClock, CaseMove
from qualicity.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.cases import Move
    from qualicity.errors import Text

LARGEST = 2**53
"""Beyond it nothing has a number."""


@dataclass(frozen=True, slots=True)
class AllowedMove:
    """One move that a person may make now, and what it takes."""

    move: Move
    needs_reason: bool
    needs_evidence: bool
    needs_due: bool


def case(number: int, by: Person) -> Case:
    """Return one case; the same NotFoundError for a number that is not there and for one that is not for ``by``."""
    accounts.check(by, permissions.READ)
    found = (
        Case.objects.filter(pk=number)
        .select_related("organisation", "opener_organisation", "person", "opened_by", "last_by")
        .first()
        if 0 < number < LARGEST
        else None
    )
    if found is None or not permissions.can_read(by, found):
        raise permissions.not_there(number)
    return found


def cases(
    by: Person,
    *,
    type: str = "",
    state: str = "",
    organisation: Organisation | str | None = None,
    person: Person | None = None,
    subject: str = "",
    open_only: bool = False,
) -> QuerySet[Case]:
    """Return the cases that ``by`` may see, the latest first, narrowed by what is given."""
    found = visible(by).select_related("organisation", "opener_organisation", "person")
    if isinstance(organisation, str):
        organisation = accounts.organisation(organisation) if organisation else None
    if type:
        found = found.filter(type=lifecycle.case_type(type).code)
    if state:
        found = found.filter(state=state)
    if organisation is not None:
        found = found.filter(organisation=organisation)
    if person is not None:
        found = found.filter(person=person)
    if subject:
        found = found.filter(subject=subject)
    return found.filter(is_open=True) if open_only else found


def visible(by: Person) -> QuerySet[Case]:
    """Return the cases that a person may see."""
    accounts.check(by, permissions.READ)
    found = unsealed(by)
    if accounts.sees_all(by, permissions.READ):
        return found
    own = Q(person=by)
    if by.organisation_id is not None:
        own |= Q(organisation=by.organisation_id) | Q(opener_organisation=by.organisation_id)
    return found.filter(own)


def unsealed(by: Person) -> QuerySet[Case]:
    """Return every case but those that are sealed, which only readers of the audit trail see."""
    return Case.objects.all() if accounts.can(by, permissions.READ_SEALED) else Case.objects.filter(sealed=False)


def moves_of(case: Case) -> tuple[CaseMove, ...]:
    """Return a case's trail in the order of what happened."""
    return tuple(CaseMove.objects.filter(case=case).select_related("by", "by__organisation").order_by("number"))


def trails_of(numbers: Iterable[int]) -> dict[int, list[CaseMove]]:
    """Return the trails of many cases by their numbers, each in the order of what happened."""
    found: dict[int, list[CaseMove]] = {}
    moves = CaseMove.objects.filter(case__in=list(numbers)).select_related("by", "case").order_by("case", "number")
    for one in moves:
        found.setdefault(one.case_id, []).append(one)
    return found


def move_words(case: Case, move: CaseMove) -> tuple[Text, Text]:
    """Return what was done in one entry of a case's trail, and the state after it, in words."""
    return lifecycle.move_title(case.type, move.code), lifecycle.title_of(case.type, move.after)


def clocks_of(case: Case) -> tuple[CaseClock, ...]:
    """Return a case's clocks, running and stopped, in the order in which they began."""
    return tuple(CaseClock.objects.filter(case=case).select_related("case"))


def attachments_of(*which: Case) -> tuple[Attachment, ...]:
    """Return the files of one case, or of several together, in the order in which they came."""
    return tuple(Attachment.objects.filter(case__in=which).select_related("added_by"))


def allowed_moves(case: Case, by: Person) -> tuple[AllowedMove, ...]:
    """Return the moves that a person may make on a case now, the main ones first."""
    kind = lifecycle.case_type(case.type)
    possible = [
        move
        for move in kind.moves_from(case.state)
        if permissions.can_move(by, case, move) and not is_first_person(case, move, by)
    ]
    return tuple(
        AllowedMove(one, "reason" in one.needs, "evidence" in one.needs, "due" in one.needs)
        for one in sorted(possible, key=lambda one: not one.is_main)
    )


def is_first_person(case: Case, move: Move, by: Person) -> bool:
    """Say whether a move takes a second person, and ``by`` is the first."""
    return "second_person" in move.needs and not by.is_operator and by.pk in first_persons(case, move)


def first_persons(case: Case, move: Move) -> set[int]:
    """Return whom a second person must not be: by their numbers."""
    found: set[int] = set()
    for other in move.second_to:
        if other == "previous":
            found.add(case.last_by_id)
        elif other == "opener":
            found.add(case.opened_by_id)
        else:
            last = CaseMove.objects.filter(case=case, code=other).order_by("-number").first()
            found |= {last.by_id} if last else set()
    return found


def can_steer(case: Case, by: Person) -> bool:
    """Say whether a person may assign, extend, pause and resume this case now."""
    return case.is_open and permissions.can_steer(by, case, lifecycle.case_type(case.type))


def can_attach(case: Case, by: Person) -> bool:
    """Say whether a person may add files to a case now."""
    return case.is_open and accounts.can(by, permissions.ACT) and permissions.can_read(by, case)


def attachment(case: Case, number: int, by: Person) -> Attachment:
    """Return one file of a case that ``by`` may see."""
    permissions.check_read(by, case)
    found = Attachment.objects.filter(case=case, pk=number).first() if 0 < number < LARGEST else None
    if found is None:
        raise NotFoundError(f"该事项没有编号为 {number} 的材料。", f"This case has no file {number}.")
    return found


def file_of(sha256: str) -> Path:
    """Return where the file with this hash is kept: in the same folder as the files of submissions."""
    return Path(settings.QUALICITY_HOME) / "files" / sha256[:2] / sha256
