"""Reads days and spans of days as documents write them: 2014年3月至5月, 2014年底前, 第一季度, 二〇一四年五月八日."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from qualicity.engines.documents.numerals import han_integer

_HAN_YEAR: Final = re.compile("([一二][零〇○ＯO一二三四五六七八九]{3})年")
_HAN_PART: Final = re.compile("(?<![一二三四五六七八九十第])([一二三]?十?[一二三四五六七八九十])(?=月|日)")
_HAN_QUARTER: Final = re.compile("第?([一二三四])(?=、|季度)")
_SHORT_RANGE: Final = re.compile(r"(?<=[年月（(，])(\d{1,2})([至到—－–~～-])(?=\d{1,2}(月|日))(\d{1,2})(?:月|日)")
_DOTTED: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[.\-/](\d{1,2})(?:[.\-/](\d{1,2}))?(?![\d%])")
_POINT: Final = (
    r"(?:(?P<year{n}>(?:19|20)\d\d)年?(?:度)?)?"
    r"(?:(?P<half{n}>[上下]半年)|第?(?P<quarter{n}>[1-4])季度|(?P<month{n}>\d{{1,2}})月份?|(?P<edge{n}>年?[初底末中](?=前|以前|之前|[^期旬])|年?[初底末]$))?"
    r"(?:(?P<day{n}>\d{{1,2}})[日号]|(?P<third{n}>[上中下]旬|月?[初底末]))?"
)
_SEPARATOR: Final = r"\s*(?:起|开始|开始启动)?\s*(?:至|到|—+|－+|-+|–+|~+|～+|起至)\s*"
_RANGE: Final = re.compile(_POINT.format(n=1) + _SEPARATOR + _POINT.format(n=2))
_SINGLE: Final = re.compile(_POINT.format(n=1))
_DEADLINE: Final = re.compile(r"^(?:底|末)?(?:以前|之前|前)|^(?:底|末)前")
_WHOLE_DAY: Final = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day; the first is None where only a deadline is given. ``words`` are those that said so."""

    start: date | None
    end: date
    words: str


@dataclass(frozen=True, slots=True)
class _Point:
    year: int | None
    month: int | None = None
    day: int | None = None
    months: tuple[int, int] | None = None
    third: str = ""


def arabic_dates(text: str) -> str:
    """Return a text with the Chinese numerals of its dates written in Arabic digits, and dots as 年月日."""
    text = _HAN_YEAR.sub(lambda m: f"{han_integer(m.group(1).replace('O', '〇').replace('Ｏ', '〇'))}年", text)
    text = _HAN_PART.sub(lambda m: str(han_integer(m.group(1)) or m.group(1)), text)
    text = _SHORT_RANGE.sub(r"\1\3\2\4\3", text)
    text = re.sub("(?<=第)[一二三四](?=季度|、)", lambda m: str(han_integer(m.group(0))), text)
    return _DOTTED.sub(lambda m: f"{m[1]}年{int(m[2])}月" + (f"{int(m[3])}日" if m[3] else ""), text)


def day(text: str) -> date | None:
    """Return the first whole day that a text names, or None."""
    for found in _WHOLE_DAY.finditer(arabic_dates(text)):
        made = _date(int(found[1]), int(found[2]), int(found[3]))
        if made:
            return made
    return None


def span(text: str, *, year: int | None = None) -> Span | None:
    """Return the first span of days in a text; ``year`` stands in where the text gives months only."""
    text = arabic_dates(text)
    for found in _RANGE.finditer(text):
        first, last = _point(found, 1), _point(found, 2)
        if _is_empty(first) or _is_empty(last) or (first.year is None and year is None):
            continue
        first = _filled(first, year, None)
        last = _filled(last, first.year, first)
        ends = _days(first), _days(last)
        if ends[0] and ends[1] and ends[0][0] <= ends[1][1]:
            return Span(ends[0][0], ends[1][1], found.group(0))
    for found in _SINGLE.finditer(text):
        single = _point(found, 1)
        if _is_empty(single) or (
            single.year is None and (year is None or (single.month is None and not single.months))
        ):
            continue
        days = _days(_filled(single, year, None))
        if days is not None:
            before = text[max(0, found.start() - 1) : found.start()]
            until = bool(_DEADLINE.match(text[found.end() :])) or before in {"到", "至"} or bool(found["edge1"])
            return Span(None if until else days[0], days[1], found.group(0))
    return None


def _point(found: re.Match[str], n: int) -> _Point:
    def number(name: str) -> int | None:
        written = found[f"{name}{n}"]
        return int(written) if written else None

    half, quarter, edge = found[f"half{n}"], number("quarter"), found[f"edge{n}"]
    months = None
    if half:
        months = (1, 6) if half.startswith("上") else (7, 12)
    elif quarter:
        months = (quarter * 3 - 2, quarter * 3)
    elif edge:
        months = (1, 1) if edge.endswith("初") else (6, 6) if edge.endswith("中") else (12, 12)
    return _Point(number("year"), number("month"), number("day"), months, found[f"third{n}"] or "")


def _is_empty(point: _Point) -> bool:
    return point.year is None and point.month is None and point.months is None and point.day is None


def _filled(point: _Point, year: int | None, first: _Point | None) -> _Point:
    month = point.month
    if first is not None and month is None and point.months is None and point.day is not None:
        month = first.month
    return _Point(point.year or year, month, point.day, point.months, point.third)


def _days(point: _Point) -> tuple[date, date] | None:
    if point.year is None or not 1949 <= point.year <= 2100:
        return None
    if point.months:
        return date(point.year, point.months[0], 1), _last(point.year, point.months[1])
    if point.month is None:
        return date(point.year, 1, 1), date(point.year, 12, 31)
    if not 1 <= point.month <= 12:
        return None
    if point.day is not None:
        made = _date(point.year, point.month, point.day)
        return (made, made) if made else None
    end = _last(point.year, point.month)
    thirds = {
        "上": (1, 10),
        "初": (1, 10),
        "中": (11, 20),
        "下": (21, end.day),
        "底": (1, end.day),
        "末": (1, end.day),
    }
    low, high = thirds.get(point.third.removeprefix("月")[:1], (1, end.day))
    return date(point.year, point.month, low), date(point.year, point.month, high)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
