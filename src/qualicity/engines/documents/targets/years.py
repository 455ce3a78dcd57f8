"""Tells the year by which something is due from the year that it is measured against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qualicity.engines.documents.numerals import han_integer

_YEAR: Final = r"(?P<y>(?:19|20)\d\d)年"
_BASE: Final = re.compile(
    rf"(?:在|比|较|与|相比|相较于?|以|基于)(?:“[^”]*”)?{_YEAR}(?!以前|前)(?=(?:度|底|末)?(?:的)?(?:基础上|基数|为基期|为基数|为基准|相比|水平|实际|"
    r"同期|(?:累计|平均|均)?(?:再)?(?:下降|削减|减少|降低|提高|提升|增加|增长|上升|压减)|[，,]?(?:下降|削减|减少|降低)|末|底|$|，|总量|排放))"
)
_GROUND: Final = re.compile(rf"{_YEAR}(?:度|底|末)?(?:的)?(?:实际)?(?:基础上|基数上|水平上)")
_COMPARED: Final = re.compile(rf"(?:比|较|相比){_YEAR}")
_DUE: Final = re.compile(rf"(?:(?:19|20)\d\d年?[—－\-至~～])?{_YEAR}")


@dataclass(frozen=True, slots=True)
class Years:
    """Due years with the place where each stands, and the year compared with."""

    due: tuple[tuple[int, int], ...]
    base: int | None

    def due_before(self, position: int) -> int | None:
        """Return the last due year that stands before a place in the clause."""
        years = [year for place, year in self.due if place <= position]
        return years[-1] if years else None


def years_in(clause: str) -> Years:
    """Return the years that a clause names; years inside names in 《》 do not count."""
    text = re.sub(r"《[^》]*》", lambda m: " " * len(m[0]), clause)
    base_spans: list[tuple[int, int, int]] = []
    for pattern in (_BASE, _GROUND, _COMPARED):
        base_spans += [(m.start("y"), m.end("y"), int(m["y"])) for m in pattern.finditer(text)]
    due = [
        (m.start("y"), int(m["y"]))
        for m in _DUE.finditer(text)
        if not any(start == m.start("y") for start, _, _ in base_spans)
    ]
    for found in re.finditer(r"(?<![比较在])“(?P<n>十?[一二三四五六七八九十])五”(?=末|期末|规划期末)", text):
        due.append((found.start(), 1955 + 5 * (han_integer(found["n"]) or 0)))
    base = base_spans[0][2] if base_spans else _plan_base(text)
    return Years(tuple(sorted(due)), base)


def _plan_base(text: str) -> int | None:
    """Return the last year of the five-year plan that something is compared with: 比“十一五”末."""
    found = re.search(r"(?:比|较|在)“(?P<n>十?[一二三四五六七八九十])五”(?:末|期末)", text)
    return 1955 + 5 * (han_integer(found["n"]) or 0) if found else None


def opening_year(text: str) -> int | None:
    """Return the year of an opening such as 到2015年，… or 到“十二五”末，… that stands over all that follows."""
    found = re.match(
        rf"(?:力争|争取|通过努力，|经过[^，。]{{1,10}}努力，|通过[^，。]{{1,6}}努力，)?(?:到|至|截至){_YEAR}(?:底|末|年底)?(?:前)?",
        text,
    )
    if found:
        return int(found["y"])
    plan = re.match(
        r"(?:力争|争取)?(?:(?:到|至|截至)[“\"]?(?P<end>十?[一二三四五六七八九十])五[”\"]?(?:规划)?(?:末|期末|时期末|结束)"
        r"|[“\"](?P<span>十?[一二三四五六七八九十])五[”\"](?:期间|时期|末|期末)，)",
        text,
    )
    return 1955 + 5 * (han_integer(plan["end"] or plan["span"]) or 0) if plan else None


def titled_year(title: str) -> int | None:
    """Return the one year that a heading of goals names, as in 2014年主要目标."""
    years = set(re.findall(r"(?<!\d)((?:19|20)\d\d)年", title))
    return int(years.pop()) if len(years) == 1 and not re.search("以来|回顾|比|较", title) else None
