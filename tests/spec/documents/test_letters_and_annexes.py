"""A plan may stand in an annex, its tasks in a table, its chapters on one line: the whole is still read.

方案可能在附件里，任务可能在表里，各章可能挤在一行里：照样读全。
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qualicity.engines.documents.drafting import draft
from qualicity.errors import Text

TITLE = Text(zh="读取来函、附件和分工表", en="Reading letters, annexes and tables of tasks")
CITIES = Path(__file__).parent / "cities"


def plan(name: str) -> dict[str, Any]:
    return draft(CITIES / name).as_json()


def said(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return kind, value, unit, year of all targets in order."""
    return [(t["kind"], t["value"], t["unit"], t["year"]) for row in found["indicators"] for t in row["targets"]]


def about(found: dict[str, Any], subject: str) -> dict[str, Any]:
    """Return the one target of a subject."""
    targets = [t for row in found["indicators"] for t in row["targets"] if t["subject"] == subject]
    assert len(targets) == 1, (subject, [t["subject"] for row in found["indicators"] for t in row["targets"]])
    return targets[0]


def test_the_letter_before_a_plan_is_no_part_of_it() -> None:
    """Chapters that the letter counts are set aside by line; goals inside the general chapter are found.

    来函自己的一、二、三逐行列出、不作任务；总体要求里的目标照样读出。
    """
    found = plan("letter_and_annex.txt")
    assert said(found) == [
        ("at_least", 94, "%", 2024),
        ("at_least", 98, "%", 2024),
        ("at_least", 98, "%", 2024),
        ("at_least", 98, "%", 2024),
        ("above", 6, "项", 2026),
        ("above", 35000, "件", 2026),
    ]
    assert [one["title"] for one in found["strategies"]] == ["推动产业提质", "夯实质量基础"]
    assert [one["title"] for one in found["tasks"]] == ["攻克关键技术", "推行绿色生产", "完善标准体系"]
    letter = [one["line"] for one in found["not_understood"] if "来函" in one["why"]]
    assert {4, 5} <= set(letter)


def test_a_table_of_tasks_gives_tasks_offices_and_days() -> None:
    """A document that is only a table of tasks has tasks with groups, leads, days, and conditions inside them.

    只有任务分解表的文件，也读出任务、分组、牵头配合单位、时限和其中的条件。
    """
    found = plan("table_of_tasks.txt")
    assert [(t["number"], t["strategy"], t["lead"], t["supporting"], t["deadline"]) for t in found["tasks"]] == [
        (1, 1, ["县市场监管局"], ["县工信局"], "2019-11-30"),
        (2, 1, ["县农业农村局"], ["县林业局", "县市场监管局"], "2019-12-31"),
        (3, 2, ["县住建局"], ["县交通局"], None),
        (4, 2, ["县市场监管局"], [], "2019-09-30"),
    ]
    assert [one["title"] for one in found["strategies"]] == ["产品质量", "工程质量"]
    assert said(found) == [
        ("at_least", 91, "%", 2019),
        ("at_least", 3, "个", 2019),
        ("at_least", 98, "%", 2019),
        ("at_least", 100, "%", 2019),
    ]


def test_annexes_complete_tasks_and_hold_indicators() -> None:
    """A table of duties completes the tasks of the text, a table of indicators adds its rows; each stands apart.

    分工表补全正文任务，指标表增加指标，附件之间互不混淆。
    """
    found = plan("letter_plan_and_annexes.txt")
    assert [(t["title"], t["lead"], t["deadline"]) for t in found["tasks"]] == [
        ("净化产地环境", ["市生态环境局"], "2025-12-31"),
        ("强化监测预警", ["市农业农村局"], "2024-06-30"),
    ]
    assert [one["title"] for one in found["safeguards"]] == ["加强领导", "加大投入"]
    assert said(found)[-2:] == [("at_least", 93, "%", 2025), ("at_least", 65, "%", 2025)]
    assert [t["scope"] for t in found["indicators"][1]["targets"]] == ["蔬菜", "畜禽", "水产品"]
    assert ("at_least", 1.5, "批次/千人", 2025) in said(found)
    everywhere = about(found, "规模主体追溯平台")
    assert (everywhere["value"], everywhere["op_text"], everywhere["certainty"]) == (100, "全覆盖", "derived")
    assert about(found, "化肥使用量")["kind"] == "unstated"
    assert found["document"]["attachments"] == ["重点任务分工", "主要指标"]


