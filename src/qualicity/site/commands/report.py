"""``qualicity report KIND``: an official document as DOCX or PDF, and its numbers as JSON.

The quality analysis report is of a period; the others are made from a circular, a meeting or an assessment.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import parse
from qualicity.engines.documents.official import figures_of
from qualicity.errors import InputError, Text
from qualicity.publication.reports import queries

if TYPE_CHECKING:
    import argparse

    from qualicity.engines.documents.official.model import Document
    from qualicity.engines.documents.official.rendered import Rendered

QUALITY = "quality"
HELP = Text(
    zh="报告：把质量分析报告、通报、督办单、会议纪要、自查报告或申报表写成 DOCX 或 PDF",
    en="report: write the quality report, a circular, minutes, a self-assessment or the application form",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "kind",
        choices=[QUALITY, *queries.papers.KINDS],
        help="种类：质量分析报告、通报或督办单、会议纪要、自查报告、申报表 / which document",
    )
    parser.add_argument(
        "--period", metavar="PERIOD", help="质量分析报告的期间：2014、2014H1、2014Q3 / the quality report's period"
    )
    parser.add_argument(
        "--number",
        type=int,
        metavar="N",
        help="通报、会议或考核的编号，默认最新一份 / of the circular, meeting or assessment; the latest by default",
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
    document, versions = _quality(arguments) if arguments.kind == QUALITY else _paper(arguments)
    file = queries.rendered(document, form)
    _write(out, file.data)
    if arguments.figures:
        _write(Path(arguments.figures), queries.figures_file(document))
    _say(arguments, document, versions, file, out)
    return 0


def _quality(arguments: argparse.Namespace) -> tuple[Document, dict[str, int]]:
    if not arguments.period or arguments.number is not None:
        raise InputError(
            "质量分析报告请用 --period 指明期间，如 --period 2014；不用 --number。",
            "The quality report needs its --period, such as --period 2014, and has no --number.",
        )
    standing = _standing(arguments)
    composed = queries.composed(
        plan=standing.plan,
        period=parse(arguments.period),
        known_on=standing.known_on,
        language="en" if arguments.language == "en" else "zh-hans",
        by=accounts.operator(),
    )
    return composed.document, composed.versions


def _paper(arguments: argparse.Namespace) -> tuple[Document, dict[str, int]]:
    for option in ("period", "known_on"):
        if getattr(arguments, option):
            raise InputError(
                f"--{option.replace('_', '-')} 只用于质量分析报告。",
                f"--{option.replace('_', '-')} goes with the quality report only.",
            )
    if arguments.language != "zh":
        raise InputError("这种公文只有中文。", "This document is written in Chinese only.")
    by, number = accounts.operator(), arguments.number
    if number is None:
        number = queries.papers.newest(arguments.kind, plan=_standing(arguments).plan, by=by)
    return queries.papers.made(arguments.kind, number, by=by), {}


def _standing(arguments: argparse.Namespace) -> registry.Standing:
    given = {"plan": arguments.plan, "known_on": arguments.known_on}
    return registry.standing({name: value for name, value in given.items() if value})


def _write(path: Path, data: bytes) -> None:
    if not path.absolute().parent.is_dir():
        raise InputError(f"没有目录“{path.parent}”。", f"There is no folder “{path.parent}”.")
    path.write_bytes(data)


def _say(
    arguments: argparse.Namespace, document: Document, versions: dict[str, int], file: Rendered, out: Path
) -> None:
    count = len(figures_of(document))
    swapped = [{"wanted": one.wanted, "used": one.used} for one in file.substitutions]
    if arguments.json:
        said = {
            "title": document.title,
            "file": str(out),
            "figures": count,
            "versions": versions,
            "substitutions": swapped,
            "missing": list(file.missing),
        }
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        return
    sys.stdout.write(f"{document.title} → {out}（{count} 个绑定数字 / bound numbers）\n")
    for one in swapped:
        sys.stdout.write(f"字体替代 / typeface replaced: {one['wanted']} → {one['used']}\n")
    if file.missing:
        sys.stdout.write(f"无字形的字符 / characters without a glyph: {' '.join(file.missing)}\n")
