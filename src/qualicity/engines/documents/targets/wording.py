"""The words that say how a value is meant: 不低于, 以上, 超过, 控制在…以内, 削减."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

AT_LEAST: Final = "不低于|不少于|不小于|不得低于|不得少于|至少|最低为|最低|达到或超过|≥|>="
ABOVE: Final = "超过|大于|高于|多于|突破|>"
AT_MOST: Final = "不高于|不超过|不大于|不多于|不得超过|不得高于|最高不超过|≤|<="
BELOW: Final = "低于|小于|少于|<"
FALL_TO: Final = (
    "控制在|控制到|控制为|降低到|降低至|下降到|下降至|降至|降到|减少到|减少至|削减到|削减至|压减到|压减至|压缩到|压缩至|"
    "缩短到|缩短至"
)
CUT: Final = "累计削减|削减|下降|降低|减少|压减|压缩"
RISE_TO: Final = (
    "提高到|提高至|提升到|提升至|增加到|增加至|增长到|增至|上升到|上升至|扩大到|扩大至|升至|发展到|上升为|提高为"
)
RISE: Final = "年均增长|增长|提高|提升|增加|上升|递增"
HOLD: Final = "稳定在|保持在|维持在|稳定保持在|稳定达到|保持|始终在|稳定在了"
REACH: Final = "达到|达|实现|力争达到|为|是|在|突破性达到|完成|到|共"
MADE: Final = (
    "建成|建设|新建|创建|培育|获得|获|争创|创(?![新造业意])|发布|新增|打造|形成|拥有|制定|制修订|引进|认定|开展|主导|参与|培养|申报|推进|建立|"
    "取得|评选|发展|组建|完成|达|有|推广|创成|荣获|通过|设立|创立|导入"
)
NEUTRAL: Final = r"均|都|要|应|应当|全部|分别|各|必须|需|力争|争取|累计|年均|平均|也|可|能|只|已|约|将|继续"

_GROUPS: Final = (
    ("at_least", AT_LEAST),
    ("at_most", AT_MOST),
    ("above", ABOVE),
    ("below", BELOW),
    ("fall_to", FALL_TO),
    ("rise_to", RISE_TO),
    ("hold", HOLD),
    ("cut", CUT),
    ("rise", RISE),
    ("reach", REACH),
)
_WORD_GROUPS: Final = sorted(
    ((word, group) for group, words in _GROUPS for word in words.split("|")), key=lambda pair: -len(pair[0])
)
PRE_WORD: Final = "(?:" + "|".join(re.escape(word) for word, _ in _WORD_GROUPS) + f"|{NEUTRAL})"
PRE: Final = f"(?:{PRE_WORD}){{1,4}}"
POST: Final = "(?:及以上|或以上|或者以上|以上|以内|之内|及以下|或以下|以下|左右|上下)"
LOW_IS_GOOD: Final = re.compile(
    "死亡|事故|浓度|噪声|能耗|水耗|投诉|损失率|不良率|不合格率|发生率|排放|污染|缺陷率|差错率|发案率|劣[ⅤV5五]|召回率|"
    "返修率|漏检|伤亡|化学需氧量|氨氮|二氧化硫|氮氧化物|细颗粒物|PM2\\.5|PM10|时限|办理时间|垃圾填埋"
)
GOOD_ALTHOUGH: Final = re.compile(
    "达标率|处理率|处置率|办结率|解决率|回复率|合格率|优良|削减率|控制率|收集率|治理率|满意|下降率|降低率|处理能力|整改率|"
    "达标|安装率|结案率|查处率|反馈率|利用率|净化"
)


class Reading(NamedTuple):
    """A kind, how sure it is, and whether every period must hold."""

    kind: str
    certainty: str
    every: str | None


def low_is_good(subject: str) -> bool:
    """Tell whether less is better for the quantity that a subject names."""
    return bool(LOW_IS_GOOD.search(subject)) and not GOOD_ALTHOUGH.search(subject)


def groups_of(words: str) -> tuple[str, ...]:
    """Return the groups of operator words found in what stands before a number, left to right."""
    found: list[str] = []
    while words:
        for word, group in _WORD_GROUPS:
            if words.startswith(word):
                found.append(group)
                words = words[len(word) :]
                break
        else:
            words = words[1:]
    return tuple(found)


def understood(pre: str, post: str, subject: str, unit: str | None, has_base: bool) -> Reading:
    """Return how a number is meant, from the words before and after it.

    ``has_base`` says that the clause names a year to compare with.
    """
    groups = groups_of(pre)
    every = "period" if "hold" in groups else None
    low = low_is_good(subject)
    if "cut" in groups and unit == "%":
        return Reading("cut", "stated" if has_base else "unclear", None)
    if "cut" in groups or unit in {"个百分点", "百分点", "个千分点", "千分点"}:
        return Reading("at_least", "unclear", None)
    bound = _bound(groups, post)
    if bound:
        return Reading(bound[0], bound[1], every)
    if "rise" in groups and "reach" not in groups:
        return Reading("at_least", "unclear" if has_base else "derived", every)
    if post in {"左右", "上下"}:
        return Reading("equals", "unclear", every)
    if "fall_to" in groups:
        return Reading("at_most", "stated", every)
    if low:
        return Reading("at_most", "derived", every)
    if "rise_to" in groups or "reach" in groups:
        return Reading("at_least", "stated", every)
    return Reading("at_least", "derived" if "hold" in groups else "stated", every)


def sort_of_change(pre: str, unit: str | None, subject: str, kind: str) -> str:
    """Return what sort of change a number states, or nothing where it states a level."""
    groups = groups_of(pre)
    falls, rises = "cut" in groups, "rise" in groups
    if unit is not None and unit.endswith(("百分点", "千分点")):
        return "points_down" if falls else "points_up"
    if unit == "倍":
        return "multiple"
    if kind == "cut" or re.search("(?:增长率|增速|增幅|降幅)$", subject):
        return ""
    if rises and unit == "%":
        return "growth_per_year" if re.search("年均|每年|逐年|递增", pre + subject) else "growth"
    if falls or rises:
        return "decrease" if falls else "increase"
    return ""


def _bound(groups: tuple[str, ...], post: str) -> tuple[str, str] | None:
    """Return the kind that an explicit bound gives; words before and after that disagree are unclear."""
    strict = next((group for group in groups if group in {"above", "below"}), None)
    open_ = next((group for group in groups if group in {"at_least", "at_most"}), None)
    if "以上" in post:
        if strict or open_ == "at_most" or "fall_to" in groups:
            return "at_least", "unclear"
        return "at_least", "stated"
    if "以下" in post or "内" in post:
        if strict == "above" or open_ == "at_least":
            return "at_most", "unclear"
        return ("below", "unclear") if strict == "below" else ("at_most", "stated")
    if open_:
        return open_, "stated"
    return (strict, "stated") if strict else None
