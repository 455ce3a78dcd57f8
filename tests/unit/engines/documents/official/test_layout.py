from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.definitions.styles import Style
from qualicity.engines.documents.official.layout import (
    POINTS_PER_MM,
    dated,
    geometry,
    letterhead_type,
    printer_narrowed,
    signature,
    title_lines,
    width,
)
from qualicity.engines.documents.official.model import Document


def test_twenty_two_lines_fill_the_block_and_a_hair_more_would_lose_one(style: Style) -> None:
    page = geometry(style)
    block = 225 / 25.4 * 1440
    assert 22 * page.pitch_twips <= block < 22 * (page.pitch_twips + 1)
    assert 22 * page.pitch == pytest.approx(225 * POINTS_PER_MM, abs=0.05)
    assert 28 * page.character == pytest.approx(156 * POINTS_PER_MM)


def test_by_ink_the_margins_of_the_file_are_smaller_and_lines_wider_apart(changed: Callable[..., Style]) -> None:
    """The white above the first character is no margin of a file: 37 mm of paper are 34.6 mm in Word."""
    page = geometry(changed(page={"block_measured": "ink"}))
    assert page.top == pytest.approx(34.6, abs=0.1)
    assert page.bottom == pytest.approx(32.6, abs=0.1)
    assert page.pitch == pytest.approx(29.61, abs=0.01)
    assert page.block_height == pytest.approx(297 - page.top - page.bottom)
    assert 22 * page.pitch <= page.block_height * POINTS_PER_MM < 23 * page.pitch


@pytest.mark.parametrize(("text", "wide"), [("质量", 2), ("2014年", 3), ("（A）", 2.5), ("“好”", 3), ("", 0)])
def test_latin_counts_half(text: str, wide: float) -> None:
    assert width(text) == wide


def test_days_have_no_leading_noughts() -> None:
    assert dated(date(2014, 5, 8)) == "2014年5月8日"


def ends(document: Document, style: Style) -> list[tuple[str, float]]:
    return [(one.text, one.right) for one in signature(document, style)]


def test_a_sealed_office_stands_centred_over_a_date_four_characters_in(style: Style) -> None:
    document = Document("letter", "函", signers=("市质监局",), signed_on=date(2014, 5, 8))
    assert ends(document, style) == [("市质监局", 4 + 6 / 2 - 4 / 2), ("2014年5月8日", 4)]


def test_a_long_office_stands_on_two_lines_over_its_date(style: Style) -> None:
    name = "某市创建全国质量强市示范城市工作领导小组办公室"
    *office, day = ends(Document("letter", "函", signers=(name,), signed_on=date(2014, 5, 8)), style)
    assert "".join(text for text, _ in office) == name
    assert [right + width(text) / 2 for text, right in office] == [4 + 6 / 2] * 2
    assert day == ("2014年5月8日", 4)


def test_what_no_line_holds_pushes_the_date_inwards_and_never_leaves_the_page(style: Style) -> None:
    name = "Office of the Leading Group for Quality"
    *office, day = ends(Document("letter", "函", signers=(name,), signed_on=date(2014, 5, 8)), style)
    assert min(right for _, right in office) >= 0
    assert len({right + width(text) / 2 for text, right in (*office, day)}) == 1


def test_without_a_seal_the_date_begins_two_characters_after_the_office(style: Style) -> None:
    name = "某市质量技术监督局"
    document = Document("letter", "函", signers=(name,), signed_on=date(2014, 5, 8), sealed=False)
    (_, office), (day, end) = ends(document, style)
    assert office == 2
    assert (office + width(name)) - (end + width(day)) == 2


def test_without_a_seal_a_date_longer_than_the_office_ends_two_characters_in(style: Style) -> None:
    document = Document("letter", "函", signers=("市局",), signed_on=date(2014, 12, 28), sealed=False)
    (_, office), (day, end) = ends(document, style)
    assert end == 2
    assert (office + 2) - (end + width(day)) == 2


@given(st.text("某市质量监督局0123456789", min_size=1, max_size=28), st.booleans(), st.dates())
def test_no_signature_leaves_the_page(name: str, sealed: bool, day: date) -> None:
    from qualicity.definitions.catalogue import catalogue

    style = catalogue().styles["gbt-9704-2012"]
    document = Document("letter", "函", signers=(name,), signed_on=day, sealed=sealed)
    for text, right in ends(document, style):
        assert right >= 0
        assert right + width(text) <= 28 + 2


def test_a_short_letterhead_has_its_size_and_a_long_one_is_smaller_then_narrower(style: Style) -> None:
    short = letterhead_type("某市人民政府文件", style)
    assert (short.points, short.narrowed) == (42, 1)
    long = letterhead_type("某市创建全国质量强市示范城市工作领导小组办公室文件", style)
    assert long.points == 26
    assert long.narrowed < 1
    assert width("某市创建全国质量强市示范城市工作领导小组办公室文件") * 26 * long.narrowed <= 156 * POINTS_PER_MM


def test_a_printer_is_narrowed_only_when_the_day_needs_its_room(style: Style) -> None:
    assert printer_narrowed("某市人民政府办公厅", "2014年5月9日印发", style) == 1
    name = "某市创建全国质量强市示范城市工作领导小组办公室"
    narrowed = printer_narrowed(name, "2014年5月9日印发", style)
    assert 0.8 < narrowed < 1
    assert width(name) * narrowed + width("2014年5月9日印发") + 3 <= 156 * POINTS_PER_MM / 14


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于2014年工作的报告", ("关于2014年工作的报告",)),
        ("某市人民政府关于\n2014年的报告", ("某市人民政府关于", "2014年的报告")),
        (
            "某市人民政府关于印发创建全国质量强市示范城市实施方案的通知",
            ("某市人民政府关于印发创建", "全国质量强市示范城市实施方案的通知"),
        ),
    ],
)
def test_titles_break_between_words(title: str, lines: tuple[str, ...]) -> None:
    found = title_lines(title, 20)
    assert "".join(found) == "".join(lines)
    assert len(found) == len(lines)
    assert all(width(line) <= 20 for line in found)


def test_what_stands_together_again_and_again_is_a_word_that_no_title_breaks() -> None:
    title = "关于2014年第四季度质量强市工作进展情况的通报"
    assert title_lines(title, 18)[0].endswith("质量")
    around = "开展质量强市活动。建设质量强市示范城市。"
    assert title_lines(title, 18, around) == ("关于2014年第四季度质量强市", "工作进展情况的通报")


@given(st.text("质量强市的、《》“”2014AB 关于", min_size=1, max_size=90))
def test_no_word_of_a_title_is_lost(title: str) -> None:
    assert "".join(title_lines(title, 20)).replace(" ", "") == title.replace(" ", "")
