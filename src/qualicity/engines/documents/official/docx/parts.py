"""What surrounds the text of the office file: settings, the table of typefaces, properties, headers and footers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qualicity.engines.documents.official import words as wording
from qualicity.engines.documents.official.docx.styles import Setting, colour, run_properties, twips
from qualicity.engines.documents.official.docx.text import paragraph, run
from qualicity.engines.documents.official.docx.xml import HEADER, Value, on, part, tag, val, words
from qualicity.engines.documents.official.layout import TWIPS_PER_POINT, letterhead_type

if TYPE_CHECKING:
    from qualicity.definitions.styles import Rule
    from qualicity.engines.documents.official.model import Document

#: From the upper edge of the sheet to the notice of simulated data.
HEADER_MM = 14.0
#: The line of a page number, in points.
_FOOTER_LINE = 20.0
_GB2312 = "86"


def settings_part(*, fields_are_stale: bool) -> str:
    """Return ``settings.xml``: odd and even pages differ, punctuation as in Chinese, no older Word's habits."""
    compatibility = {
        "w:name": "compatibilityMode",
        "w:uri": "http://schemas.microsoft.com/office/word",
        "w:val": 15,
    }
    return part(
        "w:settings",
        tag("w:zoom", {"w:percent": 100}),
        on("bordersDoNotSurroundHeader"),
        on("bordersDoNotSurroundFooter"),
        val("defaultTabStop", 420),
        on("evenAndOddHeaders"),
        val("drawingGridVerticalSpacing", 156),
        val("characterSpacingControl", "compressPunctuation"),
        on("updateFields", when=fields_are_stale),
        tag(
            "w:compat",
            None,
            on("spaceForUL"),
            on("balanceSingleByteDoubleByteWidth"),
            on("doNotLeaveBackslashAlone"),
            on("ulTrailSpace"),
            on("doNotExpandShiftReturn"),
            on("adjustLineHeightInTable"),
            on("useFELayout"),
            tag("w:compatSetting", compatibility),
        ),
        val("decimalSymbol", "."),
        val("listSeparator", ","),
    )


def font_table(setting: Setting) -> str:
    """Return ``fontTable.xml``: each face with the other names that it goes by, so that a reader finds it."""
    return part(
        "w:fonts",
        *(
            tag(
                "w:font",
                {"w:name": face.names[0]},
                tag("w:altName", {"w:val": ",".join(face.names[1:])}) if len(face.names) > 1 else "",
                val("charset", _GB2312),
                val("family", "auto"),
                val("pitch", "default"),
            )
            for face in setting.style.faces.values()
        ),
    )


