"""The charts of the report: the same specifications as on the pages, with the same colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.engines.charts import maps, specifications
from qualicity.engines.charts.maps import Portion, Tile
from qualicity.engines.charts.specifications import Point
from qualicity.methods.judgement import Status
from qualicity.methods.rounding import round_half_even
from qualicity.publication.reports.queries import wording
from qualicity.publication.reports.queries.analysing import wants_less

if TYPE_CHECKING:
    from qualicity.definitions.plans import Place
    from qualicity.engines.charts.specifications import Specification
    from qualicity.publication.reports.queries.facts import Facts, TargetFact
    from qualicity.publication.reports.queries.parts import Pages
    from qualicity.publication.reports.queries.voice import Voice

_KINDS = {
    Status.met: "#2e8b57",
    Status.not_met: "#c0392b",
    Status.undecided: "#b9770e",
    Status.not_due: "#2f6fb5",
    Status.no_data: "#9aa5b1",
    Status.no_target: "#7c8894",
}
_STAGE = "#5d8aa8"


def add_target(pages: Pages, fact: TargetFact) -> None:
    """Add the course of one target over its periods, and beside it how its places compare."""
    voice, name = pages.voice, wording.title(pages.voice, fact)
    if len(fact.places) < 3:
        pages.picture(
            voice.say("caption.trend", title=name),
            voice.plain("alternative.trend", title=name),
            _trend(voice, fact, width=600, height=120),
        )
        return
    row = 12
    left = _trend(voice, fact, width=300, height=row * len(fact.places))
    chart = specifications.beside(left, _places(voice, fact, width=250, row=row))
    pages.picture(voice.say("caption.target", title=name), voice.plain("alternative.target", title=name), chart)


def _trend(voice: Voice, fact: TargetFact, *, width: int, height: int) -> Specification:
    indicator = fact.review.indicator
    digits = indicator.target.decimals + 1
    points = [
        Point(
            one.period.label,
            _rounded(one.estimate.value, digits),
            _rounded(one.estimate.low, digits),
            _rounded(one.estimate.high, digits),
            one.aim if one.path is None else _rounded(one.path, digits),
        )
        for one in fact.history
    ]
    unit = voice.unit(indicator.unit)
    return specifications.trend(points, unit=unit, aim_label=_aim(voice, fact), width=width, height=height)


def _places(voice: Voice, fact: TargetFact, *, width: int, row: int) -> Specification:
    indicator, names = fact.review.indicator, {one.code: one for one in voice.plan.places}
    tones = {Status.met: "met", Status.not_met: "not_met"}
    ordered = sorted(fact.places, key=lambda one: one.value.value or 0.0, reverse=not wants_less(indicator))
    points = [
        Point(
            short_name(voice, names[one.value.place]),
            one.value.value,
            one.value.low,
            one.value.high,
            one.value.aim,
            tones.get(one.value.status, "other"),
        )
        for one in ordered
    ]
    unit = voice.unit(indicator.unit)
    return specifications.places(points, unit=unit, aim_label=_aim(voice, fact), width=width, row=row)


def _aim(voice: Voice, fact: TargetFact) -> str:
    aim = wording.aim(voice, fact)
    return aim.text if aim else ""


def add_statuses(pages: Pages, facts: Facts) -> None:
    """Add the statuses of all areas as stacked bars."""
    voice = pages.voice
    names = {status: voice.text(f"status.{status}") for status in _KINDS}
    stage = voice.text("status.interim")
    found = [
        Portion(voice.words(area.title), names[status], area.count(status))
        for area in facts.areas
        for status in _KINDS
    ]
    found += [Portion(voice.words(area.title), stage, area.interim) for area in facts.areas]
    used = [one.kind for one in found if one.count]
    kinds = [name for name in (*names.values(), stage) if name in used]
    colours = dict(zip(names.values(), _KINDS.values(), strict=True)) | {stage: _STAGE}
    chart = maps.stacked(found, kinds=kinds, colours=[colours[kind] for kind in kinds], width=470)
    pages.picture(voice.say("caption.status_chart"), voice.text("alternative.status_chart"), chart)


def add_map(pages: Pages, facts: Facts) -> None:
    """Add the places as tiles, darker where more of the targets are reached."""
    voice = pages.voice
    drawn = [
        Tile(
            short_name(voice, one.place),
            one.place.tile[0],
            one.place.tile[1],
            one.share,
            "" if one.share is None else voice.shown(one.share * 100.0, 0, "%"),
        )
        for one in facts.places
        if one.place.tile is not None
    ]
    if drawn:
        pages.picture(voice.say("caption.map"), voice.text("alternative.map"), maps.tiles(drawn))


def short_name(voice: Voice, place: Place) -> str:
    """Return a name that fits a tile or a cell: the first other name that people use where the full one is long."""
    full = voice.words(place.title)
    return place.aliases[0] if not voice.english and len(full) > 6 and place.aliases else full


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else round_half_even(value, decimals)
