"""``qualicity tasks``: hand tasks out, bring the annex in, see the lights."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, Text
from qualicity.goals.tasks import actions, queries
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan

HELP = Text(
    zh="任务：推定或导入任务分解、复制到县、查看亮灯",
    en="tasks: derive or import the breakdown, copy it to a county, see the lights",
)
LIGHT_WORDS = {"green": "正常 green", "blue": "临期 blue", "yellow": "滞后 yellow", "red": "逾期 red"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    template = verbs.add_parser("template", help="任务分解表（Excel） / the annex to fill in (Excel)")
    template.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到哪里 / where to write it")
    many = verbs.add_parser("import", help="导入填好的任务分解表 / bring a filled annex in")
    many.add_argument("file", type=Path, metavar="FILE")
    verbs.add_parser("derive", help="按方案定义推定分工 / hand out what the plan's definition names")
    copy = verbs.add_parser("copy", help="把市级分解复制到县（市、区） / copy the breakdown to a county")
    copy.add_argument("county", metavar="COUNTY", help="单位代码 / code of the county's organisation")
    for one in (template, many):
        one.add_argument("--county", metavar="CODE", help="某县（市、区）本级 / the level of one county")
    listed = verbs.add_parser("list", help="列出分工 / list the assignments")
    listed.add_argument("--organisation", default="", metavar="CODE", help="单位代码 / code of an organisation")
    listed.add_argument("--task", type=int, metavar="N", help="任务序号 / number of the task")
    listed.add_argument("--light", default="", choices=["", *LIGHT_WORDS], help="只看某一灯 / one light only")
    lights = verbs.add_parser("lights", help="重算亮灯并记下变化 / look at every light and keep what changed")
    for one in (listed, lights):
        one.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="哪一天 / which day")
    for one in verbs.choices.values():
        one.add_argument("--plan", metavar="PLAN", help="方案代码 / code of the plan")
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    plan, by = registry.plan(arguments.plan), accounts.operator()
    if arguments.verb == "template":
        return _template(arguments, plan, by)
    if arguments.verb == "import":
        return _import(arguments, plan, by)
    if arguments.verb == "list":
        return _list(arguments, plan, by)
    if arguments.verb == "lights":
        return _lights(arguments, plan, by)
    if arguments.verb == "derive":
        made = actions.derive(plan=plan, by=by)
    else:
        made = actions.copy_to_county(plan=plan, county=accounts.organisation(arguments.county), by=by)
    count = made.assignments.count()
    value = {"breakdown": made.pk, "assignments": count}
    return answer(arguments, value, f"已分解 / handed out: {count}")


def _level(arguments: argparse.Namespace) -> Organisation | None:
    return accounts.organisation(arguments.county) if arguments.county else None


def _template(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    wanted = queries.Wanted(level=arguments.county or "city")
    rows = queries.assignments(plan=plan, as_of=registry.today(), by=by, wanted=wanted)
    with arguments.out.open("wb") as target:
        queries.write_template(plan=plan, rows=queries.filled_annex(plan, rows), target=target)
    value = {"file": str(arguments.out), "rows": len(rows)}
    return answer(arguments, value, f"已写出 / written: {arguments.out} ({len(rows)})")


def _import(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    path: Path = arguments.file
    if not path.is_file():
        raise InputError(f"没有文件“{path}”。", f"There is no file “{path}”.")
    found = actions.import_breakdown(plan=plan, level=_level(arguments), path=path, name=path.name, by=by)
    findings: list[dict[str, Any]] = list(found.findings.iter_rows(named=True))
    value = {
        "taken": found.taken,
        "rows": found.rows,
        "assignments": found.assignments,
        "replaced": found.replaced,
        "breakdown": found.breakdown.pk if found.breakdown else None,
        "findings": findings,
    }
    head = (
        f"已导入 / taken in: {found.assignments}，替换 / replaced: {found.replaced}"
        if found.taken
        else f"未导入：{len(findings)} 处问题 / nothing was taken: {len(findings)} findings"
    )
    shown = columns(
        (one["row"], one["column"], one["value"], one["expected_zh"][:40], one["why_zh"], one["mend_zh"])
        for one in findings[:50]
    )
    answer(arguments, value, "\n".join(part for part in (head, shown) if part))
    return 0 if found.taken else 1


def _list(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    wanted = queries.Wanted(organisation=arguments.organisation, task=arguments.task, light=arguments.light)
    day = arguments.as_of or registry.today()
    rows = queries.assignments(plan=plan, as_of=day, by=by, wanted=wanted)
    value = [
        {
            "number": one.number,
            "task": one.task,
            "title": one.title.zh,
            "level": one.level.code if one.level else None,
            "organisation": one.organisation.code,
            "role": one.role,
            "deadline": one.deadline.isoformat(),
            "progress": one.progress,
            "state": one.state,
            "light": one.light.value,
            "reason": {"zh": one.reason.zh, "en": one.reason.en},
        }
        for one in rows
    ]
    shown = columns(
        (one.number, one.task, one.organisation.title.zh, one.role, one.deadline, f"{one.progress}%",
         LIGHT_WORDS[one.light], one.reason.zh)
        for one in rows
    )  # fmt: skip
    return answer(arguments, value, shown or "—")


def _lights(arguments: argparse.Namespace, plan: Plan, by: Person) -> int:
    looked = actions.look(plan=plan, by=by, on=arguments.as_of)
    rows = queries.assignments(plan=plan, as_of=looked.day, by=by)
    count = queries.count(rows)
    value = {
        "day": looked.day.isoformat(),
        "assignments": looked.total,
        "changed": len(looked.changes),
        "lights": dict(count.lights),
        "closed": count.closed,
    }
    lights = " · ".join(f"{LIGHT_WORDS[light]} {n}" for light, n in count.lights)
    text = f"{looked.day}：{lights or '—'} · 办结 / closed {count.closed} · 变化 / changed {len(looked.changes)}"
    return answer(arguments, value, text)
