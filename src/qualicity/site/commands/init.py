"""``qualicity init``: make a home ready, and its first person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people
from qualicity.commons.registry import actions, queries
from qualicity.errors import InputError, Text
from qualicity.evidence.submissions import queries as evidence
from qualicity.site import first_use
from qualicity.site.answering import answer

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="初始化数据目录、单位和第一个管理员", en="make a home ready: database, organisations, first manager")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--office", metavar="USERNAME", help="同时建立一个办公室账号 / also make one person of the office"
    )
    parser.add_argument("--plan", metavar="CODE", help="默认方案 / the plan that pages open with")
    parser.add_argument(
        "--today", metavar="DATE", help="固定当前日期；auto 为随日历 / fix the day; auto follows the calendar"
    )
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Make the home ready; doing it again changes nothing but what is asked."""
    operator = people.operator()
    evidence.check_tables()
    changed = first_use.fill()
    if arguments.plan:
        actions.set_plan(code=arguments.plan, by=operator)
    if arguments.today:
        actions.set_today(day=_day(arguments.today), by=operator)
    value = {
        "home": str(settings.QUALICITY_HOME),
        "plans": [plan.code for plan in queries.plans()],
        "organisations": people.organisations().count(),
        "organisations_changed": changed,
        "today": queries.today().isoformat(),
    }
    lines = [
        f"数据目录 / home: {value['home']}",
        f"方案 / plans: {', '.join(plan.code for plan in queries.plans()) or '—'}",
        f"单位 / organisations: {value['organisations']}",
        f"日期 / day: {value['today']}",
    ]
    if arguments.office:
        person, password = accounts.create_person(
            username=arguments.office, name="", organisation=None, roles=["office"], by=operator
        )
        value |= {"username": person.username, "password": password}
        lines.append(
            f"账号 / sign-in: {person.username}  {password}  （首次登录时更换 / changed at the first sign-in）"
        )
    return answer(arguments, value, "\n".join(lines))


def _day(text: str) -> date | None:
    if text == "auto":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"“{text}”不是日期，应写作 2015-03-31 或 auto。", f"“{text}” is not a date; write 2015-03-31 or auto."
        ) from error
