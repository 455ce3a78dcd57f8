"""``qualicity report quality``: the quality analysis report of a period as DOCX or PDF, and its numbers as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import parse
from qualicity.errors import InputError, Text
from qualicity.publication.reports import queries

if TYPE_CHECKING:
    import argparse

    from qualicity.engines.documents.official.rendered import Rendered

HELP = Text(
    zh="报告：撰写某一期间的质量分析报告（DOCX 或 PDF）", en="report: write the quality analysis report of a period"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("kind", choices=["quality"], help="报告种类：质量分析报告 / which report")
    parser.add_argument(
        "--period", required=True, metavar="PERIOD", help="期间：2014、2014H1、2014Q3 / year, half-year or quarter"
    )
    parser.add_argument("--out", required=True, metavar="FILE", help="写入的文件：.docx 或 .pdf / file to write")
    parser.add_argument("--figures", metavar="FILE", help="把全部绑定数字写入 JSON / write every bound number")
    parser.add_argument("--plan", metavar="PLAN", help="方案代码 / code of the plan")
    parser.add_argument("--known-on", metavar="DATE", help="掌握时点 / only what had been recorded by that day")
    parser.add_argument("--language", choices=["zh", "en"], default="zh", help="报告语言 / language of the report")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Compose the report and write the files."""
    out = Path(arguments.out)
    form = out.suffix.lower().removeprefix(".")
    if form not in ("docx", "pdf"):
        raise InputError(
            f"不能写成“{out.suffix or out.name}”，请用 .docx 或 .pdf。",
            f"A report cannot be written as “{out.suffix or out.name}”: use .docx or .pdf.",
        )
    given = {"plan": arguments.plan, "known_on": arguments.known_on}
    standing = registry.standing({name: value for name, value in given.items() if value})
    language = "en" if arguments.language == "en" else "zh-hans"
    composed = queries.composed(
        plan=standing.plan,
        period=parse(arguments.period),
        known_on=standing.known_on,
        language=language,
        by=accounts.operator(),
    )
    file = queries.rendered(composed.document, form)
    _write(out, file.data)
    if arguments.figures:
        _write(Path(arguments.figures), queries.figures_file(composed.document))
    _say(arguments, composed, file, out)
    return 0


def _write(path: Path, data: bytes) -> None:
    if not path.absolute().parent.is_dir():
        raise InputError(f"没有目录“{path.parent}”。", f"There is no folder “{path.parent}”.")
    path.write_bytes(data)


def _say(arguments: argparse.Namespace, composed: queries.Composed, file: Rendered, out: Path) -> None:
    swapped = [{"wanted": one.wanted, "used": one.used} for one in file.substitutions]
    if arguments.json:
        said = {
            "title": composed.document.title,
            "file": str(out),
            "figures": len(composed.figures),
            "versions": composed.versions,
            "substitutions": swapped,
            "missing": list(file.missing),
        }
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        return
    sys.stdout.write(f"{composed.document.title} → {out}（{len(composed.figures)} 个绑定数字 / bound numbers）\n")
    for one in swapped:
        sys.stdout.write(f"字体替代 / typeface replaced: {one['wanted']} → {one['used']}\n")
    if file.missing:
        sys.stdout.write(f"无字形的字符 / characters without a glyph: {' '.join(file.missing)}\n")
