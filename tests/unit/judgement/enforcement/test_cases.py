"""A case of enforcement from the clue to the decision, and what each person may not do in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.unit.judgement.enforcement.conftest import FIRM, paper

from qualicity.commons.cases import queries as cases
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.judgement.enforcement import actions, queries
from qualicity.judgement.enforcement.actions import Suspect, Verdict

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case
    from qualicity.judgement.enforcement.models import Investigation, Penalty

FINE = Verdict(number="中质监罚〔2014〕1号", kinds=("fine",), violation="销售不合格产品", fine_fen=3_000_000)


def opened(people: dict[str, Person], **given: object) -> Investigation:
    return actions.open_investigation(
        organisation="zhongmu", suspect=Suspect("模拟企业", FIRM), what="涉嫌销售不合格产品", origin="spot_check",
        sector="products", by=people["inspector"], **given,  # type: ignore[arg-type]
    )  # fmt: skip


def heard(people: dict[str, Person]) -> Case:
    case = opened(people).case
    case = actions.move_case(case=case, move="file", by=people["director"])
    case = actions.move_case(case=case, move="hand_in", by=people["inspector"], evidence=[paper()])
    case = actions.move_case(case=case, move="pass_audit", by=people["officer"])
    case = actions.move_case(case=case, move="notify", by=people["inspector"], reason="拟罚款三万元")
    return actions.move_case(case=case, move="state", by=people["firm"], reason="请求从轻")


def decided(people: dict[str, Person], verdict: Verdict = FINE) -> Penalty:
    return actions.decide(case=heard(people), verdict=verdict, by=people["director"])


def test_a_case_runs_under_the_rules_of_the_year_it_was_opened_in(people: dict[str, Person]) -> None:
    case = opened(people).case
    (clock,) = cases.clocks_of(case)
    assert (clock.code, clock.text, clock.number, clock.unit) == (
        "check_filing", "quality-137", 15, "calendar_days",
    )  # fmt: skip
    assert case.due_day == date(2014, 10, 30)


def test_who_opened_a_case_does_not_file_it_and_who_investigated_does_not_decide(people: dict[str, Person]) -> None:
    case = opened(people).case
    with pytest.raises(NotAllowedError):
        actions.move_case(case=case, move="file", by=people["inspector"])
    case = heard(people)
    with pytest.raises(NotAllowedError):
        actions.decide(case=case, verdict=FINE, by=people["inspector"])
    penalty = actions.decide(case=case, verdict=FINE, by=people["director"])
    assert penalty.decided_on == date(2014, 10, 15)


def test_the_file_goes_through_another_pair_of_eyes(people: dict[str, Person]) -> None:
    case = opened(people).case
    case = actions.move_case(case=case, move="file", by=people["director"])
    case = actions.move_case(case=case, move="hand_in", by=people["officer"], evidence=[paper()])
    with pytest.raises(NotAllowedError):
        actions.move_case(case=case, move="pass_audit", by=people["officer"])


def test_nobody_has_waived_before_the_time_to_speak_is_over(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(people).case
    case = actions.move_case(case=case, move="file", by=people["director"])
    case = actions.move_case(case=case, move="hand_in", by=people["inspector"], evidence=[paper()])
    case = actions.move_case(case=case, move="pass_audit", by=people["officer"])
    case = actions.move_case(case=case, move="notify", by=people["inspector"], reason="拟罚款三万元")
    with pytest.raises(NotPossibleError, match="2014-10-20"):  # the 18th is a Saturday
        actions.move_case(case=case, move="waive", by=people["inspector"])
    monkeypatch.setenv("QUALICITY_TODAY", "2014-10-21")
    assert actions.move_case(case=case, move="waive", by=people["inspector"]).state == "heard"


def test_only_the_enterprise_itself_speaks_as_such(people: dict[str, Person]) -> None:
    case = opened(people).case
    case = actions.move_case(case=case, move="file", by=people["director"])
    case = actions.move_case(case=case, move="hand_in", by=people["inspector"], evidence=[paper()])
    case = actions.move_case(case=case, move="pass_audit", by=people["officer"])
    with pytest.raises(NotFoundError):
        queries.own_case(case.pk, people["firm"])  # not told yet
    case = actions.move_case(case=case, move="notify", by=people["inspector"], reason="拟罚款三万元")
    assert queries.own_case(case.pk, people["firm"]).case_id == case.pk
    with pytest.raises(NotFoundError):
        queries.own_case(case.pk, people["rival"])
    with pytest.raises((NotAllowedError, NotFoundError)):
        actions.move_case(case=case, move="state", by=people["rival"], reason="代为申辩")


def test_a_case_of_another_county_is_not_there(people: dict[str, Person]) -> None:
    case = opened(people).case
    with pytest.raises(NotFoundError):
        queries.investigation(case.pk, people["neighbour"])
    assert queries.investigation(case.pk, people["office"]).case_id == case.pk
    with pytest.raises(NotAllowedError):
        queries.investigations(people["firm"])


def test_a_failed_check_is_taken_over_once(people: dict[str, Person]) -> None:
    opened(people, origin_ref="case:77")
    with pytest.raises(NotPossibleError, match="已经移送"):
        opened(people, origin_ref="case:77")


def test_what_may_be_a_crime_goes_to_the_police_and_comes_back_when_they_decline(people: dict[str, Person]) -> None:
    case = opened(people).case
    case = actions.move_case(case=case, move="file", by=people["director"])
    case = actions.move_case(
        case=case, move="propose_transfer", by=people["inspector"], reason="货值超过追诉标准", evidence=[paper()]
    )
    clocks = {one.code: one for one in cases.clocks_of(case)}
    assert clocks["decide"].stand == "paused"
    assert (clocks["approve_transfer"].number, clocks["approve_transfer"].unit) == (3, "calendar_days")
    with pytest.raises(NotAllowedError):
        actions.move_case(case=case, move="approve_transfer", by=people["inspector"])
    case = actions.move_case(case=case, move="approve_transfer", by=people["director"])
    (due,) = [one for one in cases.clocks_of(case) if one.code == "hand_to_police"]
    assert (due.number, due.unit) == (24, "hours")
    case = actions.move_case(case=case, move="hand_to_police", by=people["inspector"], evidence=[paper("移送书.txt")])
    case = actions.move_case(case=case, move="police_declined", by=people["inspector"], reason="不构成犯罪")
    assert case.state == "filed"
    clocks = {one.code: one for one in cases.clocks_of(case)}
    assert clocks["decide"].stand == "running"


def test_a_decision_says_its_kinds_and_their_amounts(people: dict[str, Person]) -> None:
    case = heard(people)

    def refused(**given: object) -> None:
        words = {"number": "1号", "kinds": ("fine",), "violation": "掺假", "fine_fen": 1} | given
        with pytest.raises(InputError):
            actions.decide(case=case, verdict=Verdict(**words), by=people["director"])  # type: ignore[arg-type]

    refused(kinds=())
    refused(kinds=("fien",))
    refused(fine_fen=0)
    refused(kinds=("warning",))
    refused(number=" ")
    refused(light=True, severe=True)
    refused(limited_until=date(2016, 1, 1))


def test_a_person_is_named_nowhere_in_full_for_the_public(people: dict[str, Person]) -> None:
    about = actions.open_investigation(
        organisation="zhongmu", suspect=Suspect("模拟某人", kind="person"), what="无证经营", origin="inspection",
        sector="products", by=people["inspector"],
    )  # fmt: skip
    case = actions.move_case(case=about.case, move="file", by=people["director"])
    case = actions.move_case(case=case, move="hand_in", by=people["inspector"], evidence=[paper()])
    case = actions.move_case(case=case, move="pass_audit", by=people["officer"])
    case = actions.move_case(case=case, move="notify", by=people["inspector"], reason="拟罚款")
    case = actions.move_case(case=case, move="state", by=people["inspector"], reason="当事人到场陈述")
    penalty = actions.decide(case=case, verdict=FINE, by=people["director"])
    actions.publish(penalties=[penalty.pk], by=people["inspector"])
    (shown,) = queries.public_penalties()
    assert (shown.party, shown.uscc) == ("模**", "")
    assert queries.public_penalties(search="模拟某人") == ()
