"""Looking at every light and writing down those that changed. Nobody sets one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.models import LightChange
from qualicity.goals.tasks.queries.assignments import narrowed, standing_lights
from qualicity.goals.tasks.queries.history import last_lights

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the lights found: how many there are, and which changed since the last one."""

    day: date
    total: int
    changes: tuple[LightChange, ...]


@transaction.atomic
def look(*, plan: Plan, by: Person, on: date | None = None) -> Looked:
    """Compute every light of a day and keep each that differs from the last one kept; asked twice, the same day."""
    accounts.check(by, permissions.READ)
    day = on or registry.today()
    lit = standing_lights(narrowed(plan, day), day)
    before = last_lights(plan)
    moment = registry.moment()
    changed = [
        LightChange(
            assignment_id=number,
            light=light.light.value,
            before=before.get(number, ""),
            reason=light.reason.value,
            figure=light.figure,
            day=day,
            at=moment,
        )
        for number, light in lit
        if before.get(number, "") != light.light.value
    ]
    LightChange.objects.bulk_create(changed, batch_size=2000)
    if changed:
        audit.record(
            by=by,
            verb="tasks.lights",
            subject=f"plan:{plan.code}",
            detail={"day": day.isoformat(), "assignments": len(lit), "changed": len(changed)},
        )
    return Looked(day, len(lit), tuple(changed))
