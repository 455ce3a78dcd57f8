"""Faults to plant into the specimen: one each, with the clause under which it must be found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from tests.unit.engines.documents.checking import specimen
from tests.unit.engines.documents.checking.specimen import CENTER, RIGHT, border, exact, found, indent

Fault = Callable[[Any], None]
FAULTS: dict[str, tuple[str, Fault]] = {}


def fault(clause: str) -> Callable[[Fault], Fault]:
    """Name a fault by its function, under the clause that it offends."""

    def keep(function: Fault) -> Fault:
        FAULTS[function.__name__] = (clause, function)
        return function

    return keep


def retype(document: Any, start: str, *, font: str = "", size: float = 0) -> None:
    """Set a paragraph in another font or size."""
    for run in found(document, start).runs:
        if font:
            for slot in ("ascii", "hAnsi", "eastAsia"):
                run._element.rPr.rFonts.set(qn(f"w:{slot}"), font)
        if size:
            run.font.size = Pt(size)


def reword(document: Any, start: str, text: str) -> None:
    """Give a paragraph another text."""
    runs = found(document, start).runs
    runs[0].text = text
    for run in runs[1:]:
        run.text = ""


@fault("5.1")
def paper_letter(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(215.9), Mm(279.4)


@fault("5.2.1")
def margin_top(document: Any) -> None:
    document.sections[0].top_margin = Mm(25.4)


@fault("5.2.1")
def margin_bottom(document: Any) -> None:
    section = document.sections[0]
    section.bottom_margin = Mm(25.4)


@fault("5.2.1")
def margin_left(document: Any) -> None:
    document.sections[0].left_margin = Mm(31.7)


@fault("5.2.1")
def margin_right(document: Any) -> None:
    document.sections[0].right_margin = Mm(20)


@fault("5.2.1")
def table_beyond_the_block(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    for column in table.columns:
        column.width = Mm(90)
    _first_in_text(document, table)


@fault("5.2.2")
def body_in_songti(document: Any) -> None:
    retype(document, "质量是城市", font="宋体")


@fault("5.2.2")
def body_in_small_four(document: Any) -> None:
    retype(document, "质量是城市", size=12)


@fault("5.2.2")
def body_by_theme_font(document: Any) -> None:
    """The theme's font wins over the one named beside it."""
    for run in found(document, "质量是城市").runs:
        run._element.rPr.rFonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")


@fault("5.2.2")
def quotation_marks_in_latin(document: Any) -> None:
    for run in found(document, "质量是城市").runs:
        fonts = run._element.rPr.rFonts
        fonts.set(qn("w:hAnsi"), "Times New Roman")
        del fonts.attrib[qn("w:hint")]


@fault("7.3.3")
def words_in_another_font(document: Any) -> None:
    specimen.typed(found(document, "2.推进"), "其中有几个字用了别的字体。", "微软雅黑", 16)


@fault("5.2.3")
def pitch_exact_24(document: Any) -> None:
    exact(found(document, "质量是城市"), 24)


@fault("5.2.3")
def pitch_multiple(document: Any) -> None:
    paragraph = found(document, "质量是城市")
    paragraph.paragraph_format.line_spacing = 1.5
    grid = OxmlElement("w:snapToGrid")
    grid.set(qn("w:val"), "0")
    paragraph._element.pPr.insert_element_before(grid, "w:spacing", "w:ind", "w:jc")


@fault("5.2.3")
def space_between_paragraphs(document: Any) -> None:
    found(document, "（1）").paragraph_format.space_before = Pt(12)


@fault("5.2.3")
def characters_27_a_line(document: Any) -> None:
    document.sections[0]._sectPr.find(qn("w:docGrid")).set(qn("w:type"), "lines")


@fault("5.2.4")
def blue_text(document: Any) -> None:
    found(document, "2.推进").runs[0].font.color.rgb = RGBColor(0, 0, 0xFF)


@fault("5.2.4")
def red_text(document: Any) -> None:
    found(document, "2.推进").runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)


@fault("7.2.2")
def secrecy_in_fangsong(document: Any) -> None:
    found(document, "郑州市人民政府文件")._element.addprevious(
        specimen.line(document, "机密★1年", specimen.FANGSONG, 16)._element
    )


