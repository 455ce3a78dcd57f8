"""What befalls a failure: its case meets one fate after another, as far as the last day reaches."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.actions import Given
from qualicity.site.demonstration.checking import people, sampling
from qualicity.site.demonstration.checking.scene import days_of, tale

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.inspections.models import Sample
    from qualicity.site.demonstration.checking.scene import Scene


def begin(scene: Scene, sample: Sample) -> None:
    """Open the case of a failure, and let its fate begin."""
    case = actions.open_failure(sample=sample, by=scene.staff[sample.organisation.code].decider)
    family = "food" if case.type == "food_failure" else "product"
    fate = _in_time(scene, family) or scene.lingering_fate(family, tale()[f"{family}_lingering"])
    if fate is None:
        fates = tale()[f"{family}_fates"]
        turn = scene.failures.get(family, 0)
        scene.failures[family] = turn + 1
        fate = fates[turn % len(fates)]
    _go_on(scene, sample, fate, 0)


def _in_time(scene: Scene, family: str) -> list[str] | None:
    """Let one late failure be served just before the last day, so that its enterprise can still object."""
    left = (scene.stage.city.last - timezone.localdate(registry.moment())).days
    if (family, "in time") in scene.lingering or not 4 <= left <= 12:
        return None
    scene.lingering.add((family, "in time"))
    fate: list[str] = tale()["in_time"]
    return fate


def _go_on(scene: Scene, sample: Sample, fate: list[str], at: int) -> None:
    if at == len(fate):
        return
    day = timezone.localdate(registry.moment()) + timedelta(days=days_of(fate[at]))
    scene.later(day, sample.number, at, what=lambda: _step(scene, sample, fate, at))


def _step(scene: Scene, sample: Sample, fate: list[str], at: int) -> None:
    move = fate[at].rsplit(" ", 1)[0]
    fresh = queries.sample(sample.number, by=accounts.operator())
    if move.startswith("recheck "):
        sampling.recheck(scene, fresh, fails=move.endswith("failed"))
    elif move.startswith("reinspected"):
        sampling.report(scene, fresh, "second-laboratory", fails=move.endswith("same"))
    else:
        _move(scene, fresh, move)
    _go_on(scene, sample, fate, at + 1)


def _move(scene: Scene, sample: Sample, move: str) -> None:
    case = sample.failure
    assert case is not None, "a failure has its case"
    table = catalogue().cases[case.type].move(move)
    reason = tale()["words"].get(move, "") if "reason" in table.needs or move in tale()["words"] else ""
    evidence = (scene.stage.file(f"{move}-{sample.number}.txt", reason or table.title.zh),)
    bureau = scene.laboratories["second-laboratory"][0] if move == "name_laboratory" else None
    given = Given(
        reason=reason, evidence=evidence if "evidence" in table.needs else (), laboratory=bureau,
    )  # fmt: skip
    actions.proceed(sample=sample, move=move, by=_who(scene, sample, table.who[0].party, table.needs), given=given)


def _who(scene: Scene, sample: Sample, party: str, needs: tuple[str, ...]) -> Person:
    if party == "enterprise":
        code = sample.failure.enterprise  # type: ignore[union-attr]
        return people.of_enterprise(code, sample.sampled_unit, scene.enterprises)
    staff, case = scene.staff[sample.organisation.code], sample.failure
    if "second_person" not in needs:
        return staff.decider
    return staff.decider if case is not None and case.last_by_id == staff.second.pk else staff.second
