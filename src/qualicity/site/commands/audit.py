"""``qualicity audit``: read the trail, and verify that nobody altered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from qualicity.commons.audit import queries
from qualicity.errors import IntegrityError, Text
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="操作记录：校验、列出", en="the audit trail: verify it, list it")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser("verify", help="校验整条记录链 / walk the whole chain")
    verify.add_argument(
        "--expect", metavar="DIGEST", default="", help="早先抄下的链尾摘要 / a head digest written down earlier"
    )
    listed = verbs.add_parser("list", help="列出最近的记录 / list the latest records")
    listed.add_argument("--limit", type=int, default=50, metavar="N")
    listed.add_argument("--search", default="", metavar="WORDS")
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands; a broken chain is an error with its own exit code."""
    if arguments.verb == "list":
        return _list(arguments)
    result = queries.verify(expected=arguments.expect)
    value = {
        "ok": result.ok,
        "count": result.count,
        "digest": result.digest,
        "first_fault": {"zh": result.first_fault.zh, "en": result.first_fault.en} if result.first_fault else None,
    }
    if result.first_fault and not arguments.json:
        raise IntegrityError(result.first_fault.zh, result.first_fault.en)
    answer(arguments, value, f"完整 / whole: {result.count}\n链尾 / head: {result.digest}")
    return 0 if result.ok else IntegrityError.exit_code


def _list(arguments: argparse.Namespace) -> int:
    found = list(queries.records(search=arguments.search)[: max(arguments.limit, 0)])
    value = [
        {
            "number": one.number,
            "at": timezone.localtime(one.at).isoformat(timespec="seconds"),
            "username": one.username,
            "verb": one.verb,
            "subject": one.subject,
            "detail": one.detail,
            "digest": one.digest,
        }
        for one in found
    ]
    rows = ((one["number"], one["at"], one["username"], one["verb"], one["subject"]) for one in value)
    return answer(arguments, value, columns(rows))
