"""Lists of submissions, one submission with its findings, and the moves that people make on it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.views import TABLE_TYPES, file_answer, table_answer
from qualicity.engines.tables import annotated
from qualicity.errors import NotFoundError
from qualicity.evidence.submissions import actions, permissions, queries
from qualicity.evidence.submissions.lifecycle import WHO_ACTS, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.registers import Register
    from qualicity.evidence.submissions.models import Submission

PAGE = 50
FINDINGS = 50


def _wanted(request: SignedIn) -> queries.Wanted:
    given = request.GET
    return queries.Wanted(
        register=given.get("register", ""),
        organisation=given.get("organisation", ""),
        state=given.get("state", "") if given.get("state") in State.values else "",
        search=given.get("q", "").replace("\x00", ""),
        late=True if given.get("late") else None,
    )


@login_required
def submissions(request: SignedIn) -> HttpResponse:
    """List submissions; filtered, paged, downloadable."""
    return _list(request, queries.submissions(by=request.user, wanted=_wanted(request)), "submissions")


@login_required
def review(request: SignedIn) -> HttpResponse:
    """List what waits for the office, late ones first."""
    accounts.check(request.user, permissions.REVIEW)
    return _list(request, queries.queue(by=request.user), "review")


def _list(request: SignedIn, found: QuerySet[Submission], page: str) -> HttpResponse:
    if request.GET.get("format") in TABLE_TYPES:
        return table_answer(_frame(found[:100_000]), "submissions", request.GET["format"])
    pager = Paginator(found, PAGE).get_page(request.GET.get("page"))
    registers = {one.register.code: one.register for one in queries.registers(by=request.user)}
    context = {
        "page": pager,
        "rows": [(one, registers.get(one.register)) for one in pager],
        "registers": registers.values(),
        "units": accounts.organisations() if accounts.sees_all(request.user, permissions.READ) else (),
        "states": State,
        "wanted": _wanted(request),
        "may_create": accounts.can(request.user, permissions.CREATE),
    }
    template = "submissions/_list.html" if request.htmx else f"submissions/{page}.html"
    return render(request, template, context)


def _frame(found: QuerySet[Submission]) -> pl.DataFrame:
    language = get_language() or "zh-hans"
    rows = [
        (one.pk, one.register, one.organisation.title(language), one.period.label, str(one.state), one.rows,
         one.accepted_rows, one.refused_rows, one.errors, one.warnings, one.late, one.created_at.isoformat(),
         one.file_name)
        for one in found
    ]  # fmt: skip
    names = (
        "submission", "register", "organisation", "period", "state", "rows", "accepted_rows", "refused_rows",
        "errors", "warnings", "late", "created_at", "file_name",
    )  # fmt: skip
    return pl.DataFrame(rows, schema=list(names), orient="row", infer_schema_length=None)


@login_required
def submission(request: SignedIn, number: int) -> HttpResponse:
    """Show one submission: what it is, what the checks found, what can be done now, what happened."""
    one = queries.submission(number, by=request.user)
    register = queries.register_of(one.register)
    severity, rule = request.GET.get("severity", ""), request.GET.get("rule", "")
    start = request.GET.get("start", "0")
    first = int(start) if start.isdecimal() and len(start) < 10 else 0
    page = queries.findings_page(one, by=request.user, severity=severity, rule=rule, start=first, limit=FINDINGS)
    context = {
        "one": one,
        "register": register,
        "findings": [(each, _headings(each.column, register)) for each in queries.plain_findings(page.frame)],
        "groups": page.groups,
        "total": page.total,
        "severity": severity,
        "rule": rule,
        "first": first + 1,
        "last": first + page.frame.height,
        "previous": max(first - FINDINGS, 0) if first else None,
        "following": first + FINDINGS if first + FINDINGS < page.total else None,
        "english": (get_language() or "").startswith("en"),
    }
    if request.htmx:
        return render(request, "submissions/_findings.html", context)
    verbs = [move.verb for move in queries.moves(one, by=request.user)]
    same = {"register": one.register, "organisation": one.organisation.code, "period": one.period.label}
    context |= {
        "verbs": verbs,
        "primary": next((verb for verb in ("submit", "accept", "accept_good_rows") if verb in verbs), "return"),
        "needs_words": bool("submit" in verbs and one.warnings),
        "again": urlencode(same | {"profile": one.profile}),
        "correction": urlencode({"corrects": one.pk}),
        "its_rows": urlencode({"submission": one.pk}),
        "next": WHO_ACTS[State(one.state)],
        "events": queries.history(one, by=request.user),
        "may_correct": queries.can_correct(one, by=request.user),
        "may_file_again": one.state == State.RETURNED
        and accounts.can(request.user, permissions.CREATE, organisation=one.organisation),
    }
    return render(request, "submissions/submission.html", context)


def _headings(columns: str, register: Register) -> str:
    """Return the headings that people read for the column (or columns) that a finding names."""
    language = get_language() or "zh-hans"
    titles = {one.name: one.title.in_language(language) for one in register.columns}
    return " | ".join(titles.get(name, name) for name in columns.split(" | "))


@login_required
@require_POST
def move(request: SignedIn, number: int, verb: str) -> HttpResponse:
    """Submit, withdraw, return or accept."""
    one = queries.submission(number, by=request.user)
    said = request.POST.get("said", "")
    one.state = request.POST.get("seen", one.state)
    moves: dict[str, tuple[Callable[[], Submission], str]] = {
        "submit": (
            lambda: actions.submit(submission=one, explanation=said, by=request.user),
            _("Submitted. The office will accept it or send it back."),
        ),
        "withdraw": (lambda: actions.withdraw(submission=one, reason=said, by=request.user), _("Withdrawn.")),
        "return": (
            lambda: actions.return_(submission=one, reason=said, by=request.user),
            _("Sent back with your reason."),
        ),
        "accept": (
            lambda: actions.accept(submission=one, reason=said, by=request.user),
            _("Accepted. Its rows are in the register."),
        ),
        "accept_good_rows": (
            lambda: actions.accept(submission=one, reason=said, good_rows_only=True, by=request.user),
            _("The good rows are in the register; the refused ones stay counted."),
        ),
    }
    if verb not in moves:
        raise NotFoundError(f"没有“{verb}”这项操作。", f"There is no such thing to do: “{verb}”.")
    action, told = moves[verb]
    action()
    messages.success(request, told)
    return redirect(f"{reverse('submissions:submission', args=[number])}?{request.GET.urlencode()}")


@login_required
def workbook(request: SignedIn, number: int) -> HttpResponse:
    """Give the submitter's own workbook back, with the faulty cells marked and explained."""
    one = queries.submission(number, by=request.user)
    register = queries.register_of(one.register)
    found = queries.findings(one, by=request.user)
    target = io.BytesIO()
    annotated.annotate(
        queries.original(one, by=request.user),
        found.filter(pl.col("severity") != "note"),
        register,
        target,
        profile=queries.profile_of(one.profile, register) if one.profile else None,
    )
    name = f"{one.file_name.rsplit('.', 1)[0]}-{one.pk}.xlsx"
    return file_answer(target.getvalue(), name, TABLE_TYPES["xlsx"])


@login_required
def findings(request: SignedIn, number: int, form: str) -> HttpResponse:
    """Give the findings as a table."""
    one = queries.submission(number, by=request.user)
    if form not in TABLE_TYPES:
        raise NotFoundError("只能下载 csv 或 xlsx。", "Only csv and xlsx can be downloaded.")
    return table_answer(queries.findings(one, by=request.user), f"findings-{one.pk}", form)


@login_required
def original(request: SignedIn, number: int) -> FileResponse:
    """Give the file as it came."""
    one = queries.submission(number, by=request.user)
    path = queries.original(one, by=request.user)
    if not path.is_file():
        raise NotFoundError(
            "原始文件不在服务器上，请从备份恢复。", "The file is not there; restore it from the backup."
        )
    # Never shown in the browser: a stranger's file could be a page.
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=one.file_name, content_type="application/octet-stream"
    )


@login_required
def cover(request: SignedIn, number: int) -> HttpResponse:
    """Show the cover sheet that is printed and stamped."""
    one = queries.submission(number, by=request.user)
    page = queries.findings_page(one, by=request.user, limit=0)
    context = {"one": one, "register": queries.register_of(one.register), "groups": page.groups}
    return render(request, "submissions/cover.html", context)
