"""The list of the seriously dishonest: proposed, heard, consented to, listed, told to others, repaired or over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.judgement.credit import actions, queries
from qualicity.judgement.enforcement import queries as enforcement
from qualicity.site.demonstration.checking import people, punishing
from qualicity.site.demonstration.checking.scene import days_of, tale
from qualicity.site.demonstration.enterprises import by_trade

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person
    from qualicity.judgement.credit.models import Listing
    from qualicity.site.demonstration.checking.scene import Scene
    from qualicity.site.demonstration.enterprises import Enterprise

UNIT = punishing.UNIT


def begin(scene: Scene) -> None:
    """Let every listing be proposed on its day."""
    for number, told in enumerate(tale()["listings"]):
        scene.later(
            told["proposed"], "listing", number,
            what=lambda told=told, number=number: _propose(scene, told, number),  # type: ignore[misc]
        )  # fmt: skip


def _propose(scene: Scene, told: dict[str, Any], number: int) -> None:
    who = _careless(scene, number)
    by = scene.staff[UNIT].decider
    today = timezone.localdate(registry.moment())
    penalty = punishing.heavy(scene, who, today - timedelta(days=3 + number), by=accounts.operator())
    listing = actions.propose_listing(
        organisation=UNIT, enterprise=who.code, ground="below_standard", by=by,
        facts="生产销售不符合强制性标准的电线，受到较重行政处罚（模拟）",
        penalty=enforcement.penalty(penalty, accounts.operator()),
    )  # fmt: skip
    _go_on(scene, listing, who, told["fate"], 0)


def _careless(scene: Scene, number: int) -> Enterprise:
    """Return one of the makers that fail most among those that were there when the tale begins."""
    there = set(registry.enterprises(on=scene.stage.city.first).values_list("uscc", flat=True))
    makers = sorted(by_trade(scene.stage.city)["电线电缆"], key=lambda one: (-one.risk, one.code))
    return [one for one in makers if one.code in there][number]


def _go_on(scene: Scene, listing: Listing, who: Enterprise, fate: list[str], at: int) -> None:
    if at < len(fate):
        day = timezone.localdate(registry.moment()) + timedelta(days=days_of(fate[at]))
        scene.later(day, "listing", listing.pk, at, what=lambda: _step(scene, listing, who, fate, at))


def _step(scene: Scene, listing: Listing, who: Enterprise, fate: list[str], at: int) -> None:
    listing.refresh_from_db()
    STEPS[fate[at].rsplit(" ", 1)[0]](scene, listing, _speaker(scene, who))
    _go_on(scene, listing, who, fate, at + 1)


def _speaker(scene: Scene, who: Enterprise) -> Person:
    return people.of_enterprise(who.code, who.name, scene.enterprises)


def _list(scene: Scene, listing: Listing, _firm: Person) -> None:
    actions.decide_listing(
        listing=listing, number=f"模质失信〔{listing.proposed_on:%Y}〕{listing.pk}号", by=_head(scene)
    )


def _tell(scene: Scene, listing: Listing, _firm: Person) -> None:
    for one in actions.tell_organisations(listing=listing, by=_officer(scene))[:2]:
        by = scene.stage.people.get(one.organisation.code)
        if by is not None:
            actions.report_measure(notified=one, done="已列为重点监管对象（模拟）", by=by)


def _repair(scene: Scene, listing: Listing, firm: Person) -> None:
    paper = scene.stage.file(f"repair-{listing.pk}.txt", "已履行处罚决定并整改（模拟）")
    actions.ask_repair(listing=listing, promise="承诺守信生产（模拟）", evidence=[paper], by=firm)


def _answer(scene: Scene, listing: Listing, *, holds: bool) -> None:
    objection = queries.objections_of(listing)[-1]
    answer = "异议成立，撤销列入决定（模拟）" if holds else "经核实，列入决定事实清楚（模拟）"
    actions.answer_objection(objection=objection, holds=holds, answer=answer, by=_officer(scene))


def _officer(scene: Scene) -> Person:
    return scene.staff[UNIT].decider


def _head(scene: Scene) -> Person:
    return scene.staff[UNIT].second


STEPS: dict[str, Callable[[Scene, Any, Person], object]] = {
    "notify": lambda scene, one, _firm: actions.notify_party(listing=one, by=_officer(scene)),
    "silence": lambda scene, one, _firm: actions.note_silence(listing=one, by=_officer(scene)),
    "state": lambda _scene, one, firm: actions.state_defence(
        listing=one, text="已停产整改，请求从轻（模拟）", by=firm
    ),
    "ask_consent": lambda scene, one, _firm: actions.ask_consent(listing=one, by=_officer(scene)),
    "consent": lambda scene, one, _firm: actions.give_consent(listing=one, by=scene.stage.office),
    "refuse_consent": lambda scene, one, _firm: actions.refuse_consent(
        listing=one, reason="情节不属严重（模拟）", by=scene.stage.office
    ),
    "no_intent": lambda scene, one, _firm: actions.drop_listing(
        listing=one, reason="原料供方造假，企业无主观故意（模拟）", no_intent=True, by=_head(scene)
    ),
    "list": _list,
    "publish": lambda scene, one, _firm: actions.publish_listing(listing=one, by=_officer(scene)),
    "tell": _tell,
    "object": lambda _scene, one, firm: actions.object_to_listing(
        listing=one, reason="处罚正在复议（模拟）", by=firm
    ),
    "dismiss": lambda scene, one, _firm: _answer(scene, one, holds=False),
    "uphold": lambda scene, one, _firm: _answer(scene, one, holds=True),
    "repair": _repair,
    "accept": lambda scene, one, _firm: actions.accept_repair(repair=queries.repairs_of(one)[-1], by=_officer(scene)),
    "grant": lambda scene, one, _firm: actions.grant_repair(
        repair=queries.repairs_of(one)[-1], verified="实地核实，处罚已履行（模拟）", by=_head(scene)
    ),
    "process": lambda scene, one, _firm: actions.process_repair(
        repair=queries.repairs_of(one)[-1], by=_officer(scene)
    ),
}
"""What each step of a listing's fate is, done by whom."""
