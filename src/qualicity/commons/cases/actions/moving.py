"""Moving a case from one state to the next, as the table of its type allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.cases import lifecycle, permissions
from qualicity.commons.cases.actions.attaching import as_evidence
from qualicity.commons.cases.actions.timing import carry, check_due, enter
from qualicity.commons.cases.actions.writing import at_day, locked, owner_of, write
from qualicity.commons.cases.models import CaseClock
from qualicity.commons.cases.queries.cases import first_persons
from qualicity.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.actions.attaching import Evidence
    from qualicity.commons.cases.models import Case
    from qualicity.definitions.cases import Move


@transaction.atomic
def move(
    *,
    case: Case,
    move: str,
    by: Person,
    reason: str = "",
    evidence: Sequence[Evidence] = (),
    due: date | None = None,
    seen: int | None = None,
    on: date | None = None,
) -> Case:
    """Make a move and return the case as it is then.

    ``evidence`` holds files to be added, files that the case has already, or references ``kind:code`` to what is kept
    elsewhere. ``seen`` is the version that the person was looking at, by default that of ``case``. Raises StaleError
    when somebody was faster, NotPossibleError, NotAllowedError, InputError, NotFoundError.
    """
    fresh = locked(case, by, seen)
    kind = lifecycle.case_type(fresh.type)
    chosen = lifecycle.check_move(kind, move, fresh.state)
    permissions.check_move(by, fresh, chosen)
    if "second_person" in chosen.needs:
        permissions.check_second_person(by, chosen, first_persons(fresh, chosen))
    moment, day = at_day(on)
    _check_needs(chosen, reason=reason, evidence=evidence, due=due)
    if due is not None:
        check_due(due, moment)
    shown = as_evidence(fresh, evidence, by)
    before, fresh.state = fresh.state, chosen.after
    changed = enter(fresh, kind, chosen.after, event=moment, due=due)
    for clock in changed:
        clock.save()
    carry(fresh, CaseClock.objects.filter(case=fresh))
    fresh.is_open = not kind.state(fresh.state).is_end
    fresh.closed_at = None if fresh.is_open else moment
    fresh.owner, fresh.last_by = owner_of(fresh, kind), by
    fresh.version += 1
    detail = {"due": due.isoformat()} if due else {}
    write(fresh, code=chosen.code, by=by, on=day, before=before, reason=reason, evidence=shown, detail=detail)
    return fresh


def _check_needs(chosen: Move, *, reason: str, evidence: Sequence[Evidence], due: date | None) -> None:
    title = chosen.title
    if "reason" in chosen.needs and not reason.strip():
        raise InputError(f"“{title.zh}”须写明理由。", f"“{title.en}” needs a reason.")
    if "evidence" in chosen.needs and not evidence:
        raise InputError(
            f"“{title.zh}”须附佐证材料：上传文件，或选择已有材料。",
            f"“{title.en}” needs evidence: add a file, or choose one that is there.",
        )
    if "due" in chosen.needs and due is None:
        raise InputError(f"“{title.zh}”须写明新的时限。", f"“{title.en}” needs a new deadline.")
    if "due" not in chosen.needs and due is not None:
        raise InputError(f"“{title.zh}”不改变时限。", f"“{title.en}” changes no deadline.")
