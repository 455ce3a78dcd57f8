"""``qualicity submit``: file a table for a register and period, from the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.periods import parse
from qualicity.errors import InputError, NotPossibleError, Text
from qualicity.evidence.submissions import actions, queries
from qualicity.evidence.submissions.lifecycle import WHO_ACTS, State

if TYPE_CHECKING:
    import argparse

    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.submissions.models import Submission

HELP = Text(zh="报送一份台账文件，并显示检查结果", en="file a table for a register and show what the checks found")

MOST_FINDINGS = 10_000
EXAMPLES = 3
"""Findings of each rule that are shown to a person; --json lists them all."""
UNEXPLAINED = "操作员接收合格行，未作说明。/ The operator accepted the good rows without an explanation."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("register", metavar="REGISTER", help="台账代码 / code of the register")
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx .xls .csv .parquet")
    parser.add_argument("--organisation", required=True, metavar="CODE", help="填报单位 / the reporting unit")
    parser.add_argument("--period", required=True, metavar="P", help="2014 | 2014Q1 | 2014-03 | 2013-12/2017-01")
    parser.add_argument("--profile", metavar="NAME", help="外来文件对照表 / the profile that maps a foreign file")
    parser.add_argument("--corrects", type=int, metavar="ID", help="更正哪份报送 / the submission that this corrects")
    parser.add_argument("--accept", action="store_true", help="同时审核接收 / review and accept as well")
    parser.add_argument("--explain", default="", metavar="TEXT", help="对疑问的说明 / what explains the warnings")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """File the table; exit code 0 when it was taken, 1 when it was returned."""
    if not arguments.file.is_file():
        raise InputError(f"没有文件“{arguments.file}”。", f"There is no file “{arguments.file}”.")
    by = accounts.operator()
    submission = actions.receive(
        register=arguments.register, organisation=arguments.organisation, period=parse(arguments.period),
        file=arguments.file, name=arguments.file.name, profile=arguments.profile, by=by, channel="command",
        corrects=queries.submission(arguments.corrects, by=by) if arguments.corrects else None,
    )  # fmt: skip
    if arguments.accept:
        submission = _accept(submission, arguments.explain, by)
    if arguments.json:
        sys.stdout.write(json.dumps(_as_json(submission, by), ensure_ascii=False, default=_plain) + "\n")
    else:
        sys.stdout.write(_as_text(submission, by))
    return 1 if submission.state == State.RETURNED else 0


def _accept(submission: Submission, explanation: str, by: Person) -> Submission:
    """The operator answers for every step: warnings may stay unexplained, faulty rows are left behind and counted."""
    if submission.state == State.DRAFT:
        submitted = actions.submit(submission=submission, explanation=explanation, unexplained=True, by=by)
        return actions.accept(submission=submitted, reason=explanation, by=by)
    try:
        return actions.accept(submission=submission, reason=explanation or UNEXPLAINED, good_rows_only=True, by=by)
    except NotPossibleError:
        # Not one good row: it stays returned, and the findings say why.
        return submission


def _as_json(submission: Submission, by: Person) -> dict[str, Any]:
    page = queries.findings_page(submission, by=by, limit=0)
    counts = {"error": 0, "warning": 0, "note": 0}
    for group in page.groups:
        counts[group.severity] = counts.get(group.severity, 0) + group.count
    broken = queries.findings(submission, by=by)
    kept = broken.filter(broken["severity"] != "note")
    left_out = broken.filter(broken["severity"] == "note").head(MOST_FINDINGS)
    return {
        **asdict(queries.summary(submission)),
        "findings_total": counts["error"] + counts["warning"],
        "findings": [asdict(one) for one in queries.plain_findings(kept.head(MOST_FINDINGS))],
        "left_out_rows": [
            {"row": one.row, "why": one.why, "why_en": one.why_en} for one in queries.plain_findings(left_out)
        ],
    }


def _as_text(submission: Submission, by: Person) -> str:
    after = WHO_ACTS[State(submission.state)]
    lines = [
        f"报送 / submission {submission.pk}: {submission.get_state_display()} / {submission.state} · {after}",
        f"行数 / rows {submission.rows} · 入库 / accepted {submission.accepted_rows} · 不合格 / refused "
        f"{submission.refused_rows} · 略去 / left out {submission.left_out}",
        f"错误 / errors {submission.errors} · 疑问 / warnings {submission.warnings}",
    ]
    for group in queries.findings_page(submission, by=by, limit=0).groups:
        lines.append(f"  {group.severity:8}{group.count:>9}  {group.rule}  {group.why_zh} / {group.why_en}")
        page = queries.findings_page(submission, by=by, severity=group.severity, rule=group.rule, limit=EXAMPLES)
        for one in queries.plain_findings(page.frame):
            lines.append(f"{'':19}{_example(one)}")
        if page.total > EXAMPLES:
            lines.append(f"{'':19}… 共 / in all {page.total}；--json")
    return "\n".join(lines) + "\n"


def _example(one: queries.Finding) -> str:
    """Return one finding in a line; what concerns the whole file has no row, what was left out has no value."""
    where = f"第 {one.row} 行 / row {one.row}" if one.row else "整份文件 / the whole file"
    found = f"[{one.column}={one.value}]" if one.column else ""
    return " ".join(part for part in (where, found, one.expected, f"→ {one.mend}" if one.mend else "") if part)


def _plain(value: object) -> str:
    assert isinstance(value, date), f"cannot be written as JSON: {value!r}"
    return value.isoformat()
