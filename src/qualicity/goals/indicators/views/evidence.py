"""The rows behind a value, each with the submission, the person and the file that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import polars as pl
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import get_language

from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.definitions.periods import parse
from qualicity.goals.indicators import queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.registers import Register
    from qualicity.evidence.submissions.queries import Origin
    from qualicity.goals.indicators.queries import EvidencePage

PAGE = 50


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row: (is a figure, text) for each column, whether it counts as passing, where it came from."""

    cells: tuple[tuple[bool, str], ...]
    passes: bool | None
    origin: Origin | None
    number: int


@login_required
def rows(request: SignedIn, code: str) -> HttpResponse:
    """Show a page of the rows; downloads (at most 100 000) as CSV or Excel."""
    standing = registry.standing(request.GET)
    form = request.GET.get("format", "")
    offset = _whole(request.GET.get("offset", ""))
    page = queries.rows(
        code,
        plan=standing.plan,
        as_of=standing.as_of,
        known_on=standing.known_on,
        place=standing.place,
        period=parse(request.GET["period"]) if request.GET.get("period") else None,
        part=request.GET.get("part") or None,
        offset=0 if form else offset,
        limit=queries.MOST if form else PAGE,
        by=request.user,
    )
    if form in TABLE_TYPES:
        return table_answer(page.rows, f"{code}-{page.period.label}-{page.part}".replace("/", "_"), form)
    address = {"period": page.period.label, "part": page.part}
    context: dict[str, Any] = {
        "indicator": queries.indicator_of(standing.plan, code),
        "page": page,
        "columns": [page.register.column(name) for name in page.register.names],
        "rows": _shown(page, standing.plan),
        "is_share": page.passes.dtype == pl.Boolean
        and queries.indicator_of(standing.plan, code).measure.kind == "share",
        "first": offset + 1 if page.rows.height else 0,
        "last": offset + page.rows.height,
        "earlier": urlencode(address | {"offset": max(0, offset - PAGE)}) if offset else "",
        "later": urlencode(address | {"offset": offset + PAGE}) if offset + PAGE < page.total else "",
        "parts": [(part, urlencode({"period": page.period.label, "part": part})) for part in page.parts],
    }
    return render(request, "indicators/_rows.html" if request.htmx else "indicators/rows.html", context)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _shown(page: EvidencePage, plan: Plan) -> list[ShownRow]:
    language = get_language() or "zh-hans"
    places = {place.code: place.title.in_language(language) for place in plan.places}
    titles = {**_titles(page.register, language), page.register.place: places}
    shown = []
    for row, passes in zip(page.rows.iter_rows(named=True), page.passes, strict=True):
        cells = tuple(
            (
                isinstance(row[name], int | float) and not isinstance(row[name], bool),
                _text(row[name], titles.get(name)),
            )
            for name in page.register.names
        )
        shown.append(ShownRow(cells, passes, page.origins.get(row["submission_id"]), int(row["row_number"])))
    return shown


def _titles(register: Register, language: str) -> dict[str, dict[str, str]]:
    return {
        column.name: {one.code: one.title.in_language(language) for one in column.codes}
        for column in register.columns
        if column.codes
    }


def _text(cell: object, titles: dict[str, str] | None) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, bool):
        return "✓" if cell else "✗"
    if isinstance(cell, float):
        return f"{cell:.12g}"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return titles.get(str(cell), str(cell)) if titles else str(cell)
