"""Experts score blind, interests are excluded, outlying ones shown; deputies are only seen in sum."""

from __future__ import annotations

import pytest
from tests.unit.judgement.assessment.conftest import DAY, RUBRIC, House

from qualicity.commons.audit.models import AuditRecord
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.judgement.assessment import actions, queries
from qualicity.judgement.assessment.actions.rounds import seal_of
from qualicity.judgement.assessment.models import ExpertScore


def test_nobody_sees_points_before_the_round_is_closed(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="expert", by=house["office"])
    actions.give_points(rnd=rnd, criterion="culture", points=1.5, by=house["expert1"])
    for name in ("office", "auditor", "environment"):
        with pytest.raises(NotAllowedError, match="独立评分"):
            queries.round_result(rnd, RUBRIC, by=house[name])
    for name in ("office", "auditor", "zhongmu", "deputy1"):
        with pytest.raises(NotAllowedError):
            queries.my_points(house.city, RUBRIC, by=house[name])
    own = {one.criterion.code: one.points for one in queries.my_points(house.city, RUBRIC, by=house["expert1"])}
    assert own == {"culture": 1.5, "improvement": None}
    other = {one.criterion.code: one.points for one in queries.my_points(house.city, RUBRIC, by=house["expert2"])}
    assert other == {"culture": None, "improvement": None}
    found = queries.whole(rubric=RUBRIC, as_of=DAY, by=house["office"])
    assert found.criterion("culture").marks.open == 2.0, "points of an open round do not count"


def test_the_trail_holds_points_sealed(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="expert", by=house["office"])
    given = actions.give_points(rnd=rnd, criterion="culture", points=1.25, comment="扎实", by=house["expert1"])
    record = AuditRecord.objects.filter(verb="assessment.score").get()
    assert set(record.detail) == {"criterion", "sealed"}
    assert "1.25" not in str(record.detail)
    assert record.detail["sealed"] == seal_of(score=given, by=house["expert1"])
    given.points = 2.0
    assert record.detail["sealed"] != seal_of(score=given, by=house["expert1"]), "a changed score would show"


def test_points_lie_within_the_criterion_and_only_experts_criteria_are_scored(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="expert", by=house["office"])
    for points in (-0.1, 2.1, float("nan"), float("inf")):
        with pytest.raises(InputError):
            actions.give_points(rnd=rnd, criterion="culture", points=points, by=house["expert1"])
    with pytest.raises(InputError):
        actions.give_points(rnd=rnd, criterion="product-1", points=1, by=house["expert1"])
    with pytest.raises(NotFoundError, match="culture"):
        actions.give_points(rnd=rnd, criterion="cultur", points=1, by=house["expert1"])


def test_who_is_of_the_leading_organisation_does_not_score_it(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="expert", by=house["office"])
    own = {
        one.criterion.code: one.excluded
        for one in queries.my_points(house.city, RUBRIC, by=house["publicity-expert"])
    }
    assert own == {"culture": "organisation", "improvement": ""}
    with pytest.raises(NotAllowedError):
        actions.give_points(rnd=rnd, criterion="culture", points=1, by=house["publicity-expert"])
    actions.give_points(rnd=rnd, criterion="improvement", points=1, by=house["publicity-expert"])


def test_an_interest_declared_later_takes_the_points_out(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="expert", by=house["office"])
    for name, points in (("expert1", 2.0), ("expert2", 1.0)):
        actions.give_points(rnd=rnd, criterion="culture", points=points, by=house[name])
    actions.declare_conflict(rnd=rnd, criterion="culture", reason="曾任顾问", by=house["expert1"])
    with pytest.raises(NotAllowedError):
        actions.give_points(rnd=rnd, criterion="culture", points=2, by=house["expert1"])
    closed = actions.close_round(rnd=rnd, by=house["office"])
    assert queries.round_result(closed, RUBRIC, by=house["office"]).means["culture"] == (1.0, 1)
    assert queries.whole(rubric=RUBRIC, as_of=DAY, by=house["office"]).criterion("culture").points == 1.0


def test_the_latest_points_count_and_a_closed_round_takes_none(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="expert", by=house["office"])
    actions.give_points(rnd=rnd, criterion="culture", points=0.5, by=house["expert1"])
    actions.give_points(rnd=rnd, criterion="culture", points=1.5, by=house["expert1"])
    assert ExpertScore.objects.count() == 2, "earlier points stay in the record"
    closed = actions.close_round(rnd=rnd, by=house["office"])
    assert queries.round_result(closed, RUBRIC, by=house["office"]).means["culture"] == (1.5, 1)
    with pytest.raises(NotPossibleError):
        actions.give_points(rnd=rnd, criterion="culture", points=1, by=house["expert2"])
    with pytest.raises(NotPossibleError):
        actions.close_round(rnd=rnd, by=house["office"])


