"""What stands before the body in the office file: cover, contents, letterhead, number, title, addressees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.engines.documents.official import words as wording
from qualicity.engines.documents.official.docx.parts import eighths, field, letterhead_line
from qualicity.engines.documents.official.docx.styles import Setting, colour, indent, run_properties, twips
from qualicity.engines.documents.official.docx.text import page_break, paragraph, plain_paragraph, run, tab
from qualicity.engines.documents.official.docx.xml import tag, val
from qualicity.engines.documents.official.layout import TWIPS_PER_POINT, letterhead_type, title_lines, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualicity.engines.documents.official.model import Document

#: How far below the top of its line a letterhead's characters begin, as a share of their size.
_ABOVE_INK = 0.15
_NAMES_A_LINE = 2


def blank(setting: Setting, lines: float) -> str:
    """Return empty lines of the grid as one exact line."""
    return exact(setting.lines(lines)) if lines > 0 else ""


def exact(height: int) -> str:
    """Return an empty paragraph of exactly this height in twips."""
    size = {"w:before": 0, "w:after": 0, "w:line": max(20, height), "w:lineRule": "exact"}
    return plain_paragraph("Gap", properties=(tag("w:spacing", size),))


def head(document: Document, setting: Setting) -> str:
    """Return letterhead, number and red line; a letter has its name in the header of its first page."""
    if document.form == "letter":
        return _head_of_letter(document, setting)
    return _head_of_document(document, setting) if document.letterhead else ""


def _head_of_document(document: Document, setting: Setting) -> str:
    marks = wording.marks(document)
    kind = letterhead_type(document.letterhead, setting.style)
    distance = twips(getattr(setting.style.letterhead, document.form).value)
    above = distance - setting.lines(len(marks)) - round(_ABOVE_INK * kind.points * TWIPS_PER_POINT)
    look = run_properties(setting, "letterhead", points=kind.points, narrowed=kind.narrowed)
    return "".join(
        (
            *(paragraph(element, run(text)) for element, text in marks),
            exact(above),
            paragraph(
                "letterhead",
                run(wording.clean(document.letterhead), look),
                properties=(tag("w:spacing", letterhead_line(kind.points)),),
            ),
            _number(document, setting),
        )
    )


def _red_line(setting: Setting) -> str:
    rule = setting.style.rules.letterhead
    look = {
        "w:val": "single",
        "w:sz": eighths(rule.thickness),
        "w:space": min(31, round(rule.distance / 25.4 * 72)),
        "w:color": colour(rule.colour),
    }
    return tag("w:pBdr", None, tag("w:bottom", look))


def _number(document: Document, setting: Setting) -> str:
    """Return the number over the red line; upwards (7.2.5, 7.2.6) it stands left, and right of it who approved."""
    number = wording.clean(document.number)
    if not document.approvers:
        return paragraph("number", run(number), properties=(_red_line(setting),))
    names = [wording.clean(one) for one in document.approvers]
    rows = ["　".join(names[at : at + _NAMES_A_LINE]) for at in range(0, len(names), _NAMES_A_LINE)]
    label = setting.style.marks.approver_label.value + "："
    room = setting.style.body.characters.value - 1
    start = room - max(width(row) for row in rows) - width(label)
    found = []
    for at, row in enumerate(rows):
        first, last = at == 0, at == len(rows) - 1
        # names of later rows stand under those of the first
        stop = start if first else start + width(label)
        tabs = tag("w:tabs", None, tag("w:tab", {"w:val": "left", "w:pos": setting.characters(stop)}))
        lines = setting.style.elements["number"].lines_before if first else 0
        found.append(
            paragraph(
                "approver_label",
                run(number) if last else "",
                tab(),
                run(label) if first else "",
                run(row, style="approver_name"),
                properties=(
                    _red_line(setting) if last else "",
                    tabs,
                    tag("w:spacing", {"w:before": setting.lines(lines)}),
                    indent(setting, "number", firstLine=1),
                ),
            )
        )
    return "".join(found)


def _head_of_letter(document: Document, setting: Setting) -> str:
    """Return marks at the left and the number at the right, under the red double line (10.1)."""
    marks = [text for _, text in wording.marks(document)] or [""]
    look = {element: run_properties(setting, element) for element, _ in wording.marks(document)}
    elements = list(look) or [""]
    stops = tag("w:tabs", None, tag("w:tab", {"w:val": "right", "w:pos": setting.width}))
    found = []
    for at, (element, text) in enumerate(zip(elements, marks, strict=True)):
        number = (tab(), run(wording.clean(document.number))) if at == 0 else ()
        before = tag("w:spacing", {"w:before": round(0.875 * setting.style.points("body") * 20) if at == 0 else 0})
        found.append(
            paragraph(
                "approver_label",
                run(text, look.get(element, "")),
                *number,
                properties=(stops, before),
            )
        )
    return "".join(found)


def title(document: Document, setting: Setting) -> str:
    """Return the title, its lines broken where the words are whole."""
    element = setting.style.elements["title"]
    lines = 0.0 if document.form == "plain" else element.lines_before
    size = {"w:before": setting.lines(lines), "w:beforeLines": round(100 * lines)}
    return paragraph("title", run("\n".join(_title_lines(document, setting))), properties=(tag("w:spacing", size),))


def _title_lines(document: Document, setting: Setting) -> Sequence[str]:
    per_line = int(setting.page.block_width / 25.4 * 72 / setting.style.points("title"))
    return title_lines(wording.clean(document.title), per_line, wording.around(document))


def addressees(document: Document, setting: Setting) -> str:
    """Return who is addressed, or the blank line between title and body."""
    text = wording.addressees(document, setting.style)
    return paragraph("addressees", run(text)) if text else blank(setting, 1)


def cover(document: Document, setting: Setting) -> str:
    """Return the cover: title in the upper third, office and date at the foot."""
    if document.cover is None:
        return ""
    elements = setting.style.elements
    lines = _title_lines(document, setting)
    subtitle = wording.clean(document.cover.subtitle)
    taken = 3 + len(lines) * elements["cover_title"].pitch + len(document.cover.lines) * elements["cover_line"].pitch
    taken += (1 + elements["cover_subtitle"].pitch if subtitle else 0) + 2
    return "".join(
        (
            blank(setting, 3),
            paragraph("cover_title", run("\n".join(lines))),
            blank(setting, 1) + paragraph("cover_subtitle", run(subtitle)) if subtitle else "",
            blank(setting, setting.style.body.lines.value - taken - 1),
            *(paragraph("cover_line", run(wording.clean(one))) for one in document.cover.lines),
        )
    )


def contents(
    listed: Sequence[tuple[int, str, str]], pages: Sequence[str], setting: Setting, *, new_page: bool
) -> str:
    """Return the contents as a field that Word and WPS know how to renew, with the pages as they are now."""
    stops = tag("w:tabs", None, tag("w:tab", {"w:val": "right", "w:leader": "dot", "w:pos": setting.width}))
    start = (
        tag("w:r", None, tag("w:fldChar", {"w:fldCharType": "begin"})),
        tag("w:r", None, tag("w:instrText", {"xml:space": "preserve"}, ' TOC \\o "1-2" \\h \\z \\u ')),
        tag("w:r", None, tag("w:fldChar", {"w:fldCharType": "separate"})),
    )
    found = [paragraph("contents_title", page_break() if new_page else "", run(wording.CONTENTS))]
    for at, (level, name, text) in enumerate(listed):
        page = pages[at] if at < len(pages) else ""
        inner = run(text) + tab() + field(f"PAGEREF {name} \\h", page)
        link = tag("w:hyperlink", {"w:anchor": name, "w:history": 1}, inner)
        found.append(paragraph(f"contents_{level}", *(start if at == 0 else ()), link, properties=(stops,)))
    end = tag("w:r", None, tag("w:fldChar", {"w:fldCharType": "end"}))
    found.append(plain_paragraph("Gap", end if listed else "", properties=(val("jc", "left"),)))
    return "".join(found)
