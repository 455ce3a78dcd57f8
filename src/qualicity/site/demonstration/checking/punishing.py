"""Enforcement: what was decided elsewhere is taken over, clues are followed one after another, campaigns are run."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.judgement.enforcement import actions, queries
from qualicity.judgement.enforcement.actions import CampaignPlan, PastPenalty, Suspect, Verdict
from qualicity.site.demonstration.checking import people
from qualicity.site.demonstration.checking.scene import days_of, tale
from qualicity.site.demonstration.enterprises import enterprises

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case
    from qualicity.judgement.enforcement.models import Campaign
    from qualicity.site.demonstration.checking.scene import Scene
    from qualicity.site.demonstration.enterprises import Enterprise

UNIT = "quality-supervision"


def begin(scene: Scene) -> None:
    """Let everything of enforcement begin on its day."""
    told = tale()["cases"]
    day, number = told["first"], 0
    while day <= scene.stage.city.last:
        scene.later(day, "clue", number, what=lambda number=number: _clue(scene, number))  # type: ignore[misc]
        day, number = day + timedelta(days=told["every_days"]), number + 1
    for one in tale()["campaigns"]:
        scene.later(
            one["since"] - timedelta(days=10), one["code"], what=lambda one=one: _campaign(scene, one)  # type: ignore[misc]
        )  # fmt: skip


def take_over(scene: Scene, *, by: Person) -> None:
    """Take over the penalties that counties decided before the house kept them, likelier for the careless."""
    told = tale()["past_penalties"]
    random = scene.stage.city.stream("past penalties")
    there = set(registry.enterprises(on=scene.stage.city.first).values_list("uscc", flat=True))
    known = [one for one in enterprises(scene.stage.city) if one.risk > 1.2 and one.code in there]
    codes, kinds = list(told["sectors"]), told["kinds"]
    shares = [told["sectors"][code] for code in codes]
    weights = [one["weight"] for one in kinds]
    made = []
    for number in range(told["count"]):
        who = known[int(random.integers(0, len(known)))]
        day = date(2012, 2, 1) + timedelta(days=int(random.integers(0, 1100)))
        chosen = kinds[int(random.choice(len(kinds), p=[one / sum(weights) for one in weights]))]["kinds"]
        sector = str(random.choice(codes, p=[one / sum(shares) for one in shares]))
        violation = told["violations"][int(random.integers(0, len(told["violations"])))]
        made.append(_past(scene, who, number, day, chosen, sector, violation, int(random.integers(2, 120))))
    actions.take_over(penalties=made, by=by)


def heavy(scene: Scene, who: Enterprise, day: date, *, by: Person) -> int:
    """Take over a heavier penalty of an enterprise, and return its number."""
    number = f"模质罚重〔{day:%Y}〕{day:%m%d}号"
    unit = scene.stage.units[UNIT]
    verdict = Verdict(
        number=number, kinds=("fine", "stop"), violation="生产销售不符合强制性标准的产品（模拟）", severe=True,
        fine_fen=8_000_000, limited_until=day + timedelta(days=60),
    )  # fmt: skip
    past = PastPenalty(
        verdict, unit, who.code, who.name, who.place, "key_products", decided_on=day,
        published_on=day + timedelta(days=9), performed_on=day + timedelta(days=15),
    )  # fmt: skip
    actions.take_over(penalties=[past], by=by)
    found = queries.penalty_list(by, search=number).first()
    assert found is not None, "what was taken over is there"
    return found.pk


def _past(  # noqa: PLR0917 - one past penalty, as it was drawn
    scene: Scene, who: Enterprise, number: int, day: date, kinds: list[str], sector: str, violation: str, size: int
) -> PastPenalty:
    site = next(one for one in scene.stage.city.sites if one.code == who.place)
    fine = size * 50_000 if "fine" in kinds else 0
    verdict = Verdict(
        number=f"模罚〔{day:%Y}〕{number + 1}号", kinds=tuple(kinds), violation=violation, fine_fen=fine,
        confiscated_fen=size * 8_000 if "confiscation" in kinds else 0,
        limited_until=day + timedelta(days=30) if "stop" in kinds else None,
    )  # fmt: skip
    return PastPenalty(
        verdict, scene.stage.units[site.organisation], who.code, who.name, who.place, sector, decided_on=day,
        published_on=day + timedelta(days=12), performed_on=day + timedelta(days=20),
    )  # fmt: skip


def _clue(scene: Scene, number: int) -> None:
    random = scene.stage.city.stream("clue", number)
    there = set(registry.enterprises(on=scene.stage.city.first).values_list("uscc", flat=True))
    known = [one for one in enterprises(scene.stage.city) if one.risk > 1.5 and one.code in there]
    who = known[int(random.integers(0, len(known)))]
    running = [one for one in queries.campaigns(by=scene.stage.office) if one.state == "running"]
    opened = actions.open_investigation(
        organisation=UNIT, suspect=Suspect(who.name, who.code), what="涉嫌生产销售不合格产品（模拟）",
        origin=("report", "inspection", "complaint")[number % 3],
        sector=("key_products", "products", "food")[number % 3],
        place=who.place, campaign=running[0] if running else None, by=scene.staff[UNIT].decider,
    )  # fmt: skip
    if number % 3 == 0:
        actions.record_tip(case=opened.case, identity="模拟举报人，联系方式略", by=scene.staff[UNIT].decider)
    told = tale()["cases"]
    fate = scene.lingering_fate("penalty", told["lingering"])
    _go_on(scene, opened.case, fate if fate is not None else told["fates"][number % len(told["fates"])], 0)


def _go_on(scene: Scene, case: Case, fate: list[str], at: int) -> None:
    if at < len(fate):
        day = timezone.localdate(registry.moment()) + timedelta(days=days_of(fate[at]))
        scene.later(day, "case", case.pk, at, what=lambda: _step(scene, case, fate, at))


def _step(scene: Scene, case: Case, fate: list[str], at: int) -> None:
    move = fate[at].rsplit(" ", 1)[0]
    case.refresh_from_db()
    if move == "decide":
        _decide(scene, case)
    else:
        _move(scene, case, move)
    _go_on(scene, case, fate, at + 1)


def _move(scene: Scene, case: Case, move: str) -> None:
    table = catalogue().cases[case.type].move(move)
    words = tale()["cases"]["words"].get(move, "")
    papers = [scene.stage.file(f"{move}-{case.pk}.txt", words or table.title.zh)] if "evidence" in table.needs else []
    actions.move_case(case=case, move=move, by=_who(scene, case, table), reason=words, evidence=papers)
    if move == "close":
        _reward(scene, case)


def _who(scene: Scene, case: Case, table: Any) -> Person:
    if any(one.party == "enterprise" for one in table.who):
        return people.of_enterprise(case.enterprise, case.title_zh.split("：")[0], scene.enterprises)
    staff = scene.staff[UNIT]
    return staff.second if "second_person" in table.needs else staff.decider


def _decide(scene: Scene, case: Case) -> None:
    random = scene.stage.city.stream("fine", case.pk)
    fine = int(random.integers(4, 60)) * 100_000
    verdict = Verdict(
        number=f"模质罚〔{timezone.localdate(registry.moment()):%Y}〕{case.pk}号", kinds=("fine",), fine_fen=fine,
        violation="生产销售不合格产品（模拟）", basis="产品质量法（模拟裁量）",
    )  # fmt: skip
    penalty = actions.decide(case=case, verdict=verdict, by=scene.staff[UNIT].second)
    day = timezone.localdate(registry.moment()) + timedelta(days=8)
    scene.later(
        day, "publish penalty", penalty.pk,
        what=lambda: actions.publish(penalties=[penalty.pk], by=scene.staff[UNIT].decider),
    )  # fmt: skip


def _reward(scene: Scene, case: Case) -> None:
    for one in queries.tips(by=scene.stage.office):
        if one.case_id == case.pk and one.state == "sealed":
            proposed = actions.propose_reward(tip=one, level="2", by=scene.staff[UNIT].decider)
            actions.approve_reward(tip=proposed, by=scene.staff[UNIT].second)


def _campaign(scene: Scene, told: dict[str, Any]) -> None:
    staff = scene.staff[UNIT]
    plan = CampaignPlan(
        code=told["code"], title_zh=told["title"]["zh"], title_en=told["title"]["en"], since=told["since"],
        until=told["until"], sectors=tuple(told["sectors"]), targets=told["targets"],
        text="分段排查、抽查、立案（模拟）",
    )  # fmt: skip
    made = actions.plan_campaign(organisation=told["organisation"], plan=plan, by=staff.decider)
    scene.later(told["since"], told["code"], 2, what=lambda: actions.start_campaign(campaign=made, by=staff.second))
    if "closed" in told:
        scene.later(told["closed"], told["code"], 3, what=lambda: _close(scene, made))


def _close(scene: Scene, campaign: Campaign) -> None:
    actions.close_campaign(
        campaign=campaign, summary="排查、抽查、立案均已完成，转入日常监管（模拟）", by=scene.staff[UNIT].decider
    )
