from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qualicity.definitions.styles import Style
from qualicity.engines.documents.official import words
from qualicity.engines.documents.official.docx.xml import tag
from qualicity.engines.documents.official.model import Column, Document, Figure, Heading, Picture, Table
from qualicity.engines.documents.official.numbering import captions
from qualicity.engines.documents.official.pictures import Size, raster, size_of, vector
from qualicity.errors import NotPossibleError


@given(st.text())
def test_cleaned_text_can_stand_in_a_document(text: str) -> None:
    shown = words.clean(text)
    assert words.clean(shown) == shown
    assert etree.fromstring(tag("a", None, words_of(shown))).text == (shown or None)


def words_of(text: str) -> str:
    from qualicity.engines.documents.official.docx.xml import words as escaped

    return escaped(text)


@pytest.mark.parametrize(("written", "shown"), [("市统计局", "市统计局："), ("市统计局：", "市统计局："), ("", "")])
def test_addressees_end_with_a_colon_once(written: str, shown: str, style: Style) -> None:
    assert words.addressees(Document("letter", "函", addressees=written), style) == shown


@pytest.mark.parametrize(("written", "shown"), [("市委", "市委。"), ("市委。", "市委。"), ("", "")])
def test_copies_end_with_a_full_stop_once(written: str, shown: str) -> None:
    assert words.copies(Document("letter", "函", copies=written)) == shown


@pytest.mark.parametrize(("written", "shown"), [("公开", "（公开）"), ("（公开）", "（公开）"), ("", "")])
def test_notes_stand_in_brackets_once(written: str, shown: str) -> None:
    assert words.notes(Document("letter", "函", notes=written)) == shown


@pytest.mark.parametrize(
    ("href", "base", "address"),
    [
        ("/figures/1", "https://quality.example", "https://quality.example/figures/1"),
        ("/figures/1", "https://quality.example/", "https://quality.example/figures/1"),
        ("/figures/1", "", ""),
        ("https://other.example/1", "", "https://other.example/1"),
        ("javascript:alert(1)", "https://quality.example", ""),
        ("", "https://quality.example", ""),
    ],
)
def test_a_figure_leads_only_where_a_reader_can_go(href: str, base: str, address: str, figure: Figure) -> None:
    assert words.link_of(replace(figure, href=href), base) == address


def test_the_unit_of_a_narrow_column_stands_on_a_line_of_its_own(style: Style) -> None:
    column = Column("比上年", "百分点")
    assert words.heading_of(column, 200, style) == "比上年（百分点）"
    assert words.heading_of(column, 60, style) == "比上年\n（百分点）"
    assert words.heading_of(Column("判定"), 10, style) == "判定"


def test_tables_and_pictures_are_counted_apart() -> None:
    table, picture = Table((), (), "甲"), Picture("乙", "乙")
    blocks = (table, Heading(1, ("题",)), picture, replace(table, caption=""), table)
    assert captions(blocks) == ("表1　甲", "", "图1　乙", "", "表2　甲")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="192" height="96" viewBox="0 0 192 96"></svg>'
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x80\x00\x00\x00\xc0"


def test_natural_sizes_are_read_from_the_drawing() -> None:
    assert size_of(SVG, "svg") == Size(50.8, 25.4)
    assert size_of(SVG.replace(b'width="192" height="96" ', b""), "svg") == Size(50.8, 25.4)
    assert size_of(PNG, "png", fineness=2) == Size(50.8, 25.4)


def test_pictures_are_never_wider_or_higher_than_there_is_room() -> None:
    assert Size(100, 50).fitted(None, 156, 200) == Size(100, 50)
    assert Size(100, 50).fitted(120, 156, 200) == Size(120, 60)
    assert Size(400, 100).fitted(None, 156, 200) == Size(156, 39)
    assert Size(100, 400).fitted(None, 156, 200) == Size(50, 200)


def test_a_given_drawing_is_taken_as_it_is(picture: Picture) -> None:
    given_both = Picture("图", svg=SVG, png=PNG)
    assert vector(given_both) == (SVG, "svg")
    assert raster(given_both) == PNG
    assert vector(Picture("图", png=PNG)) == (PNG, "png")
    assert vector(picture)[0].startswith(b"<svg")
    assert raster(picture).startswith(b"\x89PNG")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(NotPossibleError):
        size_of(b"GIF89a", "png")
    with pytest.raises(NotPossibleError, match="图"):
        raster(Picture("图", svg=SVG))