@fault("7.2.6")
def approver_with_half_width_colon(document: Any) -> None:
    number = found(document, "郑政")
    specimen.typed(number, "　　　签发人:", specimen.FANGSONG, 16)
    specimen.typed(number, "张某", specimen.KAITI, 16)


@fault("7.2.6")
def approver_in_fangsong(document: Any) -> None:
    number = found(document, "郑政")
    specimen.typed(number, "　　　签发人：张某", specimen.FANGSONG, 16)


@fault("7.2.4")
def letterhead_black(document: Any) -> None:
    found(document, "郑州市人民政府文件").runs[0].font.color.rgb = RGBColor(0, 0, 0)


@fault("7.2.4")
def letterhead_in_heiti(document: Any) -> None:
    retype(document, "郑州市人民政府文件", font="黑体")


@fault("7.2.5")
def number_in_square_brackets(document: Any) -> None:
    reword(document, "郑政", "郑政[2014]17号")


@fault("7.2.5")
def number_with_leading_zero(document: Any) -> None:
    reword(document, "郑政", "郑政〔2014〕017号")


@fault("7.2.5")
def number_with_ordinal(document: Any) -> None:
    reword(document, "郑政", "郑政〔2014〕第17号")


@fault("7.2.5")
def number_not_centred(document: Any) -> None:
    found(document, "郑政").alignment = None


@fault("7.2.7")
def no_red_line(document: Any) -> None:
    properties = found(document, "郑政")._element.pPr
    properties.remove(properties.find(qn("w:pBdr")))


@fault("7.3.1")
def title_in_small_two(document: Any) -> None:
    retype(document, "关于印发", size=18)


@fault("7.3.1")
def title_in_heiti(document: Any) -> None:
    retype(document, "关于印发", font="黑体")


@fault("7.3.1")
def title_flush_left(document: Any) -> None:
    found(document, "关于印发").alignment = None


@fault("7.3.1")
def title_right_below_the_line(document: Any) -> None:
    title = found(document, "关于印发")._element.getprevious()
    for _ in range(2):
        title.getparent().remove(title.getprevious())


@fault("7.3.2")
def addressees_without_colon(document: Any) -> None:
    reword(document, "各县", "各县（市、区）人民政府，市人民政府各部门，各有关单位")


@fault("7.3.2")
def addressees_with_half_width_colon(document: Any) -> None:
    reword(document, "各县", "各县（市、区）人民政府，市人民政府各部门，各有关单位:")


@fault("7.3.2")
def addressees_indented(document: Any) -> None:
    indent(found(document, "各县"), first=2)


@fault("7.3.3")
def body_not_indented(document: Any) -> None:
    ind = found(document, "质量是城市")._element.pPr.ind
    ind.getparent().remove(ind)


@fault("7.3.3")
def body_hanging(document: Any) -> None:
    indent(found(document, "质量是城市"), left=2, first=0)


@fault("7.3.3")
def heading_1_in_fangsong(document: Any) -> None:
    retype(document, "二、工作任务", font=specimen.FANGSONG)


@fault("7.3.3")
def heading_2_in_heiti(document: Any) -> None:
    retype(document, "（一）提高", font="黑体")


@fault("7.3.3")
def heading_number_with_stop(document: Any) -> None:
    reword(document, "2.推进", "2、推进标准化生产。")


@fault("7.3.3")
def heading_numbers_out_of_order(document: Any) -> None:
    reword(document, "三、工作要求", "四、工作要求")


@fault("7.3.3")
def heading_level_passed_over(document: Any) -> None:
    reword(document, "1.加强", "（1）加强监督抽查。全年抽查不少于500批次。")
    for start in ("（1）抽查", "（2）不合格", "2.推进"):
        reword(document, start, "各部门要密切配合。")


@fault("7.3.3")
def heading_in_half_width_brackets(document: Any) -> None:
    reword(document, "（二）提高", "(二)提高服务质量")


@fault("7.3.4")
def attachment_note_with_half_width_colon(document: Any) -> None:
    reword(document, "附件：", "附件:1.任务分工表")


@fault("7.3.4")
def attachment_note_with_full_stop(document: Any) -> None:
    reword(document, "2.考核办法", "2.考核办法。")


@fault("7.3.4")
def attachment_note_without_empty_line(document: Any) -> None:
    note = found(document, "附件：")._element
    note.getparent().remove(note.getprevious())


