"""``qualicity credit``: older codes, credit files, scoring, trying other weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import FileError, InputError, Text
from qualicity.judgement.credit import actions, queries
from qualicity.judgement.credit.queries.plain import (
    file_as_plain,
    mapped_as_plain,
    run_as_plain,
    simulation_as_plain,
)
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from qualicity.judgement.credit.queries import CreditFile, Simulation

HELP = Text(
    zh="质量信用：对照旧代码、查看企业档案、评分、试算权重",
    en="quality credit: map older codes, show a file, score everybody, try other weights",
)
SURENESS = {
    "certain": "确定 certain",
    "derived": "推定 derived",
    "ambiguous": "不唯一 ambiguous",
    "unknown": "未知 unknown",
    "invalid": "无效 invalid",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    mapping = verbs.add_parser("map", help="组织机构代码对照统一社会信用代码 / organisation codes to credit codes")
    mapping.add_argument("codes", nargs="+", metavar="CODE")
    mapping.add_argument("--region", default="", metavar="CODE", help="六位行政区划，用于推定 / region, to derive by")
    mapping.add_argument("--kind", default="", metavar="XX", help="前两位，如 91 / first two characters, such as 91")
    shown = verbs.add_parser("file", help="一个企业的档案与逐分说明 / one file, every point explained")
    shown.add_argument("uscc", metavar="CODE")
    scoring = verbs.add_parser("score", help="全部企业评分 / score every enterprise")
    scoring.add_argument("--as-of", metavar="DATE", help="评分日期 / the day")
    trying = verbs.add_parser("simulate", help="试算另一组权重，不存储 / try other weights, stores nothing")
    trying.add_argument("--weights", type=Path, required=True, metavar="FILE", help="YAML 或 JSON / YAML or JSON")
    lacking = verbs.add_parser("lacking", help="尚未建档的企业或产品 / who has no file yet")
    lacking.add_argument("--register", default="enterprises", choices=["enterprises", "prepackaged_products"])
    lacking.add_argument("--place", default="", metavar="CODE", help="只看一地 / one place only")
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    by = accounts.operator()
    if arguments.verb == "map":
        return _map(arguments)
    if arguments.verb == "file":
        found = queries.file(arguments.uscc, by=by)
        return answer(arguments, file_as_plain(found), _file(found))
    if arguments.verb == "score":
        made = actions.score(as_of=_day(arguments.as_of), by=by)
        words = f"{made.as_of}：{made.enterprises} 户企业 enterprises · {made.events} 个事项 events"
        return answer(arguments, run_as_plain(made), f"{words} · 未对应 unplaced {made.unplaced}")
    if arguments.verb == "simulate":
        tried = queries.simulate(queries.read_weights(_read(arguments.weights)), by=by)
        return answer(arguments, simulation_as_plain(tried), _simulated(tried))
    day = registry.moment().date()
    rows = queries.lacking(register=arguments.register, place=arguments.place, on=day, by=by)
    key, name = ("enterprise", "name") if arguments.register == "enterprises" else ("gtin", "product")
    value = [{"code": row[key], "name": row[name], "place": row["place"]} for row in rows.iter_rows(named=True)]
    return answer(arguments, value, columns((one["code"], one["name"], one["place"]) for one in value) or "—")


def _map(arguments: argparse.Namespace) -> int:
    beginnings = queries.beginnings(region=arguments.region, kind=arguments.kind) if arguments.region else ()
    found = queries.map_codes(arguments.codes, beginnings=beginnings)
    lines = ((one.code, one.uscc or " ".join(one.candidates[:3]), SURENESS[one.sureness]) for one in found)
    return answer(arguments, [mapped_as_plain(one) for one in found], columns(lines))


def _file(found: CreditFile) -> str:
    lines = [
        f"{found.enterprise.name} · {found.enterprise.uscc} · {found.as_of}",
        f"得分 score {found.score:.4f} · 类别 class {found.credit_class} · 等级 grade {found.grade or '—'}",
    ]
    if found.veto is not None:
        lines.append(f"限定 held: {found.veto.title.zh}")
    rows: list[tuple[object, ...]] = []
    for family in found.families:
        rows.append((family.family.title.zh, f"{family.points:.4f}", f"/ {family.family.weight:g}", "", ""))
        for part in family.parts:
            what = part.event.source.title.zh if part.event else part.why.zh
            day = part.event.day if part.event else ""
            rows.append((f"  {what}", f"{part.points:+.4f}", "", day, part.why.zh if part.event else ""))
    return "\n".join([*lines, "", columns(rows)])


def _simulated(found: Simulation) -> str:
    codes = [one.code for one in found.scheme.classes]
    head = (
        f"{found.as_of}：{found.enterprises} 户中 {found.changed} 户变类 change class"
        f"（升 better {found.better}，降 worse {found.worse}）"
    )
    table = columns([("原→新 old→new", *codes), *((code, *row) for code, row in found.matrix)])
    moved = columns(
        (one.uscc, one.name, f"{one.before:.2f} → {one.after:.2f}", f"{one.class_before} → {one.class_after}")
        for one in (*found.lose[:10], *found.gain[:10])
    )
    return "\n".join(part for part in (head, "", table, "", moved) if part is not None)


def _read(path: Path) -> object:
    if not path.is_file():
        raise InputError(f"没有文件“{path}”。", f"There is no file “{path}”.")
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FileError(
            f"“{path}”不是 UTF-8 的 YAML 或 JSON。", f"“{path}” is neither YAML nor JSON in UTF-8."
        ) from error


def _day(text: str | None) -> date | None:
    return registry.standing({"as_of": text}).as_of if text else None
