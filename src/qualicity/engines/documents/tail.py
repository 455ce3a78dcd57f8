"""Reads what stands below a plan: 附件, 主办, 督办, 抄送, 印发."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from qualicity.engines.documents.dates import day
from qualicity.engines.documents.lines import Block, Line
from qualicity.engines.documents.targets.clauses import split_outside_brackets
from qualicity.engines.documents.titles import ISSUER

_FIELD: Final = re.compile(
    r"^(?P<name>主办|承办|督办|抄送|抄报|附件|附|主题词|分送|联系人|联系电话|公开方式|公开属性)(?:单位|机关)?[：:]\s*(?P<words>.*)$"
)
_PRINTED: Final = re.compile(r"^(?P<who>[^，。]{0,40}?)\s*(?P<day>\S{4,14}日)\s*(?:印发|印|翻印)[。]?$")
_CLOSING: Final = re.compile(r"^（此件(?:公开发布|主动公开|不公开|有删减|依申请公开)[^）]*）$|^（?共印\d+份）?$")
_ITEM: Final = re.compile(r"^\d{1,2}\s*[.．、]\s*")
_MARKS: Final = re.compile(r"[，；、。]")


@dataclass(slots=True)
class Tail:
    """What the lines below the plan say, and which lines they were."""

    organiser: str | None = None
    supervisor: str | None = None
    copies: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    printed_on: date | None = None
    printed_by: str | None = None
    used: frozenset[int] = frozenset()


def read_tail(blocks: Sequence[Block]) -> Tail:
    """Return what stands below the body; a field may run over several lines."""
    lines = [block for block in blocks if isinstance(block, Line) and block.text]
    tail, used = Tail(), set[int]()
    index = 0
    while index < len(lines):
        line = lines[index]
        printed = _PRINTED.match(line.text)
        found = _FIELD.match(line.text)
        if printed and day(printed["day"]):
            tail.printed_on = day(printed["day"])
            used.add(line.number)
            tail.printed_by = printed["who"] or _printer(lines, index, used)
        elif _CLOSING.match(line.text):
            used.add(line.number)
        elif found and (found["words"] or found["name"] in {"附件", "附", "抄送"}):
            name = "附件" if found["name"] == "附" else found["name"]
            more = _more(lines, index, name)
            _note(tail, name, [found["words"], *(item.text for item in more)])
            used.update([line.number, *(item.number for item in more)])
            index += len(more)
        index += 1
    tail.used = frozenset(used)
    return tail


def _printer(lines: Sequence[Line], index: int, used: set[int]) -> str | None:
    above = lines[index - 1] if index else None
    if above is not None and re.fullmatch(ISSUER, above.text):
        used.add(above.number)
        return above.text
    return None


def _more(lines: Sequence[Line], index: int, name: str) -> list[Line]:
    """Return the lines that go on with a field: further copies, numbered attachments."""
    more: list[Line] = []
    numbered = _ITEM.match(_FIELD.sub(r"\g<words>", lines[index].text)) is not None
    for line in lines[index + 1 : index + 15]:
        if _FIELD.match(line.text) or _PRINTED.match(line.text) or re.fullmatch(ISSUER, line.text):
            break
        if name == "附件" and not (_ITEM.match(line.text) and (numbered or more or index)):
            break
        if name not in {"附件", "抄送", "抄报", "分送"}:
            break
        if name != "附件" and not re.search("市|县|区|委|局|办|院|部|会|省|单位|军", line.text):
            break
        if name == "附件" and len(line.text) > 60:
            break
        more.append(line)
    return more


def _note(tail: Tail, name: str, words: list[str]) -> None:
    if name in {"主办", "承办"}:
        tail.organiser = words[0].strip("。 ") or tail.organiser
    elif name == "督办":
        tail.supervisor = words[0].strip("。 ") or tail.supervisor
    elif name in {"抄送", "抄报", "分送"}:
        tail.copies += tuple(piece for text in words for piece in _pieces(text))
    elif name == "附件":
        titles = [piece for text in words for piece in _attachments(text)]
        tail.attachments += tuple(title for title in titles if title and title not in tail.attachments)


def _pieces(text: str) -> list[str]:
    marks = "，；。" if re.search("[，；]", text) else "、。；，"
    return [piece.strip("，；。、 ") for piece in split_outside_brackets(text, marks) if piece.strip("，；。、 ")]


def _attachments(text: str) -> list[str]:
    pieces = re.split(r"(?:^|(?<=\S))\s*\d{1,2}\s*[.．、]\s*(?!\d)", text)
    return [piece.strip("；。， ") for piece in pieces if piece.strip("；。， ")]
