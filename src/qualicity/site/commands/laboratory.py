"""``qualicity laboratory judge FILE``: a table of results, every row held against its limit by rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualicity.errors import InputError, Text
from qualicity.evidence.inspections import queries
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

    from qualicity.evidence.inspections.queries import JudgedFile, JudgedRow

HELP = Text(zh="检测结果：逐行与限量比较", en="laboratory results: every row held against its limit")
_AGREES = {True: "一致 agrees", False: "不一致 disagrees", None: ""}
_SHOWN_AT_MOST = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-command."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    judge = verbs.add_parser(
        "judge", help="判定一份检测结果表（CSV、Excel）/ judge a table of results (.csv, .xlsx, .xls)"
    )
    judge.add_argument("file", type=Path, metavar="FILE")
    judge.add_argument("--all", action="store_true", help="列出所有行 / list every row")
    judge.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Judge the file; needs no home."""
    if not arguments.file.is_file():
        raise InputError(f"没有文件“{arguments.file}”。", f"There is no file “{arguments.file}”.")
    judged = queries.judge_file(arguments.file, original_name=arguments.file.name)
    value = {
        "file": str(arguments.file),
        "counts": judged.counts(),
        "undecided": judged.undecided(),
        "rows": [_value(row) for row in judged.rows],
    }
    return answer(arguments, value, _text(judged, everything=arguments.all))


def _value(row: JudgedRow) -> dict[str, object]:
    return {
        "row": row.row,
        "item": row.item,
        "value": row.value,
        "unit": row.unit,
        "limit": row.limit,
        "stated": row.stated.value if row.stated else None,
        "verdict": row.verdict.conclusion.value,
        "rule": row.verdict.rule.value,
        "reason_zh": row.verdict.reason.zh,
        "reason_en": row.verdict.reason.en,
        "notes_zh": [note.zh for note in row.verdict.notes],
        "notes_en": [note.en for note in row.verdict.notes],
        "agrees": row.agrees,
    }


def _text(judged: JudgedFile, *, everything: bool) -> str:
    """Return the counts, then the rows that need somebody's eyes: disagreeing ones and comparable undecided ones."""
    counts = judged.counts()
    words = {
        "rows": "行 rows",
        "comparable": "可比较（有项目、限量、结果）comparable",
        "decided": "已判定 decided",
        "agree": "与原判定一致 agree",
        "disagree": "与原判定不一致 disagree",
        "undecided": "未决 undecided",
    }
    lines = [columns([(words[name], f"{number:,}") for name, number in counts.items()])]
    if judged.undecided():
        lines += ["", "未决的原因（全部行）/ why undecided, all rows:"]
        lines.append(columns([(rule, f"{number:,}") for rule, number in judged.undecided().items()]))
    rows = judged.rows if everything else [row for row in judged.compared if row.agrees is not True]
    shown = rows if everything else rows[:_SHOWN_AT_MOST]
    for row in shown:
        lines += ["", f"{row.row}  {row.item}  {row.verdict.conclusion.value}  {_AGREES[row.agrees]}".rstrip()]
        lines += [f"    {row.verdict.reason.zh}", f"    {row.verdict.reason.en}"]
        lines += [f"    {note.zh} / {note.en}" for note in row.verdict.notes]
    if len(rows) > len(shown):
        lines += ["", f"……另有 {len(rows) - len(shown)} 行；--all 列出全部 / … and more; --all lists every row"]
    return "\n".join(lines)
