"""``qualicity worker``: do the work that pages put off, such as reading large files, and the chores of the day."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections

from qualicity.commons.accounts import queries as people
from qualicity.errors import Text
from qualicity.evidence.submissions import actions as submissions
from qualicity.evidence.submissions import queries
from qualicity.site import schedule

if TYPE_CHECKING:
    import argparse

HELP = Text(
    zh="执行后台任务（读取大文件等）和每日例行事务", en="do the work that pages put off, and the chores of the day"
)

LOOK_EVERY = 30
"""Seconds between two looks for files whose reader died, and for chores that are due."""

logger = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--once", action="store_true", help="做完现有任务即退出 / stop when nothing is left to do")


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped; first take up what a worker that died had left half-done."""
    queries.check_tables()
    submissions.discard_leftovers(by=people.operator())
    submissions.resume(by=people.operator(), waiting=True)
    schedule.give_out()
    if not arguments.once:
        threading.Thread(target=_look_after_others, daemon=True).start()
    call_command("db_worker", batch=arguments.once, startup_delay=False, reload=False, verbosity=1)
    return 0


def _look_after_others() -> None:
    """Take up what another worker leaves half-done when it dies while this one lives, and what falls due."""
    while not threading.Event().wait(LOOK_EVERY):
        close_old_connections()
        try:
            submissions.resume(by=people.operator())
            schedule.give_out()
        except DatabaseError:  # busy or restarting: the next look comes soon
            logger.exception("looking for work failed")
        close_old_connections()
