"""Spot checks in the small city: one function per subject, each returning what its placeholders stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.access import aftermath, field, laboratories, places_of_business, risk_releases

from qualicity.commons.accounts import queries as people
from qualicity.commons.registry import actions as registry
from qualicity.evidence.inspections import actions

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.evidence.inspections.models import CheckPlan


def build(every: dict[str, Person]) -> dict[str, str]:
    """Plan, draw, sample, test and follow up a little; return what the placeholders stand for."""
    placeholders: dict[str, str] = {}
    for part in PARTS:
        placeholders |= part(every, placeholders)
    return placeholders


def planned(every: dict[str, Person], _placeholders: dict[str, str]) -> dict[str, str]:
    """Make three plans and draw from one.

    ``city-wires`` is drawn from, ``city-cement`` approved and not yet drawn from, ``zhongmu-cement`` a draft; the
    inspector has declared a conflict of interest.
    """
    registry.register_enterprises(enterprises=places_of_business.factories(), by=people.operator())
    office, zhongmu = people.organisation("quality-supervision"), people.organisation("zhongmu")
    drawn = _plan(every["second-office"], "city-wires", office, product="pvc-wire", places=["410122", "410181"])
    actions.approve(plan=drawn, by=every["office"])
    draw = actions.draw(plan=drawn, seed="2014-04-10", by=every["second-office"])
    ready = _plan(every["second-office"], "city-cement", office, product="cement", places=["410122", "410181"])
    actions.approve(plan=ready, by=every["office"])
    _plan(every["colleague"], "zhongmu-cement", zhongmu, product="cement", places=[])
    conflict = actions.declare_conflict(
        person=every["inspector"], enterprise=places_of_business.CODES[0], reason="亲属任职", by=every["inspector"]
    )
    return {"draw": str(draw.pk), "conflict": str(conflict.pk), "factory": places_of_business.CODES[1]}


def _plan(by: Person, code: str, organisation: Organisation, *, product: str, places: list[str]) -> CheckPlan:
    plan = actions.make_plan(
        code=code, title_zh="模拟抽查计划", year=2014, organisation=organisation, law="product_spot_checks",
        sampling_kind="routine", by=by,
    )  # fmt: skip
    actions.add_line(plan=plan, product=product, stage="production", count=4, places=places, by=by)
    return plan


def scored(every: dict[str, Person], _placeholders: dict[str, str]) -> dict[str, str]:
    """Keep one release of the risk model, made from invented checks: the city has too few of its own."""
    risk_releases.kept(by=every["second-office"])
    return {}


PARTS = (planned, field.sampled, laboratories.tested, aftermath.followed, scored)
"""Each is given the people and what the parts before it returned."""
