"""The yearly plans: drawn up, approved by another person, drawn from by a seed that was announced beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from qualicity.evidence.inspections import actions, queries
from qualicity.site.demonstration.checking import following, sampling

if TYPE_CHECKING:
    from qualicity.evidence.inspections.models import CheckPlan
    from qualicity.site.demonstration.checking.scene import Scene


def begin(scene: Scene, told: dict[str, Any]) -> None:
    """Let a plan be drawn up on its day."""
    scene.later(told["planned"], told["code"], what=lambda: _draw_up(scene, told))


def _draw_up(scene: Scene, told: dict[str, Any]) -> None:
    unit = scene.stage.units[told["organisation"]]
    by = scene.staff[unit.code].decider
    plan = actions.make_plan(
        code=told["code"], title_zh=told["title"]["zh"], title_en=told["title"]["en"], year=told["year"],
        organisation=unit, law=told["law"], sampling_kind=told["kind"], by=by,
        method=told.get("method", "stratified"),
    )  # fmt: skip
    for line in told["lines"]:
        actions.add_line(
            plan=plan, product=line["product"], stage=line["stage"], count=line["count"], why=line["why"], by=by
        )
    if "drawn" in told:
        scene.later(told["planned"] + timedelta(days=3), told["code"], 2, what=lambda: _approve(scene, plan, told))


def _approve(scene: Scene, plan: CheckPlan, told: dict[str, Any]) -> None:
    actions.approve(plan=plan, by=scene.stage.office)
    actions.announce_seed(
        plan=plan, source=f"{told['drawn']} 公开摇号号码（模拟）", known_on=told["drawn"],
        by=scene.staff[told["organisation"]].decider,
    )  # fmt: skip
    scene.later(told["drawn"], told["code"], 3, what=lambda: _draw(scene, plan, told))


def _draw(scene: Scene, plan: CheckPlan, told: dict[str, Any]) -> None:
    by = scene.staff[told["organisation"]].decider
    made = actions.draw(plan=plan, seed=told["seed"], by=by)
    first, last = told["visits"]["first"], told["visits"]["last"]
    span = (last - first).days
    for target in queries.targets(draw=made, by=by):
        random = scene.stage.city.stream("visit", plan.code, target.number)
        day = first + timedelta(days=int(random.integers(0, span + 1)))
        scene.later(
            day, plan.code, target.number,
            what=lambda target=target: sampling.visit(scene, target, told, failed=following.begin),  # type: ignore[misc]
        )  # fmt: skip
