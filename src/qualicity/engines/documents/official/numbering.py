"""The numbers of headings, counted and never typed: 一、 then （一） then 1. then （1）."""

from __future__ import annotations

from collections.abc import Sequence

from qualicity.engines.documents.official.model import Block, Grid, Heading, Picture, Table

_DIGITS = "〇一二三四五六七八九"


def numbers(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return for each block the number of its heading, or an empty string."""
    counts = [0, 0, 0, 0]
    found = []
    for block in blocks:
        if not isinstance(block, Heading) or not block.numbered:
            found.append("")
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (4 - block.level)
        found.append(number(block.level, counts[block.level - 1]))
    return tuple(found)


def captions(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return for each block its caption with its number (表1, 图1), or an empty string."""
    counts = {"表": 0, "图": 0}
    found = []
    for block in blocks:
        if not isinstance(block, Table | Grid | Picture) or not block.caption:
            found.append("")
            continue
        if isinstance(block, Grid):
            found.append(block.caption)
            continue
        kind = "图" if isinstance(block, Picture) else "表"
        counts[kind] += 1
        found.append(f"{kind}{counts[kind]}　{block.caption}")
    return tuple(found)


def number(level: int, count: int) -> str:
    """Return the number of the ``count``-th heading of a level (GB/T 9704-2012, 7.3.3)."""
    return {1: f"{chinese(count)}、", 2: f"（{chinese(count)}）", 3: f"{count}.", 4: f"（{count}）"}[level]


def chinese(count: int) -> str:
    """Return 1–99 in Chinese numerals: 一, 十, 十一, 二十, 二十一."""
    if not 1 <= count <= 99:
        raise ValueError(count)
    tens, ones = divmod(count, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return ten + (_DIGITS[ones] if ones else "")
