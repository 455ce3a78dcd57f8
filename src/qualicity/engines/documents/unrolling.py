"""Cuts a document that a copy has rolled into one endless line back into its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LONG: Final = 300
_GAPS: Final = 5
_DIGIT: Final = r"[一二三四五六七八九十\d]"
_BREAK: Final = re.compile(
    rf"(?<=[\u4e00-\u9fff。；：，）”》\]%日号:;,)])(?<!第{_DIGIT}[章节条编篇])(?<!第{_DIGIT}{{2}}[章节条编篇])"
    r"[ \u3000\u00a0\t]+(?=[\u4e00-\u9fff《“（(]|\d{1,2}[.、．]|(?:19|20)\d\d年)"
)
_NEWLINE: Final = re.compile(r"\r\n|[\n\r\f\v]")


def written_lines(text: str) -> Iterator[tuple[int, str]]:
    """Return the lines of a text with their numbers; an endless line comes in pieces, each counted as a line."""
    number = 0
    for raw in _NEWLINE.split(text):
        for piece in _pieces(raw):
            number += 1
            yield number, piece


def _pieces(raw: str) -> list[str]:
    if len(raw) < _LONG or raw.lstrip().startswith(("|", "｜", "<")):
        return [raw]
    pieces = _BREAK.split(raw)
    return pieces if len(pieces) > _GAPS else [raw]
