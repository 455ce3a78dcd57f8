"""No figure of the goals gets lost: each is in a target, or on the list of what was not understood."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualicity.engines.documents.drafting import draft_of
from qualicity.engines.documents.typed_tables import with_tables

CITIES = Path(__file__).parents[2] / "spec" / "documents" / "cities"
SUBJECT_WORDS = """产品质量合格率 主要农产品抽检合格率 顾客满意度 污水处理率 名牌产品销售额占比
规模以上企业产值 单位能耗 事故率 甲、乙、丙合格率 全市 其中 保障房 每万人口发明专利拥有量 “双百”工程完成率"""
OPERATOR_WORDS = """达到 稳定在 保持在 不低于 超过 力争达到 比2010年提高 年均增长 下降 由90%提高到 控制在 低于全省平均
分别达到 比上年多 占 为 新增 约"""
SUBJECTS, WORDS = st.sampled_from(SUBJECT_WORDS.split()), st.sampled_from(OPERATOR_WORDS.split())
NUMBERS = st.one_of(
    st.integers(1, 200).map(lambda n: f"{n}%"),
    st.decimals(1, 99, places=1).map(lambda n: f"{n}%"),
    st.integers(2, 90).map(lambda n: f"{n}家"),
    st.tuples(st.integers(1, 90), st.integers(1, 90)).map(lambda p: f"{p[0]}%和{p[1]}%"),
    st.tuples(st.integers(1, 9), st.integers(10, 90)).map(lambda p: f"{p[0]}%—{p[1]}%"),
)
ENDS = st.sampled_from(
    ["以上", "以内", "左右", "", "的水平", "的企业达到五成", "个百分点", "（含县市）", "以上的目标"]
)
CLAUSES = st.tuples(SUBJECTS, WORDS, NUMBERS, ENDS).map("".join)
SENTENCES = st.lists(st.tuples(CLAUSES, st.sampled_from("，；。、")).map("".join), min_size=1, max_size=6).map(
    "".join
)


def said(found: dict[str, Any]) -> set[float]:
    """Return every figure that stands in a target or in a line of what was not understood."""
    values: set[float] = set()
    for target in (t for row in found["indicators"] for t in row["targets"]):
        values |= {v for v in (target["value"], target["from_value"], target["upper"]) if v is not None}
        values |= set(target["points"].values())
    lost = "".join(item["text"] for item in found["not_understood"])
    return values | {float(number) for number in re.findall(r"\d+(?:\.\d+)?", lost)}


def percentages(text: str) -> set[float]:
    return {float(number) for number in re.findall(r"(\d+(?:\.\d+)?)\s*[%％]", text)}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=SENTENCES,
    shape=st.sampled_from(["{}", "1.{}", "——{}", "产品质量。{}", "（一）产品质量\n{}", "到2015年，{}"]),
)
def test_every_percentage_of_a_sentence_comes_out_somewhere(text: str, shape: str) -> None:
    document = f"某市质量强市工作方案\n一、工作目标\n{shape.format(text)}\n二、主要任务\n（一）抓质量。开展活动。\n"
    found = draft_of(with_tables(document)).as_json()
    assert percentages(text) <= said(found)


def goals_of(path: Path) -> str:
    """Return the lines under the heading of goals, without tables; empty where the goals stand elsewhere."""
    text = path.read_text(encoding="utf-8").replace("．", ".").replace(". ", ".")
    found = re.search(
        r"(?ms)^\W*\S{0,8}[^\n]{0,10}目标\**$(.*?)^\W*(?:二|三|四|第二章)、?[^\n]*(?:任务|工作|重点)", text
    )
    lines = found.group(1).splitlines() if found else []
    return "\n".join(line for line in lines if not re.search(r"[|<\t]", line))


WITH_GOALS = [path for path in sorted(CITIES.glob("*")) if percentages(goals_of(path))]


@pytest.mark.parametrize("path", WITH_GOALS, ids=lambda path: path.name)
def test_every_percentage_of_the_goals_of_a_plan_comes_out_somewhere(path: Path) -> None:
    found = draft_of(with_tables(path.read_text(encoding="utf-8"))).as_json()
    assert percentages(goals_of(path)) <= said(found)


@pytest.mark.shared
def test_every_percentage_of_the_sample_goals_comes_out_somewhere(shared: Path) -> None:
    text = (shared / "plan" / "zhengzhou-2014.txt").read_text(encoding="utf-8")
    goals = text[text.index("三、具体目标") : text.index("四、主要工作任务")].replace(". ", ".").replace("\\%", "%")
    assert percentages(goals) <= said(draft_of(with_tables(text)).as_json())
