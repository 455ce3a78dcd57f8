"""Draws: repeatable, with every chance kept, by people without a conflict of interest."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people
from qualicity.commons.registry import actions as registry
from qualicity.commons.registry import queries as known
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.models import Target
from qualicity.methods.drawing import frame_digest

if TYPE_CHECKING:
    from tests.unit.evidence.inspections.conftest import Checks

pytestmark = pytest.mark.django_db
ON = date(2014, 4, 10)


def drawn(checks: Checks, seed: str = "20140410") -> tuple[queries.Hit, ...]:
    frame = queries.frame_of(checks.plan, on=ON, anew=True)
    found, _roster = queries.hits(checks.plan, frame, seed)
    return found


def test_the_same_seed_draws_the_same_list_and_another_seed_another(checks: Checks) -> None:
    assert drawn(checks) == drawn(checks)
    assert {one.enterprise for one in drawn(checks)} != {one.enterprise for one in drawn(checks, "20140411")}


def test_each_place_has_its_share_and_each_target_its_chance(checks: Checks) -> None:
    found = drawn(checks)
    assert Counter(one.place for one in found) == {"410122": 4, "410102": 3, "410181": 2}
    assert {one.place: one.chance for one in found} == {"410122": 0.1, "410102": 0.1, "410181": 0.1}


def test_shops_are_not_drawn_where_factories_are_meant(checks: Checks) -> None:
    assert queries.frame_of(checks.plan, on=ON).size == 90


def test_two_inspectors_of_the_place_go_to_each_target(checks: Checks) -> None:
    for one in drawn(checks):
        assert len(set(one.inspectors)) == 2
        assert all(name.startswith(one.organisation.code) for name in one.inspectors)


def test_nobody_goes_where_they_have_a_conflict_of_interest(checks: Checks) -> None:
    first = drawn(checks)[0]
    name = first.inspectors[0]
    actions.declare_conflict(person=checks[name], enterprise=first.enterprise, reason="亲属任职", by=checks[name])
    again = {one.enterprise: one for one in drawn(checks)}
    assert name not in again[first.enterprise].inspectors
    assert set(again) == {one.enterprise for one in drawn(checks)}


def test_a_recorded_draw_is_the_rehearsed_one_and_can_be_repeated_from_its_frame(checks: Checks) -> None:
    plan = checks.approved()
    rehearsed = drawn(checks)
    kept = actions.draw(plan=plan, seed="20140410", by=checks["planner"])
    stored = queries.targets(by=checks["planner"], draw=kept)
    assert [(one.enterprise, one.place, one.probability) for one in stored] == [
        (one.enterprise, one.place, pytest.approx(one.chance)) for one in rehearsed
    ]
    assert [sorted(one.username for one in target.inspectors.all()) for target in stored] == [
        list(one.inspectors) for one in rehearsed
    ]
    registry.register_enterprises(
        enterprises=[registry.NewEnterprise(uscc="914101220000099990", name="新企业", place="410122", industry="C")],
        by=people.operator(),
    )
    assert drawn(checks) != rehearsed
    assert queries.repeated(kept, by=checks["planner"]) == rehearsed


def test_a_draw_is_repeated_though_enterprises_moved_and_people_left(checks: Checks) -> None:
    kept = actions.draw(plan=checks.approved(), seed="1", by=checks["planner"])
    before = queries.repeated(kept, by=checks["planner"])
    moved = [registry.NewEnterprise(uscc=one.enterprise, name="改名", place="410185", industry="F") for one in before]
    registry.register_enterprises(enterprises=moved, by=people.operator())
    accounts.set_active(person=checks["gongyi-1"], active=False, by=people.operator())
    assert queries.repeated(kept, by=checks["planner"]) == before


def test_another_seed_may_send_people_of_units_that_nobody_was_drawn_in(checks: Checks) -> None:
    actions.change_line(line=checks.plan.lines.get(), count=1, by=checks["planner"])
    kept = actions.draw(plan=checks.approved(), seed="1", by=checks["planner"])
    seen = {queries.repeated(kept, seed=str(seed), by=checks["planner"])[0].place for seed in range(40)}
    assert seen == {"410122", "410181", "410102"}


def test_the_file_that_is_given_out_has_the_digest_on_record(checks: Checks) -> None:
    kept = actions.draw(plan=checks.approved(), seed="1", by=checks["planner"])
    rows = queries.frame_file(kept, by=checks["planner"]).read_text("utf-8").splitlines()
    assert frame_digest(rows) == kept.frame_digest
    assert "1|410181||2" in rows


def test_a_draft_is_not_drawn_from(checks: Checks) -> None:
    with pytest.raises(NotPossibleError):
        actions.draw(plan=checks.plan, seed="1", by=checks["planner"])


def test_a_second_draw_replaces_what_was_visited_in_vain_and_nothing_else(checks: Checks) -> None:
    plan = checks.approved()
    first = actions.draw(plan=plan, seed="1", by=checks["planner"])
    with pytest.raises(NotPossibleError, match="抽满"):
        actions.draw(plan=plan, seed="2", by=checks["planner"])
    gone = first.targets.filter(place="410122")[:2]
    Target.objects.filter(pk__in=[one.pk for one in gone]).update(state="not_found")
    second = actions.draw(plan=plan, seed="2", by=checks["planner"])
    assert second.number == 2
    assert second.targets.count() == 2
    assert second.left_out == {"1": {"already_drawn": 9}}
    earlier = set(first.targets.values_list("enterprise", flat=True))
    assert not earlier & set(second.targets.values_list("enterprise", flat=True))
    for one in second.targets.all():
        own = 2 / 81  # fewer than there are places: one stratum
        assert one.probability == pytest.approx(1 - (1 - 0.1) * (1 - own))


def test_a_closed_enterprise_is_left_out_and_counted(checks: Checks) -> None:
    gone = known.enterprises(place="410122", industry="C")[0]
    registry.register_enterprises(
        enterprises=[
            registry.NewEnterprise(
                uscc=gone.uscc, name=gone.name, place=gone.place, industry="C", closed_on=date(2014, 4, 1)
            )
        ],
        by=people.operator(),
    )
    frame = queries.frame_of(checks.plan, on=ON)
    assert (frame.size, frame.left_out) == (89, {1: {"closed": 1}})


def test_fewer_than_there_are_places_are_drawn_from_all_of_them_alike(checks: Checks) -> None:
    actions.change_line(line=checks.plan.lines.get(), count=2, by=checks["planner"])
    assert [one.chance for one in drawn(checks)] == pytest.approx([2 / 90] * 2, abs=1e-9)


def test_where_too_few_are_in_the_frame_all_are_drawn(checks: Checks) -> None:
    actions.change_line(line=checks.plan.lines.get(), count=100, by=checks["planner"])
    assert len(drawn(checks)) == 90
    assert {one.chance for one in drawn(checks)} == {1.0}


def test_a_plan_by_risk_without_a_model_in_force_is_stratified_and_says_so(checks: Checks) -> None:
    actions.change_plan(plan=checks.plan, method="risk", by=checks["planner"])
    frame = queries.frame_of(checks.plan, on=ON)
    assert (frame.method, frame.release) == ("stratified", "")


def test_a_unit_without_inspectors_is_named(checks: Checks) -> None:
    for n in (1, 2, 3):
        accounts.set_active(person=checks[f"gongyi-{n}"], active=False, by=people.operator())
    with pytest.raises(NotPossibleError, match=r"巩义市.*1 人"):
        drawn(checks)


def test_a_frame_without_enterprises_is_said(checks: Checks) -> None:
    actions.add_line(plan=checks.plan, product="cement", stage="catering", count=3, by=checks["planner"])
    actions.remove_line(line=checks.plan.lines.get(number=1), by=checks["planner"])
    with pytest.raises(NotPossibleError, match="名单是空的"):
        drawn(checks)


@pytest.mark.parametrize("seed", ["", "  ", "a|b", "x" * 101, "a\nb"])
def test_a_seed_that_cannot_be_published_is_refused(seed: str, checks: Checks) -> None:
    with pytest.raises(InputError):
        actions.draw(plan=checks.approved(), seed=seed, by=checks["planner"])


def test_an_announced_seed_waits_for_its_day(checks: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = checks.approved()
    said = actions.announce_seed(
        plan=plan, source="2014年4月12日公开开奖号码", known_on=date(2014, 4, 12), by=checks["planner"]
    )
    with pytest.raises(NotPossibleError, match="揭晓"):
        actions.draw(plan=plan, seed="12 08 33", by=checks["planner"])
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-12")
    kept = actions.draw(plan=plan, seed="12 08 33", by=checks["planner"])
    assert kept.commitment == said
    assert kept.frame_digest == said.frame_digest


def test_an_inspector_does_not_draw(checks: Checks) -> None:
    with pytest.raises(NotAllowedError):
        actions.draw(plan=checks.approved(), seed="1", by=checks["zhongmu-1"])
