"""A plan by risk is drawn by the release in use, and stays repeatable when that is switched off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.access import risk_releases
from tests.unit.evidence.inspections.conftest import PLACES, factory

from qualicity.commons.accounts import queries as people
from qualicity.commons.registry import actions as registry
from qualicity.evidence.inspections import actions, queries

if TYPE_CHECKING:
    from tests.unit.evidence.inspections.conftest import Checks

pytestmark = pytest.mark.django_db
ON = date(2014, 4, 10)


@pytest.fixture
def by_risk(checks: Checks) -> Checks:
    """Return the city with a plan by risk, a release in use, and one old factory among young ones in each place."""
    risk_releases.kept(by=checks["planner"])
    actions.switch_risk_on(code="risk-20140101-1", reason="试用一季度", by=checks["planner"])
    checks.plan = actions.change_plan(plan=checks.plan, method="risk", by=checks["planner"])
    numbers, aged = iter(range(1, 1000)), []
    for place, count in PLACES.items():
        for at in range(count):
            one = factory(next(numbers), place)
            since = date(1950 if at == 0 else 2013, 1, 1)
            aged.append(
                registry.NewEnterprise(one.uscc, one.name, place, industry="C", registered_on=since, closed_on=None)
            )
    registry.register_enterprises(enterprises=aged, by=people.operator())
    return checks


def test_chances_follow_the_scores_within_a_place_and_nobody_is_without_one(by_risk: Checks) -> None:
    frame = queries.frame_of(by_risk.plan, on=ON)
    assert (frame.method, frame.release) == ("risk", "risk-20140101-1")
    (line,) = frame.lines
    weights = queries.risk_weights(on=ON)
    assert weights is not None
    for unit in line.units:
        assert unit.weight == weights.of(unit.key) > 0
    assert len({unit.weight for unit in line.units if unit.stratum == "410122"}) == 2
    found, _roster = queries.hits(by_risk.plan, frame, "20140410")
    assert len(found) == 9
    assert all(0 < one.chance < 1 for one in found)


def test_a_draw_names_its_release_and_is_repeated_when_that_is_off(by_risk: Checks) -> None:
    kept = actions.draw(plan=by_risk.approved(), seed="20140410", by=by_risk["planner"])
    assert (kept.method, kept.risk_release) == ("risk", "risk-20140101-1")
    before = queries.repeated(kept, by=by_risk["planner"])
    actions.switch_risk_off(code="risk-20140101-1", reason="到期复核", by=by_risk["planner"])
    assert queries.repeated(kept, by=by_risk["planner"]) == before
    again = queries.frame_of(by_risk.plan, on=ON, anew=True)
    assert (again.method, again.release) == ("stratified", "")
