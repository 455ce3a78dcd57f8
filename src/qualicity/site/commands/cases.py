"""``qualicity cases``: list cases, show one with its clocks and trail, verify their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import lifecycle, queries
from qualicity.errors import IntegrityError, Text
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="事项：列出、查看、校验材料", en="cases: list them, show one, verify their files")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help="列出事项，最新在前 / list cases, the latest first")
    listed.add_argument("--type", default="", metavar="CODE", help="类型 / type")
    listed.add_argument("--state", default="", metavar="CODE", help="状态 / state")
    listed.add_argument("--organisation", default="", metavar="CODE", help="责任单位 / responsible organisation")
    listed.add_argument("--subject", default="", metavar="KIND:CODE", help="事由 / what it is about")
    listed.add_argument("--when", default="", choices=["overdue", "soon", "later", "none"], help="时限 / deadline")
    listed.add_argument("--open", action="store_true", help="只列未办结的 / open ones only")
    listed.add_argument("--limit", type=int, default=50, metavar="N")
    show = verbs.add_parser("show", help="查看一个事项 / show one case")
    show.add_argument("number", type=int, metavar="NUMBER")
    verbs.add_parser("verify", help="校验全部材料 / hash every file again")
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands as the operator."""
    if arguments.verb == "verify":
        return _verify(arguments)
    return _list(arguments) if arguments.verb == "list" else _show(arguments)


def as_value(row: queries.CaseRow) -> dict[str, Any]:
    """Return a case as one JSON object."""
    case = row.case
    return {
        "case": case.pk,
        "type": case.type,
        "subject": case.subject,
        "title_zh": case.title_zh,
        "title_en": case.title_en,
        "state": case.state,
        "organisation": case.organisation.code,
        "person": case.person.username if case.person else None,
        "due": timezone.localtime(case.due).isoformat() if case.due else None,
        "provisional": case.provisional,
        "standing": row.look,
        "left": {"zh": row.left.zh, "en": row.left.en} if row.left else None,
        "why": {"zh": row.why.zh, "en": row.why.en},
        "opened_on": case.opened_on.isoformat(),
        "version": case.version,
    }


def line(row: queries.CaseRow) -> tuple[object, ...]:
    """Return a case as one line of a table."""
    case = row.case
    due = case.due_day.isoformat() if case.due_day else "—"
    return (case.pk, due, row.look, case.organisation.code, str(row.state), case.title_zh)


def _list(arguments: argparse.Namespace) -> int:
    narrowing = queries.Narrowing(
        type=lifecycle.case_type(arguments.type).code if arguments.type else "", state=arguments.state,
        organisation=arguments.organisation, when=arguments.when, subject=arguments.subject, open_only=arguments.open,
    )  # fmt: skip
    page = queries.case_page(accounts.operator(), narrowing, limit=max(arguments.limit, 0))
    rows = queries.case_rows(page.cases)
    return answer(arguments, [as_value(one) for one in rows], columns(line(one) for one in rows))


def _verify(arguments: argparse.Namespace) -> int:
    count, damaged = queries.verify_files(by=accounts.operator())
    faults = [
        {"case": one.case, "name": one.name, "sha256": one.sha256, "zh": one.fault.zh, "en": one.fault.en}
        for one in damaged
    ]
    rows = columns((one.case, one.name, one.fault) for one in damaged) or "完好 / whole"
    answer(arguments, {"ok": not damaged, "files": count, "faults": faults}, f"材料 / files: {count}\n{rows}")
    return IntegrityError.exit_code if damaged else 0


def _show(arguments: argparse.Namespace) -> int:
    case = queries.case(arguments.number, accounts.operator())
    (row,) = queries.case_rows([case])
    trail = [
        {
            "number": one.number,
            "at": timezone.localtime(one.at).isoformat(timespec="seconds"),
            "on": one.on.isoformat(),
            "code": one.code,
            "before": one.before,
            "after": one.after,
            "by": one.by.username,
            "reason": one.reason,
            "evidence": one.evidence,
        }
        for one in queries.moves_of(case)
    ]
    clocks = [
        {
            "code": one.code,
            "due": timezone.localtime(one.due).isoformat() if one.due else None,
            "stand": str(one.stand),
            "law": one.law,
            "text": one.text,
            "clause": one.clause,
            "certainty": one.certainty,
            "extension": one.extension,
        }
        for one in queries.clocks_of(case)
    ]
    head = columns([("编号 / case", case.pk), ("名称 / title", case.title_zh), ("状态 / state", row.state),
                    ("办理 / turn", row.turn), ("时限 / due", f"{case.due_day or '—'} {row.left or ''}"),
                    ("依据 / why", row.why)])  # fmt: skip
    rows = columns((one["number"], one["at"], one["code"], one["after"], one["by"], one["reason"]) for one in trail)
    value = as_value(row) | {"clocks": clocks, "trail": trail}
    return answer(arguments, value, f"{head}\n{rows}")
