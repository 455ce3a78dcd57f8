"""What the desk of spot checks handed to enforcement and nobody has taken over yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.evidence.inspections import queries as inspections
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.models import Investigation

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


def waiting_transfers(by: Person) -> tuple[inspections.Transferred, ...]:
    """Return the failed samples handed over that have no case yet, of the person's own unit, or all."""
    accounts.check(by, permissions.READ)
    handed = inspections.transferred(by=by)
    taken = set(
        Investigation.objects.filter(origin_ref__in=[reference(one) for one in handed]).values_list(
            "origin_ref", flat=True
        )
    )
    return tuple(one for one in handed if reference(one) not in taken)


def reference(one: inspections.Transferred) -> str:
    """Return how a case says which transfer it came from."""
    return f"transfer:{one.number}"
