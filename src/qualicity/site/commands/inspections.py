"""``qualicity inspections``: the plans of spot checks, a draw that anybody can repeat, its frame as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotFoundError, Text
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.lifecycle import METHODS, WORDS, PlanState
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from qualicity.commons.accounts.models import Person

HELP = Text(
    zh="监督抽查：查看计划、双随机抽取（可由任何人重复）、导出名单",
    en="spot checks: the plans, a draw that anybody can repeat, its frame as a file",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("plans", help="列出抽查计划 / list the plans")
    listed.add_argument("--year", type=int, metavar="YEAR", help="只看某一年度 / of one year only")
    drawing = verbs.add_parser("draw", help="按种子抽取（默认只演算，不保存）/ draw by a seed (stores nothing)")
    drawing.add_argument("--seed", required=True, metavar="SEED", help="公布的种子 / the published seed")
    frame = verbs.add_parser("frame", help="导出抽取名单 / write the frame to a file")
    frame.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到哪里 / where to write it")
    for one in (drawing, frame):
        one.add_argument("--plan", required=True, metavar="CODE", help="抽查计划代码 / code of the plan")
        one.add_argument(
            "--number",
            type=int,
            metavar="N",
            help="用第 N 次抽取的名单 / from the frame of draw N, as kept",
        )
    drawing.add_argument(
        "--record", action="store_true", help="正式抽取并保存（只补抽所缺）/ keep the draw (of what is still missing)"
    )
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    by = accounts.operator()
    if arguments.verb == "plans":
        return _plans(arguments, by)
    if arguments.verb == "draw":
        return _draw(arguments, by)
    return _frame(arguments, by)


def _plans(arguments: argparse.Namespace, by: Person) -> int:
    rows = queries.plan_rows(queries.plans(by=by, year=arguments.year))
    shown = columns(
        (one.plan.code, one.plan.year, WORDS[PlanState(one.plan.state)], one.plan.title_zh,
         f"{one.progress.drawn}/{one.progress.planned}")
        for one in rows
    )  # fmt: skip
    return answer(arguments, [queries.plan_as_plain(one) for one in rows], shown or "—")


def _draw(arguments: argparse.Namespace, by: Person) -> int:
    plan = queries.plan(arguments.plan, by=by)
    if arguments.record:
        kept = actions.draw(plan=plan, seed=arguments.seed, by=by)
        value = queries.draw_as_plain(kept, queries.targets(by=by, draw=kept))
        return answer(arguments, value, f"已抽取 / drawn: {len(value['targets'])}，{kept.frame_digest}")
    if arguments.number is not None:
        stored = _numbered(plan.code, arguments.number, by)
        found = queries.repeated(stored, seed=arguments.seed, by=by)
        value = queries.hits_as_plain(plan, arguments.seed, stored.frame_digest, stored.method, found)
    else:
        actions.take_stock(by=by)
        frame = queries.frame_of(plan, on=registry.moment().date(), anew=True)
        seed = queries.checked_seed(arguments.seed)
        found, _ = queries.hits(plan, frame, seed)
        value = queries.hits_as_plain(plan, seed, frame.digest(), frame.method, found)
    return answer(arguments, value, _table(value))


def _frame(arguments: argparse.Namespace, by: Person) -> int:
    plan = queries.plan(arguments.plan, by=by)
    if arguments.number is not None:
        stored = _numbered(plan.code, arguments.number, by)
        body, digest, size = queries.frame_file(stored, by=by).read_bytes(), stored.frame_digest, stored.frame_size
        method = stored.method
    else:
        actions.take_stock(by=by)
        frame = queries.frame_of(plan, on=registry.moment().date(), anew=True)
        body, digest, size, method = frame.file(), frame.digest(), frame.size, frame.method
    try:
        arguments.out.write_bytes(body)
    except OSError as error:
        raise InputError(
            f"无法写入“{arguments.out}”：{error.strerror}。请核对文件夹是否存在、能否写入。",
            f"“{arguments.out}” cannot be written ({error.strerror}): is its folder there, and yours to write?",
        ) from error
    value = {"plan": plan.code, "file": str(arguments.out), "frame_digest": digest, "size": size, "method": method}
    return answer(arguments, value, f"已写出 / written: {arguments.out} ({size})\nSHA-256 {digest}")


def _numbered(plan: str, number: int, by: Person) -> Any:
    found = queries.draws(by=by).filter(plan__code=plan, number=number).first()
    if found is None:
        raise NotFoundError(
            f"计划“{plan}”没有第 {number} 次抽取。", f"The plan “{plan}” has no draw with the number {number}."
        )
    return found


def _table(value: dict[str, Any]) -> str:
    head = (
        f"{value['plan']} · 种子 seed {value['seed']} · {METHODS[value['method']]}\n"
        f"名单 frame {value['frame_digest']}\n"
        "演算结果，未保存 / nothing was stored\n"
    )
    return head + columns(_rows(value["targets"]))


def _rows(targets: Iterable[dict[str, Any]]) -> Iterable[tuple[object, ...]]:
    for one in targets:
        yield (one["number"], one["line"], one["product"], one["enterprise"], one["name"], one["place"],
               f"{one['probability']:.6f}", ", ".join(one["inspectors"]))  # fmt: skip
