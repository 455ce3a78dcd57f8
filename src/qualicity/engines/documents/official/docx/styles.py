"""The styles of the office file, one for each element of the house style; no theme has a say in its typefaces."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualicity.engines.documents.official.docx.xml import Value, off, on, part, tag, val
from qualicity.engines.documents.official.layout import TWIPS_PER_POINT, Geometry, geometry

if TYPE_CHECKING:
    from qualicity.definitions.styles import Element, Style

#: Element → (style id, name): built-in names where Word and WPS know one, so that outline and contents work.
STYLES = {
    "copy_number": ("CopyNumber", "公文-份号"),
    "secrecy": ("Secrecy", "公文-密级"),
    "urgency": ("Urgency", "公文-紧急程度"),
    "letterhead": ("Letterhead", "公文-发文机关标志"),
    "number": ("DocumentNumber", "公文-发文字号"),
    "approver_label": ("Approvers", "公文-签发人"),
    "title": ("Title", "Title"),
    "addressees": ("Addressees", "公文-主送机关"),
    "body": ("BodyText", "Body Text"),
    "heading_1": ("Heading1", "heading 1"),
    "heading_2": ("Heading2", "heading 2"),
    "heading_3": ("Heading3", "heading 3"),
    "heading_4": ("Heading4", "heading 4"),
    "attachment_note": ("AttachmentNote", "公文-附件说明"),
    "attachment_label": ("AttachmentLabel", "公文-附件"),
    "attachment_title": ("AttachmentTitle", "公文-附件标题"),
    "signature": ("Signature", "Signature"),
    "signature_unsealed": ("SignatureUnsealed", "公文-署名（不盖章）"),
    "date": ("Date", "Date"),
    "notes": ("Notes", "公文-附注"),
    "attendance_label": ("Attendance", "公文-出席"),
    "copies": ("Copies", "公文-抄送"),
    "imprint": ("Imprint", "公文-印发"),
    "page_number": ("Footer", "footer"),
    "caption": ("Caption", "caption"),
    "table_header": ("TableHeader", "公文-表头"),
    "table_text": ("TableText", "公文-表格"),
    "table_note": ("TableNote", "公文-表注"),
    "form_label": ("FormLabel", "公文-表单项目"),
    "form_text": ("FormText", "公文-表单内容"),
    "cover_title": ("CoverTitle", "公文-封面标题"),
    "cover_subtitle": ("CoverSubtitle", "公文-封面副标题"),
    "cover_line": ("CoverLine", "公文-封面"),
    "contents_title": ("ContentsTitle", "公文-目录标题"),
    "contents_1": ("TOC1", "toc 1"),
    "contents_2": ("TOC2", "toc 2"),
    "simulated": ("Header", "header"),
}
CHARACTER_STYLES = {
    "strong": ("Strong", "Strong"),
    "approver_name": ("ApproverName", "公文-签发人姓名"),
    "attendance_people": ("AttendancePeople", "公文-出席人员"),
    "heading_3": ("Heading3Words", "公文-三级标题字"),
    "heading_4": ("Heading4Words", "公文-四级标题字"),
}
BUILT_IN = {"Title", "Signature", "Date", "Caption", "Header", "Footer", "BodyText", "Strong", "TOC1", "TOC2"} | {
    f"Heading{level}" for level in (1, 2, 3, 4)
}
#: What stands on no grid and grows with what is in it: an exact line would cut pictures and cells.
GROWING = {"table_header", "table_text", "table_note", "form_label", "form_text", "caption"}
KEPT_WITH_NEXT = {"attachment_label", "attachment_title", "heading_1", "heading_2", "heading_3", "heading_4"}
_CENTRED = {"left": "left", "center": "center", "right": "right", "justify": "both"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A style with the measures that follow from it."""

    style: Style
    page: Geometry = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "page", geometry(self.style))

    def lines(self, count: float) -> int:
        """Return lines of the grid in twips."""
        return round(count * self.page.pitch_twips)

    def characters(self, count: float, element: str = "body") -> int:
        """Return characters of an element's size in twips, on the grid."""
        points = self.style.points(element)
        squeeze = self.squeeze if points == self.style.points("body") else 0
        return round(count * (points * TWIPS_PER_POINT + squeeze))

    @property
    def squeeze(self) -> int:
        """Return by how many twips characters move together, so that a line holds its number of them.

        Said on the characters themselves: a grid of characters (docGrid) is kept by Word, but LibreOffice gives
        two of its cells to a character that is a hair wider than one.
        """
        return math.floor((self.page.character - self.style.points("body")) * TWIPS_PER_POINT)

    @property
    def width(self) -> int:
        """Return the width of the text block in twips."""
        return twips(self.page.block_width)


def twips(millimetres: float) -> int:
    """Return millimetres in twips."""
    return round(millimetres / 25.4 * 1440)


def colour(code: str) -> str:
    """Return a colour as office files write it."""
    return code.removeprefix("#").upper()


def fonts(setting: Setting, element: str) -> str:
    """Return the typefaces of an element, each of the four named, so that neither theme nor default steps in."""
    latin = setting.style.latin_face(element).names[0]
    eastern = setting.style.face(element).names[0]
    return tag(
        "w:rFonts", {"w:ascii": latin, "w:hAnsi": latin, "w:eastAsia": eastern, "w:cs": latin, "w:hint": "eastAsia"}
    )


