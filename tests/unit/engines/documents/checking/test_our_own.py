"""What our writer sets deviates in nothing; set by an altered style, it deviates in what was altered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.styles import Style
from qualicity.engines.charts.specifications import Point, trend
from qualicity.engines.documents.checking.checking import check_document
from qualicity.engines.documents.official import Document, write_docx, write_pdf
from qualicity.engines.documents.official.model import (
    Attachment,
    Attendance,
    Block,
    Column,
    Cover,
    Heading,
    Paragraph,
    Picture,
    Strong,
    Table,
)

WRITERS = {"docx": write_docx, "pdf": write_pdf}
SENTENCE = (
    "为贯彻落实国家质量发展纲要，推进“质量强市”建设，经市人民政府研究，现就有关事项通知如下，请结合实际认真组织实施。"
)


def text(times: int) -> Paragraph:
    return Paragraph((SENTENCE * times,))


TABLE = Table(
    (Column("县（市、区）", share=1.6), Column("合格率", "%", "right")),
    tuple(((f"第{number}县",), ("97.5",)) for number in range(20)),
    caption="各县合格率",
    note="注：模拟。",
)
BLOCKS: tuple[Block, ...] = (
    Heading(1, ("总体情况",)),
    Paragraph((Strong("一是提高。"), SENTENCE * 2)),
    Heading(2, ("产品",)),
    Heading(3, ("食品。",), run_in=(SENTENCE,)),
    Heading(4, ("粮食",)),
    text(8),
    TABLE,
    Picture(
        "逐年",
        "合格率",
        trend([Point(str(year), 90 + year % 7, aim=95) for year in range(2008, 2015)], unit="%", aim_label="目标 95"),
    ),
    Heading(1, ("工作要求",)),
    text(16),
)


def document(**changes: Any) -> Document:
    whole = Document(
        kind="notice",
        title="关于印发质量强市工作方案的通知",
        letterhead="某市人民政府文件",
        number="某政〔2014〕17号",
        addressees="各县（市、区）人民政府，市人民政府各部门",
        blocks=BLOCKS,
        attachments=(Attachment("任务分工表", (TABLE,)), Attachment("考核办法", (text(6),))),
        signers=("某市人民政府",),
        signed_on=date(2014, 5, 8),
        notes="此件公开发布",
        copies="市委各部门",
        printed_by="某市人民政府办公厅",
        printed_on=date(2014, 5, 9),
    )
    return replace(whole, **changes)


MINUTES = document(kind="minutes", form="minutes", letterhead="质量强市联席会议纪要", addressees="", attachments=())
FORMS: dict[str, Document] = {
    "a notice": document(),
    "one of two offices": document(signers=("某市人民政府", "某市某某委员会")),
    "without a seal": document(sealed=False),
    "simulated and secret": document(simulated=True, secrecy="秘密★1年", urgency="特急", copy_number="000001"),
    "an upward one": document(approvers=("张某",)),
    "an upward one of three": document(approvers=("张某", "李某", "王某")),
    "a letter with marks": document(form="letter", copy_number="000001", urgency="特急", simulated=True),
    "printed by a long name": document(printed_by="某市创建全国质量强市示范城市工作领导小组办公室"),
    "with attendance": replace(MINUTES, attendance=(Attendance("出席", ("甲", "乙")), Attendance("列席", ("丙",)))),
    "a letter": document(form="letter", attachments=()),
    "minutes": MINUTES,
    "a report with cover and contents": Document(
        kind="quality_report", form="plain", title="质量分析报告", contents=True,
        cover=Cover(("某市人民政府", "2015年3月"), "（2014年度）"), blocks=BLOCKS, signed_on=date(2015, 3, 31),
    ),
}  # fmt: skip


def style() -> Style:
    return catalogue().styles["gbt-9704-2012"]


def told(path: Path) -> list[str]:
    checked = check_document(path, style())
    return [f"{one.clause} {one.where.en}: {one.found.en} ≠ {one.expected.en}" for one in checked.deviations]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("form", FORMS)
def test_what_we_write_deviates_in_nothing(form: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"ours.{suffix}"
    path.write_bytes(WRITERS[suffix](FORMS[form], style()).data)
    assert told(path) == []


Alter = Callable[[dict[str, Any]], None]


def page(side: str, value: float) -> Alter:
    return lambda data: data["page"][side].update(value=value)


def element(code: str, **values: Any) -> Alter:
    return lambda data: data["elements"][code].update(values)


ALTERED: dict[str, tuple[Alter, set[str]]] = {
    "left margin": (page("left", 34), {"5.2.1"}),
    "top margin": (page("top", 30), {"5.2.1"}),
    "lines": (lambda data: data["body"]["lines"].update(value=26), {"5.2.3"}),
    "size of the text": (element("body", size="四号"), {"5.2.2"}),
    "size of the title": (element("title", size="三号"), {"7.3.1"}),
    "title at the left": (element("title", align="left"), {"7.3.1"}),
    "indent": (element("body", first_line=0), {"7.3.3"}),
    "black letterhead": (element("letterhead", colour="#000000"), {"7.2.4"}),
    "page number in the middle": (lambda data: data["page_number"]["position"].update(value="center"), {"7.5"}),
    "page number with hyphens": (lambda data: data["page_number"]["pattern"].update(value="- {page} -"), {"7.5"}),
    "size of the page number": (element("page_number", size="小五"), {"7.5"}),
    "copies in three": (element("copies", size="三号"), {"7.4.2"}),
}


@pytest.mark.parametrize(
    ("name", "suffix"),
    # a title is set in the middle by the writer of PDF whatever a style says
    [(name, suffix) for name in ALTERED for suffix in WRITERS if (name, suffix) != ("title at the left", "pdf")],
)
def test_what_another_style_sets_is_found_under_its_clause(name: str, suffix: str, tmp_path: Path) -> None:
    alter, clauses = ALTERED[name]
    data = style().model_dump(by_alias=True)
    alter(data)
    path = tmp_path / f"altered.{suffix}"
    path.write_bytes(WRITERS[suffix](document(), Style.model_validate(data)).data)
    found = told(path)
    assert clauses <= {one.split(" ")[0] for one in found}, found
