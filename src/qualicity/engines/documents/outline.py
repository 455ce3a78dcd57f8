"""Stacks the paragraphs of a document into sections by their markers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from qualicity.engines.documents.lines import Part, Passage, Table
from qualicity.engines.documents.markers import Marker, marker
from qualicity.engines.documents.mending import PLAIN_TITLES
from qualicity.engines.documents.tidying import plain_title

_PLAIN_LEVEL: Final = 35
_ANNEX: Final = re.compile("附[件表录注][一二三四五六七八九十\\d]{0,2}[：:]?")
_BY_WHEN: Final = re.compile(r"^(?:力争|争取)?(?:到|至)?(?:19|20)\d\d年(?:年?底|末)?(?:以?前)?，")
_DOCUMENT: Final = re.compile("(?:方案|规划|纲要|意见|计划|办法|通知)(?:（.*）)?$")


@dataclass(slots=True)
class Section:
    """One section: its heading, what stands under it, and the sections inside it.

    ``body`` holds the words that run on after the title in the heading's own paragraph.
    """

    level: float
    shape: str
    ordinal: int | None
    title: str
    line: int
    body: str = ""
    parts: list[Part] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return the words of this section outside its tables and sub-sections."""
        own = (Passage(self.line, self.body),) if self.body else ()
        return own + tuple(part for part in self.parts if isinstance(part, Passage))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return the tables that stand directly in this section."""
        return tuple(part for part in self.parts if isinstance(part, Table))

    def walk(self) -> Iterator[Section]:
        """Return this section and all inside it, top to bottom."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def text(self) -> str:
        """Return all the words of the section, its sub-sections included, without its number."""
        head = f"{self.title}：" if self.body and not self.body.startswith(self.title) else ""
        own = [
            head + passage.text if i == 0 and self.body else passage.text for i, passage in enumerate(self.passages)
        ]
        inner = [child.text if child.body else f"{child.title}。{child.text}" for child in self.children]
        return "".join([*own, *inner])


def outline(parts: Sequence[Part]) -> Section:
    """Return the root section; what stands before the first heading is the root's own."""
    root = Section(0, "root", None, "", 0)
    stack = [root]
    hashed = _hashed_shapes(parts)
    for part in parts:
        if isinstance(part, Passage) and _ANNEX.fullmatch(part.text):
            del stack[1:]
        section = _opened(part, stack, hashed) if isinstance(part, Passage) else None
        if section is None:
            stack[-1].parts.append(part)
            continue
        while stack[-1].level >= section.level:
            stack.pop()
        stack[-1].children.append(section)
        stack.append(section)
    return root


def _hashed_shapes(parts: Sequence[Part]) -> dict[str, float] | None:
    """Return the level of those marker shapes that the document also styles as headings.

    None when its styles say nothing: scanning programs give every heading the same level.
    """
    levels: dict[str, float] = {}
    for part in parts:
        if not isinstance(part, Passage) or not _is_styled(part):
            continue
        opened = marker(part.text)
        if opened is not None and levels.setdefault(opened.shape, float(part.style[1:])) != float(part.style[1:]):
            return None
    return levels if len(set(levels.values())) == len(levels) else None


def _is_styled(passage: Passage) -> bool:
    return passage.style.startswith("h") and passage.style[1:].isdigit()


def _opened(passage: Passage, stack: list[Section], hashed: dict[str, float] | None) -> Section | None:
    opened = marker(passage.text)
    if _is_styled(passage) and (opened is None or hashed is not None):
        level = float(passage.style[1:]) if hashed is not None else _flat_level(passage, stack)
        return _section(level, opened or Marker("hash", 0, None, passage.text), passage)
    if opened is not None and opened.rest:
        return _section((hashed or {}).get(opened.shape, float(opened.level)), opened, passage)
    if PLAIN_TITLES.match(passage.text):
        return _section(_PLAIN_LEVEL, Marker("plain", 0, None, passage.text), passage)
    if passage.style == "bold" and len(passage.text) <= 40 and not re.search(r"[。；，]", passage.text):
        return _section(_bold_level(stack), Marker("bold", 0, None, passage.text), passage)
    return None


def _flat_level(passage: Passage, stack: list[Section]) -> float:
    """Return the level of a heading without number in a document whose heading styles are all alike."""
    if PLAIN_TITLES.match(passage.text):
        return _PLAIN_LEVEL
    return 1 if len(stack) == 1 or _DOCUMENT.search(passage.text) else _bold_level(stack)


def _bold_level(stack: list[Section]) -> float:
    deepest = [section.level for section in stack if section.shape != "bold" and section.level < 50]
    return max(deepest) + 0.5


def _section(level: float, opened: Marker, passage: Passage) -> Section:
    title, body = split_title(opened.rest)
    return Section(level, opened.shape, opened.ordinal, title, passage.line, body)


def split_title(text: str) -> tuple[str, str]:
    """Return title and running words of a heading's paragraph.

    A short paragraph without sentences is all title; otherwise the first sentence (or, where that is
    long, the first clause) is the title and the whole paragraph is the body.
    """
    bare = text.rstrip("。：；:;")
    if not re.search(r"[。；]|：(?=.)", bare) and (len(bare) <= 30 or "，" not in bare):
        return (plain_title(text), "") if len(bare) <= 45 else (_clipped(text), text)
    head = re.match(r"[^。；：]{1,36}(?=[。；：])", text)
    if head and "，" not in head.group(0):
        return plain_title(head.group(0)), text
    return _clipped(text), text


def _clipped(text: str) -> str:
    sentence = re.split(r"[。；]", text)[0]
    if len(sentence) <= 24:
        return plain_title(sentence)
    sentence = _BY_WHEN.sub("", sentence)
    clause = re.match(r".{4,40}?(?=[，：])", sentence)
    return plain_title(clause.group(0) if clause else sentence[:40])
