"""Enforcement and the list of the seriously dishonest in the small city."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.access.running import paper

from qualicity.commons.accounts import queries as people
from qualicity.judgement.credit import actions as credit
from qualicity.judgement.credit.models import Listing
from qualicity.judgement.enforcement import actions
from qualicity.judgement.enforcement.actions import CampaignPlan, PastPenalty, Suspect, Verdict
from qualicity.judgement.enforcement.models import Penalty

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case

FIRM, RIVAL = "91410122000000190J", "91410181000000270L"


def build(every: dict[str, Person]) -> dict[str, str]:
    """Let some be punished and listed; return what the placeholders stand for.

    ``clue_case``, ``told_case`` and ``heard_case`` are zhongmu's, about the enterprise; ``their_clue`` is gongyi's.
    ``penalty`` is due to be published; ``heavy`` is one of the heavier and stands behind the listings: one proposed,
    one that waits for consent, one public, and one that is over. The enterprises are those that have credit files.
    """
    campaign = actions.plan_campaign(
        organisation="zhongmu", by=every["colleague"],
        plan=CampaignPlan(code="wires", title_zh="专项整治", since=date(2014, 4, 1), until=date(2014, 12, 31)),
    )  # fmt: skip
    told, heard = _noticed(every), _heard(every)
    due = actions.decide(
        case=_heard(every), by=every["director"],
        verdict=Verdict(number="中〔2014〕1号", kinds=("fine",), violation="掺假", fine_fen=100_000),
    )  # fmt: skip
    tip = actions.record_tip(case=heard, identity="模拟举报人", by=every["inspector"])
    rewarded = actions.record_tip(case=due.case, identity="模拟举报人", by=every["inspector"])  # type: ignore[arg-type]
    actions.propose_reward(tip=rewarded, level="3", by=every["inspector"])
    heavy = _heavy("中〔2013〕1号")
    known: dict[str, Any] = {
        "clue_case": _opened(every).pk,
        "their_clue": _opened(every, unit="gongyi", by="gongyi-clerk", uscc=RIVAL).pk,
        "told_case": told.pk,
        "heard_case": heard.pk,
        "penalty": due.pk,
        "heavy": heavy.pk,
        "campaign": campaign.code,
        "tip": tip.number,
        "proposed_reward": rewarded.number,
    } | _listings(every, heavy)
    return {name: str(value) for name, value in known.items()}


def _listings(every: dict[str, Person], heavy: Penalty) -> dict[str, int]:
    proposed, waiting, public, over = (
        _proposed(every, heavy, ground) for ground in ("unlicensed", "below_standard", "adulterated", "false_reports")
    )
    credit.notify_party(listing=proposed, by=every["colleague"])
    _asked(every, waiting)
    _published(every, public, "中列〔2014〕1号")
    told = credit.tell_organisations(listing=public, whom={"permits": ["environment"]}, by=every["colleague"])
    _published(every, over, "中列〔2014〕2号")
    objection = credit.object_to_listing(listing=public, reason="不属实", by=every["enterprise"])
    # a listing of years ago whose way off the list is open
    Listing.objects.filter(pk=over.pk).update(listed_on=date(2013, 2, 1), early_from=date(2014, 2, 1))
    repair = credit.ask_repair(
        listing=Listing.objects.get(pk=over.pk), promise="守信", evidence=[paper()], by=every["enterprise"]
    )
    ended = _proposed(every, heavy, "unsafe_food")
    _published(every, ended, "中列〔2014〕3号")
    credit.revoke_listing(listing=Listing.objects.get(pk=ended.pk), reason="复议撤销", by=every["director"])
    return {
        "listing_told": proposed.pk,
        "listing_waiting": waiting.pk,
        "listing_public": public.pk,
        "listing_asked": over.pk,
        "listing_over": ended.pk,
        "listing_over_case": ended.case_id,
        "repair": repair.pk,
        "objection": objection.pk,
        "duty": told[0].pk,
    }


def _proposed(every: dict[str, Person], heavy: Penalty, ground: str) -> Listing:
    return credit.propose_listing(
        organisation="zhongmu", enterprise=FIRM, ground=ground, facts="情节严重", penalty=heavy, by=every["colleague"]
    )


def _asked(every: dict[str, Person], listing: Listing) -> Listing:
    listing = credit.notify_party(listing=listing, by=every["colleague"])
    listing = credit.state_defence(listing=listing, text="已整改", by=every["enterprise"])
    return credit.ask_consent(listing=listing, by=every["colleague"])


def _published(every: dict[str, Person], listing: Listing, number: str) -> Listing:
    listing = credit.give_consent(listing=_asked(every, listing), by=every["second-office"])
    listing = credit.decide_listing(listing=listing, number=number, by=every["director"])
    return credit.publish_listing(listing=listing, by=every["colleague"])


def _heavy(number: str) -> Penalty:
    past = PastPenalty(
        verdict=Verdict(number=number, kinds=("fine",), violation="掺假", fine_fen=900_000, severe=True),
        organisation=people.organisation("zhongmu"), enterprise=FIRM, party_name="模拟企业", place="410122",
        sector="products", decided_on=date(2013, 9, 2), published_on=date(2013, 9, 10),
        performed_on=date(2013, 10, 8),
    )  # fmt: skip
    actions.take_over(penalties=[past], by=people.operator())
    return Penalty.objects.get(number=number)


def _opened(every: dict[str, Person], *, unit: str = "zhongmu", by: str = "colleague", uscc: str = FIRM) -> Case:
    return actions.open_investigation(
        organisation=unit, suspect=Suspect("模拟企业", uscc), what="涉嫌掺假", origin="inspection", sector="products",
        by=every[by],
    ).case  # fmt: skip


def _noticed(every: dict[str, Person]) -> Case:
    case = actions.move_case(case=_opened(every), move="file", by=every["director"])
    case = actions.move_case(case=case, move="hand_in", by=every["colleague"], evidence=[paper()])
    case = actions.move_case(case=case, move="pass_audit", by=every["reviewer"])
    return actions.move_case(case=case, move="notify", by=every["colleague"], reason="拟罚款一千元")


def _heard(every: dict[str, Person]) -> Case:
    return actions.move_case(case=_noticed(every), move="state", by=every["enterprise"], reason="请从轻")
