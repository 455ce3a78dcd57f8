"""Showing penalties to the public: by another person, in time, until the last day, and not a day longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.actions.deciding import show
from qualicity.judgement.enforcement.lifecycle import WORDS, Publicity
from qualicity.judgement.enforcement.models import Penalty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.commons.accounts.models import Person

BATCH = 1000
SHOWN = ["state", "published_on", "published_by", "public_until", "early_from"]


@transaction.atomic
def publish(*, penalties: Iterable[int], by: Person) -> int:
    """Publish penalties that are due, all or none; each by somebody else than who decided it. Return how many."""
    found = _locked(penalties)
    today = registry.present_day()
    for one in found:
        accounts.check(by, permissions.ACT, organisation=one.organisation)
        if one.state != Publicity.DUE:
            now = WORDS[Publicity(one.state)]
            raise NotPossibleError(
                f"“{one.number}”现为“{now.zh}”，不能公示。", f"“{one.number}” is {now.en}: it cannot be published."
            )
        if one.decided_by_id == by.pk and not by.is_operator:
            raise NotAllowedError(
                f"“{one.number}”由您决定，须由另一人公示。",
                f"You decided “{one.number}”: another person publishes it.",
            )
        show(one, day=today, by=by)
    Penalty.objects.bulk_update(found, SHOWN, batch_size=BATCH)
    if found:
        audit.record(
            by=by, verb="enforcement.publish", subject="penalties",
            detail={"count": len(found), "penalties": [one.pk for one in found][:BATCH]},
        )  # fmt: skip
    return len(found)


@transaction.atomic
def end_publicity(*, by: Person) -> int:
    """Take down what was shown to its last day; the public's reads stop by themselves then. Return how many."""
    accounts.check(by, permissions.DECIDE)
    today = registry.present_day()
    over = Penalty.objects.select_for_update().filter(state=Publicity.PUBLIC, public_until__lt=today)
    numbers = list(over.values_list("pk", flat=True))
    Penalty.objects.filter(pk__in=numbers).update(state=Publicity.ENDED, ended_on=today)
    if numbers:
        audit.record(
            by=by, verb="enforcement.end_publicity", subject="penalties",
            detail={"count": len(numbers), "penalties": numbers[:BATCH]},
        )  # fmt: skip
    return len(numbers)


@transaction.atomic
def end_early(*, penalty: Penalty, reason: str, by: Person) -> Penalty:
    """End a penalty's publicity early at the party's request: performed, the least period over, not punished again.

    Raises NotPossibleError naming the condition that does not hold.
    """
    (fresh,) = _locked([penalty.pk])
    accounts.check(by, permissions.DECIDE, organisation=fresh.organisation)
    if not reason.strip():
        raise InputError("请写明核实的情况。", "Say what was verified.")
    today = registry.present_day()
    if fresh.state != Publicity.PUBLIC:
        raise NotPossibleError("该处罚不在公示中。", "This penalty is not public.")
    if fresh.early_from is None:
        raise NotPossibleError("该处罚不得提前停止公示。", "The publicity of this penalty has no early end.")
    if today < fresh.early_from:
        raise NotPossibleError(
            f"最短公示期至 {fresh.early_from}。", f"It stays public until {fresh.early_from} at least."
        )
    if fresh.performed_on is None:
        raise NotPossibleError("当事人尚未履行处罚决定。", "The penalty is not performed yet.")
    again = Penalty.objects.filter(
        enterprise=fresh.enterprise, sector=fresh.sector, decided_on__gt=fresh.decided_on, annulled_on=None
    ).exclude(enterprise="")
    if again.exists():
        raise NotPossibleError("当事人此后在同一领域又受到处罚。", "The party was punished again in the same field.")
    fresh.state, fresh.ended_on = Publicity.ENDED, today
    fresh.save(update_fields=["state", "ended_on"])
    audit.record(
        by=by, verb="enforcement.end_early", subject=f"penalty:{fresh.pk}",
        detail={"number": fresh.number, "reason": reason.strip()[:500]},
    )  # fmt: skip
    return fresh


def _locked(numbers: Iterable[int]) -> list[Penalty]:
    wanted = sorted(set(numbers))
    found = list(
        Penalty.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .select_related("organisation")
        .order_by("pk")
    )
    if len(found) < len(wanted):
        missing = sorted(set(wanted) - {one.pk for one in found})
        raise permissions.not_there(f"处罚 {missing[0]}")
    return found
