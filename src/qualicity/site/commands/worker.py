"""``qualicity worker``: do the work that pages put off, such as reading large files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import call_command

from qualicity.errors import Text

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="执行后台任务（读取大文件等）", en="do the work that pages put off, such as reading large files")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--once", action="store_true", help="做完现有任务即退出 / stop when nothing is left to do")


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped."""
    call_command("db_worker", batch=arguments.once, startup_delay=False, reload=False, verbosity=1)
    return 0
