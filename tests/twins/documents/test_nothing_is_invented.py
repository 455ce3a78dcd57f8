"""Each figure of a draft stands in the document where the draft says, and no figure of the document goes missing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualicity.engines.documents.drafting import draft_of
from qualicity.engines.documents.numerals import han_number
from qualicity.engines.documents.reading import decode
from qualicity.engines.documents.tidying import tidy
from qualicity.engines.documents.typed_tables import with_tables

CITIES = Path(__file__).parents[2] / "spec" / "documents" / "cities"
TEXTS = sorted(path for path in CITIES.glob("*.txt") if path.stem != "one_endless_line")
SCALES = {"万": 1e4, "亿": 1e8}
WITHOUT_FIGURE = re.compile("全覆盖|番|倍增|前[一二三四五六七八九十]")
PAST = re.compile("年来|以来|期间|同比|目前|截至")
REACH = 12


def numbers(text: str) -> set[float]:
    """Return every number that a text writes, in any of the ways that offices write numbers."""
    text = tidy(re.sub(r"[\n\t|]", "；", text)).replace(" ", "")
    found = {float(n) for n in re.findall(r"\d+(?:\.\d+)?", text)}
    found |= {round(float(n) * SCALES[scale], 9) for n, scale in re.findall(r"(\d+(?:\.\d+)?)([万亿])", text)}
    for written in re.findall("[零〇一二两三四五六七八九十百千点]+", text):
        value = han_number(written.strip("点"))
        if value is not None:
            found |= {value, value * 10}
    return found


def near(text: str, line: int) -> str:
    """Return the line that a draft names with the few that a margin or a page may have broken off it."""
    return "\n".join(text.splitlines()[line - 1 : line - 1 + REACH])


def invented(found: dict[str, Any], text: str) -> list[tuple[int, float]]:
    """Return the values of targets that do not stand where the draft says."""
    everywhere = numbers(text)
    wrong: list[tuple[int, float]] = []
    for row in found["indicators"]:
        here = numbers(near(text, row["line"]))
        for target in row["targets"]:
            if target["kind"] == "none_of" or WITHOUT_FIGURE.search(target["op_text"]):
                continue
            values = [target["value"], target["upper"], target["from_value"]]
            wrong += [(row["line"], v) for v in values if v is not None and v not in (here | everywhere)]
            if not target["points"] and target["value"] is not None and target["value"] not in here:
                wrong.append((row["line"], target["value"]))
            wrong += [(row["line"], v) for v in target["points"].values() if v not in everywhere]
    return wrong


def missing(found: dict[str, Any], text: str) -> list[tuple[int, str]]:
    """Return the percentages of a document that stand nowhere in its draft; what was reached before is no target."""
    said = numbers(re.sub(r"\s", "", json.dumps(found, ensure_ascii=False)))
    return [
        (number, figure)
        for number, line in enumerate(text.splitlines(), start=1)
        if not PAST.search(line)
        for figure in re.findall(r"(\d+(?:\.\d+)?)%", tidy(line))
        if float(figure) not in said
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_figures_of_a_plan_are_neither_invented_nor_lost(path: Path) -> None:
    text = decode(path.read_bytes())
    found = draft_of(with_tables(text)).as_json()
    assert invented(found, text) == []
    assert missing(found, text) == []


@pytest.mark.shared
def test_figures_of_the_sample_plan_are_neither_invented_nor_lost(shared: Path) -> None:
    text = (shared / "plan" / "zhengzhou-2014.txt").read_text(encoding="utf-8").replace("\\%", "%")
    found = draft_of(with_tables(text)).as_json()
    assert invented(found, text) == []
    assert missing(found, text) == []


MEASURE_WORDS = "产品质量抽查合格率 农产品监测合格率 公众满意度 污水处理率 名牌产品 专利拥有量 投诉率"
MEASURES = st.sampled_from(MEASURE_WORDS.split())
SAY_WORDS = "达到{} 不低于{} 稳定在{}以上 控制在{}以内 由85%提高到{} 年均增长{} 力争突破{} 比2015年下降{}"
SAYS = st.sampled_from(SAY_WORDS.split())
SIZES = st.one_of(
    st.decimals(1, 99, places=1).map(lambda n: f"{n}%"),
    st.integers(1, 99).map(lambda n: f"{n}％"),
    st.integers(1, 900).map(lambda n: f"{n}个"),
    st.sampled_from(["百分之九十五", "九成", "９８．５％", "1.5万件", "3—5个", "90%—95%", "0.3‰", "2个百分点"]),
)
CLAUSES = st.tuples(MEASURES, SAYS, SIZES).map(lambda parts: parts[0] + parts[1].format(parts[2]))
GOALS = st.lists(CLAUSES, min_size=1, max_size=4).map("，".join)
SHAPES = st.sampled_from(
    [
        "一、工作目标\n到2020年，{}。\n二、主要任务\n（一）抓质量。{}。\n三、保障措施\n（一）加强领导。{}。\n",
        "一、总体要求\n坚持质量第一。到2020年，{}。\n二、重点任务\n1.抓质量。{}。\n三、组织保障\n{}。\n",
        "第一章 总则\n第一条 目标：到2020年，{}。\n第二章 任务\n第二条 抓质量。{}。\n第三章 附则\n第三条 {}。\n",
        "二、总体目标到2020年，{}。\n三、主要任务（一）抓质量。{}。\n四、工作要求（一）抓落实。{}。\n",
        "主要目标：\n（1）{}；\n①{}。\n2、{}。\n",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(shape=SHAPES, goals=st.tuples(GOALS, GOALS, GOALS))
def test_figures_of_any_plan_are_neither_invented_nor_lost(shape: str, goals: tuple[str, str, str]) -> None:
    text = "某市质量提升方案\n" + shape.format(*goals)
    found = draft_of(with_tables(text)).as_json()
    assert invented(found, text) == []
    assert missing(found, text) == []
