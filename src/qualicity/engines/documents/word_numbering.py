"""Writes out the numbers that Word only draws: 一、（一）1. from numbering.xml (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from typing import Any, Final

from docx.oxml.ns import qn

_HAN: Final = "零一二三四五六七八九"


class Numbering:
    """Counts the automatic numbers of a document as its paragraphs go by."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._read(document)
        self._read_styles(document)

    def prefix(self, paragraph: Any) -> str:
        """Return the number that stands before this paragraph, or nothing."""
        found = self._place(paragraph)
        if found is None or found not in self._levels:
            return ""
        name, depth = found
        self._counts[found] = self._counts.get(found, self._levels[found][2] - 1) + 1
        for key in [key for key in self._counts if key[0] == name and key[1] > depth]:
            del self._counts[key]
        pattern = self._levels[found][1]
        return re.sub(r"%([1-9])", lambda level: self._written(name, int(level.group(1)) - 1), pattern)

    def _written(self, name: str, depth: int) -> str:
        form, _, start = self._levels.get((name, depth), ("decimal", "", 1))
        return written(self._counts.get((name, depth), start), form)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        own = properties.find(qn("w:numPr"))
        if own is not None:
            return _pair(own)
        style = properties.find(qn("w:pStyle"))
        return self._styles.get(style.get(qn("w:val"))) if style is not None else None

    def _read(self, document: Any) -> None:
        parts = [
            relation.target_part
            for relation in document.part.rels.values()
            if not relation.is_external and relation.reltype.endswith("/numbering")
        ]
        if not parts:
            return
        root = parts[0].element
        abstract = {item.get(qn("w:abstractNumId")): item for item in root.findall(qn("w:abstractNum"))}
        for item in root.findall(qn("w:num")):
            link = item.find(qn("w:abstractNumId"))
            source = abstract.get(link.get(qn("w:val"))) if link is not None else None
            for level in source.findall(qn("w:lvl")) if source is not None else ():
                key = (str(item.get(qn("w:numId"))), int(level.get(qn("w:ilvl"), "0")))
                self._levels[key] = _level(level)

    def _read_styles(self, document: Any) -> None:
        for style in document.styles.element.findall(qn("w:style")):
            own = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            pair = _pair(own) if own is not None else None
            if pair is not None:
                self._styles[style.get(qn("w:styleId"))] = pair


def written(count: int, form: str) -> str:
    """Return a count in one of Word's number formats that Chinese documents use."""
    if form in {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
                "taiwaneseCountingThousand", "taiwaneseCounting", "chineseLegalSimplified"}:  # fmt: skip
        return _han(count)
    if form.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if form in {"lowerLetter", "upperLetter"} and 1 <= count <= 26:
        return chr((97 if form == "lowerLetter" else 65) + count - 1)
    return str(count)


def _han(count: int) -> str:
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _HAN[tens]) + "十"
    return head + (_HAN[ones] if ones else "")


def _pair(properties: Any) -> tuple[str, int] | None:
    identity, depth = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    if identity is None or identity.get(qn("w:val")) == "0":
        return None
    return str(identity.get(qn("w:val"))), int(depth.get(qn("w:val"), "0")) if depth is not None else 0


def _level(level: Any) -> tuple[str, str, int]:
    def value(name: str, default: str) -> str:
        found = level.find(qn(name))
        return str(found.get(qn("w:val"), default)) if found is not None else default

    form = value("w:numFmt", "decimal")
    text = "" if form in {"bullet", "none"} else value("w:lvlText", "")
    start = value("w:start", "1")
    return form, text, int(start) if start.isdigit() else 1
