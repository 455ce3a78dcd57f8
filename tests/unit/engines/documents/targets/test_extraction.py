from __future__ import annotations

import pytest

from qualicity.engines.documents.targets.extraction import read_conditions
from qualicity.engines.documents.targets.rows import row_targets


def kinds(text: str) -> list[tuple[str, float | None, str | None]]:
    return [(f.target.kind, f.target.value, f.target.unit) for f in read_conditions(text).found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("普及率超过30%", ("above", 30, "%")),
        ("合格率达到96%以上", ("at_least", 96, "%")),
        ("覆盖率100%", ("at_least", 100, "%")),
        ("合格率不低于百分之九十六", ("at_least", 96, "%")),
        ("噪声≤56dB(A)", ("at_most", 56, "dB(A)")),
        ("死亡率控制在0.4以内", ("at_most", 0.4, None)),
        ("投诉率低于1%", ("below", 1, "%")),
        ("损失率达到1.5%", ("at_most", 1.5, "%")),
        ("单位产值能耗比2010年下降16%", ("cut", 16, "%")),
        ("万人拥有证书数达到2张以上", ("at_least", 2, "张/万人")),
        ("培育三个以上国家级品牌", ("at_least", 3, "个")),
        ("消除劣V类水体", ("none_of", 0, None)),
        ("不发生重大质量安全事故", ("none_of", 0, None)),
        ("质量安全事故为零", ("none_of", 0, None)),
        ("死亡率低于全国平均水平", ("below_reference", None, None)),
        ("排放总量完成省下达减排任务", ("unstated", None, None)),
        ("满意度达到80以上", ("at_least", 80, "分")),
        ("化学需氧量排放总量控制在3.5万吨以内", ("at_most", 3.5, "万吨")),
        ("注册商标达到1.2万件", ("at_least", 12000, "件")),
    ],
)
def test_a_clause_gives_kind_value_and_unit(text: str, expected: tuple[str, float, str]) -> None:
    assert kinds(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "到2015年，质量总体水平明显提升",
        "实现“一个削减、三个提升、三个改善”的总体目标",
        "根据国发〔2012〕9号文件",
        "通过ISO9001认证",
        "加强PM2.5监测",
        "形成四个方面的质量分析报告",
        "第12次会议",
        "争取在十五日内办结",
    ],
)
def test_words_without_a_condition_give_none(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("合格率95%左右", "equals"),
        ("合格率提高2个百分点", "at_least"),
        ("能耗下降16%", "cut"),
        ("合格率高于全省平均水平", "unstated"),
        ("培育2至3家企业", "at_least"),
        ("合格率超过30%以上", "at_least"),
    ],
)
def test_what_is_not_clear_is_marked_so(text: str, kind: str) -> None:
    (found,) = read_conditions(text).found
    assert (found.target.kind, found.target.certainty) == (kind, "unclear")


def test_respectively_gives_each_its_own_value() -> None:
    found = read_conditions("竣工验收合格率、优良率分别达到100%和35%以上").found
    assert [(f.subject, f.target.value, f.target.kind) for f in found] == [
        ("竣工验收合格率", 100, "at_least"),
        ("优良率", 35, "at_least"),
    ]


def test_a_later_respectively_means_the_subjects_named_before() -> None:
    found = read_conditions("到2015年，甲合格率达到92%，乙合格率达到96%；到2020年，分别达到94%和98%").found
    assert [f.target.points for f in found] == [((2015, 92), (2020, 94)), ((2015, 96), (2020, 98))]


def test_from_a_value_to_a_value_is_the_second_value() -> None:
    assert kinds("合格率由92%提高到95%") == [("at_least", 95, "%")]
    (path,) = read_conditions("浓度由2013年的108微克/立方米下降到2016年的95微克/立方米").found
    assert path.target.points == ((2013, 108), (2016, 95))


def test_a_number_that_only_describes_is_no_condition() -> None:
    assert kinds("年主营业务超过1000亿元、500亿元的企业分别达到10家、20家")[-2:] == [
        ("at_least", 10, "家"),
        ("at_least", 20, "家"),
    ]


def test_a_year_inside_a_sentence_does_not_reach_the_next() -> None:
    found = read_conditions("优良率2018年达到75%；消除劣V类水体").found
    assert [f.target.year for f in found] == [2018, None]


def test_an_opening_year_stands_over_the_paragraph() -> None:
    found = read_conditions("到2015年，合格率达到90%。满意度达到80以上。").found
    assert [f.target.year for f in found] == [2015, 2015]


def test_a_number_nobody_understood_is_handed_back() -> None:
    assert read_conditions("全年空气良好，共3个").strays == ("共3个",)


def test_parts_of_one_row_have_scopes() -> None:
    found = row_targets("污水集中处理率：城区不低于95%，乡镇不低于75%")
    assert [(t.scope, t.value) for t in found] == [("城区", 95), ("乡镇", 75)]


def test_stable_holds_every_period() -> None:
    assert row_targets("合格率稳定在96%以上")[0].every == "period"
