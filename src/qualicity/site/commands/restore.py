"""``qualicity restore FILE``: a home from a backup, verified."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualicity.errors import Text
from qualicity.site.answering import answer
from qualicity.site.archive import reading

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="从备份恢复到空的数据目录，并核对", en="restore a backup into an empty home, and verify the copy")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--home", metavar="DIR", help="恢复到的空目录 / the empty folder to restore into")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Restore and verify."""
    done = reading.restore(arguments.file)
    value = {
        "home": str(done.home),
        "entries": done.entries,
        "audit_records": done.records,
        "register_versions": done.versions,
        "files": done.files,
        "verified": True,
    }
    text = (
        f"已恢复并核对 / restored and verified: {done.home}\n"
        f"操作记录 / audit records: {done.records}\n台账版本 / register versions: {done.versions}\n"
        f"原始文件 / submitted files: {done.files}"
    )
    return answer(arguments, value, text)
