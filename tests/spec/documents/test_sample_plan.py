"""The sample plan comes out of the importer row by row as it stands on paper.

样例方案逐行读出，与纸面一致。
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qualicity.engines.documents.drafting import draft
from qualicity.errors import Text

TITLE = Text(zh="读取工作方案", en="Reading a plan")
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def plan(shared: Path) -> dict[str, Any]:
    return draft(shared / "plan" / "zhengzhou-2014.txt").as_json()


def targets(plan: dict[str, Any], area: str, number: int) -> list[dict[str, Any]]:
    return next(i["targets"] for i in plan["indicators"] if (i["area"], i["number"]) == (area, number))


def test_the_head_and_the_tail_of_the_document_are_facts(plan: dict[str, Any]) -> None:
    """Number, issuer, day, addressees, organiser, supervisor, copies and attachments are read.

    读出文号、发文机关、日期、主送、主办、督办、抄送和附件。
    """
    assert plan["document"] == {
        "number": "郑政〔2014〕17号",
        "issuer": "郑州市人民政府",
        "issued_on": "2014-05-08",
        "title": "郑州市人民政府关于印发郑州市创建全国质量强市示范城市工作方案的通知",
        "addressees": ["各县（市、区）人民政府", "市人民政府各部门", "各有关单位"],
        "organiser": "市质监局",
        "supervisor": "市政府办公厅四处",
        "copies": ["市委各部门", "郑州警备区", "市人大常委会办公厅", "市政协办公厅", "市法院", "市检察院"],
        "attachments": ["郑州市创建“全国质量强市示范城市”工作任务分解表"],
    }


def test_thirty_rows_hold_thirty_four_targets_of_seven_kinds(plan: dict[str, Any]) -> None:
    """Five areas with 7, 4, 6, 8 and 5 rows hold 34 atomic targets.

    五个领域分别有 7、4、6、8、5 行，共含 34 个目标值。
    """
    assert [a["code"] for a in plan["areas"]] == ["product", "works", "service", "environment", "foundation"]
    rows = Counter(i["area"] for i in plan["indicators"])
    assert list(rows.values()) == [7, 4, 6, 8, 5]
    kinds = Counter(t["kind"] for i in plan["indicators"] for t in i["targets"])
    assert kinds == {
        "at_least": 24, "above": 3, "at_most": 2, "cut": 2, "none_of": 1, "trajectory": 1, "unstated": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("area", "number", "expected"),
    [
        ("product", 1, [("above", 30, "%", None)]),
        ("product", 2, [("at_least", 96, "%", None)]),
        ("works", 1, [("at_least", 100, "%", "大中型工程"), ("at_least", 98, "%", "其他工程")]),
        ("service", 1, [("at_least", 80, "分", None)]),
        ("service", 5, [("at_least", 3, "个", None)]),
        ("environment", 1, [("at_least", 95, "%", "市区"), ("at_least", 85, "%", "县（市）")]),
        ("environment", 2, [("at_least", 92.5, "%", "含县市")]),
        ("environment", 3, [("at_most", 56, "dB(A)", "城市区域"), ("at_most", 68, "dB(A)", "城市道路交通")]),
        ("environment", 4, [("none_of", 0, None, "建成区")]),
        ("environment", 6, [("unstated", None, None, None), ("trajectory", 95, "µg/m³", None)]),
        ("environment", 7, [("cut", 14.8, "%", None)]),
        ("foundation", 5, [("at_least", 2, "张/万人", None)]),
    ],
)
def test_a_row_gives_its_targets(
    plan: dict[str, Any], area: str, number: int, expected: list[tuple[str, float, str, str]]
) -> None:
    """Kind, value, unit and scope are those that the row states.

    目标类型、数值、单位和范围与该行所写一致。
    """
    found = [(t["kind"], t["value"], t["unit"], t["scope"]) for t in targets(plan, area, number)]
    assert found == expected


def test_stable_cut_and_trajectory_keep_their_years(plan: dict[str, Any]) -> None:
    """Stable holds every period; cuts name 2010 and are due 2015; the trajectory keeps its points.

    “稳定在”要求每一期都达到；削减以 2010 年为基期、2015 年到期；逐年目标保留各年数值。
    """
    assert targets(plan, "product", 2)[0]["every"] == "period"
    cut = targets(plan, "environment", 8)[0]
    assert (cut["base_year"], cut["year"], cut["value"]) == (2010, 2015, 17.8)
    path = targets(plan, "environment", 6)[1]
    assert (path["points"], path["year"]) == ({"2013": 108, "2016": 95}, 2016)


def test_forty_two_tasks_stand_in_eight_groups(plan: dict[str, Any]) -> None:
    """The tasks are numbered through; one without a title takes its first clause.

    任务连续编号；没有标题的任务取其首个分句。
    """
    assert [s["number"] for s in plan["strategies"]] == list(range(1, 9))
    assert [t["number"] for t in plan["tasks"]] == list(range(1, 43))
    groups = Counter(t["strategy"] for t in plan["tasks"])
    assert [groups[n] for n in range(1, 9)] == [4, 4, 3, 7, 12, 3, 4, 5]
    assert plan["tasks"][6]["title"] == "支持、鼓励企业参与国际、国家标准化活动"


def test_sentences_that_a_page_broke_are_whole_again(plan: dict[str, Any]) -> None:
    """Words on both sides of a page break stand together.

    被分页拆开的句子重新接上。
    """
    assert "企业是第一责任人的质量安全责任体系" in plan["tasks"][18]["text"]
    assert "包括产品质量、工程质量、服务质量" in plan["tasks"][11]["text"]


def test_phases_have_first_and_last_days_and_steps(plan: dict[str, Any]) -> None:
    """Four phases follow one another without a gap and hold eleven steps.

    四个阶段首尾相接，共有十一个步骤。
    """
    assert [(p["start"], p["end"], len(p["steps"])) for p in plan["phases"]] == [
        ("2014-03-01", "2014-05-31", 4),
        ("2014-06-01", "2014-12-31", 3),
        ("2015-01-01", "2015-03-31", 2),
        ("2015-04-01", "2015-06-30", 2),
    ]
    assert [s["title"] for s in plan["safeguards"]] == [
        "做好组织领导",
        "加强财政支持",
        "严格落实责任",
        "加强督查考核",
    ]


def test_only_the_conditions_inside_tasks_are_left_to_people(plan: dict[str, Any]) -> None:
    """Two tasks hold conditions that the tables do not list; nothing else is left over.

    有两项任务含有表格以外的条件，留待人工确认；此外没有遗漏。
    """
    assert [n["line"] for n in plan["not_understood"]] == [149, 171]
