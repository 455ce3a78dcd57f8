from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.engines.documents.numerals import han_integer
from qualicity.engines.documents.official.model import (
    Attachment,
    Column,
    Document,
    Field,
    Figure,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Strong,
    Table,
    figures_of,
    plain,
)
from qualicity.engines.documents.official.numbering import chinese, numbers


def figure(text: str) -> Figure:
    return Figure("product-1", "410100", "2014", text, 97.5, "%", (("spot_check_batches", 3),), "/figures/1")


def test_figures_are_found_wherever_they_stand_in_reading_order() -> None:
    document = Document(
        kind="report",
        title="报告",
        blocks=(
            Heading(1, ("抽查", figure("一"))),
            Heading(3, ("合格率。",), run_in=("为", figure("二"))),
            Paragraph((Strong("一是提高。"), figure("三"), "。")),
            Table((Column("县"),), ((("荥阳",),), ((figure("四"),),))),
            Grid((1.0,), ((Field((figure("五"),)),),)),
            PageBreak(),
        ),
        attachments=(Attachment("表", (Paragraph((figure("六"),)),)),),
        signed_on=date(2015, 3, 31),
    )
    assert "".join(one.text for one in figures_of(document)) == "一二三四五六"


def test_words_are_plain() -> None:
    assert plain(("合格率", figure("97.5%"), Strong("。"))) == "合格率97.5%。"


def test_headings_are_counted_within_the_heading_above() -> None:
    levels = [1, 2, 2, 3, 3, 4, 2, 3, 1, 3, 3]
    blocks = [Heading(level, ("题",)) for level in levels]  # type: ignore[arg-type]
    assert numbers(blocks) == (
        "一、", "（一）", "（二）", "1.", "2.", "（1）", "（三）", "1.", "二、", "1.", "2.",
    )  # fmt: skip


def test_only_numbered_headings_are_counted() -> None:
    blocks = (Heading(1, ("引",), numbered=False), Paragraph(("文",)), Heading(1, ("题",)))
    assert numbers(blocks) == ("", "", "一、")


@pytest.mark.parametrize(
    ("count", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_chinese_numerals(count: int, text: str) -> None:
    assert chinese(count) == text


@given(st.integers(1, 99))
def test_chinese_numerals_read_back(count: int) -> None:
    assert han_integer(chinese(count)) == count
