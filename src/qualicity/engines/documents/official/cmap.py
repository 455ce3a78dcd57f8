"""Which characters a font file can draw: its ``cmap`` table, read without loading the font."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters of one font as ranges, sorted."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, character: str) -> bool:
        at = bisect_right(self.starts, ord(character)) - 1
        return at >= 0 and ord(character) <= self.ends[at]


@lru_cache(maxsize=32)
def coverage(path: str, index: int) -> Coverage | None:
    """Return what the ``index``-th font of a file covers, or None when its table cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return _covered(file, index)
    except (OSError, struct.error, ValueError):
        return None


def _covered(file: BinaryIO, index: int) -> Coverage | None:
    start = 0
    if _at(file, 0, ">4s")[0] == b"ttcf":
        start = _at(file, 12 + 4 * index, ">I")[0]
    count = _at(file, start + 4, ">H")[0]
    for number in range(count):
        tag, _, offset, _ = _at(file, start + 12 + 16 * number, ">4sIII")
        if tag == b"cmap":
            return _best(file, offset)
    return None


def _best(file: BinaryIO, table: int) -> Coverage | None:
    ranges: set[tuple[int, int]] = set()
    for number in range(_at(file, table + 2, ">H")[0]):
        _, _, offset = _at(file, table + 4 + 8 * number, ">HHI")
        form = _at(file, table + offset, ">H")[0]
        if form == 12:
            ranges |= _segmented(file, table + offset)
        elif form == 4:
            ranges |= _basic(file, table + offset)
    if not ranges:
        return None
    merged: list[list[int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return Coverage(tuple(first for first, _ in merged), tuple(last for _, last in merged))


def _segmented(file: BinaryIO, at: int) -> set[tuple[int, int]]:
    groups = _at(file, at + 12, ">I")[0]
    file.seek(at + 16)
    return {(first, last) for first, last, _ in struct.iter_unpack(">III", file.read(12 * groups))}


def _basic(file: BinaryIO, at: int) -> set[tuple[int, int]]:
    """Format 4. Holes within a segment are passed over: fonts that have them also bring format 12."""
    segments = _at(file, at + 6, ">H")[0] // 2
    ends: tuple[int, ...] = _at(file, at + 14, f">{segments}H")
    starts: tuple[int, ...] = _at(file, at + 16 + 2 * segments, f">{segments}H")
    return {(first, last) for first, last in zip(starts, ends, strict=True) if first != 0xFFFF}


def _at(file: BinaryIO, offset: int, form: str) -> tuple[Any, ...]:
    file.seek(offset)
    found: tuple[Any, ...] = struct.unpack(form, file.read(struct.calcsize(form)))
    return found
