"""Breaking the plan's targets down to units and counties, each with a value of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError
from qualicity.goals.indicators import queries as indicators
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.models import LocalTarget
from qualicity.goals.tasks.queries.local_targets import is_additive, is_weaker

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan


@transaction.atomic
def set_target(
    *, plan: Plan, indicator: str, organisation: Organisation, value: float, by: Person, note: str = ""
) -> LocalTarget:
    """Give a unit or county its own value of a target; one weaker than the city's needs a note that says why."""
    permissions.check_assign(by, None)
    target = indicators.indicator_of(plan, indicator)
    if organisation.is_local and target.level != "county":
        raise InputError(
            f"“{target.title.zh}”按全市计算，不能分到县（市、区）。",
            f"“{target.title.en}” is computed for the whole city; it cannot be broken down to a county.",
        )
    if not is_additive(target) and is_weaker(target, value) and not note.strip():
        city = indicators.target_words(target.target, target.unit)
        raise InputError(
            f"{value:g}{target.unit} 弱于全市的要求（{city.zh}）。确需如此的，请写明理由。",
            f"{value:g} {target.unit} is weaker than the city's target ({city.en}). If it must be so, say why.",
        )
    moment = registry.moment()
    before = LocalTarget.objects.filter(
        plan=plan.code, indicator=indicator, organisation=organisation, replaced_at=None
    ).first()
    if before is not None:
        before.replaced_at = moment
        before.save(update_fields=["replaced_at"])
    made = LocalTarget.objects.create(
        plan=plan.code, indicator=indicator, organisation=organisation, place=organisation.place, value=value,
        note=note.strip()[:300], set_by=by, set_at=moment,
    )  # fmt: skip
    audit.record(
        by=by,
        verb="tasks.set_target",
        subject=f"target:{indicator}:{organisation.code}",
        detail={"value": value, "before": before.value if before else None, "note": note.strip()},
    )
    return made
