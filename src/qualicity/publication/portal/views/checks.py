"""Spot checks in public: each result with what followed beside it, and draws that anybody can repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.errors import NotFoundError
from qualicity.publication.opendata import queries
from qualicity.publication.portal.views.shown import latest, now_of, public, readable, show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 50
CONCLUSIONS = ("unqualified", "qualified")


@public
def results(request: HttpRequest) -> HttpResponse:
    """Show what spot checks found, each failure with what followed."""
    now = now_of(request)
    given = {name: request.GET[name] for name in ("q", "after", "conclusion") if request.GET.get(name)}
    conclusion = given.get("conclusion", "")
    found = queries.rows(
        "spot_check_results", filters={"conclusion": conclusion}, search=given.get("q", ""),
        after=given.get("after", ""), limit=PAGE, now=now,
    )  # fmt: skip
    followed = {row["token"]: row for row in _follow_ups(found.rows, now)}
    rows = [(row, followed.get(row["follow_up"])) for row in found.rows]
    titles = found.table.field("conclusion").values
    conclusions = [(one, titles[one]) for one in CONCLUSIONS]
    shown = {"rows": rows, "found": found, "given": given, "conclusions": conclusions}
    changed = latest(now, "spot_check_results", "spot_check_follow_ups")
    return show(request, "results", "results", shown, changed=changed)


@public
def result(request: HttpRequest, token: str) -> HttpResponse:
    """Show one result, and what followed beside it."""
    now = now_of(request)
    table, other = queries.table_of("spot_check_results"), queries.table_of("spot_check_follow_ups")
    row = queries.row(table.code, (token,), now=now)
    followed = _follow_ups([row], now)
    shown = {
        "row": row,
        "columns": readable(table),
        "followed": followed[0] if followed else None,
        "follow_columns": readable(other),
        "corrections": queries.related("corrections", "token", token, now=now),
    }
    changed = latest(now, table.code, other.code, "corrections")
    return show(request, "result", "results", shown, changed=changed)


@public
def draws(request: HttpRequest) -> HttpResponse:
    """Show the draws whose checks are done."""
    now = now_of(request)
    found = queries.rows("draws", after=request.GET.get("after", ""), limit=PAGE, now=now)
    given = {"after": request.GET.get("after", "")}
    fields = {one.code: one for one in found.table.fields}
    return show(
        request, "draws", "draws", {"found": found, "given": given, "fields": fields}, changed=latest(now, "draws")
    )


@public
def draw(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """Show one draw: what it drew from and with which seed, whom it drew, and how to repeat it."""
    now = now_of(request)
    row = queries.row("draws", (plan, number), now=now)
    drawn = queries.rows(
        "draw_targets", filters={"plan": plan, "draw": str(number)}, after=request.GET.get("after", ""),
        limit=queries.MOST, now=now,
    )  # fmt: skip
    shown = {
        "row": row,
        "columns": readable(queries.table_of("draws")),
        "address": queries.frame_address(row),
        "script": queries.script(row),
        "found": drawn,
        "fields": readable(drawn.table),
        "given": {"after": request.GET.get("after", "")},
    }
    return show(request, "draw", "draws", shown, changed=latest(now, "draws", "draw_targets"))


def _follow_ups(rows: list[dict[str, object]], now: queries.Edition) -> list[dict[str, object]]:
    found = []
    for row in rows:
        if not row["follow_up"]:
            continue
        try:
            found.append(queries.row("spot_check_follow_ups", (row["follow_up"],), now=now))
        except NotFoundError:  # its time is over sooner than that of the result
            continue
    return found
