"""The registers: what each is, how to fill it in, what it holds."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, file_answer, table_answer
from qualicity.engines.tables import templates
from qualicity.engines.tables.schemas import json_schema
from qualicity.errors import InputError
from qualicity.evidence.submissions import permissions, queries
from qualicity.evidence.submissions.forms import RowsForm

if TYPE_CHECKING:
    import polars as pl

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.registers import Register

EXPORTED = 1_000_000
_FIGURES = ("integer", "number")
IN_A_SHEET = 100_000


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row as the page shows it: (kind, text) per column, and where it came from."""

    cells: tuple[tuple[str, str], ...]
    submission: int
    number: int


@login_required
def registers(request: SignedIn) -> HttpResponse:
    """List the registers."""
    rows = queries.registers(by=request.user)
    return render(request, "submissions/registers.html", {"rows": rows})


@login_required
def register(request: SignedIn, code: str) -> HttpResponse:
    """Show one register: what it is for, its columns, its rows."""
    state, standing = queries.register(code, by=request.user), registry.standing(request.GET)
    narrowing = _narrowing(request)
    form = request.GET.get("format", "")
    if form in TABLE_TYPES:
        return _download(request, code, narrowing, form)
    page = queries.rows(
        code, by=request.user, narrowing=narrowing, known_on=standing.known_on, cursor=request.GET.get("cursor", "")
    )
    first = int(request.GET.get("cursor") or 0)
    context = {
        "state": state,
        "register": state.register,
        "columns": [state.register.column(name) for name in state.register.names],
        "rows": _shown(state.register, page.frame, standing.plan),
        "total": page.total,
        "cursor": page.cursor,
        "previous": str(max(first - queries.PAGE, 0)) if first else None,
        "first": first + 1,
        "last": first + page.frame.height,
        "narrowing": narrowing,
        "places": standing.plan.places,
        "profiles": queries.profiles_for(state.register),
        "may_create": accounts.can(request.user, permissions.CREATE),
        "filing": urlencode({"register": code}),
    }
    template = "submissions/_rows.html" if request.htmx else "submissions/register.html"
    return render(request, template, context)


def _shown(register: Register, frame: pl.DataFrame, plan: Plan) -> tuple[ShownRow, ...]:
    language = get_language() or "zh-hans"
    labels = {
        one.name: {code.code: code.title.in_language(language) for code in one.codes} for one in register.columns
    }
    names = {one.code: one.title.in_language(language) for one in plan.places}
    labels |= {one.name: names for one in register.columns if one.type == "place"}
    kinds = {one.name: "figure" if one.type in _FIGURES else one.type for one in register.columns}
    return tuple(
        ShownRow(
            tuple((kinds[name], _text(row[name], labels[name])) for name in register.names),
            row["submission_id"],
            row["row_number"],
        )
        for row in frame.iter_rows(named=True)
    )


def _text(value: Any, labels: dict[str, str]) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:.10g}"
    return labels.get(value, str(value)) if isinstance(value, str) else str(value)


def _narrowing(request: SignedIn) -> queries.Narrowing:
    form = RowsForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    return queries.Narrowing(
        place=given.get("within") or "",
        since=given.get("since"),
        until=given.get("until"),
        search=given.get("q") or "",
        submission=given.get("submission"),
    )


def _download(request: SignedIn, code: str, narrowing: queries.Narrowing, form: str) -> HttpResponse:
    most = EXPORTED if form == "csv" else IN_A_SHEET
    known_on = registry.standing(request.GET).known_on
    frame = (
        queries.visible_rows(code, by=request.user, narrowing=narrowing, known_on=known_on).head(most + 1).collect()
    )
    if frame.height > most:
        raise InputError(
            f"符合条件的数据超过 {most} 行，请缩小地区或日期范围后下载，或用命令 qualicity register rows 导出。",
            f"More than {most} rows match. Narrow the place or the days, or export with: qualicity register rows",
        )
    return table_answer(frame, code, form)


@login_required
def template(request: SignedIn, code: str) -> HttpResponse:
    """Give the template to fill in."""
    one = queries.register(code, by=request.user).register
    target = io.BytesIO()
    templates.write_template(one, places=registry.places(registry.standing(request.GET).plan), target=target)
    return file_answer(target.getvalue(), f"{one.title.zh}-{code}.xlsx", TABLE_TYPES["xlsx"])


@login_required
def schema(request: SignedIn, code: str) -> HttpResponse:
    """Give the JSON schema of a row."""
    return JsonResponse(
        json_schema(queries.register(code, by=request.user).register), json_dumps_params={"ensure_ascii": False}
    )
