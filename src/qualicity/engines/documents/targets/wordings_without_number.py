"""Conditions that carry no number: 消除, 不发生, 低于全国平均水平, 完成…目标."""

from __future__ import annotations

import re
from typing import Final

from qualicity.engines.documents.results import Target

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
_TASKED: Final = re.compile("削减|减排|下达|控制|考核|约束|责任目标|总量")


def condition(clause: str, *, year: int | None, row: bool) -> Target | None:
    """Return the condition that a clause without a number states, or None.

    In a row of a table (``row``) any “finish the target” counts; in prose only one that speaks of a
    target set from above does.
    """
    reference = _REFERENCE.search(clause)
    if reference:
        return _against_reference(reference, year)
    none = _NONE.search(clause)
    if none and (row or _NONE_OBJECT.search(clause)):
        certainty = "unclear" if none.group(0).startswith("基本") else "stated"
        return Target("none_of", value=0.0, year=year, op_text=none.group(0), certainty=certainty)
    if row and re.search("全覆盖$", clause):
        return Target("at_least", value=100.0, unit="%", year=year, op_text="全覆盖", certainty="derived")
    finish = _FINISH.search(clause)
    if finish and (row or (finish.group(0).startswith("完成") and _TASKED.search(finish.group(0)))):
        return Target("unstated", year=year, op_text=_short(finish.group(0)))
    return None


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
