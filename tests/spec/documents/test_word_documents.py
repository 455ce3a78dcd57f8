"""Word documents come in with their automatic numbers and their tables.

Word 文件连同自动编号和表格一起读入。
"""

from __future__ import annotations

from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from qualicity.engines.documents.drafting import draft
from qualicity.errors import Text

TITLE = Text(zh="读取 Word 文件", en="Reading Word documents")
_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def _numbered(document: docx.Document, text: str, depth: int) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", depth), ("w:numId", 77)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        number.append(child)
    properties.append(number)


def _define_numbering(document: docx.Document) -> None:
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(_LEVELS)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def _plan(path: Path) -> Path:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉里的文字"
    _define_numbering(document)
    for text in (
        "岚川市人民政府文件",
        "岚政〔2018〕9号",
        "岚川市人民政府关于印发质量强市方案的通知",
        "各区人民政府：",
        "现印发给你们。",
    ):
        document.add_paragraph(text)
    _numbered(document, "主要目标", 0)
    _numbered(document, "产品质量", 1)
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows,
        (
            ("序号", "指标", "2020年目标"),
            ("1", "食品抽检合格率（%）", "≥98"),
            ("2", "产品监督抽查合格率（%）", "95以上"),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    _numbered(document, "主要任务", 0)
    _numbered(document, "实施提升行动", 1)
    _numbered(document, "对标提升。组织对标。", 2)
    _numbered(document, "质量攻关。组织攻关。", 2)
    _numbered(document, "工作步骤", 0)
    _numbered(document, "启动阶段（2018年3月至5月）", 1)
    _numbered(document, "制定细则并印发。", 2)
    document.save(str(path))
    return path


def test_automatic_numbers_are_written_out_and_tables_are_read(tmp_path: Path) -> None:
    """Numbers that Word only draws make the same structure as typed ones; headers of pages are left out.

    Word 自动生成的编号与手工键入的得到相同的结构；页眉不计入正文。
    """
    found = draft(_plan(tmp_path / "plan.docx")).as_json()
    assert [(i["area"], i["number"], i["targets"][0]["value"]) for i in found["indicators"]] == [
        ("product", 1, 98),
        ("product", 2, 95),
    ]
    assert {i["targets"][0]["year"] for i in found["indicators"]} == {2020}
    assert [(t["number"], t["strategy"], t["title"]) for t in found["tasks"]] == [
        (1, 1, "对标提升"),
        (2, 1, "质量攻关"),
    ]
    assert found["phases"][0]["start"] == "2018-03-01"
    assert found["phases"][0]["end"] == "2018-05-31"
    assert found["phases"][0]["steps"] == ["制定细则并印发"]
    assert found["document"]["number"] == "岚政〔2018〕9号"
    assert "页眉" not in str(found)


def test_headings_by_style_and_merged_cells(tmp_path: Path) -> None:
    """Heading styles make levels; a cell merged over rows counts for each of them.

    标题样式决定层次；纵向合并的单元格对其各行都有效。
    """
    document = docx.Document()
    document.add_heading("岚川市质量提升计划", level=1)
    document.add_heading("目标指标", level=2)
    table = document.add_table(rows=4, cols=3)
    rows = (
        ("类别", "指标名称", "目标值"),
        ("产品质量", "食品抽检合格率", "98%"),
        ("", "农产品抽检合格率", "≥97%"),
        ("服务质量", "群众满意度", "85分以上"),
    )
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_heading("重点任务", level=2)
    document.add_heading("提升产品", level=3)
    document.add_paragraph("开展质量体检，帮助企业改进。")
    path = tmp_path / "styled.docx"
    document.save(str(path))
    found = draft(path).as_json()
    assert [(i["area"], i["targets"][0]["value"]) for i in found["indicators"]] == [
        ("product", 98), ("product", 97), ("service", 85)
    ]  # fmt: skip
    assert [t["title"] for t in found["tasks"]] == ["提升产品"]
    assert found["document"]["title"] == "岚川市质量提升计划"


def test_what_stands_counts_and_what_was_struck_or_hidden_does_not(tmp_path: Path) -> None:
    """Inserted words count, deleted and hidden ones do not; indices, links and text boxes are read, once each.

    修订后插入的文字算数，删除的和隐藏的不算；上下标、链接、文本框都读，且只读一次。
    """
    document = docx.Document()
    document.add_paragraph("岚川市质量提升行动方案")
    document.add_heading("总体目标", level=1)
    goals = document.add_paragraph("到2022年，产品抽查合格率达到")
    for change in (
        '<w:del {0} w:id="1" w:author="x"><w:r><w:delText>90%</w:delText></w:r></w:del>',
        '<w:ins {0} w:id="2" w:author="x"><w:r><w:t>93%</w:t></w:r></w:ins>',
        "<w:hyperlink {0}><w:r><w:t>以上</w:t></w:r></w:hyperlink>",
    ):
        goals._p.append(parse_xml(change.format(nsdecls("w"))))
    goals.add_run("，PM")
    goals.add_run("2.5").font.subscript = True
    goals.add_run("年均浓度不高于40微克/立方米。")
    goals.add_run("内部掌握80%。").font.hidden = True
    document.add_heading("保障措施", level=1)
    document.add_paragraph("")._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>（一）加强领导。成立专班。</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>（二）强化督查。按月督查。</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    document.save(str(tmp_path / "changed.docx"))
    found = draft(tmp_path / "changed.docx").as_json()
    targets = [(t["subject"], t["value"], t["year"]) for i in found["indicators"] for t in i["targets"]]
    assert targets == [("产品抽查合格率", 93, 2022), ("PM2.5年均浓度", 40, 2022)]
    assert [one["title"] for one in found["safeguards"]] == ["加强领导", "强化督查"]
    assert "80" not in str(found)


def test_phases_in_a_table_and_notes_below_the_text(tmp_path: Path) -> None:
    """A table of phases gives days and steps; a footnote is listed, for it may qualify a figure.

    阶段表给出起止日期和步骤；脚注可能限定数字，逐条列出。
    """
    document = docx.Document()
    document.add_paragraph("岚川市质量强市指标和任务")
    document.add_paragraph("一、实施步骤")
    table = document.add_table(rows=3, cols=3)
    rows = (
        ("阶段", "时间", "主要工作"),
        ("启动", "2020年3月—4月", "印发方案；召开动员会"),
        ("实施", "2020年5月—2022年9月", "全面推进落实"),
    )
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>合格率按监督抽查口径计算。</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(tmp_path / "phases.docx"))
    found = draft(tmp_path / "phases.docx").as_json()
    assert found["document"]["title"] == "岚川市质量强市指标和任务"
    assert [(p["name"], p["start"], p["end"], p["steps"]) for p in found["phases"]] == [
        ("启动", "2020-03-01", "2020-04-30", ["印发方案", "召开动员会"]),
        ("实施", "2020-05-01", "2022-09-30", ["全面推进落实"]),
    ]
    assert any("监督抽查口径" in one["text"] for one in found["not_understood"])
