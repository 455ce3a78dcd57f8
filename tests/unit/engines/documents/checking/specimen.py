"""An official document made by hand with python-docx, in which nothing deviates: faults are planted into it."""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

CENTER, RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
FANGSONG, KAITI, HEITI, XIAOBIAOSONG, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
PITCH = 28.95

BODY = (
    "质量是城市竞争力的核心。为贯彻落实国家质量发展纲要，推进“质量强市”建设，经市人民政府研究，现就有关事项通知如下，"
    "请结合实际认真组织实施，并于2014年6月30日前报送实施方案。"
)


def clean() -> Any:
    """Return the document."""
    document = docx.Document()
    for paragraph in list(document.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    _page(document)
    _styles(document)
    head = line(document, "郑州市人民政府文件", XIAOBIAOSONG, 42, align=CENTER, colour="E60012", pitch=None)
    head.paragraph_format.space_before = Mm(33)
    blank(document, 2)
    number = line(document, "郑政〔2014〕17号", FANGSONG, 16, align=CENTER)
    border(number, "bottom", 12, "E60012")
    blank(document, 2)
    line(document, "郑州市人民政府", XIAOBIAOSONG, 22, align=CENTER)
    line(document, "关于印发质量强市工作方案的通知", XIAOBIAOSONG, 22, align=CENTER)
    blank(document)
    line(document, "各县（市、区）人民政府，市人民政府各部门，各有关单位：", FANGSONG, 16)
    body(document, BODY)
    heading(document, "一、指导思想", HEITI)
    body(document, BODY)
    heading(document, "二、工作任务", HEITI)
    heading(document, "（一）提高产品质量", KAITI)
    body(document, "1.加强监督抽查。全年抽查不少于500批次，合格率保持在95%以上。")
    body(document, "（1）抽查结果向社会公开。")
    body(document, "（2）不合格产品依法处理。")
    body(document, "2.推进标准化生产。")
    heading(document, "（二）提高服务质量", KAITI)
    run_in = heading(document, "（三）提高工程质量。", KAITI)
    typed(run_in, "大中型工程一次验收合格率达到100%。", FANGSONG, 16)
    heading(document, "三、工作要求", HEITI)
    body(document, BODY)
    blank(document)
    note = body(document, "附件：1.任务分工表")
    note.alignment = None
    second = body(document, "2.考核办法")
    indent(second, first=5)
    blank(document, 3)
    line(document, "郑州市人民政府", FANGSONG, 16, align=RIGHT, right=4.75)
    line(document, "2014年5月8日", FANGSONG, 16, align=RIGHT, right=4)
    body(document, "（联系人：办公室，电话：67180000）")
    attachment(document, "附件1", "任务分工表")
    attachment(document, "附件2", "考核办法")
    blank(document, 2)
    _imprint(document)
    return document


def line(
    document: Any, text: str, font: str, size: float, *, align: Any = None, colour: str = "", right: float = 0,
    pitch: float | None = PITCH,
) -> Any:  # fmt: skip
    """Add a paragraph without an indent."""
    paragraph = document.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    typed(paragraph, text, font, size, colour)
    exact(paragraph, pitch)
    if right:
        indent(paragraph, right=right, first=0)
    return paragraph


def body(document: Any, text: str, font: str = FANGSONG) -> Any:
    """Add a paragraph of running text."""
    paragraph = line(document, text, font, 16, align=JUSTIFY)
    indent(paragraph, first=2)
    return paragraph


def heading(document: Any, text: str, font: str) -> Any:
    """Add a heading."""
    paragraph = line(document, text, font, 16)
    indent(paragraph, first=2)
    return paragraph


def blank(document: Any, count: int = 1) -> None:
    """Add empty lines."""
    for _ in range(count):
        exact(document.add_paragraph(), PITCH)


def attachment(document: Any, label: str, title: str) -> None:
    """Add an attachment on a page of its own."""
    breaker = document.add_paragraph()
    breaker.add_run().add_break(WD_BREAK.PAGE)
    line(document, label, HEITI, 16)
    blank(document)
    line(document, title, XIAOBIAOSONG, 22, align=CENTER)
    blank(document)
    body(document, BODY)


def _imprint(document: Any) -> None:
    copies = line(document, "　抄送：市委各部门，市人大常委会办公厅，市政协办公厅。", FANGSONG, 14)
    border(copies, "top", 8)
    border(copies, "bottom", 6)
    printed = line(document, "　郑州市人民政府办公厅　　　　　2014年5月8日印发", FANGSONG, 14)
    border(printed, "bottom", 8)


def typed(paragraph: Any, text: str, font: str, size: float, colour: str = "") -> Any:
    """Add text in one type."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{slot}"), font)
    fonts.set(qn("w:hint"), "eastAsia")
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def exact(paragraph: Any, pitch: float | None) -> None:
    """Set the pitch of lines."""
    if pitch is not None:
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(pitch)


def indent(paragraph: Any, **sides: float) -> None:
    """Set indents in characters: first, left, right."""
    names = {"first": "firstLine", "left": "left", "right": "right"}
    size = paragraph.runs[0].font.size.pt if paragraph.runs else 14
    element = paragraph._element.get_or_add_pPr().get_or_add_ind()
    for side, count in sides.items():
        element.set(qn(f"w:{names[side]}Chars"), str(round(count * 100)))
        element.set(qn(f"w:{names[side]}"), str(round(count * size * 20)))


def border(paragraph: Any, side: str, eighths: int, colour: str = "000000") -> None:
    """Draw a line along a side."""
    properties = paragraph._element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    one = OxmlElement(f"w:{side}")
    for name, text in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        one.set(qn(f"w:{name}"), text)
    borders.append(one)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24.8)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, text in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-849")):
        grid.set(qn(f"w:{name}"), text)
    document.settings.odd_and_even_pages_header_footer = True
    page_number(section.footer, RIGHT)
    page_number(section.even_page_footer, None)


def page_number(footer: Any, align: Any, form: str = "— {} —", font: str = SONGTI, size: float = 14) -> None:
    """Write a page number into a footer."""
    paragraph = footer.paragraphs[0]
    for run in list(paragraph.runs):
        run._element.getparent().remove(run._element)
    paragraph.alignment = align
    indent(paragraph, **({"right": 1} if align == RIGHT else {"left": 1}))
    before, after = form.split("{}")
    typed(paragraph, before, font, size)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        run = typed(paragraph, text if kind == "text" else "", font, size)
        if kind == "text":
            continue
        if kind:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
        else:
            field = OxmlElement("w:instrText")
            field.text = f" {text} "
        run._element.append(field)
    typed(paragraph, after, font, size)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{slot}"), FANGSONG)
    normal.paragraph_format.space_after = Pt(0)


def found(document: Any, start: str) -> Any:
    """Return the paragraph that begins with a text."""
    return next(one for one in document.paragraphs if one.text.startswith(start))
