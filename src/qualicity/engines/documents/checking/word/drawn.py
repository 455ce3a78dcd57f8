"""Lines drawn as shapes in a Word paragraph, and whether a picture stands in it."""

from __future__ import annotations

from typing import Any, Final

from docx.oxml.ns import qn

from qualicity.engines.documents.checking.anatomy import Line
from qualicity.engines.documents.checking.word.layers import number

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_EMU_IN_POINT: Final = 12_700
_LINES: Final = {"line", "straightConnector1"}
_NAMED: Final = {"red": "ff0000", "black": "000000"}


def drawn_lines(paragraph: Any) -> tuple[Line, ...]:
    """Return the straight lines that shapes of this paragraph draw."""
    found = []
    for properties in paragraph.iter("{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}spPr"):
        shape = properties.find(f"{_A}prstGeom")
        extent = properties.find(f"{_A}xfrm/{_A}ext")
        flat = extent is not None and number(extent.get("cy")) < 3 * _EMU_IN_POINT
        if shape is not None and (shape.get("prst") in _LINES or flat):
            found.append(_drawing(properties))
    if not found:
        found = [_vml(shape) for shape in paragraph.iter(f"{_VML}line")]
    return tuple(found)


def has_picture(paragraph: Any) -> bool:
    """Return whether a picture stands in the line, as a character does."""
    return any(True for _ in paragraph.iter(f"{_A}blip")) and any(
        True for _ in paragraph.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline")
    )


def text_boxes(paragraph: Any) -> list[Any]:
    """Return the contents of text boxes anchored here, once each though a box is often written twice."""
    seen: set[str] = set()
    found = []
    for box in paragraph.iter(qn("w:txbxContent")):
        text = "".join(piece.text or "" for piece in box.iter(qn("w:t")))
        if text.strip() and text not in seen:
            seen.add(text)
            found.append(box)
    return found


def _drawing(properties: Any) -> Line:
    line = properties.find(f"{_A}ln")
    width = number(line.get("w"), 9525) / _EMU_IN_POINT if line is not None else 0.75
    colour = properties.find(f"{_A}ln/{_A}solidFill/{_A}srgbClr")
    double = line is not None and (line.get("cmpd") or "sng") != "sng"
    extent = properties.find(f"{_A}xfrm/{_A}ext")
    length = number(extent.get("cx")) / _EMU_IN_POINT if extent is not None else None
    return Line(width, (colour.get("val") or "000000").lower() if colour is not None else "000000", double=double,
                x0=0.0 if length else None, x1=length)  # fmt: skip


def _vml(shape: Any) -> Line:
    colour = (shape.get("strokecolor") or "black").split(" ")[0].lstrip("#").lower()
    weight = shape.get("strokeweight") or "0.75pt"
    return Line(number(weight) / 20 if weight.endswith("pt") else 0.75, _NAMED.get(colour, colour))
