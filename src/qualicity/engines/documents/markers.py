"""Recognises what opens a paragraph: 第一章, 一、（一）1.（1）① and their kin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qualicity.engines.documents.numerals import han_integer

_N: Final = "[一二三四五六七八九十百零〇]{1,5}"
_SHAPES: Final = (
    ("part", 20, re.compile(rf"第({_N}|\d{{1,2}})[编篇](?![^\s：]{{0,2}}[，。])[\s、：]*")),
    ("chapter", 21, re.compile(rf"第({_N}|\d{{1,2}})章[\s、：]*")),
    ("section", 22, re.compile(rf"第({_N}|\d{{1,2}})节[\s、：]*")),
    ("article", 23, re.compile(rf"第({_N}|\d{{1,3}})条[\s、：]*")),
    ("han", 30, re.compile(rf"({_N})\s*[、.．](?!\s*[，。])\s*")),
    ("han_bracket", 40, re.compile(rf"[（(\[【〔]\s*({_N})\s*[)）\]】〕][、.．]?\s*")),
    ("stage", 45, re.compile(rf"第({_N}|\d)(?=阶段|步[，：:（。\s]|步骤)")),
    ("number", 50, re.compile(r"(\d{1,3})\s*(?:[.．、](?![\d.])|\.(?=\u2002)|\.(?=\s\d))\s*")),
    ("number_bracket", 60, re.compile(r"[（(]\s*(\d{1,2})\s*[)）][、.．]?\s*")),
    ("number_half", 61, re.compile(r"(\d{1,2})[)）]\s*")),
    ("circle", 70, re.compile(r"([①-⑳])[、.．]?\s*")),
    ("dash", 80, re.compile(r"(?:—{1,4}|-{1,4}|[•●◆▪■◇□★☆·])\s*(?=[^\s\d\-—])")),
)


@dataclass(frozen=True, slots=True)
class Marker:
    """What opens a paragraph: its shape, how deep that shape stands, its number, and the words after it."""

    shape: str
    level: int
    ordinal: int | None
    rest: str


def marker(text: str) -> Marker | None:
    """Return the marker that opens a line, or None."""
    for shape, level, pattern in _SHAPES:
        found = pattern.match(text)
        if found is None:
            continue
        rest = text if shape == "stage" else text[found.end() :].replace("\u2002", "")
        return Marker(shape, level, _ordinal(found), rest)
    return None


def _ordinal(found: re.Match[str]) -> int | None:
    if not found.re.groups:
        return None
    written = found.group(1)
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    return han_integer(written)
