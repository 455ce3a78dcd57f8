"""``qualicity supervision``: gates, circulars, what climbs, meetings, the fund."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import Text
from qualicity.goals.supervision import actions, queries
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan

HELP = Text(
    zh="督查：阶段关口、通报、追究、联席会议、专项经费",
    en="supervision: gates of the phases, circulars, accountability, joint meetings, the special fund",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    gates = verbs.add_parser("gates", help="各阶段关口及原因 / the gates of the phases, with reasons")
    facts = verbs.add_parser("facts", help="当日可据以通报的事实 / what can be said of each unit on a day")
    verbs.add_parser("circulars", help="列出通报和督办单 / list circulars and letters")
    verbs.add_parser("climb", help="逾期未答复的提请追究责任 / bring what was not answered to accountability")
    verbs.add_parser("meetings", help="列出联席会议 / list the joint meetings")
    verbs.add_parser("fund", help="专项经费 / the special fund")
    for one in (gates, facts):
        one.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="哪一天 / which day")
    for one in verbs.choices.values():
        one.add_argument("--plan", metavar="PLAN", help="方案代码 / code of the plan")
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    plan, by = registry.plan(arguments.plan), accounts.operator()
    shown = {
        "gates": _gates,
        "facts": _facts,
        "circulars": _circulars,
        "climb": _climb,
        "meetings": _meetings,
        "fund": _fund,
    }
    return shown[arguments.verb](arguments, plan, by)


def _day(arguments: argparse.Namespace) -> date:
    day: date | None = arguments.as_of
    return day or registry.today()


def _gates(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    found = queries.gates(plan=plan, as_of=_day(arguments), by=by)
    value = [
        {
            "phase": one.phase.number,
            "title": one.phase.title.zh,
            "certainty": one.certainty,
            "passes": one.passes,
            "conditions": [
                {
                    "kind": state.condition.kind,
                    "title": state.condition.title.zh,
                    "holds": state.holds,
                    "found": state.found.zh,
                    "wanting": [text.zh for text in state.wanting],
                }
                for state in one.conditions
            ],
        }
        for one in found
    ]
    lines = [
        line
        for one in found
        for line in (
            f"{one.phase.number}. {one.phase.title.zh} / {one.phase.title.en}: "
            f"{'通过 passes' if one.passes else '未通过 does not pass'}",
            *(
                f"   {'✓' if state.holds else '✗'} {state.condition.title.zh}：{state.found}"
                for state in one.conditions
            ),
        )
    ]
    return answer(arguments, value, "\n".join(lines) or "—")


def _facts(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    found = queries.facts(plan=plan, as_of=_day(arguments), by=by)
    value = [
        {
            "organisation": one.organisation.code,
            "deserves": one.deserves,
            "facts": [
                {"kind": fact.kind, "zh": fact.zh, "en": fact.en, "value": fact.value, "unit": fact.unit}
                for fact in one.facts
            ],
        }
        for one in found
    ]
    shown = columns(
        (one.organisation.title.zh, one.deserves, "；".join(fact.zh for fact in one.facts)) for one in found
    )
    return answer(arguments, value, shown or "—")


def _circulars(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    found = queries.circulars(plan=plan, by=by)
    value = [
        {
            "number": one.number,
            "kind": one.kind,
            "mark": one.mark.zh,
            "title": one.title,
            "state": one.state,
            "issued_on": one.issued_on.isoformat() if one.issued_on else None,
            "organisations": [each.organisation.code for each in one.addressees],
        }
        for one in found
    ]
    shown = columns((one.number, one.name.zh, one.mark.zh, one.title, one.state, one.issued_on) for one in found)
    return answer(arguments, value, shown or "—")


def _climb(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    found = actions.climb(plan=plan, by=by)
    value = [
        {"circular": one.circular_id, "organisation": one.organisation.code, "case": one.case_id} for one in found
    ]
    return answer(arguments, value, f"提请追究责任 / brought to accountability: {len(found)}")


def _meetings(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    found = list(queries.meetings(plan=plan, by=by))
    value = [
        {"number": one.number, "title": one.title, "held_on": one.held_on.isoformat(), "state": one.state}
        for one in found
    ]
    return answer(arguments, value, columns(list(one.values()) for one in value) or "—")


def _fund(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    totals = queries.fund_totals(plan=plan, by=by)
    value = {
        "budget_fen": totals.amount,
        "allocated_fen": totals.allocated,
        "spent_fen": totals.spent,
        "by_task": [
            {"task": task, "allocated_fen": given, "spent_fen": paid} for task, given, paid in totals.by_task
        ],
        "by_organisation": [
            {"organisation": unit.code, "allocated_fen": given, "spent_fen": paid}
            for unit, given, paid in totals.by_organisation
        ],
    }
    text = (
        f"预算 / budget {totals.amount / 100:,.2f} · 已分配 / allocated {totals.allocated / 100:,.2f}"
        f" · 已支出 / spent {totals.spent / 100:,.2f}（元 / yuan）"
    )
    return answer(arguments, value, text)