def test_agreement_and_who_lies_apart(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="expert", by=house["office"])
    given = {
        "expert1": (1.8, 0.8),
        "expert2": (1.7, 0.8),
        "expert3": (1.8, 0.7),
        "expert4": (1.9, 0.8),
        "expert5": (0.2, 0.1),
    }
    for name, (culture, improvement) in given.items():
        actions.give_points(rnd=rnd, criterion="culture", points=culture, by=house[name])
        actions.give_points(rnd=rnd, criterion="improvement", points=improvement, by=house[name])
    found = queries.round_result(actions.close_round(rnd=rnd, by=house["office"]), RUBRIC, by=house["auditor"])
    apart = {one.person.username: one.apart.is_apart for one in found.reviewers if one.apart}
    assert apart == {**dict.fromkeys(list(given)[:4], False), "expert5": True}
    assert found.compared == 2
    unit = queries.round_result(found.round, RUBRIC, by=house["environment"])
    assert (unit.reviewers, unit.means) == ((), found.means), "a unit is not told who gave what"
    assert found.concordance is not None
    assert found.correlation is not None


def test_only_one_round_of_a_kind_is_open_and_only_the_office_opens_it(house: House) -> None:
    actions.open_round(assessment=house.city, kind="expert", by=house["office"])
    with pytest.raises(NotPossibleError):
        actions.open_round(assessment=house.city, kind="expert", by=house["office2"])
    for name in ("expert1", "deputy1", "environment", "auditor"):
        with pytest.raises(NotAllowedError):
            actions.open_round(assessment=house.city, kind="public", by=house[name])


ANSWERS = {"products": 4, "works": 3, "services": 5, "environment": 2, "work": 4}


def test_deputies_are_seen_in_sum_and_not_at_all_where_they_are_few(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="public", by=house["office"])
    for number in range(1, 5):
        actions.give_opinion(rnd=rnd, answers=ANSWERS, remark=f"意见 {number}", by=house[f"deputy{number}"])
    with pytest.raises(NotAllowedError):
        queries.public_result(rnd, RUBRIC, by=house["office"])
    closed = actions.close_round(rnd=rnd, by=house["office"])
    few = queries.public_result(closed, RUBRIC, by=house["office"])
    assert (few.people, few.score, few.questions, few.remarks) == (4, None, (), ())
    assert queries.whole(rubric=RUBRIC, as_of=DAY, by=house["office"]).criterion("public-review").marks.open == 2.0


def test_five_deputies_make_a_result(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="public", by=house["office"])
    for number in range(1, 6):
        actions.give_opinion(rnd=rnd, answers=ANSWERS, by=house[f"deputy{number}"])
    actions.give_opinion(rnd=rnd, answers={"products": 5}, by=house["deputy1"])
    found = queries.public_result(actions.close_round(rnd=rnd, by=house["office"]), RUBRIC, by=house["auditor"])
    assert found.people == 5
    assert found.questions[0].mean == pytest.approx(4.2)
    assert found.questions[0].shares == (0, 0, 0, 0.8, 0.2)
    one = queries.whole(rubric=RUBRIC, as_of=DAY, by=house["office"]).criterion("public-review")
    # mean 3.64 of 1–5 is 66 of 100; half of the points at 65
    assert one.points == pytest.approx(1.04, abs=0.01)


def test_only_deputies_answer_and_only_one_to_five(house: House) -> None:
    rnd = actions.open_round(assessment=house.city, kind="public", by=house["office"])
    for name in ("office", "expert1", "environment"):
        with pytest.raises(NotAllowedError):
            actions.give_opinion(rnd=rnd, answers=ANSWERS, by=house[name])
    for answers in ({"products": 0}, {"products": 6}, {"nothing": 3}, {}):
        with pytest.raises(InputError):
            actions.give_opinion(rnd=rnd, answers=answers, by=house["deputy1"])


def test_a_deputy_answers_on_the_page(house: House, client) -> None:
    actions.open_round(assessment=house.city, kind="public", by=house["office"])
    client.force_login(house["deputy1"])
    assert client.get("/assessment/opinion/").status_code == 200
    answer = client.post("/assessment/opinion/", {**ANSWERS, "remark": "继续努力"})
    assert answer.status_code == 302
    assert "继续努力" in client.get("/assessment/opinion/").content.decode()
    assert client.get("/assessment/").status_code == 403
    client.force_login(house["deputy2"])
    assert "继续努力" not in client.get("/assessment/opinion/").content.decode()
