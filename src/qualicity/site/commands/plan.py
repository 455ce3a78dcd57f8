"""``qualicity plan``: draft a plan from an official document, check it, load it, show it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions import catalogue
from qualicity.engines.documents import definition_yaml, drafting, open_questions
from qualicity.errors import DefinitionError, InputError, Text
from qualicity.goals.plan import actions

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from qualicity.definitions.plans import Plan

HELP = Text(
    zh="方案：由公文起草、核对、载入、查看",
    en="plans: draft from an official document, check, load, show",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    draft = verbs.add_parser(
        "draft", help="由公文（.txt .md .docx）生成方案草稿 / read an official document into a draft"
    )
    draft.add_argument("file", type=Path, metavar="FILE")
    draft.add_argument("--out", type=Path, metavar="DIR", help="写出定义文件的目录 / folder for the definition files")
    check = verbs.add_parser("check", help="核对方案定义目录 / check a folder of plan definitions")
    check.add_argument("folder", type=Path, metavar="DIR")
    load = verbs.add_parser("load", help="核对并启用方案定义 / check a folder and make it this home's plan")
    load.add_argument("folder", type=Path, metavar="DIR")
    verbs.add_parser("list", help="列出已载入的方案 / list the plans")
    show = verbs.add_parser("show", help="查看一个方案 / show one plan")
    show.add_argument("plan", nargs="?", metavar="PLAN")
    for parser_ in (draft, check, load, show, *(verbs.choices[name] for name in ("list",))):
        parser_.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    if arguments.verb == "draft":
        return _draft(arguments)
    if arguments.verb == "list":
        plans = [_summary(plan) for plan in catalogue.catalogue().plans.values()]
        return _say(arguments, plans, "\n".join(f"{one['code']}\t{one['number']}\t{one['title']}" for one in plans))
    if arguments.verb == "show":
        plan = registry.plan(arguments.plan)
        return _say(arguments, plan.model_dump(mode="json", by_alias=True), _as_text(plan))
    if questions := open_questions.open_in(arguments.folder):
        return _ask(arguments, questions)
    if arguments.verb == "check":
        plan = catalogue.load_plan(arguments.folder)
    else:
        plan = actions.load(folder=arguments.folder, by=accounts.operator())
    done = {"check": Text("定义无误", "the definitions are in order"), "load": Text("已载入", "loaded")}[
        arguments.verb
    ]
    return _say(arguments, _summary(plan), f"{done}: {_as_text(plan)}")


def _ask(arguments: argparse.Namespace, questions: Sequence[open_questions.OpenQuestion]) -> int:
    """Say which places of a draft are still to be answered; nothing is loaded."""
    value = [{"file": one.file, "line": one.line, "key": one.key, "question": one.question.zh} for one in questions]
    count = Text(f"还有 {len(questions)} 处待答", f"{len(questions)} places are still to be answered")
    _say(arguments, {"open_questions": value}, "\n".join([f"{count}:", *(f"  {one}" for one in questions)]))
    return DefinitionError.exit_code


def _summary(plan: Plan) -> dict[str, object]:
    return {
        "code": plan.code,
        "title": plan.title.zh,
        "number": plan.document.number,
        "indicators": len(plan.indicators),
        "tasks": len(plan.tasks),
        "phases": len(plan.phases),
    }


def _as_text(plan: Plan) -> str:
    return (
        f"{plan.code} {plan.document.number} {plan.title.zh} / {plan.title.en}\n"
        f"  指标 / targets {len(plan.indicators)} · 任务 / tasks {len(plan.tasks)} · 阶段 / phases {len(plan.phases)}"
    )


def _draft(arguments: argparse.Namespace) -> int:
    draft = drafting.draft(arguments.file)
    value = draft.as_json()
    if arguments.out:
        if arguments.out.exists() and any(arguments.out.iterdir()):
            raise InputError(
                f"目录“{arguments.out}”不是空的，为免覆盖已停止。请换一个目录。",
                f"“{arguments.out}” is not empty; nothing was written. Name another folder.",
            )
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name, text in definition_yaml.definition_files(draft, arguments.out.name).items():
            (arguments.out / name).write_text(text, encoding="utf-8")
    targets = sum(len(one["targets"]) for one in value["indicators"])
    lines = [
        f"{value['document']['number'] or '—'} {value['document']['title'] or '—'}",
        f"  领域 / areas {len(value['areas'])} · 指标 / rows {len(value['indicators'])} · 目标值 / targets {targets}"
        f" · 战略 / strategies {len(value['strategies'])} · 任务 / tasks {len(value['tasks'])}"
        f" · 阶段 / phases {len(value['phases'])}",
    ]
    if value["not_understood"]:
        lines.append(f"  未能识别 / not understood {len(value['not_understood'])}:")
        lines += [f"    {one['line']}: {one['text'][:60]} — {one['why']}" for one in value["not_understood"]]
    if arguments.out:
        lines.append(f"  已写入 / written: {arguments.out}")
    return _say(arguments, value, "\n".join(lines))


def _say(arguments: argparse.Namespace, value: object, text: str) -> int:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n" if arguments.json else text + "\n")
    return 0
