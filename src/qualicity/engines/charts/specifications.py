"""What is drawn: a trend with its interval and target, and places beside each other with theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Specification: TypeAlias = dict[str, Any]

FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
INK = "#33404d"
LINE, BAND, AIM = "#2f6fb5", "#2f6fb5", "#c0392b"
TONES = {"met": "#2e8b57", "not_met": "#c0392b", "other": "#7c8894"}


@dataclass(frozen=True, slots=True)
class Point:
    """One period or place of a chart: its label, its value, its interval (samples only), what it is held against."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    aim: float | None = None
    tone: str = "other"


def trend(
    points: Sequence[Point], *, unit: str, aim_label: str, width: int = 640, height: int = 240
) -> Specification:
    """Return a line over periods with a band for the interval and a dashed line for the target."""
    order = [point.label for point in points]
    across = {
        "field": "label",
        "type": "ordinal",
        "sort": order,
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy"},
    }
    up = {"field": "value", "type": "quantitative", "scale": {"zero": False, "nice": True}, "axis": {"title": unit}}
    layers: list[Specification] = []
    if any(point.low is not None for point in points):
        band = {"mark": {"type": "area", "opacity": 0.18, "color": BAND}}
        layers.append(band | {"encoding": {"x": across, "y": up | {"field": "low"}, "y2": {"field": "high"}}})
    if any(point.aim is not None for point in points):
        aim = {"mark": {"type": "line", "color": AIM, "strokeDash": [6, 4], "strokeWidth": 1.5}}
        layers.append(aim | {"encoding": {"x": across, "y": up | {"field": "aim"}}})
        last = next(point.label for point in reversed(points) if point.aim is not None)
        words = {"mark": {"type": "text", "align": "right", "dy": -8, "color": AIM, "text": aim_label}}
        layers.append(
            words
            | {
                "transform": [{"filter": {"field": "label", "equal": last}}],
                "encoding": {"x": across, "y": up | {"field": "aim"}},
            }
        )
    line = {"mark": {"type": "line", "color": LINE, "strokeWidth": 2, "point": {"color": LINE, "size": 36}}}
    layers.append(line | {"encoding": {"x": across, "y": up}})
    return _whole(points, layers, width, height)


def places(points: Sequence[Point], *, unit: str, aim_label: str, width: int = 520, row: int = 22) -> Specification:
    """Return a dot for each place with a whisker for its interval and a dashed rule for the target.

    Dots, not bars: the scale need not begin at nought, and rates close to 100 % can be told apart.
    ``row`` is the height of one place.
    """
    order = [point.label for point in points]
    down = {"field": "label", "type": "nominal", "sort": order, "axis": {"title": None, "labelLimit": 200}}
    across = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {"title": unit, "tickCount": 8, "labelOverlap": True},
    }
    tones = {"domain": list(TONES), "range": list(TONES.values())}
    colours = {"field": "tone", "type": "nominal", "legend": None, "scale": tones}
    layers: list[Specification] = []
    if any(point.low is not None for point in points):
        whisker = {"mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.55}}
        ends = {"y": down, "x": across | {"field": "low"}, "x2": {"field": "high"}, "color": colours}
        layers.append(whisker | {"encoding": ends})
    dot = {"mark": {"type": "point", "filled": True, "size": 80, "opacity": 1}}
    layers.append(dot | {"encoding": {"y": down, "x": across, "color": colours}})
    aims = {point.aim for point in points if point.aim is not None}
    if len(aims) == 1:
        rule = {"mark": {"type": "rule", "color": AIM, "strokeDash": [6, 4], "strokeWidth": 1.5}}
        layers.append(rule | {"encoding": {"x": {"datum": aims.pop()}}})
        layers[-1]["description"] = aim_label
    return _whole(points, layers, width, row * max(1, len(points)))


def beside(left: Specification, right: Specification) -> Specification:
    """Return two charts side by side, each with its own data and scales."""
    common = {name: left[name] for name in ("$schema", "background", "config")}
    parts = [{name: one[name] for name in one if name not in common} for one in (left, right)]
    return common | {"hconcat": parts, "spacing": 24}


def _whole(points: Sequence[Point], layers: list[Specification], width: int, height: int) -> Specification:
    values = [
        {name: getattr(point, name) for name in ("label", "value", "low", "high", "aim", "tone")} for point in points
    ]
    axis = {
        "labelColor": INK,
        "titleColor": INK,
        "tickColor": INK,
        "domainColor": INK,
        "gridColor": INK,
        "gridOpacity": 0.12,
    }
    return {
        "$schema": SCHEMA,
        "background": None,
        "width": width,
        "height": height,
        "data": {"values": values},
        "layer": layers,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": axis | {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal"},
            "text": {"font": FONT, "fontSize": 11},
        },
    }
