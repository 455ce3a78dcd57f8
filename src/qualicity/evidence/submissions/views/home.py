"""What waits for me: obligations, drafts, returned files, the office's queue."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.evidence.submissions import permissions, queries
from qualicity.evidence.submissions.lifecycle import State

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.registers import Register
    from qualicity.evidence.submissions.models import Submission

SHOWN = 15


@login_required
def home(request: SignedIn) -> HttpResponse:
    """Show what waits for this person."""
    standing, person = registry.standing(request.GET), request.user
    owed: tuple[queries.ObligationState, ...] = ()
    if accounts.can(person, permissions.READ_OBLIGATIONS):
        owed = queries.obligations(plan=standing.plan, as_of=standing.as_of, by=person, known_on=standing.known_on)
    counts = Counter(one.state for one in owed)
    pressing = sorted((one for one in owed if one.is_open), key=lambda one: one.due)
    registers = {one.register.code: one.register for one in queries.registers(by=person)}
    drafts = queries.submissions(by=person, wanted=queries.Wanted(state=State.DRAFT))
    context = {
        "counts": [(state, counts[state]) for state in queries.STANDINGS],
        "pressing": [(one, registers[one.register]) for one in pressing[:SHOWN]],
        "pressing_total": len(pressing),
        "many_units": accounts.sees_all(person, permissions.READ_OBLIGATIONS),
        "drafts": _titled(list(drafts[:SHOWN]), registers),
        "returned": _titled(_still_returned(request), registers),
        "waiting": _titled(list(queries.queue(by=person)[:SHOWN]), registers),
        "waiting_total": queries.queue(by=person).count(),
        "may_create": accounts.can(person, permissions.CREATE),
        "may_accept": accounts.can(person, permissions.ACCEPT),
    }
    return render(request, "submissions/home.html", context)


def _titled(found: list[Submission], registers: dict[str, Register]) -> list[tuple[Submission, Register | None]]:
    return [(one, registers.get(one.register)) for one in found]


def _still_returned(request: SignedIn) -> list[Submission]:
    """Return returned files that nobody has filed anew."""
    found = queries.submissions(by=request.user).filter(state=State.RETURNED)[: SHOWN * 4]
    later = {
        (one.register, one.organisation_id, one.period_start, one.period_end)
        for one in queries.submissions(by=request.user).exclude(state=State.RETURNED)[:2000]
    }
    return [
        one for one in found if (one.register, one.organisation_id, one.period_start, one.period_end) not in later
    ][:SHOWN]
