"""The office file, and a test for each trap that other formatters have fallen into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.styles import Style
from qualicity.engines.documents.official import Document, write_docx
from qualicity.engines.documents.official.model import Attendance, Paragraph
from qualicity.engines.documents.official.words import clean

from .conftest import BASE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: The order that the schema prescribes; Word calls a file in another order unreadable.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs kinsoku wordWrap "
    "overflowPunct autoSpaceDE autoSpaceDN adjustRightInd snapToGrid spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b i color spacing w sz szCs lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblInd tblBorders tblLayout tblCellMar tblCaption",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "trPr": "cantSplit trHeight tblHeader",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType titlePg docGrid",
    "style": "name basedOn next uiPriority qFormat pPr rPr tblPr",
    "settings": "zoom bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders "
    "bookFoldPrinting drawingGridVerticalSpacing characterSpacingControl updateFields compat decimalSymbol "
    "listSeparator",
}


@pytest.fixture(scope="module")
def parts(circular: Document, style: Style) -> dict[str, etree._Element]:
    return opened(circular, style)


def opened(document: Document, style: Style) -> dict[str, etree._Element]:
    archive = ZipFile(BytesIO(write_docx(document, style, link_base=BASE).data))
    return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if not name.endswith(".png")}


def every(parts: dict[str, etree._Element], name: str) -> Iterator[etree._Element]:
    for part in parts.values():
        yield from part.iter(W + name)


def body(parts: dict[str, etree._Element]) -> etree._Element:
    return parts["word/document.xml"]


def text_of(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(W + "t"))


def style_of(parts: dict[str, etree._Element], code: str) -> etree._Element:
    return next(one for one in every(parts, "style") if one.get(W + "styleId") == code)


def test_it_opens_with_all_its_words(circular: Document, style: Style) -> None:
    found = docx.Document(BytesIO(write_docx(circular, style).data))
    words = "\n".join(one.text for one in found.paragraphs)
    for wanted in (
        "000001", "秘密★1年", "特急", "某市人民政府文件", "某政〔2014〕17号", "关于2014年质量工作情况的通报",
        "市人民政府各部门：", "一、总体情况", "（一）产品", "1.食品。食品合格率为97.52%。", "（1）粮食", "附件：1.",
        "某市人民政府", "2014年5月8日", "（此件公开发布）", "附件1", "表1　各县合格率", "图1　合格率",
    ):  # fmt: skip
        assert wanted in words, wanted
    imprint = found.tables[-1]
    rows = [one.cells[0].text for one in imprint.rows]
    assert rows == ["抄送：市委各部门。", "某市人民政府办公厅\t2014年5月9日印发"]


def test_properties_stand_in_the_order_of_the_schema(parts: dict[str, etree._Element]) -> None:
    for kind, order in ORDER.items():
        known = order.split()
        for element in every(parts, kind):
            names = [etree.QName(one).localname for one in element]
            assert set(names) <= set(known), (kind, names)
            assert names == sorted(names, key=known.index), (kind, names)


def test_trap_no_theme_overrides_a_typeface(parts: dict[str, etree._Element]) -> None:
    assert not [name for name in parts if "theme" in name.lower()]
    for part in parts.values():
        for element in part.iter():
            assert not [key for key in element.attrib if "theme" in key.lower()]


def test_trap_every_style_names_all_four_typefaces(parts: dict[str, etree._Element], style: Style) -> None:
    for one in every(parts, "style"):
        fonts = one.find(f"{W}rPr/{W}rFonts")
        if fonts is None:
            assert one.get(W + "styleId") in {"DefaultParagraphFont", "TableNormal", "Picture", "Gap"}
            continue
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            assert fonts.get(W + kind) in {face.names[0] for face in style.faces.values()}


def test_trap_quotation_marks_dashes_and_ellipses_are_chinese(parts: dict[str, etree._Element]) -> None:
    """In Word “ ” ‘ ’ … — are drawn in the Latin face unless a run says otherwise."""
    seen = 0
    for run in every(parts, "r"):
        if re.search("[“”‘’…—·]", text_of(run)):
            fonts = run.find(f"{W}rPr/{W}rFonts")
            assert fonts is not None
            assert fonts.get(W + "hint") == "eastAsia"
            seen += 1
    assert seen


def test_trap_lines_are_exact_and_twenty_two_fit(parts: dict[str, etree._Element]) -> None:
    spacing = style_of(parts, "Normal").find(f"{W}pPr/{W}spacing")
    assert spacing is not None
    assert (spacing.get(W + "line"), spacing.get(W + "lineRule")) == ("579", "exact")
    margins = body(parts).find(f".//{W}pgMar")
    size = body(parts).find(f".//{W}pgSz")
    assert margins is not None
    assert size is not None
    height = int(size.get(W + "h")) - int(margins.get(W + "top")) - int(margins.get(W + "bottom"))
    assert height // 579 == 22


def test_trap_twenty_eight_characters_fit_a_line(parts: dict[str, etree._Element]) -> None:
    squeeze = style_of(parts, "Normal").find(f"{W}rPr/{W}spacing")
    assert squeeze is not None
    advance = 16 * 20 + int(squeeze.get(W + "val"))
    assert 28 * advance <= round(156 / 25.4 * 1440) < 29 * advance


def test_trap_an_exact_line_cuts_no_picture_and_no_cell(parts: dict[str, etree._Element]) -> None:
    pictures = [one for one in every(parts, "p") if one.find(f".//{W}drawing") is not None]
    assert pictures
    for one in pictures:
        assert one.find(f"{W}pPr/{W}pStyle").get(W + "val") == "Picture"
    assert style_of(parts, "Picture").find(f"{W}pPr/{W}spacing").get(W + "lineRule") == "auto"
    used = {one.find(f"{W}pPr/{W}pStyle").get(W + "val") for one in body(parts).iterfind(f".//{W}tc/{W}p")}
    assert used >= {"TableHeader", "TableText", "FormLabel", "FormText"}
    for code in used - {"Copies", "Imprint"}:
        assert style_of(parts, code).find(f"{W}pPr/{W}spacing").get(W + "lineRule") == "atLeast"


def test_trap_page_numbers_stand_outside_with_their_dashes(parts: dict[str, etree._Element]) -> None:
    sides = {}
    for reference in body(parts).iter(W + "footerReference"):
        relation = reference.get(qn("r:id"))
        target = next(one.get("Target") for one in parts["word/_rels/document.xml.rels"] if one.get("Id") == relation)
        footer = parts[f"word/{target}"]
        assert text_of(footer) == "— 1 —"
        assert "PAGE" in "".join(one.text or "" for one in footer.iter(W + "instrText"))
        sides[reference.get(W + "type")] = footer.find(f".//{W}jc").get(W + "val")
        assert [one.get(W + "val") for one in footer.iter(W + "sz")] == ["28"] * 7
    assert sides == {"default": "right", "even": "left"}
    assert parts["word/settings.xml"].find(W + "evenAndOddHeaders") is not None


@pytest.mark.parametrize(
    ("rules", "shown", "sides"),
    [
        ({"position": "center", "pattern": "- {page} -"}, "- 1 -", {"center"}),
        ({"position": "right", "pattern": "{page}"}, "1", {"right"}),
    ],
)
def test_trap_an_office_numbers_its_pages_in_its_own_way(
    circular: Document, changed: Callable[..., Style], rules: dict[str, object], shown: str, sides: set[str]
) -> None:
    parts = opened(circular, changed(page_number=rules))
    footers = [part for name, part in parts.items() if "footer" in name]
    assert {text_of(one) for one in footers} == {shown}
    assert {one.get(W + "val") for footer in footers for one in footer.iter(W + "jc")} == sides


def test_trap_the_first_page_may_go_without_a_number(circular: Document, changed: Callable[..., Style]) -> None:
    parts = opened(circular, changed(page_number={"on_first_page": False}))
    assert body(parts).find(f".//{W}titlePg") is not None
    assert text_of(parts["word/footer3.xml"]) == ""


def test_trap_margins_measured_by_ink_are_smaller_in_the_file(
    circular: Document, changed: Callable[..., Style]
) -> None:
    margins = body(opened(circular, changed(page={"block_measured": "ink"}))).find(f".//{W}pgMar")
    assert margins is not None
    assert (int(margins.get(W + "top")), int(margins.get(W + "bottom"))) == (1962, 1848)


def test_trap_the_number_keeps_its_brackets(circular: Document, parts: dict[str, etree._Element]) -> None:
    assert circular.number in text_of(body(parts))


def test_trap_names_of_typefaces_are_declared_with_their_aliases(parts: dict[str, etree._Element]) -> None:
    font = next(one for one in every(parts, "font") if one.get(W + "name") == "仿宋_GB2312")
    assert "仿宋" in font.find(W + "altName").get(W + "val").split(",")


def test_the_grid_is_declared(parts: dict[str, etree._Element]) -> None:
    grid = body(parts).find(f".//{W}docGrid")
    assert grid is not None
    assert dict(grid.attrib) == {W + "type": "linesAndChars", W + "linePitch": "579", W + "charSpace": "-848"}


def test_headings_of_tables_are_repeated_and_rows_stay_whole(parts: dict[str, etree._Element]) -> None:
    tables = [one for one in body(parts).iter(W + "tbl") if "县（市、区）" in text_of(one)]
    assert len(tables) == 2
    for table in tables:
        rows = table.findall(W + "tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows[1:])
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert sum(int(one.get(W + "w")) for one in table.iter(W + "gridCol")) == 8844


def test_headings_stay_with_what_follows_and_make_the_outline(parts: dict[str, etree._Element]) -> None:
    for level in (1, 2, 3, 4):
        properties = style_of(parts, f"Heading{level}").find(W + "pPr")
        assert properties.find(W + "keepNext") is not None
        assert properties.find(W + "outlineLvl").get(W + "val") == str(level - 1)


def test_figures_lead_to_how_they_were_computed_and_look_like_words(parts: dict[str, etree._Element]) -> None:
    links = list(body(parts).iter(W + "hyperlink"))
    assert len(links) == 2 + 60 + 60
    targets = {one.get("Id"): one for one in parts["word/_rels/document.xml.rels"]}
    for link in links:
        target = targets[link.get(qn("r:id"))]
        assert target.get("Target") == BASE + "/figures/7"
        assert target.get("TargetMode") == "External"
        assert "product-1 · 410100 · 2014" in link.get(W + "tooltip")
        assert link.find(f".//{W}rStyle") is None
        assert link.find(f".//{W}u") is None
        assert link.find(f".//{W}color") is None


def test_a_figure_without_the_sites_address_is_plain_text(circular: Document, style: Style) -> None:
    written = write_docx(circular, style)
    assert b"w:hyperlink" not in ZipFile(BytesIO(written.data)).read("word/document.xml")


def test_pictures_have_words_for_who_cannot_see_them(parts: dict[str, etree._Element]) -> None:
    named = [one for one in body(parts).iter() if etree.QName(one).localname == "docPr"]
    assert [one.get("descr") for one in named] == ["合格率逐年折线"]


def test_merged_cells_go_down(parts: dict[str, etree._Element]) -> None:
    form = next(one for one in body(parts).iter(W + "tbl") if "姓名" in text_of(one))
    assert [one.get(W + "val") for one in form.iter(W + "vMerge")] == ["restart", "continue"]
    assert [len(row.findall(W + "tc")) for row in form.findall(W + "tr")] == [2, 4]
    assert [one.get(W + "val") for one in form.iter(W + "trHeight")] == ["1134", "680"]


def test_no_page_bears_a_signature_alone(circular: Document, style: Style) -> None:
    document = replace(circular, blocks=(Paragraph(("甲",)), Paragraph(("乙",))))
    kept = {
        text_of(one): one.find(f"{W}pPr/{W}keepNext") is not None
        for one in body(opened(document, style)).iter(W + "p")
        if text_of(one)
    }
    assert not kept["甲"]
    assert kept["乙"]
    assert kept["附件：1.任务表"]
    assert kept["2.名单"]
    assert kept["某市人民政府"]


def test_the_imprint_floats_at_the_foot_between_thick_lines(parts: dict[str, etree._Element]) -> None:
    imprint = list(body(parts).iter(W + "tbl"))[-1]
    assert imprint.find(f"{W}tblPr/{W}tblpPr").get(W + "tblpYSpec") == "bottom"
    edges = {etree.QName(one).localname: one.get(W + "sz") for one in imprint.find(f"{W}tblPr/{W}tblBorders")}
    assert (edges["top"], edges["bottom"], edges["insideH"]) == ("8", "8", "6")


def test_the_file_names_the_office_and_no_tool(circular: Document, style: Style) -> None:
    found = docx.Document(BytesIO(write_docx(circular, style).data)).core_properties
    assert (found.author, found.last_modified_by, found.title) == ("某市人民政府", "某市人民政府", circular.title)
    assert (found.subject, found.keywords, found.language) == ("通报", "质量；通报", "zh-CN")
    assert found.created is not None
    assert found.created.date() == circular.signed_on


def test_simulated_data_says_so_on_every_page(circular: Document, style: Style) -> None:
    def headers(document: Document) -> list[str]:
        return [text_of(part) for name, part in opened(document, style).items() if "header" in name]

    assert headers(circular) == ["模拟数据，仅供演示"]
    assert headers(replace(circular, simulated=False)) == [""]
    letter = replace(circular, form="letter", letterhead="某局")
    assert headers(letter) == ["模拟数据，仅供演示", "模拟数据，仅供演示某局"]


def test_a_letter_has_red_double_lines_and_no_number_on_its_first_page(circular: Document, style: Style) -> None:
    parts = opened(replace(circular, form="letter"), style)
    assert body(parts).find(f".//{W}titlePg") is not None
    edges = [*parts["word/header2.xml"].iter(W + "bottom"), *parts["word/footer3.xml"].iter(W + "bottom")]
    lines = [one.get(W + "val") for one in edges]
    assert lines == ["thickThinSmallGap", "thinThickSmallGap"]
    assert text_of(parts["word/footer3.xml"]) == ""
    assert "办公厅" not in text_of(body(parts))


def test_upward_documents_name_who_approved_them(circular: Document, style: Style) -> None:
    parts = opened(replace(circular, approvers=("甲某", "乙某", "丙某")), style)
    lines = [text_of(one) for one in body(parts).iter(W + "p") if "Approvers" in etree.tostring(one).decode()]
    assert lines == ["签发人：甲某　乙某", "某政〔2014〕17号丙某"]


def test_minutes_say_who_was_there(circular: Document, style: Style) -> None:
    minutes = replace(circular, form="minutes", attendance=(Attendance("出席", ("甲某", "乙某")),))
    assert "出席：甲某　乙某" in text_of(body(opened(minutes, style)))


def test_contents_have_the_pages_of_the_pdf_and_the_front_has_no_numbers(long_report: Document, style: Style) -> None:
    parts = opened(long_report, style)
    entries = [text_of(one) for one in body(parts).iter(W + "p") if one.find(f"{W}pPr/{W}pStyle") is not None
               and one.find(f"{W}pPr/{W}pStyle").get(W + "val").startswith("TOC")]  # fmt: skip
    assert [entry.rstrip("0123456789") for entry in entries] == [
        "一、总体情况", "（一）产品", "二、总体情况", "（一）产品", "三、总体情况", "（一）产品",
    ]  # fmt: skip
    pages = [int(re.findall(r"\d+$", entry)[0]) for entry in entries]
    assert pages == sorted(pages)
    assert pages[0] == 1
    front, rest = body(parts).iter(W + "sectPr")
    assert front.find(W + "footerReference") is None
    assert rest.find(W + "pgNumType").get(W + "start") == "1"
    marks = {one.get(W + "name") for one in body(parts).iter(W + "bookmarkStart")}
    assert {one.get(W + "anchor") for one in body(parts).iter(W + "hyperlink") if one.get(W + "anchor")} <= marks


def test_the_same_document_is_the_same_file(circular: Document, style: Style) -> None:
    assert write_docx(circular, style).data == write_docx(circular, style).data


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_written_comes_out_as_written(title: str, words: str) -> None:
    document = Document("letter", title, blocks=(Paragraph((words,)),))
    written = write_docx(document, catalogue().styles["gbt-9704-2012"])
    found = docx.Document(BytesIO(written.data))
    assert [one.text for one in found.paragraphs if one.style.name == "Body Text"] == [clean(words)]
    assert found.core_properties.title == clean(title).replace("\n", "")
