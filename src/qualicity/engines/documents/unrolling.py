"""Gives a copied text its own lines back: cuts an endless line into paragraphs, joins lines broken at a margin."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import east_asian_width

_LONG: Final = 300
_GAPS: Final = 5
_DIGIT: Final = r"[一二三四五六七八九十\d]"
_BREAK: Final = re.compile(
    rf"(?<=[\u4e00-\u9fff。；：，）”》\]%日号:;,)])(?<!第{_DIGIT}[章节条编篇])(?<!第{_DIGIT}{{2}}[章节条编篇])"
    r"[ \u3000\u00a0\t]+(?=[\u4e00-\u9fff《“（(]|\d{1,2}[.、．]|(?:19|20)\d\d年)"
)
_NARROWEST: Final = 16
_ENOUGH: Final = 6
_SHARE: Final = 0.3
_FEW: Final = 3
_MOST: Final = 0.5
_STOPS: Final = re.compile(r"[。；：！？:;!?][”’」）)】》]*\s*$")
_OPENS: Final = re.compile(
    r"[ \u3000]{2,}|\s*(?:#|\*\*|第[一二三四五六七八九十百\d]{1,4}[章节条编篇]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|第[一二三四五六七八九十\d]{1,2}(?:阶段|步)|\d{1,2}[.．、](?!\d)|[①-⑳]|——|—\s*\d+\s*—|第\s*\d+\s*页|附件|抄送|主办|督办)"
)
_OWN: Final = re.compile(
    r"\s*(?:\S{1,14}[〔\[（(]\d{4}[〕\]）)]\s*\d{1,4}\s*号|各[^。；]{2,80}[：:]|[（(]?[12１２二一]\S{1,6}年\S{1,3}月\S{1,3}日[）)]?|\d{1,3}|(?:[\u4e00-\u9fff]{4,24}\s*)?[12二]\S{1,4}年.{2,8}日\s*印发"
    r"|[\u4e00-\u9fff]{2,24}(?:人民政府|办公[厅室]|委员会|监督局|管理局))\s*$"
)
_ROW: Final = re.compile(r"[\t|｜]|(?:\S[ \u3000]{2,}){2,}\S")
_DATED_HEADING: Final = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、]|\d[.．]).{2,12}[（(][^（()）]*\d{4}年[^（()）]*[)）]$"
)
_CELLS: Final = re.compile(r"[\t|｜]|\S[ \u3000]{2,}\S")
_NEWLINE: Final = re.compile(r"\r\n|[\n\r\f\v]")


def written_lines(text: str) -> Iterator[tuple[int, str]]:
    """Return the lines of a text with their numbers; an endless line comes in pieces, each counted as a line.

    Lines that a margin has broken come whole, under the number of their first line.
    """
    numbered = list(_numbered(text))
    margin = _margin([raw for _, raw in numbered])
    index = 0
    while index < len(numbered):
        number, raw = numbered[index]
        last = raw
        while index + 1 < len(numbered) and _runs_on(last, numbered[index + 1][1], margin):
            index += 1
            last = numbered[index][1]
            raw = raw.rstrip() + last.strip()
        yield number, raw
        index += 1


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    number = 0
    for raw in _NEWLINE.split(text):
        for piece in _pieces(raw):
            number += 1
            yield number, piece


@dataclass(frozen=True, slots=True)
class _Margin:
    """Where lines were broken: at ``widest``, or ``slack`` before it where a stop may not open a line."""

    measure: Callable[[str], int]
    widest: int
    slack: int
    lines: int = 0

    def is_reached(self, line: str) -> bool:
        """Tell whether a line fills the margin."""
        return self.measure(line.rstrip()) >= self.widest - self.slack

    def is_filled(self, line: str) -> bool:
        """Tell whether a line fills the margin to its last place."""
        return self.measure(line.rstrip()) >= self.widest


def _margin(lines: Sequence[str]) -> _Margin:
    """Return the common margin of the lines; nothing reaches it where they have none."""
    written = [line.rstrip() for line in lines if line.strip() and not _CELLS.search(line.strip())]
    found: list[_Margin] = []
    for measure, slack in ((_columns, 3), (len, 1)):
        widest = max(map(measure, written), default=0)
        least = _NARROWEST if measure is len else 2 * _NARROWEST
        reaching = [line for line in written if measure(line) >= widest - slack]
        open_ended = sum(not _STOPS.search(line) for line in reaching)
        many = len(reaching) >= max(_ENOUGH, _SHARE * len(written))
        if least <= widest <= 4 * least and (many or open_ended >= max(_FEW, _MOST * len(reaching))):
            found.append(_Margin(measure, widest, slack, len(reaching)))
    return max(found, key=lambda one: one.lines) if found else _Margin(len, sys.maxsize, 0)


def _columns(line: str) -> int:
    """Return how wide a line prints: Chinese characters take two columns."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in line)


def _runs_on(line: str, following: str, margin: _Margin) -> bool:
    """Tell whether a line that fills the margin goes on in the next one."""
    if not margin.is_reached(line) or not following.strip() or _OPENS.match(following):
        return False
    if any(_ROW.search(one.strip()) for one in (line, following)):
        return False
    if _DATED_HEADING.match(line):
        return False
    if _OWN.match(following) and not (line.lstrip().startswith("各") and following.lstrip().startswith("各")):
        return False
    return margin.is_filled(line) or not _STOPS.search(line)


def _pieces(raw: str) -> list[str]:
    if len(raw) < _LONG or raw.lstrip().startswith(("|", "｜", "<")):
        return [raw]
    pieces = _BREAK.split(raw)
    return pieces if len(pieces) > _GAPS else [raw]
