"""Disputes: those that wait for a decision, and the log of what was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotFoundError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.lifecycle import DisputeState
from qualicity.judgement.credit.models import Dispute
from qualicity.judgement.credit.queries.schemes import defined

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.commons.registry.models import Enterprise


def disputes(*, by: Person, state: str = "") -> QuerySet[Dispute]:
    """Return the disputes of enterprises whose files a person keeps or reads, latest first."""
    accounts.check(by, permissions.READ)
    found = Dispute.objects.select_related("case", "filed_by", "decided_by")
    if state:
        found = found.filter(state=state)
    if place := permissions.own_place(by):
        found = found.filter(uscc__in=registry.enterprises(place=place).values("uscc"))
    return found


def corrections(*, by: Person) -> QuerySet[Dispute]:
    """Return the log of corrections: every event that was found wrong, and why."""
    return disputes(by=by, state=DisputeState.UPHELD)


def dispute(number: int, *, by: Person) -> Dispute:
    """Return one dispute; NotFoundError where there is none that this person may see."""
    found = Dispute.objects.select_related("case", "filed_by", "decided_by").filter(pk=number).first()
    enterprise = registry.enterprises().filter(uscc=found.uscc).first() if found else None
    if found is None or enterprise is None or not permissions.can_read_file(by, enterprise):
        if not by.enterprise:
            accounts.check(by, permissions.READ)
        raise NotFoundError(
            f"没有第 {number} 号异议，或您无权查看。", f"There is no dispute {number}, or it is not for you to see."
        )
    return found


def keeper_of(enterprise: Enterprise) -> Organisation:
    """Return the organisation that keeps an enterprise's file: that of its county, else the scheme's keeper."""
    local = [one for one in accounts.organisations() if one.is_local and one.place == enterprise.place]
    return local[0] if local else accounts.organisation(defined().keeper)
