"""Tables and forms of the office file: off the line grid, so that no cell is cut; headings repeated on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualicity.engines.documents.official import words as wording
from qualicity.engines.documents.official.docx.parts import eighths
from qualicity.engines.documents.official.docx.styles import Setting, colour, twips
from qualicity.engines.documents.official.docx.text import paragraph, plain_paragraph, run, runs
from qualicity.engines.documents.official.docx.xml import Value, on, tag, val

if TYPE_CHECKING:
    from qualicity.definitions.styles import Rule
    from qualicity.engines.documents.official.docx.package import Package
    from qualicity.engines.documents.official.model import Field, Grid, Table

_MARGIN_MM = 1.2


def border(edge: str, rule: Rule | None) -> str:
    """Return one edge of a table or cell; without a rule there is no line."""
    if rule is None:
        return tag(f"w:{edge}", {"w:val": "nil"})
    look = {"w:val": "single", "w:sz": eighths(rule.thickness), "w:space": 0, "w:color": colour(rule.colour)}
    return tag(f"w:{edge}", look)


def widths(shares: Sequence[float], whole: int) -> list[int]:
    """Return columns in twips that fill the whole exactly."""
    total = sum(shares)
    ends = [round(whole * sum(shares[: number + 1]) / total) for number in range(len(shares))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def framed(setting: Setting, columns: list[int], title: str, *rows: str, sides: bool = True) -> str:
    """Return a table as wide as the text block; its lines are those of the house style."""
    rules = setting.style.rules
    outer = rules.table_outer if sides else rules.table_inner
    margins = tag(
        "w:tblCellMar",
        None,
        *(tag(f"w:{edge}", {"w:w": twips(_MARGIN_MM if edge in {"left", "right"} else 0.7), "w:type": "dxa"})
          for edge in ("top", "left", "bottom", "right")),
    )  # fmt: skip
    return tag(
        "w:tbl",
        None,
        tag(
            "w:tblPr",
            None,
            tag("w:tblW", {"w:w": sum(columns), "w:type": "dxa"}),
            val("jc", "center"),
            tag(
                "w:tblBorders",
                None,
                border("top", rules.table_outer),
                border("left", outer),
                border("bottom", rules.table_outer),
                border("right", outer),
                border("insideH", rules.table_inner),
                border("insideV", rules.table_inner),
            ),
            tag("w:tblLayout", {"w:type": "fixed"}),
            margins,
            val("tblCaption", title) if title else "",
        ),
        tag("w:tblGrid", None, *(tag("w:gridCol", {"w:w": one}) for one in columns)),
        *rows,
    )


def table(block: Table, caption: str, setting: Setting, package: Package, link_base: str) -> str:
    """Return a table with its caption above and its note beneath."""
    columns = widths([one.share for one in block.columns], setting.width)
    heading = tag(
        "w:tr",
        None,
        tag("w:trPr", None, on("cantSplit"), on("tblHeader", when=block.repeat_header)),
        *(
            _cell(wide, paragraph("table_header", run(wording.heading_of(column, wide / 20, setting.style))))
            for column, wide in zip(block.columns, columns, strict=True)
        ),
    )
    rows = []
    for number, row in enumerate(block.rows):
        element = "table_header" if number in block.strong_rows else "table_text"
        cells = (
            _cell(
                wide,
                paragraph(element, runs(cell, package, link_base), properties=(val("jc", column.align),)),
            )
            for cell, column, wide in zip(row, block.columns, columns, strict=True)
        )
        rows.append(tag("w:tr", None, tag("w:trPr", None, on("cantSplit")), *cells))
    above = paragraph("caption", run(caption), properties=(on("keepNext"),)) if caption else ""
    below = paragraph("table_note", run(wording.clean(block.note))) if block.note else ""
    return above + framed(setting, columns, caption, heading, *rows) + below + gap(setting)


def gap(setting: Setting, lines: float = 0.5) -> str:
    """Return the white after a table or picture."""
    size = {"w:before": 0, "w:after": 0, "w:line": setting.lines(lines), "w:lineRule": "exact"}
    return plain_paragraph("Gap", properties=(tag("w:spacing", size),))


def _cell(wide: int, *inner: str, across: int = 1, down: str = "") -> str:
    return tag(
        "w:tc",
        None,
        tag(
            "w:tcPr",
            None,
            tag("w:tcW", {"w:w": wide, "w:type": "dxa"}),
            val("gridSpan", across) if across > 1 else "",
            "" if not down else val("vMerge", down),
            val("vAlign", "center"),
        ),
        *inner,
    )


def form(block: Grid, caption: str, setting: Setting, package: Package, link_base: str) -> str:
    """Return a form; a cell over several rows is merged downwards."""
    columns = widths(block.columns, setting.width)
    below: dict[int, tuple[Field, int]] = {}
    rows = []
    for number, fields in enumerate(block.rows):
        cells, at, waiting = [], 0, list(fields)
        while at < len(columns) and (waiting or at in below):
            if at in below:
                field, left = below.pop(at)
                if left > 1:
                    below[at] = (field, left - 1)
                inner, merged = paragraph(_element(field)), "continue"
            else:
                field = waiting.pop(0)
                inner, merged = _filled(field, package, link_base), "restart" if field.down > 1 else ""
                if field.down > 1:
                    below[at] = (field, field.down - 1)
            wide = sum(columns[at : at + field.across])
            cells.append(_cell(wide, inner, across=field.across, down=merged))
            at += field.across
        rows.append(tag("w:tr", None, _least(block, number), *cells))
    above = paragraph("caption", run(caption), properties=(on("keepNext"),)) if caption else ""
    return above + framed(setting, columns, caption, *rows) + gap(setting)


def _least(block: Grid, number: int) -> str:
    least = block.heights_mm[number] if number < len(block.heights_mm) else 0
    if not least:
        return ""
    height: dict[str, Value] = {"w:val": twips(least), "w:hRule": "atLeast"}
    return tag("w:trPr", None, tag("w:trHeight", height))


def _element(field: Field) -> str:
    return "form_label" if field.label else "form_text"


def _filled(field: Field, package: Package, link_base: str) -> str:
    side = () if field.label else (val("jc", field.align),)
    return paragraph(_element(field), runs(field.runs, package, link_base), properties=side)
