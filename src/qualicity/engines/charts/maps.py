"""Places as tiles where the plan draws them, and counts stacked in bars: what an overview is drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualicity.engines.charts.specifications import FONT, INK, SCHEMA, Specification

#: From few to all: light to dark, told apart in black and white too.
SHADES = ("#dbe7f3", "#2f6fb5")
UNKNOWN = "#eceff1"


@dataclass(frozen=True, slots=True)
class Tile:
    """One place of the map: where it lies, its name, what its shade shows (0..1) and the words for it."""

    name: str
    x: int
    y: int
    share: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Portion:
    """One stretch of one bar: how many of which kind."""

    bar: str
    kind: str
    count: int


def tiles(found: Sequence[Tile], *, size: int = 84) -> Specification:
    """Return a map of tiles, each with its name and its words, darker where the share is greater."""
    known = [one.share for one in found if one.share is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    middle = (low + high) / 2.0
    values = [
        {
            "name": one.name,
            "x": one.x,
            "y": one.y,
            "share": one.share,
            "words": one.words,
            "dark": one.share is not None and one.share > middle,
        }
        for one in found
    ]
    across = {"field": "x", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.05}}
    down = {"field": "y", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.05}}
    shade = {
        "condition": {
            "test": "datum.share !== null",
            "field": "share",
            "type": "quantitative",
            "legend": None,
            "scale": {"domain": [low, high], "range": list(SHADES)},
        },
        "value": UNKNOWN,
    }
    ink = {"condition": {"test": "datum.dark", "value": "white"}, "value": INK}
    place = {"x": across, "y": down}
    layers: list[Specification] = [
        {"mark": {"type": "rect", "cornerRadius": 4}, "encoding": place | {"color": shade}},
        _words("name", ink, place, -9, size),
        _words("words", ink, place, 11, size),
    ]
    columns, rows = len({one.x for one in found}), len({one.y for one in found})
    return _framed(values, layers, size * max(columns, 1), round(size * 0.72) * max(rows, 1))


def _words(field: str, ink: Specification, place: Specification, down: int, size: int) -> Specification:
    text = {"type": "text", "dy": down, "fontSize": 12, "limit": size - 8, "font": FONT}
    return {"mark": text, "encoding": place | {"text": {"field": field, "type": "nominal"}, "color": ink}}


def stacked(
    found: Sequence[Portion], *, kinds: Sequence[str], colours: Sequence[str], width: int = 520
) -> Specification:
    """Return a bar for each name, its kinds stacked in the order given, each stretch with its count."""
    bars = list(dict.fromkeys(one.bar for one in found))
    values = [
        {"bar": one.bar, "kind": one.kind, "count": one.count, "order": kinds.index(one.kind)}
        for one in found
        if one.count
    ]
    down = {"field": "bar", "type": "nominal", "sort": bars, "axis": {"title": None, "labelLimit": 200}}
    across = {"field": "count", "type": "quantitative", "stack": "zero", "axis": {"title": None, "tickMinStep": 1}}
    order = {"field": "order", "type": "quantitative"}
    scale = {"domain": list(kinds), "range": list(colours)}
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": scale,
        "legend": {"title": None, "orient": "bottom", "symbolType": "square"},
    }
    middle = across | {"bandPosition": 0.5}
    layers: list[Specification] = [
        {
            "mark": {"type": "bar", "height": {"band": 0.7}},
            "encoding": {"y": down, "x": across, "color": colour, "order": order},
        },
        {
            "mark": {"type": "text", "fontSize": 11, "font": FONT, "color": "white"},
            "encoding": {
                "y": down,
                "x": middle,
                "order": order,
                "detail": {"field": "kind", "type": "nominal"},
                "text": {"field": "count", "type": "quantitative"},
            },
        },
    ]
    return _framed(values, layers, width, 22 * max(1, len(bars)))


def _framed(values: Sequence[Specification], layers: list[Specification], width: int, height: int) -> Specification:
    axis = {"labelColor": INK, "tickColor": INK, "domainColor": INK, "gridColor": INK, "gridOpacity": 0.12}
    return {
        "$schema": SCHEMA,
        "background": None,
        "width": width,
        "height": height,
        "data": {"values": list(values)},
        "layer": layers,
        "config": {"font": FONT, "view": {"stroke": None}, "axis": axis | {"labelFontSize": 11}},
    }
