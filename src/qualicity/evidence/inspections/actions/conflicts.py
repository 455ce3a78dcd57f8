"""Declaring who must not go to which enterprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.models import Conflict

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


@transaction.atomic
def declare_conflict(*, person: Person, enterprise: str, reason: str, by: Person) -> Conflict:
    """Declare a conflict of interest, one's own or that of somebody of the unit: the person is not sent there."""
    permissions.check_conflict(by, person)
    if not reason.strip():
        raise InputError("请写明回避事由。", "Say what the conflict of interest is.")
    uscc = registry.enterprise(enterprise).uscc
    new, made = Conflict.objects.get_or_create(
        person=person, enterprise=uscc, ended_at=None,
        defaults={"reason": reason.strip()[:300], "declared_by": by, "declared_at": registry.moment()},
    )  # fmt: skip
    if not made:
        raise NotPossibleError("此项回避已申报。", "This conflict of interest is declared already.")
    _record(by, "declare_conflict", new)
    return new


@transaction.atomic
def end_conflict(*, conflict: Conflict, by: Person) -> Conflict:
    """End a conflict of interest that no longer holds; it stays on record."""
    held = Conflict.objects.select_for_update(of=("self",)).select_related("person__organisation").get(pk=conflict.pk)
    permissions.check_conflict(by, held.person)
    if held.ended_at is not None:
        raise NotPossibleError("此项回避已解除。", "This conflict of interest has ended already.")
    held.ended_at = registry.moment()
    held.save(update_fields=["ended_at"])
    _record(by, "end_conflict", held)
    return held


def _record(by: Person, verb: str, conflict: Conflict) -> None:
    audit.record(
        by=by, verb=f"inspections.{verb}", subject=f"conflict:{conflict.pk}",
        detail={"person": conflict.person.username, "enterprise": conflict.enterprise},
    )  # fmt: skip
