"""``qualicity schedule``: what the worker does once a day by itself, and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualicity.errors import Text
from qualicity.site import schedule
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="每日例行事务及其最近结果", en="what the worker does once a day by itself, and how it last went")
_STATES = {
    "": "尚未执行 / not yet",
    schedule.QUEUED: "待执行 / queued",
    schedule.RUNNING: "执行中 / running",
    schedule.DONE: "已完成 / done",
    schedule.FAILED: "失败，将重试 / failed, tried again",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """List the chores."""
    found, pause = schedule.standings(), schedule.pause()
    value = {
        "paused": {"zh": pause.zh, "en": pause.en} if pause else None,
        "chores": [_plain(one) for one in found],
    }
    lines = [columns(_line(one) for one in found)]
    if pause:
        lines.insert(0, f"{pause.zh} / {pause.en}")
    return answer(arguments, value, "\n".join(lines))


def _plain(one: schedule.Standing) -> dict[str, Any]:
    return {
        "code": one.chore.code, "title": {"zh": one.chore.title.zh, "en": one.chore.title.en},
        "task": one.chore.task, "at": one.chore.at.isoformat("minutes"), "state": one.state or None,
        "day": one.day.isoformat() if one.day else None, "ran_at": one.at.isoformat() if one.at else None,
        "attempts": one.attempts, "result": one.result, "error": one.error or None,
        "done_on": one.done_on.isoformat() if one.done_on else None,
    }  # fmt: skip


def _line(one: schedule.Standing) -> tuple[object, ...]:
    title = f"{one.chore.title.zh} / {one.chore.title.en}"
    return (
        one.chore.code,
        one.chore.at.isoformat("minutes"),
        title,
        one.day,
        _STATES[one.state],
        one.result,
        one.error,
    )
