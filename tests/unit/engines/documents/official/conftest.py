"""A house style and documents that have everything in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.styles import Style
from qualicity.engines.charts.specifications import Point, trend
from qualicity.engines.documents.official import Document, Figure
from qualicity.engines.documents.official.model import (
    Attachment,
    Column,
    Cover,
    Field,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Strong,
    Table,
)

BASE = "https://quality.example"


@pytest.fixture(scope="session")
def style() -> Style:
    return catalogue().styles["gbt-9704-2012"]


@pytest.fixture(scope="session")
def changed(style: Style) -> Callable[..., Style]:
    """Return a maker of house styles that differ in some values: changed(page={"top": 30})."""

    def make(**parts: dict[str, object]) -> Style:
        update = {}
        for name, values in parts.items():
            part = getattr(style, name)
            ruled = {key: getattr(part, key).model_copy(update={"value": value}) for key, value in values.items()}
            update[name] = part.model_copy(update=ruled)
        return style.model_copy(update=update)

    return make


@pytest.fixture(scope="session")
def figure() -> Figure:
    return Figure("product-1", "410100", "2014", "97.52%", 97.52, "%", (("spot_check_batches", 3),), "/figures/7")


@pytest.fixture(scope="session")
def table(figure: Figure) -> Table:
    columns = (Column("县（市、区）", share=1.6), Column("合格率", "%", "right"), Column("判定", align="center"))
    rows = tuple(((f"第{number}县",), (figure,), ("达标",)) for number in range(60))
    return Table(columns, rows, caption="各县合格率", note="注：模拟。", strong_rows=(0,))


@pytest.fixture(scope="session")
def picture() -> Picture:
    points = [Point(str(year), 90 + year % 7, aim=95) for year in range(2008, 2015)]
    return Picture("合格率逐年折线", "合格率", trend(points, unit="%", aim_label="目标 95"))


@pytest.fixture(scope="session")
def circular(figure: Figure, table: Table, picture: Picture) -> Document:
    """Return a document in 文件式 with every kind of block."""
    return Document(
        kind="circular",
        title="关于2014年质量工作情况的通报",
        letterhead="某市人民政府文件",
        copy_number="000001",
        secrecy="秘密★1年",
        urgency="特急",
        number="某政〔2014〕17号",
        addressees="各县（市、区）人民政府，市人民政府各部门",
        blocks=(
            Heading(1, ("总体情况",)),
            Paragraph((Strong("一是提高。"), "合格率为", figure, "，坚持“质量第一”——以考核促落实……取得进展。")),
            Heading(2, ("产品",)),
            Heading(3, ("食品。",), run_in=("食品合格率为", figure, "。")),
            Heading(4, ("粮食",)),
            Paragraph(("甲\n乙",), indented=False, align="center"),
            table,
            picture,
            PageBreak(),
            Grid((1, 2, 1, 2), ((Field(("姓名",), label=True, down=2), Field(("张",), across=3)),
                                (Field(("甲",)), Field(("乙",)), Field(("丙",)))), (20.0, 12.0)),
        ),
        attachments=(Attachment("任务表", (table,)), Attachment("名单")),
        signers=("某市人民政府",),
        signed_on=date(2014, 5, 8),
        notes="此件公开发布",
        copies="市委各部门",
        printed_by="某市人民政府办公厅",
        printed_on=date(2014, 5, 9),
        simulated=True,
        author="某市人民政府",
        subject="通报",
        keywords=("质量", "通报"),
    )  # fmt: skip


@pytest.fixture(scope="session")
def filled() -> Document:
    """Return a document whose pages are full of body characters and nothing else."""
    return Document(kind="report", form="plain", title="满", blocks=(Paragraph(("质" * 28 * 60,), indented=False),))


@pytest.fixture(scope="session")
def long_report(circular: Document) -> Document:
    return Document(
        kind="quality_report",
        form="plain",
        title="质量分析报告",
        cover=Cover(("某市人民政府", "2015年3月"), "（2014年度）"),
        contents=True,
        blocks=circular.blocks[:8] * 3,
        signed_on=date(2015, 3, 31),
    )
