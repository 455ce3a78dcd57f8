"""Who reported stays sealed; what the report was worth is worked out, approved and paid by three people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.judgement.enforcement.conftest import paper
from tests.unit.judgement.enforcement.test_cases import decided

from qualicity.commons.audit.models import AuditRecord
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.judgement.enforcement import actions, queries
from qualicity.judgement.enforcement.actions import CampaignPlan
from qualicity.judgement.enforcement.models import Tip

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.judgement.enforcement.models import Tip as TipType

WHO = "举报人甲 电话00000000000"


@pytest.fixture
def tip(people: dict[str, Person]) -> TipType:
    penalty = decided(people)
    assert penalty.case is not None
    return actions.record_tip(case=penalty.case, identity=WHO, by=people["inspector"])


def test_who_reported_is_nowhere_in_the_database_in_clear(tip: TipType) -> None:
    assert WHO not in Tip.objects.get().identity
    assert "举报人甲" not in str(list(AuditRecord.objects.values()))
    assert "举报人甲" not in str([vars(one) for one in Tip.objects.all()])


def test_only_who_pays_opens_the_seal_and_that_is_kept(people: dict[str, Person], tip: TipType) -> None:
    tip = actions.propose_reward(tip=tip, level="2", by=people["inspector"])
    # 3 % of 30 000 yuan is 900 yuan: above the floor of 300 of the trial rule of these years
    assert (tip.taken_fen, tip.amount_fen) == (3_000_000, 90_000)
    with pytest.raises(NotPossibleError):  # nothing to pay yet
        actions.open_identity(tip=tip, reason="发放奖励", by=people["office"])
    with pytest.raises(NotAllowedError):
        actions.approve_reward(tip=tip, by=people["inspector"])
    tip = actions.approve_reward(tip=tip, by=people["director"])
    for name in ("director", "inspector", "auditor", "neighbour"):
        with pytest.raises(NotAllowedError):
            actions.open_identity(tip=tip, reason="发放奖励", by=people[name])
    with pytest.raises(InputError):
        actions.open_identity(tip=tip, reason=" ", by=people["office"])
    assert actions.open_identity(tip=tip, reason="发放奖励", by=people["office"]) == WHO
    kept = AuditRecord.objects.filter(verb="enforcement.open_identity").get()
    assert (kept.username, kept.detail["reason"]) == ("office", "发放奖励")
    assert actions.pay_reward(tip=tip, by=people["office"]).state == "paid"
    with pytest.raises(NotPossibleError):
        actions.pay_reward(tip=tip, by=people["second"])


def test_a_report_of_another_county_is_not_there(people: dict[str, Person], tip: TipType) -> None:
    with pytest.raises(NotFoundError):
        queries.tip(tip.number, people["neighbour"])
    (row,) = queries.tip_rows(list(queries.tips(people["inspector"])))
    assert row.number == tip.number
    assert not hasattr(row, "identity")


def test_nothing_is_proposed_before_there_is_a_penalty(people: dict[str, Person]) -> None:
    from tests.unit.judgement.enforcement.test_cases import opened

    tip = actions.record_tip(case=opened(people).case, identity=WHO, by=people["inspector"])
    with pytest.raises(NotPossibleError):
        actions.propose_reward(tip=tip, level="1", by=people["inspector"])


def test_a_day_without_a_rule_on_rewards_is_refused(
    people: dict[str, Person], tip: TipType, monkeypatch: pytest.MonkeyPatch
) -> None:
    Tip.objects.update(received_on="2018-03-01")
    with pytest.raises(NotFoundError, match="没有可适用的举报奖励规定"):
        actions.propose_reward(tip=tip, level="1", by=people["inspector"])


def test_a_campaign_counts_what_it_brought_from_facts(people: dict[str, Person]) -> None:
    from datetime import date

    from tests.unit.judgement.enforcement.test_cases import FINE, opened

    plan = CampaignPlan(
        code="cables-2014", title_zh="电线电缆专项整治", since=date(2014, 9, 1), until=date(2014, 12, 31),
        sectors=("products",), places=("410122",), market="模拟建材市场",
        targets={"cases": 4, "taken_fen": 6_000_000},
    )  # fmt: skip
    campaign = actions.plan_campaign(organisation="zhongmu", plan=plan, by=people["officer"])
    with pytest.raises(NotPossibleError):  # nothing is opened in a campaign that has not begun
        opened(people, campaign=campaign)
    with pytest.raises(NotAllowedError):
        actions.start_campaign(campaign=campaign, by=people["officer"])
    campaign = actions.start_campaign(campaign=campaign, by=people["director"])
    about = opened(people, campaign=campaign)
    case = actions.move_case(case=about.case, move="file", by=people["director"])
    case = actions.move_case(case=case, move="hand_in", by=people["inspector"], evidence=[paper()])
    case = actions.move_case(case=case, move="pass_audit", by=people["officer"])
    case = actions.move_case(case=case, move="notify", by=people["inspector"], reason="拟罚款")
    case = actions.move_case(case=case, move="state", by=people["firm"], reason="无异议")
    actions.decide(case=case, verdict=FINE, by=people["director"])
    (row,) = queries.campaign_rows(list(queries.campaigns(people["office"])))
    assert (row.cases, row.open_cases, row.penalties, row.taken_fen) == (1, 1, 1, 3_000_000)
    assert (row.reached("cases"), row.reached("taken_fen"), row.reached("penalties")) == (0.25, 0.5, None)
