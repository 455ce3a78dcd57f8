"""How a Word paragraph is set: alignment, indents, pitch of its lines, space above, borders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from docx.oxml.ns import qn

from qualicity.engines.documents.checking.anatomy import Align, Line
from qualicity.engines.documents.checking.word.layers import Layers, is_on, last, names, number
from qualicity.engines.documents.checking.word.sections import Sheet

NATURAL: Final = 1.3
"""Height of a line of a Chinese font set single-spaced, in sizes: 1.14 to 1.5 by the font; for estimates only."""

_ALIGN: Final[dict[str, Align]] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right",
    "both": "justify", "distribute": "distribute", "thaiDistribute": "justify", "numTab": "left",
}  # fmt: skip
_FIRST: Final = ("firstLine", "firstLineChars")
_HANGING: Final = ("hanging", "hangingChars")


@dataclass(frozen=True, slots=True)
class Setting:
    """How one paragraph is set, in points."""

    align: Align
    first: float
    left: float
    right: float
    pitch: float
    pitch_rule: Literal["exact", "least", "multiple", "grid"]
    above: float
    below: float
    line_above: Line | None
    line_below: Line | None
    new_page: bool


def setting(layers: Layers, sheet: Sheet, size: float) -> Setting:
    """Return how a paragraph of this size is set; indents in characters are of that size."""
    left, first, right = _indents(layers, size)
    pitch, rule = _pitch(layers, sheet, size)
    return Setting(
        align=_ALIGN.get(last(layers, "w:jc") or "left", "left"),
        first=left + first,
        left=left,
        right=right,
        pitch=pitch,
        pitch_rule=rule,
        above=_space(layers, "before", sheet),
        below=_space(layers, "after", sheet),
        line_above=_border(layers, "w:top"),
        line_below=_border(layers, "w:bottom"),
        new_page=is_on(layers, "w:pageBreakBefore"),
    )


def first_tab(layers: Layers) -> tuple[str, float] | None:
    """Return the kind and place (points) of the first tab stop, None where only the default ones are."""
    stops: dict[float, str] = {}
    for layer in layers:
        for stop in layer.iterfind(f"{qn('w:tabs')}/{qn('w:tab')}"):
            place, kind = number(stop.get(qn("w:pos"))) / 20, stop.get(qn("w:val"), "left")
            stops[place] = kind
    kept = sorted((place, kind) for place, kind in stops.items() if kind not in {"clear", "bar"})
    return (kept[0][1], kept[0][0]) if kept else None


def _indents(layers: Layers, size: float) -> tuple[float, float, float]:
    merged: dict[str, str] = {}
    for layer in layers:
        element = layer.find(qn("w:ind"))
        if element is None:
            continue
        own = {name.rpartition("}")[2]: text for name, text in element.attrib.items()}
        if any(number(own.get(name)) for name in _FIRST):
            merged = {name: text for name, text in merged.items() if name not in _HANGING}
        elif any(number(own.get(name)) for name in _HANGING):
            merged = {name: text for name, text in merged.items() if name not in _FIRST}
        merged |= own

    def points(*sides: str) -> float:
        for side in sides:
            in_characters = number(merged.get(f"{side}Chars"))
            if in_characters:
                return in_characters / 100 * size
        return next((number(merged[side]) / 20 for side in sides if side in merged), 0.0)

    hanging = points("hanging")
    left = points("start", "left")
    if hanging and number(merged.get("hangingChars")) and not number(merged.get("leftChars")):
        left = max(left, hanging)
    return left, -hanging if hanging else points("firstLine"), points("end", "right")


def _pitch(layers: Layers, sheet: Sheet, size: float) -> tuple[float, Literal["exact", "least", "multiple", "grid"]]:
    line = number(last(layers, "w:spacing", "w:line"), 240)
    rule = last(layers, "w:spacing", "w:lineRule") or "auto"
    natural = size * NATURAL
    on_grid = sheet.line_pitch if names(layers, "w:snapToGrid") is not False else None
    if rule == "exact":
        return line / 20, "exact"
    if rule == "atLeast":
        return max(line / 20, natural, on_grid or 0), "least"
    multiple = line / 240 or 1.0
    if on_grid:
        return multiple * on_grid * max(1, -(-natural // on_grid)), "grid"
    return multiple * natural, "multiple"


def _space(layers: Layers, side: str, sheet: Sheet) -> float:
    if names(layers, f"w:{side}Autospacing"):
        return 0.0
    lines = number(last(layers, "w:spacing", f"w:{side}Lines"))
    if lines:
        return lines / 100 * (sheet.line_pitch or 12)
    return number(last(layers, "w:spacing", f"w:{side}")) / 20


def _border(layers: Layers, side: str) -> Line | None:
    for layer in reversed(layers):
        borders = layer.find(qn("w:pBdr"))
        found = borders.find(qn(side)) if borders is not None else None
        if found is not None:
            return border_line(found)
    return None


def border_line(element: Any) -> Line | None:
    """Return the line that a border draws: its ``w:sz`` is in eighths of a point."""
    kind = element.get(qn("w:val"), "none")
    if kind in {"none", "nil"}:
        return None
    colour = element.get(qn("w:color"), "auto")
    return Line(
        thickness=number(element.get(qn("w:sz")), 4) / 8,
        colour="000000" if colour == "auto" or len(colour) != 6 else colour.lower(),
        double=kind not in {"single", "thick"},
    )
