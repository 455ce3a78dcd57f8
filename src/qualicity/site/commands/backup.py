"""``qualicity backup FILE``: the whole home in one file, while it is in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import Text
from qualicity.site.answering import answer
from qualicity.site.archive import writing

if TYPE_CHECKING:
    import argparse

HELP = Text(
    zh="备份整个数据目录到一个文件（可在运行中进行）", en="write the whole home into one file, while it is in use"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Write the backup."""
    done = writing.write(arguments.file, by=accounts.operator())
    value = {"file": str(done.path), "entries": done.entries, "size": done.size, "sha256": done.sha256}
    text = (
        f"已备份 / written: {done.path}\n条目 / entries: {done.entries}\n"
        f"字节 / bytes: {done.size}\nsha256: {done.sha256}"
    )
    return answer(arguments, value, text)
