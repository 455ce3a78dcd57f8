"""What the fault tests do to notices: settle many results, publish them, and look whether they are whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unit.evidence.inspections.samples import sample

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.audit.models import AuditRecord
from qualicity.commons.registry import queries as registry
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.models import Notice

MANY = 300


def settle_many(turn: int) -> list[int]:
    """Make many settled results and the notices that are due of them; return the numbers of the notices."""
    by = accounts.operator()
    for number in range(MANY):
        sample(by, f"K{turn}-{number}", conclusion="qualified", on=date(2014, 3, 3))
    actions.gather_notices(by=by)
    return list(Notice.objects.filter(state="due").order_by("pk").values_list("pk", flat=True))


def publish_many(numbers: list[int]) -> int:
    """Publish notices at once."""
    return actions.publish_notices(notices=numbers, by=accounts.operator())


def look_at_notices() -> dict[str, Any]:
    """Return how many notices are public, and whether all of them is published or nothing."""
    faults = []
    for one in Notice.objects.all():
        whole = (one.published_at is not None, one.published_by_id is not None, one.public_until is not None)
        if any(whole) != (one.state == "published") or any(whole) != all(whole):
            faults.append(f"{one.pk}: {one.state} {whole}")
    shown = len(queries.public_results(on=registry.today()))
    told = sum(record.detail["count"] for record in AuditRecord.objects.filter(verb="inspections.publish_notices"))
    if told != shown:
        faults.append(f"{shown} are shown, the audit tells of {told}")
    return {"public": shown, "faults": faults, "audit": audit.verify().ok}


STEPS = {"settle_many": settle_many, "publish_many": publish_many, "look_at_notices": look_at_notices}
