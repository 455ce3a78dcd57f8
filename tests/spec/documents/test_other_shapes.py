"""Plans of other cities have other shapes; they come out as far as they can be understood.

其他城市的方案写法各异，能读懂多少就读出多少。
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qualicity.engines.documents.drafting import draft
from qualicity.errors import Text

TITLE = Text(zh="读取其他形式的方案", en="Reading plans of other shapes")
CITIES = Path(__file__).parent / "cities"


def plan(name: str) -> dict[str, Any]:
    return draft(CITIES / name).as_json()


def row(found: dict[str, Any], area: str, number: int) -> list[tuple[Any, ...]]:
    targets = next(i["targets"] for i in found["indicators"] if (i["area"], i["number"]) == (area, number))
    return [(t["kind"], t["value"], t["unit"], t["year"]) for t in targets]


def test_chapters_articles_and_stages() -> None:
    """第一章, 第一节, 第一条 and 第一阶段 are headings; areas may be words before a colon.

    “第一章、第一节、第一条、第一阶段”都是标题；冒号前的词可以是领域。
    """
    found = plan("chapters.txt")
    assert [a["code"] for a in found["areas"]] == ["product", "works", "service", "environment", "foundation"]
    assert len(found["indicators"]) == 13
    assert row(found, "product", 1) == [("at_least", 97, "%", 2015)] * 2
    assert row(found, "works", 1) == [("at_least", 100, "%", 2015), ("at_least", 35, "%", 2015)]
    assert row(found, "works", 2) == [("none_of", 0, None, 2015)]
    assert row(found, "environment", 1) == [("cut", 16, "%", 2015)]
    assert [(t["number"], t["strategy"]) for t in found["tasks"]] == [(1, 1), (2, 1), (3, 2), (4, 2)]
    assert [(p["name"], p["start"], p["end"]) for p in found["phases"]] == [
        ("第一阶段 动员部署", "2013-03-01", "2013-05-31"),
        ("第二阶段 全面推进", "2013-06-01", "2015-06-30"),
        ("第三阶段 总结提高", "2015-07-01", "2015-12-31"),
    ]
    assert found["phases"][1]["steps"] == ["各单位按照分工组织实施", "每半年通报一次进展"]
    assert [s["number"] for s in found["safeguards"]] == [5, 6, 7]
    assert found["document"]["number"] == "澜政办发〔2013〕8号"


def test_a_wide_table_with_two_target_years_makes_trajectories() -> None:
    """Columns of years become points; the column before the document's years is the base.

    按年份分列的表格成为逐年目标；发文之前的年份一列是基期。
    """
    found = plan("wide_table.md")
    first = found["indicators"][0]["targets"][0]
    assert (first["kind"], first["points"], first["base_year"]) == ("trajectory", {"2018": 97, "2020": 98}, 2015)
    cuts = row(found, "environment", 2)
    assert cuts == [("cut", 8, "%", 2018), ("cut", 12, "%", 2020)]
    assert [(p["start"], p["end"]) for p in found["phases"]] == [
        ("2016-01-01", "2016-06-30"), ("2016-07-01", "2019-12-31"), ("2020-01-01", "2020-09-30")
    ]  # fmt: skip
    assert len(found["strategies"]) == 2
    assert len(found["tasks"]) == 4
    assert len(found["safeguards"]) == 3


def test_two_target_years_in_prose_make_one_trajectory_each() -> None:
    """到2015年…到2020年… of one quantity is one trajectory; chapters without “task” in their title hold tasks.

    同一个量“到2015年……到2020年……”成为一个逐年目标；章名不含“任务”的章也收任务。
    """
    found = plan("two_target_years.txt")
    paths = [i["targets"][0] for i in found["indicators"] if i["targets"][0]["kind"] == "trajectory"]
    assert [p["points"] for p in paths] == [{"2015": 96, "2020": 98}, {"2015": 91, "2020": 94}]
    kinds = [i["targets"][0]["kind"] for i in found["indicators"][2:]]
    assert kinds == ["at_least", "at_least", "below_reference", "none_of"]
    assert [t["number"] for t in found["tasks"]] == [3, 4, 5, 6, 7]
    assert found["document"]["issued_on"] == "2012-09-18"


def test_numbered_goals_without_a_table_are_rows() -> None:
    """1、… 2、… under the goals are rows; months without a year give no day, and that is said.

    目标下的“1、……2、……”各成一行；只写月份不写年份的得不出日期，并予说明。
    """
    found = plan("numbered_goals.txt")
    assert [i["number"] for i in found["indicators"]] == [1, 2, 3, 4, 5, 6, 7]
    assert row(found, "area-1", 1) == [("at_least", 97, "%", None)]
    assert [t["scope"] for t in found["indicators"][4]["targets"]] == ["城区", "乡镇"]
    assert row(found, "area-1", 6) == [("unstated", None, None, None)]
    assert [p["start"] for p in found["phases"]] == [None, None, None]
    assert [n["line"] for n in found["not_understood"]] == [18, 19, 20]


def test_targets_inside_sentences_make_one_row_for_each_clause() -> None:
    """Each clause with a quantity of its own is a row; a clause about a part joins the row before.

    分句自带数量的单成一行；只说其中一部分的分句并入前一行。
    """
    found = plan("targets_in_sentences.txt")
    assert len([i for i in found["indicators"] if i["area"] == "product"]) == 4
    works = next(i for i in found["indicators"] if i["area"] == "works")
    assert [(t["scope"], t["value"]) for t in works["targets"]] == [("大中型工程", 100), ("其他工程", 98)]
    assert row(found, "environment", 3) == [("none_of", 0, None, None)]
    assert found["document"]["title"] == "青澹市创建全国质量强市示范城市工作方案"
    assert len(found["document"]["attachments"]) == 2
    assert [p["end"] for p in found["phases"]] == ["2017-05-31", "2018-12-31", "2019-05-31"]


def test_the_same_document_in_gb18030_gives_the_same_draft(tmp_path: Path) -> None:
    """The encoding of the file makes no difference.

    文件编码不影响结果。
    """
    text = (CITIES / "targets_in_sentences.txt").read_text(encoding="utf-8")
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        other = tmp_path / f"{encoding}.txt"
        other.write_bytes(text.encode(encoding))
        assert draft(other).as_json() == plan("targets_in_sentences.txt")


def test_scanned_markdown_with_html_tables_and_flat_headings() -> None:
    """Where every heading has one level, the numbers tell the levels; HTML tables and LaTeX are read.

    标题同为一级时由编号判定层次；HTML 表格和 LaTeX 残留也能读。
    """
    found = plan("scanned_markdown.md")
    assert row(found, "product", 1) == [("at_least", 98, "%", 2020)]
    assert found["indicators"][2]["targets"][0]["points"] == {"2017": 72, "2020": 78}
    assert found["indicators"][4]["targets"][0]["unit"] == "dB(A)"
    assert found["document"]["title"] == "北澜市人民政府关于印发北澜市质量发展规划的通知"
    assert found["document"]["issuer"] == "北澜市人民政府"
    assert len(found["tasks"]) == 2


def test_bare_headings_without_numbers() -> None:
    """Headings may be bare words; a change without a fixed level is marked unclear and reported.

    标题可以不带编号；只说变化而没有固定水平的目标标为“不清楚”并列出。
    """
    found = plan("bare_headings.txt")
    assert [t["certainty"] for t in found["indicators"][0]["targets"]] == ["unclear", "stated"]
    assert len(found["not_understood"]) == 1
    assert [t["title"] for t in found["tasks"]] == ["提升产品质量", "提升服务质量"]


def test_dashes_inside_an_area_and_phases_in_one_sentence() -> None:
    """Bullets belong to the area around them; brackets of offices are left out; prose may hold the phases.

    破折号条目归入所在领域；括号里的单位略去；阶段可以写在一段话里。
    """
    found = plan("dashes_and_prose_phases.txt")
    assert [a["code"] for a in found["areas"]] == ["product", "works", "service"]
    assert [len([i for i in found["indicators"] if i["area"] == a]) for a in ("product", "works", "service")] == [
        4,
        6,
        2,
    ]
    assert row(found, "product", 4) == [("at_most", 1.5, "%", 2015)]
    assert row(found, "works", 5) == [("at_least", 66.5, "%", 2015), ("at_least", 50, "%", 2015)]
    assert [(p["start"], p["end"]) for p in found["phases"]] == [
        (None, "2012-12-31"), ("2013-01-01", "2014-12-31"), ("2015-01-01", "2015-06-30")
    ]  # fmt: skip
    assert found["document"]["addressees"] == [
        "各县（市）、区人民政府", "各开发区管委会", "市政府各部门、各直属单位"
    ]  # fmt: skip
    assert found["document"]["attachments"] == ["沧泽市质量发展主要指标表"]


def test_a_table_whose_cells_stand_one_below_the_other() -> None:
    """Cells that a copy left on lines of their own make a table; yearly goals make one trajectory.

    复制后各格独占一行的仍是表格；逐年列出的目标值成为一个逐年目标。
    """
    found = plan("stacked_cells.txt")
    assert [i["targets"][0]["value"] for i in found["indicators"][:2]] == [97, 93]
    assert found["indicators"][2]["targets"][0]["points"] == {"2013": 90, "2014": 92, "2015": 94}
    assert [p["end"] for p in found["phases"]] == ["2013-04-30", "2015-06-30", "2015-12-31"]
    assert [s["title"] for s in found["safeguards"]] == ["组织保障", "经费保障"]
    assert [n["text"] for n in found["not_understood"]] == ["培育名牌产品10个"]


def test_a_table_over_many_areas_is_an_area_of_its_own() -> None:
    """A caption that names no area keeps its table out of the area before it; one stated base settles the years.

    表题没有点明领域的表格不归入前一个领域；写明一个基期即可确定各年份。
    """
    found = plan("columns_of_years.txt")
    assert [a["code"] for a in found["areas"]] == ["product", "works", "area-3"]
    third = [i["targets"][0] for i in found["indicators"] if i["area"] == "area-3"]
    assert [t["kind"] for t in third] == ["trajectory", "trajectory", "unstated", "trajectory", "trajectory"]
    assert third[3]["points"] == {"2018": 0.1, "2020": 0.09}
    assert {t["base_year"] for t in third} == {2015}
    assert [t["title"] for t in found["tasks"]] == ["打造制造精品", "提升农业质量", "发展生产性服务业"]
    assert found["not_understood"] == []


def test_bold_headings_and_items_on_one_line() -> None:
    """Bold numbered headings are headings; （一）…（二）… on one line are items; better than average is unclear.

    加粗的编号行是标题；同一行的“（一）……（二）……”是并列条目；“好于平均”标为不清楚。
    """
    found = plan("bold_headings.md")
    assert found["document"]["title"] == "崮川市质量提升三年行动方案（2023—2025年）"
    assert {i["targets"][0]["year"] for i in found["indicators"]} == {2025}
    assert found["indicators"][3]["targets"][1]["unit"] == "张/万家"
    assert found["indicators"][4]["targets"][0]["certainty"] == "unclear"
    assert [(p["start"], p["end"]) for p in found["phases"]] == [
        (None, "2023-03-31"), ("2023-04-01", "2025-09-30"), ("2025-10-01", "2025-12-31")
    ]  # fmt: skip
    assert [s["title"] for s in found["safeguards"]] == ["加强党的领导", "强化政策支持", "严格督查考核"]
    assert [n["line"] for n in found["not_understood"]] == [15]
