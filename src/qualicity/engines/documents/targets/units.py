"""The units that documents print, and the one symbol that the draft uses for each."""

from __future__ import annotations

import re
from typing import Final

SYMBOLS: Final = {
    "分贝": "dB(A)", "dB": "dB(A)", "db": "dB(A)", "微克/立方米": "µg/m³", "微克每立方米": "µg/m³",
    "毫克/立方米": "mg/m³", "毫克每立方米": "mg/m³", "毫克/升": "mg/L", "百分点": "个百分点",
    "千分点": "个千分点",
}  # fmt: skip
COUNTS: Final = (
    "个", "家", "项", "件", "名", "人", "种", "起", "所", "座", "处", "批次", "户", "块", "部", "套", "张", "枚",
    "支", "台", "条", "辆", "篇", "例", "宗", "场", "对", "万人次", "人次", "品种", "单位", "企业",
)  # fmt: skip
_MEASURES: Final = (
    "个百分点", "百分点", "个千分点", "千分点", "%", "‰", "‱", "dB(A)", "分贝", "dB",
    "µg/m³", "微克/立方米", "微克每立方米",
    "mg/m³", "毫克/立方米", "毫克每立方米", "mg/L", "毫克/升", "吨标准煤/万元", "立方米/万元", "吨标准煤", "亿立方米",
    "万立方米", "立方米", "平方公里", "平方千米", "平方米", "公里", "千米", "亿元", "万元", "元",
    "亿美元", "万美元", "美元",
    "万吨", "吨", "万亩", "万千瓦", "万平方米", "公顷", "亩",
    "个工作日", "工作日", "小时", "分钟", "天", "日", "分", "倍", "万元/人", "元/人",
    "人/万人", "张/万人", "件/万人", "个/万人",
)  # fmt: skip
_ANY: Final = sorted({*_MEASURES, *COUNTS}, key=len, reverse=True)
_PER: Final = (
    "(?:批次|份|件|个|人|起|张|辆|台|项|家|吨|公斤)/(?:[十百]?[万千百亿])?(?:人|元|台|户|平方公里|车公里|批次)"
)
UNIT: Final = f"(?:{_PER}|" + "|".join(re.escape(word) for word in _ANY) + ")"
COUNT: Final = "(?:" + "|".join(sorted((re.escape(w) for w in COUNTS), key=len, reverse=True)) + ")"
_PER_WHAT: Final = re.compile(r"(每?)(百万|十万|万|千|百)(名|人|台|户|家|吨|车公里|辆)")


def symbol(printed: str | None, subject: str) -> str | None:
    """Return the one symbol for a printed unit; “per ten thousand” is read from the subject."""
    if printed is None:
        return "分" if re.search("满意度|得分|评分|满意指数", subject) else None
    unit = SYMBOLS.get(printed, printed)
    per = _PER_WHAT.match(subject)
    if per and unit in COUNTS and "/" not in unit:
        return f"{unit}/{per.group(2)}{'人' if per.group(3) == '名' else per.group(3)}"
    return unit


def symbol_of_column(printed: str) -> str | None:
    """Return the symbol for the words in a table's column of units."""
    bare = printed.strip("（）() ")
    if bare in {"", "-", "—", "——", "/", "无"}:
        return None
    return SYMBOLS.get(bare, bare)
