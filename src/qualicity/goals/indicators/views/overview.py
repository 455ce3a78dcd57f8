"""The overview: every target with its value, the places on a map of tiles, what needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.goals.indicators import queries
from qualicity.goals.indicators.queries.kept import Kept
from qualicity.goals.indicators.views import downloads
from qualicity.goals.indicators.views.standing import asked
from qualicity.methods.judgement import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.goals.indicators.queries import IndicatorValue, PlaceSummary

#: Sides of a tile and the room between two, in the units of the map.
TILE, GAP = 92, 6
_TABLES: Kept[str] = Kept(200)
CONCERNS = {
    "waiting": ("inbox", _("Submissions wait for the office")),
    "not_met": ("circle-x", _("Targets not met")),
    "behind": ("trending-down", _("Targets behind their course")),
    "missing": ("clock-exclamation", _("Reports are overdue")),
    "undecided": ("help-circle", _("Targets with too few samples to decide")),
    "uncertain": ("alert-triangle", _("Judgements that could go either way")),
    "no_data": ("circle-dashed", _("Targets without data")),
    "refused": ("filter", _("Values with refused rows beside them")),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One place on the map: where its tile lies and in which of four tones."""

    summary: PlaceSummary
    x: int
    y: int
    tone: str

    @property
    def middle(self) -> int:
        """Return the middle of the tile across."""
        return self.x + TILE // 2


@login_required
def overview(request: SignedIn) -> HttpResponse:
    """Show every target with its value, narrowed by words, area and status; downloads as CSV or Excel."""
    standing = registry.standing(request.GET)
    common = asked(request, standing)
    every = queries.values(**common, place=standing.place)
    found = _narrowed([one for one in every if one.applies], request)
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        return table_answer(downloads.of_values(found), f"{standing.plan.code}-{standing.as_of}", form)
    context: dict[str, Any] = {
        "areas": [one for one in queries.by_area(standing.plan, found) if one.values],
        "count": len(found),
        "filters": {name: request.GET.get(name, "") for name in ("q", "area", "status")},
        "statuses": list(Status),
    }
    # Half of the page's time goes into this table, and it follows from what the values follow from.
    seen = queries.snapshot(standing.plan, as_of=standing.as_of, known_on=standing.known_on)
    key = (seen, standing.query, get_language(), tuple(context["filters"].values()))
    table = _TABLES.get(key, lambda: render_to_string("indicators/_targets.html", context, request))
    if request.htmx:
        return HttpResponse(table)
    context["table"] = mark_safe(table)  # noqa: S308 -- our own template has just made it
    tiles = _tiles(queries.places(**common))
    concerns = queries.attention(
        plan=standing.plan, found=every, as_of=standing.as_of, known_on=standing.known_on, by=request.user
    )
    context |= {
        "totals": _totals(every),
        "tiles": tiles,
        "map_width": max((tile.x for tile in tiles), default=0) + TILE,
        "map_height": max((tile.y for tile in tiles), default=0) + TILE,
        "tile": TILE,
        "concerns": [(one, *CONCERNS[one.kind]) for one in concerns],
        "plan_areas": standing.plan.areas,
    }
    return render(request, "indicators/overview.html", context)


def _narrowed(found: Sequence[IndicatorValue], request: SignedIn) -> list[IndicatorValue]:
    words = request.GET.get("q", "").strip().lower()
    area, status = request.GET.get("area", ""), request.GET.get("status", "")
    return [
        one
        for one in found
        if (not area or one.area == area)
        and (not status or status in (one.status, one.pace, one.certainty))
        and (not words or words in _searched(one))
    ]


def _searched(one: IndicatorValue) -> str:
    """Return what a search looks through: code, titles, and the initials of the title's pinyin."""
    initials = "".join(lazy_pinyin(one.title.zh, style=Style.FIRST_LETTER))
    return f"{one.code} {one.title.zh} {one.title.en} {initials}".lower()


def _totals(found: Sequence[IndicatorValue]) -> list[tuple[str, int]]:
    counted = [(str(status), sum(one.status is status for one in found if one.applies)) for status in Status]
    return [(status, count) for status, count in counted if count]


def _tiles(summaries: Sequence[PlaceSummary]) -> list[Tile]:
    """Lay the places out as the plan draws them; those without a place on the map go into a row below."""
    known = [one for one in summaries if one.place.tile is not None]
    below = max((one.place.tile[1] for one in known if one.place.tile), default=-1) + 1
    spare = [one for one in summaries if one.place.tile is None]
    spots = [(one, one.place.tile or (0, 0)) for one in known]
    spots += [(one, (position, below)) for position, one in enumerate(spare)]
    left = min((x for _, (x, _) in spots), default=0)
    top = min((y for _, (_, y) in spots), default=0)
    step = TILE + GAP
    return [Tile(one, (x - left) * step, (y - top) * step, _tone(one)) for one, (x, y) in spots]


def _tone(one: PlaceSummary) -> str:
    if one.share is None:
        return "none"
    if one.share == 1.0:
        return "all"
    return "most" if one.share >= 0.8 else "few"
