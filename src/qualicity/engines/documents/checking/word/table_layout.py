"""Tables of a Word document: cells in reading order with the lines above and below, width against the text block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml.ns import qn

from qualicity.engines.documents.checking.anatomy import Line, Paragraph, Table
from qualicity.engines.documents.checking.word.layers import Styles, number, value
from qualicity.engines.documents.checking.word.paragraph_layout import border_line
from qualicity.engines.documents.checking.word.sections import Sheet
from qualicity.errors import Text

_TWIPS_IN_MM: Final = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its paragraphs, the style of its table, and the lines that bound it."""

    paragraphs: tuple[Any, ...]
    style: str
    above: Line | None
    below: Line | None


def cells(table: Any, styles: Styles) -> Iterator[Cell]:
    """Yield the cells of a table, those of tables inside it too."""
    properties = table.find(qn("w:tblPr"))
    style = value(properties, "w:tblStyle") or ""
    layers = [*styles.of_table(style), *([properties] if properties is not None else [])]
    rows = table.findall(qn("w:tr"))
    for place, row in enumerate(rows):
        upper = _border(layers, "w:top" if place == 0 else "w:insideH")
        lower = _border(layers, "w:bottom" if place == len(rows) - 1 else "w:insideH")
        for cell in row.iter(qn("w:tc")):
            own = cell.find(f"{qn('w:tcPr')}/{qn('w:tcBorders')}")
            yield Cell(
                paragraphs=tuple(cell.findall(qn("w:p"))),
                style=style,
                above=_own(own, "w:top", upper),
                below=_own(own, "w:bottom", lower),
            )


def table_of(table: Any, sheet: Sheet, count: int, inside: list[Paragraph]) -> Table:
    """Return what is known of a table whose paragraphs were measured."""
    section = sheet.section
    block = section.width - (section.left or 0) - (section.right or 0)
    width = sum(number(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))) / _TWIPS_IN_MM
    indent = number(value(table.find(qn("w:tblPr")), "w:tblInd", "w:w")) / _TWIPS_IN_MM
    centred = value(table.find(qn("w:tblPr")), "w:jc") == "center"
    beyond = (width - block) / 2 if centred else width + indent - block
    start = inside[0].text.strip()[:12]
    return Table(
        number=count,
        place=Text(f"第{count}个表“{start}”", f"table {count}, “{start}”"),
        beyond=max(0.0, beyond) if value(table.find(qn("w:tblPr")), "w:tblW", "w:type") != "pct" else 0.0,
        tight=any(one.pitch_rule == "exact" and (one.pitch or 0) < one.size for one in inside),
    )


def _border(layers: list[Any], side: str) -> Line | None:
    for layer in reversed(layers):
        borders = layer.find(qn("w:tblBorders"))
        found = borders.find(qn(side)) if borders is not None else None
        if found is not None:
            return border_line(found)
    return None


def _own(borders: Any, side: str, otherwise: Line | None) -> Line | None:
    found = borders.find(qn(side)) if borders is not None else None
    return border_line(found) if found is not None else otherwise
