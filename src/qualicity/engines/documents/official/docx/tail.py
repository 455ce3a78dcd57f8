"""What stands after the body in the office file: attachments, attendance, signature, notes, imprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.engines.documents.official import words as wording
from qualicity.engines.documents.official.docx.head import exact
from qualicity.engines.documents.official.docx.styles import Setting, indent, run_properties, twips
from qualicity.engines.documents.official.docx.tables import border
from qualicity.engines.documents.official.docx.text import paragraph, run, tab
from qualicity.engines.documents.official.docx.xml import on, tag, val
from qualicity.engines.documents.official.layout import printer_narrowed, width
from qualicity.engines.documents.official.layout import signature as signature_lines

if TYPE_CHECKING:
    from qualicity.definitions.styles import Rule
    from qualicity.engines.documents.official.docx.blocks import Blocks
    from qualicity.engines.documents.official.model import Document

#: 附件 with its colon, indented by two characters.
_LABEL, _INDENT, _COUNTER = 3, 2, 1.5


def attachment_note(document: Document, setting: Setting) -> str:
    """Return 附件：1. … ; what runs over stands under the first character of the name (7.3.4)."""
    names = [wording.clean(one.title) for one in document.attachments]
    label = setting.style.marks.attachment_label.value + "："
    counter = _COUNTER if len(names) > 1 else 0
    found = []
    for number, name in enumerate(names, start=1):
        first = number == 1
        counted = (run(f"{number}."), tab()) if counter else ()
        hanging = (_LABEL if first else 0) + counter
        lines = setting.style.elements["attachment_note"].lines_before if first else 0
        found.append(
            paragraph(
                "attachment_note",
                run(label) if first else "",
                *counted,
                run(name),
                properties=(
                    on("keepNext", when=bool(document.signers)),
                    tag("w:spacing", {"w:before": setting.lines(lines), "w:beforeLines": round(100 * lines)}),
                    indent(setting, "attachment_note", left=_INDENT + _LABEL + counter, hanging=hanging),
                ),
            )
        )
    return "".join(found)


def attendance(document: Document, setting: Setting) -> str:
    """Return who was there, who was not, who sat in (10.3)."""
    found = []
    for number, one in enumerate(document.attendance):
        label = wording.clean(one.label) + "："
        lines = setting.style.elements["attendance_label"].lines_before if number == 0 else 0
        found.append(
            paragraph(
                "attendance_label",
                run(label),
                run(wording.clean("　".join(one.people)), style="attendance_people"),
                properties=(
                    tag("w:spacing", {"w:before": setting.lines(lines), "w:beforeLines": round(100 * lines)}),
                    indent(setting, "attendance_label", left=2 + width(label), hanging=width(label)),
                ),
            )
        )
    return "".join(found)


def signature(document: Document, setting: Setting) -> str:
    """Return who signed and when, kept together on one page."""
    element = "signature" if document.sealed else "signature_unsealed"
    before = setting.style.elements[element].lines_before
    found = []
    for number, one in enumerate(signature_lines(document, setting.style)):
        lines = before if number == 0 else 0
        found.append(
            paragraph(
                "date" if one.is_date else element,
                run(wording.clean(one.text)),
                properties=(
                    on("keepNext", when=not one.is_date),
                    tag("w:spacing", {"w:before": setting.lines(lines), "w:beforeLines": round(100 * lines)}),
                    indent(setting, element, right=one.right),
                ),
            )
        )
    return "".join(found)


def notes(document: Document) -> str:
    """Return the notes in brackets."""
    text = wording.notes(document)
    return paragraph("notes", run(text)) if text else ""


def attachments(document: Document, setting: Setting, blocks: Blocks) -> str:
    """Return the attachments that have pages, each on a new one (7.3.7)."""
    count = len(document.attachments)
    return "".join(
        paragraph(
            "attachment_label",
            run(wording.attachment_label(number, count, setting.style)),
            properties=(on("pageBreakBefore"),),
        )
        + paragraph("attachment_title", run(wording.clean(one.title)))
        + blocks.written(one.blocks)
        for number, one in enumerate(document.attachments, start=1)
        if one.blocks
    )


def imprint(document: Document, setting: Setting) -> str:
    """Return the imprint at the foot of the last page, its last line on the text block's edge (7.4).

    It is a table that floats at the foot, for no count of blank lines would bring it there. A letter's has neither
    lines nor printer (10.1).
    """
    copies = wording.copies(document)
    ruled = document.form != "letter"
    printed = wording.printed(document, setting.style) if ruled else ("", "")
    rows = []
    if copies:
        left = setting.style.elements["copies"].left
        sides = indent(setting, "copies", left=left + _LABEL, right=left, hanging=_LABEL)
        words = setting.style.marks.copies_label.value + "：" + copies
        rows.append(paragraph("copies", run(words), properties=(sides, val("jc", "both"))))
    if any(printed):
        end = setting.width - setting.characters(setting.style.elements["imprint"].right, "imprint")
        stops = tag("w:tabs", None, tag("w:tab", {"w:val": "right", "w:pos": end}))
        narrowed = printer_narrowed(*printed, setting.style)
        look = run_properties(setting, "imprint", narrowed=narrowed) if narrowed < 1 else ""
        rows.append(paragraph("imprint", run(printed[0], look), tab(), run(printed[1]), properties=(stops,)))
    if not rows:
        return ""
    rules = setting.style.rules
    outer, line = (rules.imprint_outer, rules.imprint_inner) if ruled else (None, None)
    return _floating(setting, rows, outer, line) + exact(20)


def _floating(setting: Setting, rows: list[str], outer: Rule | None, line: Rule | None) -> str:
    place = {"w:leftFromText": 0, "w:rightFromText": 0, "w:vertAnchor": "margin", "w:horzAnchor": "page"}
    # named from the sheet's edge: LibreOffice leaves a table as wide as the text where it stands otherwise
    where = {"w:tblpX": twips(setting.page.left), "w:tblpYSpec": "bottom"}
    edges = {"top": outer, "left": None, "bottom": outer, "right": None, "insideH": line, "insideV": None}
    wide = {"w:w": setting.width, "w:type": "dxa"}
    none = {"w:w": 0, "w:type": "dxa"}
    return tag(
        "w:tbl",
        None,
        tag(
            "w:tblPr",
            None,
            tag("w:tblpPr", place | where),
            val("tblOverlap", "never"),
            tag("w:tblW", wide),
            tag("w:tblBorders", None, *(border(edge, rule) for edge, rule in edges.items())),
            tag("w:tblLayout", {"w:type": "fixed"}),
            tag("w:tblCellMar", None, tag("w:left", none), tag("w:right", none)),
        ),
        tag("w:tblGrid", None, tag("w:gridCol", {"w:w": setting.width})),
        *(
            tag(
                "w:tr",
                None,
                tag("w:trPr", None, on("cantSplit")),
                tag("w:tc", None, tag("w:tcPr", None, tag("w:tcW", wide)), row),
            )
            for row in rows
        ),
    )
