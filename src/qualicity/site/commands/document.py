"""``qualicity document``: hold the layout of a document, ours or another office's, against a house style."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.checking.checking import check_document
from qualicity.errors import InputError, Text, nearest

if TYPE_CHECKING:
    import argparse

    from qualicity.definitions.styles import Style
    from qualicity.engines.documents.checking.results import Checked

HELP = Text(zh="公文：检查版式", en="official documents: check the layout")

STYLE = "gbt-9704-2012"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="按公文格式标准检查一份文件 / hold one file against the standard")
    check.add_argument("file", type=Path, metavar="FILE", help=".docx .pdf")
    check.add_argument("--style", default=STYLE, metavar="CODE", help=f"公文格式（默认 {STYLE}）/ the house style")
    check.add_argument("--lang", choices=("zh", "en"), help="结果的语言（默认取自环境）/ language of the result")
    check.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Check the file; exit code 0 when it could be measured, whatever was found."""
    if not arguments.file.is_file():
        raise InputError(f"没有文件“{arguments.file}”。", f"There is no file “{arguments.file}”.")
    language = arguments.lang or _language()
    checked = check_document(arguments.file, _style(arguments.style), name=str(arguments.file))
    if arguments.json:
        sys.stdout.write(json.dumps(checked.as_json(language), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(_as_text(checked, language))
    return 0


def _style(code: str) -> Style:
    styles = catalogue().styles
    if code in styles:
        return styles[code]
    like = nearest(code, styles)
    raise InputError(
        f"没有公文格式“{code}”。" + (f"是否指“{like}”？" if like else f"可用：{' '.join(styles)}"),
        f"There is no house style “{code}”."
        + (f" Did you mean “{like}”?" if like else f" There are: {' '.join(styles)}"),
    )


def _language() -> str:
    """Return the language that the environment asks for, Chinese where it asks for none of ours."""
    said = os.environ.get("QUALICITY_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return "en" if said[:2] == "en" else "zh"


def _as_text(checked: Checked, language: str) -> str:
    words = {
        "zh": ("项不符", "实为", "应为", "提示", "未发现与标准不符之处"),
        "en": ("deviation(s)", "found", "expected", "notice", "nothing deviates from the standard"),
    }[language]
    told = f"{len(checked.deviations)} {words[0]}" if checked.deviations else words[4]
    lines = [f"{checked.file}: {told}"]
    for one in checked.deviations:
        shown = one.as_json(language)
        lines += [f"  {shown['clause']:<9}{shown['where']}", f"{'':11}{words[1]}: {shown['found']}"]
        lines.append(f"{'':11}{words[2]}: {shown['expected']}")
    lines += [f"  {words[3]}: {one.text.in_language(language)}" for one in checked.notices]
    return "\n".join(lines) + "\n"
