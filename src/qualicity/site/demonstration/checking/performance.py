"""Plays the spot checks in the order of their clock, with the regular work around them: notices, flow, take-down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import actions as registry
from qualicity.definitions.periods import periods
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.submissions import actions as submissions
from qualicity.judgement.credit import actions as credit
from qualicity.judgement.enforcement import actions as enforcement
from qualicity.publication.opendata import actions as opendata
from qualicity.site.demonstration.checking import listing, people, planning, punishing
from qualicity.site.demonstration.checking.scene import Scene, tale
from qualicity.site.demonstration.people import invite_late

if TYPE_CHECKING:
    from qualicity.definitions.periods import Period
    from qualicity.site.demonstration.progress import Progress
    from qualicity.site.demonstration.running.told import Stage

FIRST = date(2012, 1, 4)
FAILURES = ("product_failure", "food_failure")
RISK = date(2015, 1, 12)
FORTNIGHT = timedelta(days=14)


def oversee(stage: Stage, *, password: str, progress: Progress) -> int:
    """Play the spot checks and what they lead to, let a laboratory and an enterprise sign in, score and publish."""
    progress.phase("抽查、检验、后处理、公布", "checking, testing, following up, publishing")
    happened = check(stage, progress)
    invite_late(enterprise=answering(), password=password, by=accounts.operator())
    progress.phase("信用评分、开放数据", "scoring credit, letting tables out")
    conclude()
    return happened


def check(stage: Stage, progress: Progress) -> int:
    """Play three years of spot checks, and return how many things happened."""
    scene = Scene(stage, people.staff(stage), people.laboratories(tale()["laboratories"]))
    for told in tale()["plans"]:
        planning.begin(scene, told)
    punishing.begin(scene)
    listing.begin(scene)
    scene.later(FIRST, "taken over", what=lambda: _take_over(scene))
    _look_every_month(scene)
    scene.later(RISK, "risk", what=lambda: _learn(scene))
    _publish_every_fortnight(scene)
    _flow_every_quarter(scene)
    done = 0
    # Asked once here: only a home marked simulated may turn its clock.
    with registry.clock_at(stage.moment(FIRST, "checking")):
        while (step := scene.next()) is not None:
            with audit.at(step.at):
                step.what()
            done += 1
            progress.at(done, done + scene.left)
    return done


def answering() -> str:
    """Return the credit code of an enterprise that was told of a failure and may still object."""
    served = [one for kind in FAILURES for one in cases.cases(accounts.operator(), type=kind, state="served")]
    assert served, "the tale leaves a failure in every state"
    latest = max(served, key=lambda one: one.due_sort)
    code: str = latest.enterprise
    return code


def _learn(scene: Scene) -> None:
    """Make a risk model of what the years before taught, and let the next plan be drawn by it."""
    office = scene.stage.office
    made = actions.make_risk_release(by=office, as_of=RISK)
    actions.switch_risk_on(code=made.code, reason="报告经办公室审阅，用于 2015 年计划（模拟）", by=office)


def _publish_every_fortnight(scene: Scene) -> None:
    day = date(2013, 3, 15)
    while day <= scene.stage.city.last:
        scene.later(day, "publish", day, what=lambda: _publish(scene))
        day += FORTNIGHT


def _publish(scene: Scene) -> None:
    office = scene.stage.office
    actions.gather_notices(by=office)
    due = [one.pk for one in queries.notices(by=office, state="due") if one.decided_by_id != office.pk]
    actions.publish_notices(notices=due, by=office)
    actions.end_notices(by=office)


def _flow_every_quarter(scene: Scene) -> None:
    for period in periods("quarter", date(2013, 1, 1), scene.stage.city.last):
        for unit in ("quality-supervision", "food-drug"):
            scene.later(
                period.end + timedelta(days=12), "flow", unit, period.label,
                what=lambda unit=unit, period=period: _flow(scene, unit, period),  # type: ignore[misc]
            )  # fmt: skip


def _flow(scene: Scene, unit: str, period: Period) -> None:
    flowed = actions.flow(period=period, organisation=unit, by=scene.staff[unit].decider)
    for submission in (*((flowed.filed,) if flowed.filed else ()), *flowed.corrections):
        submissions.accept(submission=submission, reason="抽查业务自动汇总（模拟）", by=accounts.person("office"))


def _take_over(scene: Scene) -> None:
    """Know the enterprises, and take over what was decided before; in the house's own day, which is the last one."""
    operator = accounts.operator()
    submissions.take_in_enterprises(by=operator)
    with audit.at(scene.stage.moment(scene.stage.city.last, "taken over")):
        punishing.take_over(scene, by=operator)


def _look_every_month(scene: Scene) -> None:
    """Do each month what the worker does each day: end what is over."""
    day = date(2012, 2, 6)
    while day <= scene.stage.city.last:
        scene.later(day, "ends", day, what=_end)
        day += 2 * FORTNIGHT


def _end() -> None:
    operator = accounts.operator()
    credit.expire_listings(by=operator)
    credit.revoke_annulled(by=operator)
    enforcement.end_publicity(by=operator)


def conclude() -> None:
    """Score every enterprise and let the tables out, on the last day, as the worker would in the night."""
    credit.score(by=accounts.operator())
    opendata.publish(by=accounts.operator())
