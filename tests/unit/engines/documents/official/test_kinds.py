from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.definitions.application_forms import ApplicationForm
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.styles import Style
from qualicity.engines.documents.official import Document, Figure, figures_of, folded, write_docx, write_pdf
from qualicity.engines.documents.official.folding import order
from qualicity.engines.documents.official.kinds import (
    Fact,
    Issue,
    Resolution,
    Section,
    application_form,
    circular,
    letter,
    minutes,
    quality_report,
    report,
    self_assessment,
    supervision_letter,
    unanswered,
)
from qualicity.engines.documents.official.kinds.supervision import facts_grid
from qualicity.engines.documents.official.model import Attendance, Grid, Heading, Paragraph, Table, plain
from qualicity.engines.documents.official.numbering import numbers
from qualicity.engines.documents.official.rendered import Rendered
from qualicity.errors import InputError

OFFICE = "某市质量强市工作领导小组办公室"
ISSUE = Issue(
    letterhead=OFFICE + "文件",
    number="某质强办〔2015〕3号",
    addressees="市质监局",
    signers=(OFFICE,),
    signed_on=date(2015, 1, 20),
    copies="各成员单位",
    printed_by=OFFICE,
    printed_on=date(2015, 1, 21),
)


@pytest.fixture(scope="module")
def form() -> ApplicationForm:
    return catalogue().application_forms["quality-city"]


def text_of(document: Document, style: Style) -> str:
    found = docx.Document(BytesIO(write_docx(document, style).data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *cells])


def test_a_circular_says_why_what_and_what_is_asked(figure: Figure, style: Style) -> None:
    document = circular(
        title="通报",
        opening=("现通报如下：",),
        sections=(
            Section("总体情况", (Paragraph(("按期完成", figure)),)),
            Section("存在问题", (), (Section("逾期任务"), Section("数据缺报"))),
        ),
        closing=("请整改。",),
        issue=ISSUE,
    )
    assert (document.kind, document.form) == ("circular", "document")
    headings = [
        number + plain(block.runs)
        for number, block in zip(numbers(document.blocks), document.blocks, strict=True)
        if isinstance(block, Heading)
    ]
    assert headings == ["一、总体情况", "二、存在问题", "（一）逾期任务", "（二）数据缺报"]
    assert figures_of(document) == (figure,)
    assert plain(document.blocks[-1].runs) == "请整改。"  # type: ignore[union-attr]


def test_sections_deeper_than_four_stay_at_the_fourth_level() -> None:
    deep = Section("一", (), (Section("二", (), (Section("三", (), (Section("四", (), (Section("五"),)),)),)),))
    document = circular(title="通报", opening=(), sections=(deep,), issue=ISSUE)
    assert [block.level for block in document.blocks if isinstance(block, Heading)] == [1, 2, 3, 4, 4]


def test_a_letter_and_a_report_differ_in_form() -> None:
    body = (Paragraph(("文",)),)
    assert letter(title="函", blocks=body, issue=ISSUE).form == "letter"
    upward = report(title="报告", blocks=body, issue=replace(ISSUE, approvers=("甲某",)))
    assert (upward.form, upward.kind, upward.approvers) == ("document", "report", ("甲某",))


def test_a_supervision_letter_asks_and_brings_a_slip_for_the_answer(figure: Figure, style: Style) -> None:
    document = supervision_letter(
        title="督办函",
        opening=("现予督办。",),
        facts=(Fact("事项", ("检测体系",), wide=True), Fact("灯", ("红灯",)), Fact("进度", (figure,)), Fact("时限")),
        demands=(("请报送方案。",), ("请完成。",)),
        closing=("特此函告。",),
        slip_title="办理情况回执",
        slip=(Fact("责任人"), Fact("电话"), Fact("整改措施", wide=True)),
        issue=ISSUE,
    )
    text = text_of(document, style)
    for wanted in ("1.请报送方案。", "2.请完成。", "附件：办理情况回执", "检测体系", "97.52%", "整改措施"):
        assert wanted in text
    assert document.form == "letter"
    assert figures_of(document) == (figure,)


def test_facts_stand_two_a_line_and_wide_ones_alone() -> None:
    grid = facts_grid((Fact("甲"), Fact("乙"), Fact("丙"), Fact("丁", wide=True)), free_mm=30)
    assert [[cell.across for cell in row] for row in grid.rows] == [[1, 1, 1, 1], [1, 3], [1, 3]]
    assert grid.heights_mm == (11, 11, 30)


