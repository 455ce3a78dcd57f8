"""The sections of a Word document: sheet, margins, and the grid of lines and characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from docx.oxml.ns import qn

from qualicity.engines.documents.checking.anatomy import MM, Section
from qualicity.engines.documents.checking.word.layers import number, value

_TWIPS_IN_MM: Final = MM * 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section with what only the reader of Word needs: its properties, grid (points) and footer distance (mm)."""

    section: Section
    element: Any
    line_pitch: float | None
    char_space: float | None
    footer: float
    """Points from the sheet's lower edge to the footer."""


def sheets(body: Any) -> tuple[Sheet, ...]:
    """Return the sections in order; the properties of one stand in its last paragraph, the last one's in the body."""
    found = [
        properties
        for properties in body.iter(qn("w:sectPr"))
        if properties.getparent() is body or properties.getparent().tag == qn("w:pPr")
    ]
    return tuple(_sheet(place, properties) for place, properties in enumerate(found))


def _sheet(place: int, properties: Any) -> Sheet:
    def millimetres(child: str, attribute: str, default: float) -> float:
        return round(number(value(properties, child, attribute), default) / _TWIPS_IN_MM, 2)

    gutter = millimetres("w:pgMar", "w:gutter", 0)
    grid = value(properties, "w:docGrid", "w:type") or "default"
    section = Section(
        number=place + 1,
        width=millimetres("w:pgSz", "w:w", 12240),
        height=millimetres("w:pgSz", "w:h", 15840),
        top=abs(millimetres("w:pgMar", "w:top", 1440)),
        bottom=abs(millimetres("w:pgMar", "w:bottom", 1440)),
        left=millimetres("w:pgMar", "w:left", 1800) + gutter,
        right=millimetres("w:pgMar", "w:right", 1800),
    )
    pitch = number(value(properties, "w:docGrid", "w:linePitch")) / 20
    space = number(value(properties, "w:docGrid", "w:charSpace")) / 4096
    return Sheet(
        section=section,
        element=properties,
        line_pitch=pitch if pitch > 0 and grid in {"lines", "linesAndChars", "snapToChars"} else None,
        char_space=space if grid in {"linesAndChars", "snapToChars"} else None,
        footer=number(value(properties, "w:pgMar", "w:footer"), 720) / 20,
    )