def test_headings_and_their_words_on_one_line_are_parted() -> None:
    """二、总体目标到2023年，… and 五、实施步骤（一）… are a heading and what follows it.

    标题与正文连成一行时，仍分作标题和正文。
    """
    found = plan("run_on_headings.txt")
    assert [t["points"] for row in found["indicators"] for t in row["targets"]] == [
        {"2023": 97, "2025": 98}, {"2023": 72, "2025": 80}
    ]  # fmt: skip
    assert [(t["title"], t["lead"]) for t in found["tasks"]] == [
        ("治理产地环境", ["市生态环境局", "市农业农村局"]), ("管住种养环节", ["市农业农村局"])
    ]  # fmt: skip
    assert [(p["start"], p["end"]) for p in found["phases"]] == [
        ("2022-03-01", "2022-04-30"), ("2022-05-01", "2025-06-30")
    ]  # fmt: skip
    assert [one["title"] for one in found["safeguards"]] == ["提高认识", "强化责任", "严格督查"]


def test_values_of_each_year_and_items_that_state_no_value() -> None:
    """Years that open lines make one trajectory; each number belongs to what it is said of; the rest is listed.

    逐年写的目标合成一条；每个数字归于它所说的对象；没有数值的条目逐条列出。
    """
    found = plan("year_by_year.txt")
    assert found["document"]["title"] == "枫岭市食品安全示范创建工作方案（2022年—2024年）"
    assert about(found, "食品抽检合格率")["points"] == {"2022": 97.5, "2023": 98, "2024": 98.5}
    assert about(found, "检验量")["unit"] == "批次/千人"
    share = about(found, "满意率")
    assert (share["value"], share["from_value"], share["year"]) == (90, 80, 2024)
    assert about(found, "竣工工程达到国家标准")["value"] == 100
    assert about(found, "工程质量投诉率")["kind"] == "cut"
    assert about(found, "中国驰名商标总量")["base_year"] == 2020
    assert about(found, "地理标志产品")["base_year"] is None
    assert about(found, "省著名商标")["value"] == 20
    assert about(found, "商标总数")["value"] == 300
    assert [p["steps"] for p in found["phases"]][1] == ["自查", "整改"]
    listed = {one["line"] for one in found["not_understood"]}
    assert {16, 17} <= listed


def test_chapters_that_lost_their_line_ends() -> None:
    """Chapters in one paragraph are cut where they count on; an index on a line of its own stays with its name.

    挤在一段的各章按编号分开；单独成行的下标仍归其名称。
    """
    found = plan("one_paragraph_chapters.txt")
    assert [(t["title"], t["strategy"]) for t in found["tasks"]] == [
        ("开展质量教育", 1), ("提升管理水平", 1), ("健全培育机制", 2), ("加强品牌保护", 2)
    ]  # fmt: skip
    assert [one["title"] for one in found["safeguards"]] == ["加强领导", "加大投入"]
    assert {t["year"] for row in found["indicators"] for t in row["targets"]} == {2020}
    assert about(found, "可吸入颗粒物（PM10）平均浓度")["value"] == 70
    assert about(found, "细颗粒物（PM2.5）平均浓度")["base_year"] == 2015


def test_remains_of_a_web_page_in_markdown() -> None:
    """Entities are characters, rows of an HTML table have lines of their own, page marks are no text.

    网页实体还原为字符，网页表格各行有各自的行号，页码页眉不算正文。
    """
    found = plan("html_remains.md")
    assert about(found, "强制检定覆盖率")["unit"] == "%"
    assert about(found, "检验机构营业收入年均增速")["value"] == 10
    assert about(found, "标准自我声明公开数")["unit"] == "万项"
    assert [row["line"] for row in found["indicators"]][-2:] == [16, 17]
    assert [one["title"] for one in found["safeguards"]] == ["加强领导", "保障资金"]
    assert not any("页" in one["text"] for one in found["not_understood"])
