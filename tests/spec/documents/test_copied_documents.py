"""Copies from web pages and scanners keep what the document says.

从网页或扫描件复制来的文件，内容不变。
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qualicity.engines.documents.drafting import draft
from qualicity.errors import Text

TITLE = Text(zh="读取从网页复制的方案", en="Reading plans copied from web pages")
CITIES = Path(__file__).parent / "cities"


def plan(name: str) -> dict[str, Any]:
    return draft(CITIES / name).as_json()


def targets(found: dict[str, Any], area: str, number: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = found["indicators"]
    return next(row["targets"] for row in rows if (row["area"], row["number"]) == (area, number))


def test_menus_and_buttons_of_a_web_page_are_no_part_of_the_document() -> None:
    """The page's own data, menus and buttons are set aside; a title over two lines is one title.

    网页自带的信息、菜单和按钮不算正文；分两行的标题仍是一个标题。
    """
    found = plan("page_around_a_plan.txt")
    assert found["document"]["title"] == "泓州市人民政府办公室关于印发泓州市质量提升三年行动方案的通知"
    assert found["document"]["number"] == "泓政办发〔2016〕31号"
    assert found["document"]["issuer"] == "泓州市人民政府办公室"
    assert found["document"]["issued_on"] == "2016-03-28"
    assert found["document"]["addressees"] == ["各县（区）人民政府", "市政府各部门"]
    assert [phase["name"] for phase in found["phases"]] == [
        "第一阶段 宣传发动",
        "第二阶段 集中攻坚",
        "第三阶段 总结评估",
    ]


def test_a_change_is_told_from_a_level() -> None:
    """Growth, points, doublings and ranks say what they measure; the start of a change is kept.

    增幅、百分点、翻番、位次都注明算法；变化的起点一并保留。
    """
    found = plan("page_around_a_plan.txt")
    assert [(t["scope"], t["value"]) for t in targets(found, "product", 1)] == [
        ("食品", 97),
        ("药品", 98.5),
        ("农产品", 96),
    ]
    (share,) = targets(found, "product", 2)
    assert (share["value"], share["from_value"], share["measured_as"]) == (40, 32, None)
    assert targets(found, "product", 3)[0]["measured_as"] == "growth_per_year"
    assert [(t["kind"], t["value"], t["unit"], t["measured_as"]) for t in targets(found, "works", 2)] == [
        ("at_least", 2, "倍", "multiple"), ("at_most", 5, "位", "rank")
    ]  # fmt: skip
    assert [(t["measured_as"], t["certainty"]) for t in targets(found, "service", 1)] == [
        ("points_up", "unclear"), ("difference", "unclear")
    ]  # fmt: skip
    assert [t["base_year"] for t in targets(found, "environment", 1)] == [2015, 2015]
    assert targets(found, "environment", 2)[0]["kind"] == "unstated"
    assert {t["year"] for row in found["indicators"] for t in row["targets"]} == {2018}


def test_tasks_carry_who_leads_who_supports_and_by_when() -> None:
    """Brackets behind a task give lead, support and deadline, also on a line of their own.

    任务后的括号给出牵头、配合单位和完成时限，独占一行也一样。
    """
    tasks = plan("page_around_a_plan.txt")["tasks"]
    assert [(t["lead"], t["supporting"], t["deadline"]) for t in tasks] == [
        (["市质监局"], ["市工信局", "市农业局"], "2017-12-31"),
        (["市住建局"], ["市交通局", "市水利局"], None),
        (["市商务局", "市旅游局"], [], None),
    ]


def test_a_copy_in_traditional_characters_is_read_like_the_original() -> None:
    """Traditional characters, and sounds printed behind them, are turned back.

    繁体字及其后附注的拼音还原为简体。
    """
    found = plan("traditional_copy.txt")
    assert found["document"]["number"] == "屿政发〔2017〕6号"
    assert found["document"]["issuer"] == "屿川县人民政府"
    assert [area["code"] for area in found["areas"]] == ["product", "environment"]
    assert [t["value"] for row in found["indicators"] for t in row["targets"]] == [91, 97, 88, 46]
    assert {t["year"] for row in found["indicators"] for t in row["targets"]} == {2020}
    assert [t["lead"] for t in found["tasks"]] == [["县质监局"], ["县工商局", "县农业局"]]


def test_a_document_rolled_into_one_line_is_unrolled() -> None:
    """Where a copy lost all line ends, the gaps between paragraphs still part them.

    复制后换行全部丢失的，按段间空隙分段。
    """
    found = plan("one_endless_line.txt")
    assert found["document"]["number"] == "碧政办发〔2016〕19号"
    assert [row["targets"][0]["value"] for row in found["indicators"]] == [95, 98, 80]
    assert [task["title"] for task in found["tasks"]] == ["健全管理制度", "强化过程控制"]
    assert [one["title"] for one in found["safeguards"]] == ["加强组织领导", "强化考核"]


def test_goals_and_phases_that_lost_their_headings_are_found() -> None:
    """Numbered conditions under no heading are goals, dated stages under no heading are phases.

    没有章标题的编号条件归入目标，没有章标题的分阶段时间归入实施步骤。
    """
    found = plan("lost_headings.txt")
    assert [row["number"] for row in found["indicators"]] == [1, 2, 3, 4]
    assert [(phase["start"], phase["end"]) for phase in found["phases"]] == [
        ("2018-03-01", "2018-04-30"), ("2018-05-01", "2019-06-30"), ("2019-07-01", "2019-09-30")
    ]  # fmt: skip


def test_a_table_held_apart_by_bars_gives_base_nature_and_offices() -> None:
    """Cells parted by bars make a table; base value, 约束性 or 预期性 and the offices are kept.

    以竖线分隔的单元格组成表格；基期值、约束性或预期性、责任单位一并保留。
    """
    rows = plan("table_with_bars.txt")["indicators"]
    first = [row["targets"][0] for row in rows]
    assert [(t["kind"], t["value"], t["from_value"], t["base_year"]) for t in first] == [
        ("at_least", 94, 91.2, 2020),
        ("at_least", 98, 97.8, 2020),
        ("at_least", 15, 9, 2020),
        ("at_most", 35, 41, 2020),
    ]
    assert [t["nature"] for t in first] == ["预期性", "约束性", "预期性", "约束性"]
    assert rows[2]["responsible"] == ["市科技局", "市市场监管局"]


def test_dots_full_width_digits_and_circles_number_as_well() -> None:
    """“一.”, “1、”, “(1)” and ①…②… on one line are headings and items; full-width digits are digits.

    “一.”“1、”“(1)”和同一行的①②都是标题或条目；全角数字就是数字。
    """
    found = plan("numbered_in_other_ways.txt")
    assert found["document"]["issuer"] == "中共栖川市委栖川市人民政府"
    assert found["document"]["issued_on"] == "2018-09-03"
    assert [(t["number"], t["strategy"], t["title"]) for t in found["tasks"]] == [
        (1, 1, "推行首席质量官制度"), (2, 1, "推广先进方法"), (1, 2, "开展专项整治"), (2, 2, "完善信用档案")
    ]  # fmt: skip
    assert [(p["name"], p["start"], p["steps"]) for p in found["phases"]] == [
        ("第一阶段 宣传发动", "2018-09-01", []), ("第二阶段 全面实施", "2019-01-01", [])
    ]  # fmt: skip


def test_the_first_office_leads_where_the_document_says_so() -> None:
    """“列第一位的为牵头单位” makes the first office of every list the leader.

    写明“列第一位的为牵头单位”的，各处名单以第一个单位为牵头。
    """
    tasks = plan("numbered_in_other_ways.txt")["tasks"]
    assert [(t["lead"], t["supporting"]) for t in tasks[:2]] == [
        (["市质监局"], ["市工信委"]), (["市工信委"], ["市国资委"])
    ]  # fmt: skip


def test_stacked_cells_without_numbers_are_a_table() -> None:
    """Cells on lines of their own form rows by where the figures stand; a group spans its rows.

    独占一行的单元格按数值所在位置成行；类别可以跨几行。
    """
    rows = plan("numbered_in_other_ways.txt")["indicators"]
    assert [(row["area"], row["number"]) for row in rows if row["responsible"]] == [
        ("product", 1), ("product", 2), ("environment", 1)
    ]  # fmt: skip
    last = rows[-1]["targets"][0]
    assert (last["kind"], last["value"], last["from_value"], last["unit"]) == ("at_most", 48, 58, "µg/m³")


def test_ranks_ranges_and_lists_of_counts() -> None:
    """A rank counts from the top, a range keeps both ends, each of several counts is a target of its own.

    位次从前往后计，区间两端都保留，并列的几个数量各成一个目标值。
    """
    rows = [row for row in plan("numbered_in_other_ways.txt")["indicators"] if not row["responsible"]]
    found = {t["subject"]: t for row in rows for t in row["targets"]}
    assert (found["绿色食品认证数量"]["kind"], found["绿色食品认证数量"]["value"]) == ("at_most", 3)
    assert (found["新增中国质量奖提名奖"]["value"], found["新增中国质量奖提名奖"]["upper"]) == (1, 2)
    assert [found[f"{kind}标准"]["value"] for kind in ("国家", "行业")] == [50, 80]
    assert found["商标注册量"]["measured_as"] == "multiple"
