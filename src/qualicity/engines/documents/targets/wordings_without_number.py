"""Conditions that carry no number: 消除, 不发生, 低于全国平均水平, 完成…目标."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from qualicity.engines.documents.numerals import han_integer
from qualicity.engines.documents.results import Target
from qualicity.engines.documents.targets.subjects import subject_of

_NONE: Final = re.compile(
    r"(?:基本)?(?:消除|杜绝|清除|消灭)|(?:坚决)?(?:不发生|不出现|未发生|没有发生|避免发生|防止发生|确保不出|无(?=[^，。]{0,16}(?:事故|事件|案件|投诉))|零(?=事故|发生|投诉|容忍))"
    r"|为零|保持零"
)
_NONE_OBJECT: Final = re.compile("事故|事件|水体|断面|案件|问题|现象|天气|黑臭|劣|风险|违法|投诉|隐患")
_REFERENCE: Final = re.compile(
    r"(?P<op>不高于|低于|小于|少于|不低于|高于|优于|超过|大于|达到)(?P<ref>(?:同期)?(?:全国|全省|国家|省|省内|全市|周边|省定|国内)(?:同类城市)?[^，。；]{0,8}?(?:平均|均值)(?:水平|值|数)?)"
)
_FINISH: Final = re.compile(
    r"完成[^，。；]*?(?:目标|任务|指标|要求)|(?:达到|符合|满足|控制在)[^，。；]*?(?:下达|核定|规定|控制|考核|国家|省|省定|目标)[^，。；]*?(?:目标|指标|要求|标准|范围|任务|总量|水平)(?:以内|之内|内)?"
)
_ABOVE_AVERAGE: Final = re.compile("比[^，。]{0,10}平均(?:水平|值|数)?(?:高出?|低)")
_SET_ABOVE: Final = re.compile(
    r"(?:控制在|达到|完成|符合|优于|高于|低于)[^，。；]{0,10}(?:国家|省|省政府|上级|部)[^，。；]{0,6}(?:下达|核定|控制|考核|规定|目标)[^，。；]*?(?:目标|指标|任务|总量|天数|范围|要求|计划)(?:以内|之内|内)?$"
)
_RANK: Final = re.compile(
    r"(?P<op>(?:进入|位居|居于?|位列|列|跻身|保持在?|达到|排名|排在|名列)(?P<where>[^，。；]{0,12}?)前(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3}))(?P<unit>位|名|强)?(?!列)"
)
_AMONG: Final = re.compile(
    "(?:位居|居于?|处于|位列|走在|进入|保持|达到)[^，。；]{0,12}(?:前列|先进水平|领先水平|先进行列|领先地位)"
)
_ASSESSED: Final = re.compile(
    "(?:达到|符合|完成|满足)[^，。；]{0,16}(?:考核|约束性|下达|目标责任)[^，。；]{0,6}(?:要求|目标|指标|任务|标准)+$"
)
_EVERYWHERE: Final = re.compile("全覆盖$")
_TREND: Final = re.compile('[“"]?(?:零增长|负增长|双下降|三下降|双降|只降不升|只减不增)[”"]?$')
_PRECISE: Final = re.compile("(?:率|指数|满意度|比例|比重|浓度|强度)$")
_TIMES: Final = re.compile("(?P<op>翻(?P<n>[一二两三四])?番|实现翻番)")
_TASKED: Final = re.compile("削减|减排|下达|控制|考核|约束|责任目标|总量")


def condition(clause: str, *, year: int | None, row: bool) -> Target | None:
    """Return the condition that a clause without a number states, or None.

    In a row of a table (``row``) any “finish the target” counts; in prose only one that speaks of a
    target set from above does.
    """
    reference = _REFERENCE.search(clause)
    if reference:
        return _against_reference(reference, year)
    placed = _placed(clause, year)
    if placed is not None:
        return placed
    none = _NONE.search(clause)
    if none and (row or _NONE_OBJECT.search(clause)):
        certainty = "unclear" if none.group(0).startswith("基本") else "stated"
        return Target("none_of", value=0.0, year=year, op_text=none.group(0), certainty=certainty)
    if _EVERYWHERE.search(clause):
        return Target("at_least", value=100.0, unit="%", year=year, op_text="全覆盖", certainty="derived")
    trend = _TREND.search(clause)
    if trend:
        return Target("unstated", year=year, op_text=trend.group(0), certainty="unclear")
    above = _SET_ABOVE.search(clause)
    if above and not row:
        return Target("unstated", year=year, op_text=above.group(0))
    finish = _FINISH.search(clause)
    if finish and (row or (finish.group(0).startswith("完成") and _TASKED.search(finish.group(0)))):
        return Target("unstated", year=year, op_text=_short(finish.group(0)))
    assessed = _ASSESSED.search(clause)
    return Target("unstated", year=year, op_text=assessed.group(0)) if assessed else None


def _placed(clause: str, year: int | None) -> Target | None:
    """Return the condition of a clause that states a rank, a doubling, or a place in the front row."""
    rank = _RANK.search(clause)
    if rank:
        place = han_integer(rank["n"])
        words = f"{rank['op']}{rank['unit'] or ''}"
        return Target(
            "at_most", float(place or 0), "位", year=year, op_text=words, certainty="derived", measured_as="rank"
        )
    times = _TIMES.search(clause)
    if times:
        value = 2.0 ** (han_integer(times["n"] or "一") or 1)
        return Target(
            "at_least", value, "倍", year=year, op_text=times["op"], certainty="unclear", measured_as="multiple"
        )
    among = _AMONG.search(clause)
    if among and _PRECISE.search(subject_of(clause[: among.start()])):
        return Target("unstated", year=year, op_text=among.group(0), certainty="unclear", measured_as="rank")
    return None


def against(target: Target, clause: str) -> Target:
    """Return a target whose points are counted from an average set elsewhere marked as such."""
    reference = _REFERENCE.search(clause) or _ABOVE_AVERAGE.search(clause)
    if reference is None or not target.measured_as.startswith("points"):
        return target
    return replace(target, op_text=reference.group(0), certainty="unclear", measured_as="difference")


def _against_reference(found: re.Match[str], year: int | None) -> Target:
    words = found.group(0)
    if found["op"] in {"低于", "小于", "少于"}:
        return Target("below_reference", year=year, op_text=words)
    if found["op"] == "不高于":
        return Target("below_reference", year=year, op_text=words, certainty="derived")
    # better than a moving reference from above has no kind of its own: a person must look
    return Target("unstated", year=year, op_text=words, certainty="unclear")


def _short(words: str) -> str:
    if words.startswith("完成"):
        ending = re.search("目标|任务|指标|要求", words)
        return f"完成…{ending.group(0)}" if ending else words
    return words
