"""Punctuation in Chinese text: straight quotation marks, half-width signs, brackets that do not pair. Clause 9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualicity.engines.documents.checking.case import Case, deviation
from qualicity.engines.documents.checking.letters import is_han
from qualicity.engines.documents.checking.parts import Part, Role
from qualicity.engines.documents.checking.results import Deviation
from qualicity.errors import Text

CLAUSE: Final = "9"
_WIDE: Final = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_BRACKETS: Final = re.compile(r"\(([^()]{0,60})\)")
_HAN: Final = r"[\u4e00-\u9fff]"
_STRAIGHT: Final = re.compile(rf"[\"']([^\"']{{0,60}}{_HAN}[^\"']{{0,60}})[\"']|(?<={_HAN})[\"']|[\"'](?={_HAN})")
_UNCHECKED: Final = frozenset({Role.NUMBER})


def check(case: Case) -> Iterator[Deviation]:
    """Look through the text of every part for signs that Chinese text does not use."""
    for part in case.outline.parts:
        if part.role in _UNCHECKED:
            continue
        text, place = part.paragraph.text, part.paragraph.place
        if _STRAIGHT.search(text):
            yield deviation(CLAUSE, place, Text('直引号"', 'straight quotation marks "'), Text("中文引号“ ”", "“ ”"))
        elif _closes_unopened(text) and not _opened_before(case, part):
            yield deviation(
                CLAUSE,
                place,
                Text("引号方向相反", "quotation marks the wrong way round"),
                Text("先“后”", "“ before ”"),
            )
        narrow = _narrow(text, colon_is_told=part.role in {Role.ADDRESSEES, Role.ATTACHMENT_NOTE, Role.COPIES})
        if narrow:
            wide = "".join(_WIDE[sign] for sign in narrow)
            yield deviation(
                CLAUSE,
                place,
                Text(f"半角标点“{narrow}”", f"half-width “{narrow}”"),
                Text(f"全角标点“{wide}”", f"full-width “{wide}”"),
            )
        if any(any(map(is_han, one[1])) for one in _bracketed(text, part.role)):
            yield deviation(
                CLAUSE, place, Text("半角括号“()”", "half-width “()”"), Text("全角括号“（）”", "full-width “（）”")
            )


def _closes_unopened(text: str) -> bool:
    first, last = text.find("“"), text.find("”")
    return last >= 0 and (first < 0 or last < first)


def _opened_before(case: Case, part: Part) -> bool:
    """Return whether a quotation that ends here began in a paragraph before (it may run over several)."""
    text = ""
    for one in case.outline.parts:
        if one is part:
            break
        text += one.paragraph.text
    return text.count("“") > text.count("”")


def _bracketed(text: str, role: Role) -> Iterator[re.Match[str]]:
    """Return what stands in half-width brackets; the number of a heading has a rule of its own."""
    numbered = role in {Role.HEADING_2, Role.HEADING_4} and text.lstrip().startswith("(")
    return (one for one in _BRACKETS.finditer(text) if not numbered or text[: one.start()].strip())


def _narrow(text: str, *, colon_is_told: bool) -> str:
    """Return the half-width signs that stand between Chinese characters, or end a Chinese paragraph."""
    found: list[str] = []
    for place, sign in enumerate(text):
        if sign not in _WIDE or sign in found or place == 0 or not is_han(text[place - 1]):
            continue
        after = text[place + 1 : place + 2].strip()
        between = bool(after) and (is_han(after) or after in "“《（")
        ends = not text[place + 1 :].strip() and sign != "."
        full_stop = sign == "." and not text[place + 1 :].strip() and len(text) > 12
        if (between or ends or full_stop) and not (colon_is_told and sign == ":"):
            found.append(sign)
    return "".join(found)
