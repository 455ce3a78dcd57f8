"""Other weights: proposed by one person with what they would change, adopted by another from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.audit import actions as audit
from qualicity.commons.registry.queries import moment as now
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.lifecycle import WeightingState
from qualicity.judgement.credit.models import Weighting
from qualicity.judgement.credit.queries.simulating import simulate

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.credit import CreditScheme
    from qualicity.judgement.credit.queries.schemes import Weights


def propose_weights(*, weights: Weights, reason: str, by: Person) -> Weighting:
    """Propose other weights; what they would change is computed and kept beside them."""
    permissions.check_all(by, permissions.WEIGH)
    if not reason.strip():
        raise InputError("请写明调整的理由。", "Say why the weights should change.")
    found = simulate(weights, by=by)
    if found.scheme == found.changed_scheme:
        raise InputError("与现行权重相同，没有改动。", "These are the weights in force; nothing would change.")
    with transaction.atomic():
        new = Weighting.objects.create(
            scheme=found.scheme.code, weights=_whole(found.changed_scheme), reason=reason.strip(),
            effect=found.summary, state=WeightingState.PROPOSED, proposed_by=by, proposed_at=now(),
        )  # fmt: skip
        audit.record(
            by=by, verb="credit.propose_weights", subject=f"weighting:{new.pk}",
            detail={"weights": weights.plain, "reason": new.reason, "effect": found.summary},
        )  # fmt: skip
    return new


@transaction.atomic
def adopt_weights(*, weighting: Weighting, by: Person, on: date | None = None) -> Weighting:
    """Adopt proposed weights from a day on (today), as a second person; scores follow with the next run."""
    held = _locked(weighting, by)
    day = on or now().date()
    if day < now().date():
        raise InputError("生效日期不能早于今天。", "They cannot be in force before today.")
    return _decide(held, WeightingState.ADOPTED, by, in_force_from=day)


@transaction.atomic
def reject_weights(*, weighting: Weighting, by: Person) -> Weighting:
    """Reject proposed weights, as a second person."""
    return _decide(_locked(weighting, by), WeightingState.REJECTED, by)


def _locked(weighting: Weighting, by: Person) -> Weighting:
    permissions.check_all(by, permissions.WEIGH)
    held = Weighting.objects.select_for_update(of=("self",)).get(pk=weighting.pk)
    if held.state != WeightingState.PROPOSED:
        raise NotPossibleError("这一权重方案已有决定。", "This proposal was decided already.")
    if not by.is_operator and by.pk == held.proposed_by_id:
        raise NotAllowedError(
            "提出方案的人不能批准，须由另一人办理。", "Who proposed it may not decide it; a second person must."
        )
    return held


def _decide(held: Weighting, state: WeightingState, by: Person, *, in_force_from: date | None = None) -> Weighting:
    held.state, held.decided_by, held.decided_at, held.in_force_from = state, by, now(), in_force_from
    held.save(update_fields=["state", "decided_by", "decided_at", "in_force_from"])
    audit.record(
        by=by, verb="credit.decide_weights", subject=f"weighting:{held.pk}",
        detail={"state": str(state), "in_force_from": in_force_from.isoformat() if in_force_from else None},
    )  # fmt: skip
    return held


def _whole(scheme: CreditScheme) -> dict[str, dict[str, float]]:
    """Return every weight and point of a scheme: what is adopted later does not hang on what was before."""
    return {
        "families": {one.code: one.weight for one in scheme.families},
        "items": {item.code: item.points for _, item in scheme.items},
    }
