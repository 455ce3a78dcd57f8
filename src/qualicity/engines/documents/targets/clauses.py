"""Cuts sentences into clauses, leaving brackets and quotations whole."""

from __future__ import annotations

import re
from typing import Final

_OPEN: Final = "（“《〔([【「"
_CLOSE: Final = "）”》〕)]】」"
_OFFICES: Final = re.compile(
    r"[（\[【〔](?:[^（）()]{0,30}(?:单位|部门)[:：][^（）]*(?:（[^（）]*）[^（）]*)*|[^（）]{2,60}(?:牵头|负责|配合|参与|按职责分工负责)(?:[，、；][^（）]*)?)[）\]】〕]"
)


def without_offices(text: str) -> str:
    """Return a text without the brackets that only say who is responsible."""
    return _OFFICES.sub("", text)


def split_outside_brackets(text: str, marks: str) -> list[str]:
    """Return the pieces between marks that do not stand in brackets; each keeps its closing mark."""
    pieces: list[str] = []
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in marks and (depth == 0 or character == "。"):
            depth = 0
            pieces.append(text[start : place + 1])
            start = place + 1
    if start < len(text):
        pieces.append(text[start:])
    return [piece for piece in pieces if piece.strip("，。；、！ ")]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return split_outside_brackets(text, "。；！？;")


def clauses(sentence: str) -> list[str]:
    """Return the clauses of a sentence."""
    return split_outside_brackets(sentence, "，,。；;！：")
