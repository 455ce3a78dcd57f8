"""The PDF, measured: what is on paper is what the house style says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from unicodedata import normalize

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.styles import Style
from qualicity.engines.documents.official import Document, write_pdf
from qualicity.engines.documents.official.model import Attachment, Attendance, Paragraph, Picture
from qualicity.errors import NotPossibleError

from .conftest import BASE

MM = 72 / 25.4


def pages_of(document: Document, style: Style) -> list[Any]:
    return pdfplumber.open(BytesIO(write_pdf(document, style, link_base=BASE).data)).pages


@pytest.fixture(scope="module")
def full(filled: Document, style: Style) -> Any:
    """Return the second page of a full document: body and nothing else."""
    return pages_of(filled, style)[1]


@pytest.fixture(scope="module")
def pages(circular: Document, style: Style) -> list[Any]:
    return pages_of(circular, style)


def lines_of(page: Any, character: str = "质") -> list[list[Any]]:
    rows: dict[int, list[Any]] = defaultdict(list)
    for one in page.chars:
        if one["text"] == character:
            rows[round(one["bottom"])].append(one)
    return [rows[key] for key in sorted(rows)]


def words(page: Any) -> str:
    return normalize("NFKC", "".join(one["text"] for one in page.chars)).replace(" ", "")


def test_a_page_has_twenty_two_lines_of_twenty_eight_characters(full: Any) -> None:
    assert [len(line) for line in lines_of(full)] == [28] * 22


def test_the_sheet_is_a4(full: Any) -> None:
    assert (full.width, full.height) == pytest.approx((210 * MM, 297 * MM), abs=0.1)


def test_the_text_block_stands_between_its_margins(full: Any) -> None:
    lines = lines_of(full)
    lefts, rights = [line[0]["x0"] for line in lines], [line[-1]["x1"] for line in lines]
    assert min(lefts) == pytest.approx(28 * MM, abs=0.5)
    assert max(rights) == pytest.approx((210 - 26) * MM, abs=0.5)
    pitch = (lines[-1][0]["top"] - lines[0][0]["top"]) / 21
    assert pitch == pytest.approx(225 * MM / 22, abs=0.01)
    # a line's box is its character and the white that is shared above and below it
    middle_of_first = (lines[0][0]["top"] + lines[0][0]["bottom"]) / 2
    assert middle_of_first == pytest.approx(37 * MM + pitch / 2, abs=1.5)
    assert all(one["size"] == pytest.approx(16) for line in lines for one in line)


def test_page_numbers_stand_outside_seven_millimetres_below(pages: list[Any]) -> None:
    for number, page in enumerate(pages, start=1):
        shown = [one for one in page.chars if one["top"] > (297 - 35) * MM]
        assert "".join(one["text"] for one in shown).replace(" ", "") == f"—{number}—"
        assert {round(one["size"], 1) for one in shown} == {14}
        digit = next(one for one in shown if one["text"].isdigit())
        middle = (digit["top"] + digit["bottom"]) / 2 / MM
        assert middle == pytest.approx(297 - 35 + 7, abs=1.5)
        if number % 2:
            assert shown[-1]["x1"] == pytest.approx((210 - 26) * MM - 14, abs=1.5)
        else:
            assert shown[0]["x0"] == pytest.approx(28 * MM + 14, abs=1.5)


def test_by_ink_the_first_character_begins_with_the_block(filled: Document, changed: Callable[..., Style]) -> None:
    page = pages_of(filled, changed(page={"block_measured": "ink"}))[1]
    lines = lines_of(page)
    assert len(lines) == 22
    first, last = lines[0][0], lines[-1][0]
    assert (first["top"] + first["bottom"]) / 2 - 8 == pytest.approx(37 * MM, abs=1.5)
    assert (last["top"] + last["bottom"]) / 2 + 8 == pytest.approx((297 - 35) * MM, abs=1.5)


def test_an_office_numbers_its_pages_in_its_own_way(circular: Document, changed: Callable[..., Style]) -> None:
    style = changed(page_number={"position": "center", "pattern": "- {page} -", "on_first_page": False})
    first, second, *_ = pages_of(circular, style)
    shown = [one for one in second.chars if one["top"] > (297 - 35) * MM]
    assert "".join(one["text"] for one in shown).replace(" ", "") == "-2-"
    assert (shown[0]["x0"] + shown[-1]["x1"]) / 2 == pytest.approx((28 + 78) * MM, abs=2)
    assert not [one for one in first.chars if one["top"] > (297 - 35) * MM]


def test_a_broken_picture_is_named(style: Style) -> None:
    document = Document("letter", "函", blocks=(Picture("坏图", svg=b"<svg"),))
    with pytest.raises(NotPossibleError, match="cannot be set"):
        write_pdf(document, style)


def test_the_letterhead_begins_thirty_five_millimetres_down_and_is_red(pages: list[Any]) -> None:
    shown = [one for one in pages[0].chars if one["size"] == pytest.approx(42)]
    assert "".join(one["text"] for one in shown) == "某市人民政府文件"
    middle = sum(one["top"] + one["bottom"] for one in shown) / 2 / len(shown)
    assert (middle - 21) / MM == pytest.approx(37 + 35, abs=2)
    assert shown[0]["non_stroking_color"] == pytest.approx((0.902, 0, 0.071), abs=0.01)
    line = min((one for one in pages[0].lines), key=lambda one: abs(one["width"] - 156 * MM))
    assert line["width"] == pytest.approx(156 * MM, abs=0.5)
    number = next(one for one in pages[0].chars if one["text"] == "〔")
    assert number["bottom"] < line["top"] < number["bottom"] + 8 * MM


def test_all_elements_are_there_in_order(pages: list[Any]) -> None:
    text = "".join(words(page) for page in pages)
    at = -1
    for wanted in (
        "000001", "秘密★1年", "特急", "某市人民政府文件", "某政〔2014〕17号", "关于2014年质量工作情况的通报",
        "市人民政府各部门:", "一、总体情况", "一是提高。合格率为97.52%", "(一)产品", "1.食品。食品合格率为97.52%。",
        "(1)粮食", "表1各县合格率", "图1合格率", "姓名", "附件:1.任务表2.名单", "某市人民政府2014年5月8日",
        "(此件公开发布)", "附件1任务表", "抄送:市委各部门。某市人民政府办公厅2014年5月9日印发",
    ):  # fmt: skip
        assert text.find(wanted, at + 1) > at, (wanted, text[at : at + 200])
        at = text.find(wanted, at + 1)


def test_the_imprint_ends_with_the_text_block_on_the_last_page(pages: list[Any]) -> None:
    lowest = max(one["bottom"] for one in pages[-1].lines)
    assert lowest == pytest.approx((297 - 35) * MM, abs=1)


def test_a_long_printer_is_narrowed_to_stand_beside_the_day(circular: Document, style: Style) -> None:
    name = "某市创建全国质量强市示范城市工作领导小组办公室"
    last = pages_of(replace(circular, printed_by=name), style)[-1]
    line = [one for one in last.chars if one["top"] > (297 - 35) * MM - 26 and one["bottom"] < (297 - 35) * MM]
    assert "".join(one["text"] for one in line) == name + "2014年5月9日印发"
    assert max(one["bottom"] for one in line) - min(one["top"] for one in line) < 20


def test_a_table_repeats_its_heading_on_each_page(pages: list[Any]) -> None:
    with_rows = [page for page in pages if re.search(r"第\d+县", words(page))]
    assert len(with_rows) >= 4
    assert all("合格率(%)" in words(page) for page in with_rows)


def test_figures_lead_to_how_they_were_computed(pages: list[Any]) -> None:
    links = [one for page in pages for one in page.annots if one.get("uri")]
    assert {one["uri"] for one in links} == {BASE + "/figures/7"}
    assert len(links) >= 122


def test_the_file_is_tagged_archivable_and_holds_its_typefaces(circular: Document, style: Style) -> None:
    data = write_pdf(circular, style).data
    assert b"/StructTreeRoot" in data
    assert b"pdfaid:part" in data
    assert b"pdfuaid:part" in data
    with pdfplumber.open(BytesIO(data)) as found:
        assert found.metadata["Title"] == circular.title
        assert found.metadata["Author"] == "某市人民政府"
        names = {one["fontname"] for page in found.pages for one in page.chars}
    assert all(re.match(r"[A-Z]{6}\+", name) for name in names), names


def test_simulated_data_says_so_on_every_page(circular: Document, style: Style) -> None:
    assert all("模拟数据" in words(page) for page in pages_of(circular, style))
    assert not any("模拟数据" in words(page) for page in pages_of(replace(circular, simulated=False), style))


def test_a_letter_has_its_double_lines_and_no_number_on_its_first_page(circular: Document, style: Style) -> None:
    first, second, *_ = pages_of(replace(circular, form="letter", letterhead="某市质量技术监督局"), style)
    reds = sorted(round(one["top"] / MM) for one in first.lines if one["width"] == pytest.approx(170 * MM, abs=0.5))
    assert len(reds) == 4
    assert reds[0] < 60
    assert abs(reds[-1] - 277) <= 1
    assert "—1—" not in words(first)
    assert "—2—" in words(second)


def test_minutes_say_who_was_there(circular: Document, style: Style) -> None:
    minutes = replace(circular, form="minutes", attendance=(Attendance("出席", ("甲某", "乙某")),))
    assert "出席:甲某乙某" in "".join(words(page) for page in pages_of(minutes, style))


def test_upward_documents_name_who_approved_them(circular: Document, style: Style) -> None:
    first = pages_of(replace(circular, approvers=("甲某", "乙某", "丙某")), style)[0]
    assert "签发人:甲某乙某" in words(first)


def test_cover_and_contents_have_no_numbers_and_the_body_begins_with_one(long_report: Document, style: Style) -> None:
    cover, contents, first, *_ = pages_of(long_report, style)
    assert "质量分析报告(2014年度)" in words(cover)
    assert "某市人民政府2015年3月" in words(cover)
    assert "目录一、总体情况" in words(contents)
    for page in (cover, contents):
        assert "—" not in words(page)
    assert "—1—" in words(first)


@pytest.mark.parametrize("lines", range(13, 23))
@pytest.mark.parametrize("named", [(), (Attachment("名单"),)])
def test_no_page_bears_a_signature_alone(lines: int, named: tuple[Attachment, ...], style: Style) -> None:
    body = tuple(Paragraph(("质" * 50,)) for _ in range(lines // 2)) + (Paragraph(("质" * 20,)),) * (lines % 2)
    document = Document(
        "letter", "函", "plain", blocks=body, attachments=named, signers=("某局",), signed_on=date(2014, 5, 8)
    )
    page = next(one for one in pages_of(document, style) if "2014年5月8日" in words(one))
    assert "质" in words(page)


def test_a_picture_that_no_file_can_hold_is_refused(style: Style) -> None:
    document = Document("letter", "函", blocks=(Picture("空"),))
    with pytest.raises(NotPossibleError, match="空"):
        write_pdf(document, style)


def test_the_same_document_is_the_same_file(circular: Document, style: Style) -> None:
    assert write_pdf(circular, style).data == write_pdf(circular, style).data


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="#$\\*_`<>@[]{}()=~'\"/-+&%^|;:,.!?质量“”…—0a", min_size=1, max_size=50))
def test_whatever_is_written_comes_out_as_written(text: str) -> None:
    style = catalogue().styles["gbt-9704-2012"]
    document = Document("letter", text, form="plain", addressees=text, blocks=(Paragraph((text,)),), notes=text)
    page = pages_of(document, style)[0]
    found = "".join(one["text"] for one in page.chars if one["top"] < (297 - 35) * MM and one["size"] > 15)
    wanted = text + text + ("" if text.endswith(("：", ":")) else "：") + text + "（" + text + "）"
    assert sorted(found.replace(" ", "")) == sorted(wanted.replace(" ", ""))
