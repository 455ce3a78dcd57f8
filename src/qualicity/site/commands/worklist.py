"""``qualicity worklist``: what waits for somebody, the digest, and the reminders that climb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases.queries import Narrowing
from qualicity.commons.worklist import actions, queries
from qualicity.errors import Text
from qualicity.site.answering import answer, columns
from qualicity.site.commands.cases import as_value, line

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="待办：列出、到期提醒、催办", en="the inbox: list it, due-soon digest, let reminders climb")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help="某人或其单位的待办 / what waits for a person or the unit")
    listed.add_argument("person", metavar="USERNAME")
    listed.add_argument("--unit", action="store_true", help="整个单位 / the whole unit")
    listed.add_argument("--when", default="", choices=["overdue", "soon", "later", "none"], help="时限 / deadline")
    listed.add_argument("--limit", type=int, default=50, metavar="N")
    digest = verbs.add_parser("digest", help="到期提醒 / what is due within some days")
    digest.add_argument("person", metavar="USERNAME")
    digest.add_argument("--days", type=int, metavar="N", help="几天内 / within so many days")
    digest.add_argument("--language", default="zh-hans", choices=["zh-hans", "en"])
    verbs.add_parser("urge", help="催办逐级上报 / let reminders climb")
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands as the operator."""
    if arguments.verb == "urge":
        found = actions.urge(by=accounts.operator())
        value = {"day": found.day.isoformat(), "count": found.count, "rungs": found.rungs}
        return answer(arguments, value, columns([("合计 / in all", found.count), *sorted(found.rungs.items())]))
    person = accounts.person(arguments.person)
    if arguments.verb == "digest":
        digest = queries.digest(person, by=accounts.operator(), days=arguments.days)
        whole = {
            "person": person.username,
            "day": digest.day.isoformat(),
            "days": digest.days,
            "overdue": [as_value(one) for one in digest.overdue],
            "due": [as_value(one) for one in digest.due],
        }
        return answer(arguments, whole, queries.digest_text(digest, arguments.language))
    inbox = queries.inbox(
        person, Narrowing(when=arguments.when), whose="unit" if arguments.unit else "mine",
        limit=max(arguments.limit, 0),
    )  # fmt: skip
    listed = {"total": inbox.counts.all, "overdue": inbox.counts.overdue, "soon": inbox.counts.soon,
              "items": [as_value(one) for one in inbox.rows]}  # fmt: skip
    return answer(arguments, listed, columns(line(one) for one in inbox.rows))
