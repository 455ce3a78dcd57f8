"""The public pages, each from the tables that were let out and from nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError
from qualicity.publication.opendata import queries
from qualicity.publication.portal.views.shown import Column, latest, now_of, public, readable, show

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from qualicity.definitions.open_tables import OpenTable
    from qualicity.publication.opendata.queries import Edition

PAGE = 50
DOORS = (
    ("spot_check_results", "results"),
    ("listings", "listings"),
    ("penalties", "penalties"),
    ("draws", "draws"),
    ("alerts", "alerts"),
    ("recalls", "recalls"),
)
"""Tables that have a door on the first page, and the page behind it."""
ORDER = ("not_met", "undecided", "met", "not_due", "no_data", "no_target")


@dataclass(frozen=True, slots=True)
class Card:
    """One door on the first page."""

    name: str
    title: str
    text: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """What one table holds of an enterprise."""

    table: OpenTable
    fields: tuple[Column, ...]
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """One table in the list of tables."""

    table: OpenTable
    rows: int
    changed: datetime | None


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show how the plan stands, and every other door."""
    now, one_for_each = now_of(request), _("One page for each, by name or code.")
    cards = [Card("enterprises", _("Enterprises"), one_for_each, _count(now, "enterprises"))]
    for code, name in DOORS:
        found = queries.table_of(code)
        cards.append(Card(name, _in_language(found.title), _in_language(found.text), _count(now, code)))
    cards.append(Card("data", _("Open data"), _("Every table to take along, and calls for programs."), None))
    given = {"totals": _totals(now), "cards": cards}
    return show(request, "home", "home", given, changed=now.published_at)


@public
def indicators(request: HttpRequest) -> HttpResponse:
    """Show every target of the plan with its value."""
    now, status = now_of(request), request.GET.get("status", "")
    found = queries.rows("indicators", filters={"status": status}, limit=queries.MOST, now=now).rows
    titles = {one.code: _in_language(one.title) for one in registry.plan().areas}
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        groups.setdefault(titles.get(row["area"], row["area"]), []).append(row)
    given = {"areas": list(groups.items()), "totals": _totals(now), "given": {"status": status}}
    return show(request, "indicators", "indicators", given, changed=latest(now, "indicators"))


@public
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show one target: its value, how it was computed, and each place."""
    now = now_of(request)
    row = queries.row("indicators", (registry.plan().code, code), now=now)
    places = [one for one in queries.related("indicator_places", "code", code, now=now) if one["level"] == "part"]
    changed = latest(now, "indicators", "indicator_places")
    return show(request, "indicator", "indicators", {"row": row, "places": places}, changed=changed)


@public
def enterprises(request: HttpRequest) -> HttpResponse:
    """Look an enterprise up."""
    now = now_of(request)
    given = {name: request.GET[name] for name in ("q", "after") if request.GET.get(name)}
    limit = PAGE if given.get("q") else 1
    found = queries.rows("enterprises", search=given.get("q", ""), after=given.get("after", ""), limit=limit, now=now)
    return show(
        request, "enterprises", "enterprises", {"found": found, "given": given}, changed=latest(now, "enterprises")
    )


@public
def enterprise(request: HttpRequest, uscc: str) -> HttpResponse:
    """Show what is public of one enterprise."""
    now = now_of(request)
    row = queries.row("enterprises", (uscc.upper(),), now=now)
    parts = parts_of(row["uscc"], now)
    given = {"row": row, "table": queries.table_of("enterprises"), "parts": parts}
    changed = latest(now, "enterprises", *(part.table.code for part in parts))
    return show(request, "enterprise", "enterprises", given, changed=changed)


def parts_of(uscc: str, now: Edition) -> list[Part]:
    """Return what every table that names an enterprise by its code holds of this one."""
    found = []
    for table in catalogue().open_tables.values():
        naming = [one.code for one in table.fields if one.joins == "enterprises"]
        if not naming:
            continue
        rows = [row for field in naming for row in queries.related(table.code, field, uscc, now=now)]
        once = {tuple(row[part] for part in table.key): row for row in rows}
        found.append(Part(table, readable(table), list(once.values())))
    return sorted(found, key=lambda part: not part.rows)  # what there is comes before what there is not


@public
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """Show one table as a list to read, page by page."""
    now, table = now_of(request), queries.table_of(code)
    given = {name: request.GET[name] for name in ("q", "after") if request.GET.get(name)}
    searchable = any(one.search for one in table.fields)
    search = given.get("q", "") if searchable else ""
    found = queries.rows(code, search=search, after=given.get("after", ""), limit=PAGE, now=now)
    shown = {"table": table, "found": found, "given": given, "fields": readable(table), "searchable": searchable}
    return show(request, "list", code, shown, changed=latest(now, code))


@public
def data(request: HttpRequest) -> HttpResponse:
    """Show every open table and how programs get at it."""
    now = now_of(request)
    lines = [Line(one, _count(now, one.code), now.changed_at(one.code)) for one in catalogue().open_tables.values()]
    return show(request, "data", "data", {"tables": lines}, changed=now.published_at)


@public
def table(request: HttpRequest, code: str) -> HttpResponse:
    """Show one open table: its first rows, its fields, its licence."""
    now = now_of(request)
    given = {"table": queries.table_of(code), "found": queries.rows(code, limit=5, now=now)}
    return show(request, "table", "data", given, changed=latest(now, code))


@public
def complain(request: HttpRequest) -> HttpResponse:
    """Say how to complain, and by when the law in force answers."""
    now = now_of(request)
    try:
        law, step = catalogue().laws["complaints"].step("accept", on=now.day)
    except NotFoundError:  # no text is known for the day: then no number is said
        return show(request, "complain", "complain", {})
    return show(request, "complain", "complain", {"law": law, "step": step})


@public
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show every feed."""
    return show(request, "subscribe", "subscribe", {"tables": list(catalogue().open_tables.values())})


def stopped(request: HttpRequest, *, status: int, heading: str, sentence: str) -> HttpResponse:
    """Show a public page that says why there is nothing to show."""
    response = show(request, "error", "", {"heading": heading, "sentence": sentence})
    response.status_code = status
    return response


def _totals(now: Edition) -> list[tuple[str, int]]:
    counts = Counter(queries.whole("indicators", now=now).get_column("status").to_list())
    return [(state, counts[state]) for state in ORDER if counts[state]]


def _count(now: Edition, code: str) -> int:
    return queries.whole(code, now=now).height


def _in_language(words: Any) -> str:
    return str(words.in_language(language()))
