"""``qualicity organisations``: the member units, as the plans name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries
from qualicity.errors import Text
from qualicity.site import first_use
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="列出成员单位及其代码", en="list the member units and their codes")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--plan", metavar="CODE", default="", help="只列该方案的 / only those of one plan")
    parser.add_argument("--all", action="store_true", help="包括已停用的 / also those no longer in a plan")
    parser.add_argument("--sync", action="store_true", help="先按方案更新 / first take them over from the plans")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    if arguments.sync:
        first_use.fill()
    found = queries.organisations(plan=arguments.plan, active_only=not arguments.all)
    value = [
        {
            "code": one.code,
            "title_zh": one.title_zh,
            "title_en": one.title_en,
            "kind": one.kind,
            "place": one.place,
            "plan": one.plan,
            "is_active": one.is_active,
        }
        for one in found
    ]
    return answer(arguments, value, columns((one.code, one.kind, one.title_zh, one.title_en) for one in found))