def run_properties(setting: Setting, element: str, *, points: float | None = None, narrowed: float = 1) -> str:
    """Return how the characters of an element look; ``narrowed`` is their width to what it would be."""
    one = setting.style.elements[element]
    size = round(2 * (points or setting.style.points(element)))
    return "".join(
        (
            fonts(setting, element),
            val("b", 1 if one.bold else 0),
            val("i", 0),
            val("color", colour(one.colour)),
            val("spacing", setting.squeeze if setting.style.points(element) == setting.style.points("body") else 0),
            val("w", round(100 * narrowed)) if narrowed < 1 else "",
            val("sz", size),
            val("szCs", size),
        )
    )


def spacing(setting: Setting, one: Element, *, growing: bool = False) -> str:
    """Return an element's line: exactly its lines of the grid, or at least that for what may grow."""
    attributes: dict[str, Value] = {
        "w:before": setting.lines(one.lines_before),
        "w:after": setting.lines(one.lines_after),
        "w:line": setting.lines(one.pitch),
        "w:lineRule": "atLeast" if growing else "exact",
    }
    if one.lines_before:
        attributes["w:beforeLines"] = round(100 * one.lines_before)
    return tag("w:spacing", attributes)


def indent(setting: Setting, element: str, **characters: float) -> str:
    """Return indents given in characters, each also in twips for readers that know no characters."""
    attributes: dict[str, Value] = {}
    for name, count in characters.items():
        attributes[f"w:{name}Chars"] = round(100 * count)
        attributes[f"w:{name}"] = setting.characters(count, element)
    return tag("w:ind", attributes) if attributes else ""


def _paragraph_style(setting: Setting, element: str, code: str, name: str) -> str:
    one = setting.style.elements[element]
    level = int(element[-1]) if element.startswith("heading_") else 0
    indents: dict[str, float] = {"left": one.left, "right": one.right}
    if one.first_line:
        indents["firstLine"] = one.first_line
    return tag(
        "w:style",
        {"w:type": "paragraph", "w:styleId": code} | ({} if code in BUILT_IN else {"w:customStyle": 1}),
        val("name", name),
        val("basedOn", "Normal"),
        val("next", "BodyText") if level else "",
        val("uiPriority", 1),
        on("qFormat"),
        tag(
            "w:pPr",
            None,
            on("keepNext", when=element in KEPT_WITH_NEXT),
            on("keepLines", when=bool(level)),
            spacing(setting, one, growing=element in GROWING),
            indent(setting, element, **indents),
            val("jc", _CENTRED[one.align]),
            val("outlineLvl", level - 1) if level else "",
        ),
        tag("w:rPr", None, run_properties(setting, element)),
    )


def _character_style(setting: Setting, element: str, code: str, name: str) -> str:
    return tag(
        "w:style",
        {"w:type": "character", "w:styleId": code} | ({} if code in BUILT_IN else {"w:customStyle": 1}),
        val("name", name),
        val("uiPriority", 1),
        on("qFormat"),
        tag("w:rPr", None, run_properties(setting, element)),
    )


def _normal(setting: Setting) -> str:
    """Return the paragraph that all others stand on: body type, exact lines, nothing that moves a character."""
    return tag(
        "w:style",
        {"w:type": "paragraph", "w:default": 1, "w:styleId": "Normal"},
        val("name", "Normal"),
        on("qFormat"),
        tag(
            "w:pPr",
            None,
            off("widowControl"),
            on("kinsoku"),
            on("overflowPunct"),
            off("autoSpaceDE"),
            off("autoSpaceDN"),
            off("adjustRightInd"),
            off("snapToGrid"),
            tag("w:spacing", {"w:before": 0, "w:after": 0, "w:line": setting.lines(1), "w:lineRule": "exact"}),
            val("jc", "left"),
        ),
        tag("w:rPr", None, run_properties(setting, "body")),
    )


def _free(code: str, name: str, *properties: str) -> str:
    return tag(
        "w:style",
        {"w:type": "paragraph", "w:customStyle": 1, "w:styleId": code},
        val("name", name),
        val("basedOn", "Normal"),
        tag("w:pPr", None, *properties),
    )


def styles_part(setting: Setting) -> str:
    """Return ``styles.xml``."""
    language = tag("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"})
    grown = tag("w:spacing", {"w:before": 0, "w:after": 0, "w:line": 240, "w:lineRule": "auto"})
    return part(
        "w:styles",
        tag(
            "w:docDefaults",
            None,
            tag("w:rPrDefault", None, tag("w:rPr", None, run_properties(setting, "body"), language)),
            tag("w:pPrDefault", None, tag("w:pPr", None)),
        ),
        _normal(setting),
        tag(
            "w:style",
            {"w:type": "character", "w:default": 1, "w:styleId": "DefaultParagraphFont"},
            val("name", "Default Paragraph Font"),
            val("uiPriority", 1),
        ),
        tag(
            "w:style",
            {"w:type": "table", "w:default": 1, "w:styleId": "TableNormal"},
            val("name", "Normal Table"),
            tag("w:tblPr", None, tag("w:tblInd", {"w:w": 0, "w:type": "dxa"})),
        ),
        *(_paragraph_style(setting, element, code, name) for element, (code, name) in STYLES.items()),
        *(_character_style(setting, element, code, name) for element, (code, name) in CHARACTER_STYLES.items()),
        _free("Picture", "公文-图", on("keepNext"), grown, val("jc", "center")),
        _free("Gap", "公文-间隔"),
    )
