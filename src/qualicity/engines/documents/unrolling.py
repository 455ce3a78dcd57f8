"""Gives a copied text its own lines back: cuts an endless line into paragraphs, joins lines broken at a margin."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
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
_STOPS: Final = re.compile(r"[。；：！？:;!?][”’」）)】》]*\s*$")
_OPENS: Final = re.compile(
    r"[ \u3000]{2,}|\s*(?:#|\*\*|第[一二三四五六七八九十百\d]{1,4}[章节条编篇]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳]|——|—\s*\d+\s*—|第\s*\d+\s*页|附件|抄送|主办|督办)"
)
_NEWLINE: Final = re.compile(r"\r\n|[\n\r\f\v]")


def written_lines(text: str) -> Iterator[tuple[int, str]]:
    """Return the lines of a text with their numbers; an endless line comes in pieces, each counted as a line.

    Lines that a margin has broken come whole, under the number of their first line.
    """
    numbered = list(_numbered(text))
    is_full = _margin([raw for _, raw in numbered])
    index = 0
    while index < len(numbered):
        number, raw = numbered[index]
        last = raw
        while is_full(last) and index + 1 < len(numbered) and _runs_on(last, numbered[index + 1][1]):
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


def _margin(lines: Sequence[str]) -> Callable[[str], bool]:
    """Return the test whether a line fills the margin; nothing fills it where the lines have no common margin."""
    written = [line.rstrip() for line in lines if line.strip() and "\t" not in line and "|" not in line]
    found: list[tuple[int, Callable[[str], bool]]] = []
    for measure, slack in ((_columns, 3), (len, 1)):
        widest = max(map(measure, written), default=0)
        least = _NARROWEST if measure is len else 2 * _NARROWEST
        full = sum(measure(line) >= widest - slack for line in written)
        if least <= widest <= 4 * least and full >= max(_ENOUGH, _SHARE * len(written)):
            found.append((full, partial(_reaches, measure, widest - slack)))
    return max(found, key=itemgetter(0))[1] if found else partial(_reaches, len, sys.maxsize)


def _reaches(measure: Callable[[str], int], least: int, line: str) -> bool:
    return measure(line.rstrip()) >= least


def _columns(line: str) -> int:
    """Return how wide a line prints: Chinese characters take two columns."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in line)


def _runs_on(line: str, following: str) -> bool:
    """Tell whether a line that fills the margin goes on in the next one."""
    return bool(following.strip()) and not (_STOPS.search(line) or _OPENS.match(following))


def _pieces(raw: str) -> list[str]:
    if len(raw) < _LONG or raw.lstrip().startswith(("|", "｜", "<")):
        return [raw]
    pieces = _BREAK.split(raw)
    return pieces if len(pieces) > _GAPS else [raw]
