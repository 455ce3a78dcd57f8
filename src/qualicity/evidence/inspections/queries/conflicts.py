"""Reads of conflicts of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.models import Conflict

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person


def conflicts(*, by: Person, ended: bool = False) -> QuerySet[Conflict]:
    """Return the conflicts that a person sees: their own, those of their unit who plan, all who see all.

    Without ``ended`` only those that count.
    """
    accounts.check(by, permissions.READ)
    found = Conflict.objects.select_related("person__organisation", "declared_by")
    if not ended:
        found = found.filter(ended_at=None)
    if accounts.sees_all(by, permissions.READ):
        return found
    seen = Q(person=by)
    if accounts.can(by, permissions.PLAN) and by.organisation_id:
        seen |= Q(person__organisation=by.organisation_id)
    return found.filter(seen)