@given(st.lists(st.booleans(), max_size=9))
def test_each_line_of_facts_is_full(wide: list[bool]) -> None:
    grid = facts_grid([Fact(str(number), wide=one) for number, one in enumerate(wide)])
    assert all(sum(cell.across for cell in row) == 4 for row in grid.rows)
    assert [plain(cell.runs) for row in grid.rows for cell in row if cell.label] == [str(n) for n in range(len(wide))]


def test_minutes_list_what_was_resolved_and_who_was_there(style: Style) -> None:
    document = minutes(
        title="第三次会议纪要",
        opening=("会议纪要如下：",),
        sections=(Section("关于进展", (Paragraph(("听取汇报。",)),)),),
        resolutions=(Resolution(("汇总材料。",), "市质监局", date(2015, 2, 10)), Resolution(("补报。",))),
        resolutions_caption="议定事项",
        attendance=(Attendance("出席", ("甲某", "乙某")),),
        issue=replace(ISSUE, signers=(), signed_on=None),
    )
    table = document.blocks[-1]
    assert isinstance(table, Table)
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["1", "汇总材料。", "市质监局", "2015年2月10日"],
        ["2", "补报。", "", ""],
    ]
    assert "出席：甲某　乙某" in text_of(document, style)


@pytest.mark.parametrize("build", [quality_report, self_assessment])
def test_long_reports_have_a_cover_and_contents_in_place_of_a_signature(build: object, style: Style) -> None:
    document: Document = build(  # type: ignore[operator]
        title="质量分析报告",
        subtitle="（2014年度）",
        opening=(Paragraph(("摘要",)),),
        sections=(Section("产品"),),
        issue=ISSUE,
    )
    assert document.contents
    assert document.cover is not None
    assert document.cover.lines == (OFFICE, "2015年1月20日")
    assert (document.letterhead, document.number, document.signers) == ("", "", ())
    assert document.author == OFFICE
    text = text_of(document, style)
    assert text.count("2015年1月20日") == 1


def test_an_application_shows_every_field_and_what_was_chosen(form: ApplicationForm, figure: Figure) -> None:
    answers = {"name": "某市", "category": "prefecture", "population": (figure,), "gdp": ("1", (figure,))}
    document = application_form(form, answers, first_year=2013, issue=ISSUE)
    shown = "\n".join(
        plain(cell.runs) for block in document.blocks if isinstance(block, Grid) for row in block.rows for cell in row
    )
    for field in form.fields:
        assert field.title.zh in shown
    assert "■地级城市" in shown
    assert shown.count("■") == 1
    assert shown.count("□") == 4
    assert "2013年：1\n2012年：97.52%\n2011年：" in shown
    assert figures_of(document) == (figure, figure)
    assert document.cover is not None
    assert form.note.zh in "".join(plain(block.runs) for block in document.blocks if isinstance(block, Paragraph))


def test_an_answer_to_no_field_or_choice_is_refused(form: ApplicationForm) -> None:
    with pytest.raises(InputError, match="did you mean “name”"):
        application_form(form, {"nam": "某市"}, first_year=2013, issue=ISSUE)
    with pytest.raises(InputError, match="prefecture"):
        application_form(form, {"category": "village"}, first_year=2013, issue=ISSUE)


def test_what_is_not_answered_is_named(form: ApplicationForm) -> None:
    codes = [field.code for field in unanswered(form, {"name": "某市", "head": ""})]
    assert "head" in codes
    assert "name" not in codes
    assert "fax" not in codes


@pytest.mark.parametrize(
    ("pages", "sides"),
    [
        (1, ((0, 1), (0, 0))),
        (4, ((4, 1), (2, 3))),
        (6, ((0, 1), (2, 0), (6, 3), (4, 5))),
        (8, ((8, 1), (2, 7), (6, 3), (4, 5))),
    ],
)
def test_pages_lie_so_that_the_folded_sheet_reads_on(pages: int, sides: tuple[tuple[int, int], ...]) -> None:
    assert order(pages) == sides


@given(st.integers(1, 60))
def test_every_page_is_printed_once_and_each_side_adds_up(pages: int) -> None:
    sides = order(pages)
    assert sorted(page for side in sides for page in side if page) == list(range(1, pages + 1))
    assert all(0 in side or sum(side) == len(sides) * 2 + 1 for side in sides)


def test_an_application_can_be_printed_on_a3_and_folded(form: ApplicationForm, style: Style) -> None:
    written = write_pdf(application_form(form, {"name": "某市"}, first_year=2013, issue=ISSUE), style)
    sheets: Rendered = folded(written)
    with pdfplumber.open(BytesIO(sheets.data)) as found:
        assert len(found.pages) == sheets.pages == len(order(written.pages or 0))
        assert {(round(page.width / 72 * 25.4), round(page.height / 72 * 25.4)) for page in found.pages} == {
            (420, 297)
        }