def core_part(document: Document) -> str:
    """Return the file's properties: the office is the author, no tool is named."""
    author = wording.clean(document.author or (document.signers[0] if document.signers else ""))
    day = document.signed_on or document.printed_on or date(2000, 1, 1)
    moment = f"{day.isoformat()}T00:00:00Z"
    spaces = {
        "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:dcterms": "http://purl.org/dc/terms/",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    when = {"xsi:type": "dcterms:W3CDTF"}
    return HEADER + tag(
        "cp:coreProperties",
        spaces,
        tag("dc:title", None, words(wording.clean(document.title).replace("\n", ""))),
        tag("dc:subject", None, words(wording.clean(document.subject))),
        tag("dc:creator", None, words(author)),
        tag("cp:keywords", None, words(wording.clean("；".join(document.keywords)))),
        tag("cp:lastModifiedBy", None, words(author)),
        tag("dcterms:created", when, moment),
        tag("dcterms:modified", when, moment),
        tag("dc:language", None, "zh-CN"),
    )


def field(instruction: str, shown: str, properties: str = "") -> str:
    """Return a field with what it showed last."""
    look = tag("w:rPr", None, properties) if properties else ""
    return "".join(
        (
            tag("w:r", None, look, tag("w:fldChar", {"w:fldCharType": "begin"})),
            tag("w:r", None, look, tag("w:instrText", {"xml:space": "preserve"}, f" {words(instruction)} ")),
            tag("w:r", None, look, tag("w:fldChar", {"w:fldCharType": "separate"})),
            tag("w:r", None, look, tag("w:t", None, words(shown))),
            tag("w:r", None, look, tag("w:fldChar", {"w:fldCharType": "end"})),
        )
    )


def footer_part(setting: Setting, *, even: bool) -> str:
    """Return the footer of odd or even pages: — 1 —, a character in from the outer edge (7.5)."""
    rules = setting.style.page_number
    before, _, after = rules.pattern.value.partition("{page}")
    position = rules.position.value
    side = "center" if position == "center" else "left" if even and position == "outer" else "right"
    inwards = {} if side == "center" else {f"w:{side}": setting.characters(rules.indent.value, "page_number")}
    look = run_properties(setting, "page_number")
    return part(
        "w:ftr",
        paragraph(
            "page_number",
            run(before, look),
            field("PAGE", "1", look),
            run(after, look),
            properties=(
                tag("w:spacing", {"w:line": round(_FOOTER_LINE * TWIPS_PER_POINT), "w:lineRule": "exact"}),
                tag("w:ind", inwards) if inwards else "",
                val("jc", side),
            ),
        ),
    )


def empty_footer() -> str:
    """Return the footer of a first page without a number."""
    return part("w:ftr", paragraph("page_number"))


def footer_distance(setting: Setting) -> int:
    """Return the footer's distance from the sheet's lower edge that puts the dashes where they belong."""
    below = twips(setting.style.page_number.below_block.value) + round(_FOOTER_LINE / 2 * TWIPS_PER_POINT)
    return twips(setting.page.bottom) - below


def header_part(document: Document, setting: Setting, *, letter: bool = False) -> str:
    """Return a header: the notice of simulated data, and on a letter's first page the red name over its lines."""
    notice = setting.style.marks.simulated.value.zh if document.simulated else ""
    found = [paragraph("simulated", run(notice))]
    if letter:
        found.append(_letterhead_over_lines(document, setting))
    return part("w:hdr", *found)


def _letterhead_over_lines(document: Document, setting: Setting) -> str:
    style = setting.style
    kind = letterhead_type(document.letterhead, style)
    top = twips(style.letterhead.letter.value - HEADER_MM) - setting.lines(style.elements["simulated"].pitch)
    look = run_properties(setting, "letterhead", points=kind.points, narrowed=kind.narrowed)
    return paragraph(
        "letterhead",
        run(wording.clean(document.letterhead), look),
        properties=(
            tag("w:pBdr", None, double_line(style.rules.letter_top, "bottom", "thickThinSmallGap")),
            tag("w:spacing", {"w:before": max(0, top), **letterhead_line(kind.points)}),
            tag("w:ind", _outwards(setting, style.rules.letter_top)),
        ),
    )


def letterhead_line(points: float) -> dict[str, Value]:
    """Return the line of a letterhead, whatever its size."""
    return {"w:line": round(1.1 * points * TWIPS_PER_POINT), "w:lineRule": "exact"}


def double_line(rule: Rule, edge: str, kind: str) -> str:
    """Return a red double line of a letter as the border of a paragraph."""
    space = min(31, round(rule.distance / 25.4 * 72)) if edge == "bottom" and kind.startswith("thick") else 0
    return tag(
        f"w:{edge}",
        {"w:val": kind, "w:sz": eighths(1.2 * rule.thickness), "w:space": space, "w:color": colour(rule.colour)},
    )


def eighths(millimetres: float) -> int:
    """Return the thickness of a line in eighths of a point."""
    return max(2, round(millimetres / 25.4 * 72 * 8))


def _outwards(setting: Setting, rule: Rule) -> dict[str, Value]:
    over = twips((rule.length - setting.page.block_width) / 2) if rule.length else 0
    return {"w:left": -over, "w:right": -over}


def letter_footer(setting: Setting) -> str:
    """Return the first page's footer of a letter: thin over thick, as far from the sheet's edge as it must."""
    rule = setting.style.rules.letter_bottom
    line = tag(
        "w:bottom",
        {
            "w:val": "thinThickSmallGap",
            "w:sz": eighths(1.2 * rule.thickness),
            "w:space": max(0, min(31, round((footer_distance(setting) - twips(rule.distance)) / TWIPS_PER_POINT))),
            "w:color": colour(rule.colour),
        },
    )
    return part(
        "w:ftr",
        paragraph("page_number", properties=(tag("w:pBdr", None, line), tag("w:ind", _outwards(setting, rule)))),
    )
