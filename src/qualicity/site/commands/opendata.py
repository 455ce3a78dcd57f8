"""``qualicity opendata``: let the open tables out, list the releases, hold the one shown against what is approved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import Text
from qualicity.publication.opendata import actions, queries
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="发布、查看和核对开放数据", en="let the open tables out, list the releases, check the one shown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("publish", help="发布今天的数据 / let out the tables of today")
    verbs.add_parser("releases", help="列出各版本 / list the releases")
    verbs.add_parser("check", help="核对已发布与应发布 / hold what is shown against what is approved")
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    by = accounts.operator()
    if arguments.verb == "publish":
        release = actions.publish(by=by)
        value = {"release": release.number, "day": release.day.isoformat(), "tables": release.manifest["tables"]}
        rows = [(code, one["rows"]) for code, one in release.manifest["tables"].items()]
        return answer(arguments, value, f"第 {release.number} 版 / release {release.number}\n{columns(rows)}")
    if arguments.verb == "releases":
        found = queries.changelog()
        lines = [(one["release"], one["day"], _local(one["published_at"]), len(one["changes"])) for one in found]
        return answer(arguments, found, columns(lines))
    differences = actions.check(by=by)
    text = "一致 / they agree" if not differences else columns((one,) for one in differences)
    answer(arguments, {"agrees": not differences, "differences": list(differences)}, text)
    return 1 if differences else 0


def _local(moment: str) -> str:
    return f"{localtime(datetime.fromisoformat(moment)):%Y-%m-%d %H:%M}"