@fault("7.3.5.1")
def date_at_the_edge(document: Any) -> None:
    indent(found(document, "2014年5月8日"), right=0)


@fault("7.3.5.1")
def no_date(document: Any) -> None:
    date = found(document, "2014年5月8日")._element
    signature, note = date.getprevious(), date.getnext()
    for one in (date, signature, note):
        one.getparent().remove(one)


@fault("7.3.5.4")
def date_in_chinese_digits(document: Any) -> None:
    reword(document, "2014年5月8日", "二〇一四年五月八日")


@fault("7.3.5.4")
def date_with_leading_zeros(document: Any) -> None:
    reword(document, "2014年5月8日", "2014年05月08日")


@fault("7.3.7")
def attachment_on_the_same_page(document: Any) -> None:
    for one in document.element.body.iter(qn("w:br")):
        one.getparent().remove(one)
        break


@fault("7.3.7")
def attachment_label_in_fangsong(document: Any) -> None:
    retype(document, "附件1", font=specimen.FANGSONG)


@fault("7.3.7")
def attachment_title_unlike_the_note(document: Any) -> None:
    title = [one for one in document.paragraphs if one.text == "考核办法"][-1]
    title.runs[0].text = "评分办法"


@fault("7.4.1")
def imprint_without_lines(document: Any) -> None:
    for start in ("　抄送", "　郑州市人民政府办公厅"):
        properties = found(document, start)._element.pPr
        properties.remove(properties.find(qn("w:pBdr")))


@fault("7.4.1")
def imprint_outer_lines_thin(document: Any) -> None:
    for one in found(document, "　抄送")._element.pPr.find(qn("w:pBdr")):
        one.set(qn("w:sz"), "2")


@fault("7.4.2")
def copies_in_three(document: Any) -> None:
    retype(document, "　抄送", size=16)


@fault("7.4.2")
def copies_without_full_stop(document: Any) -> None:
    reword(document, "　抄送", "　抄送：市委各部门，市人大常委会办公厅")


@fault("7.4.3")
def printed_with_leading_zero(document: Any) -> None:
    reword(document, "　郑州市人民政府办公厅", "　郑州市人民政府办公厅　　　2014年05月8日印发")


@fault("7.5")
def no_page_number(document: Any) -> None:
    for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
        for run in list(footer.paragraphs[0].runs):
            run._element.getparent().remove(run._element)


@fault("7.5")
def no_page_number_on_even_pages(document: Any) -> None:
    for run in list(document.sections[0].even_page_footer.paragraphs[0].runs):
        run._element.getparent().remove(run._element)


@fault("7.5")
def page_number_on_the_wrong_side(document: Any) -> None:
    specimen.page_number(document.sections[0].even_page_footer, RIGHT)


@fault("7.5")
def page_number_centred_on_all_pages(document: Any) -> None:
    document.settings.odd_and_even_pages_header_footer = False
    specimen.page_number(document.sections[0].footer, CENTER)


@fault("7.5")
def page_number_with_hyphens(document: Any) -> None:
    specimen.page_number(document.sections[0].footer, RIGHT, form="- {} -")


@fault("7.5")
def page_number_in_times(document: Any) -> None:
    specimen.page_number(document.sections[0].footer, RIGHT, font="Times New Roman")


@fault("7.5")
def page_number_in_small_five(document: Any) -> None:
    specimen.page_number(document.sections[0].footer, RIGHT, size=9)


@fault("7.5")
def page_number_at_the_sheets_edge(document: Any) -> None:
    document.sections[0].footer_distance = Mm(12)


@fault("9")
def straight_quotation_marks(document: Any) -> None:
    reword(document, "2.推进", '2.推进"标准化"生产。')


@fault("9")
def half_width_comma(document: Any) -> None:
    reword(document, "2.推进", "2.推进标准化生产,提高普及率。")


@fault("9")
def half_width_brackets(document: Any) -> None:
    reword(document, "2.推进", "2.推进标准化生产(含认证)。")


def _first_in_text(document: Any, table: Any) -> None:
    found(document, "一、")._element.addprevious(table._element)
    for cell in table._cells:
        run = specimen.typed(cell.paragraphs[0], "项目", specimen.FANGSONG, 10.5)
        assert run is not None


__all__ = ["FAULTS", "border"]
