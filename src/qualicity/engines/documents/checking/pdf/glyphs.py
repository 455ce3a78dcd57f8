"""The characters of a PDF page, gathered into lines of text by their baselines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Any, Final

from qualicity.engines.documents.checking.anatomy import Span, most
from qualicity.engines.documents.checking.letters import is_han, is_wide

_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
#: The square in which a Chinese character is drawn reaches this far above and below its baseline, in sizes.
ABOVE: Final = 0.88
BELOW: Final = 0.12


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: where it stands (points from the sheet's upper left corner) and in which type."""

    sign: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    colour: str


@dataclass(frozen=True)
class TextLine:
    """One line of text on a page."""

    page: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def x0(self) -> float:
        """The left edge of its first character."""
        return self._inked[0].x0

    @cached_property
    def x1(self) -> float:
        """The right edge of its last character."""
        return max(glyph.x1 for glyph in self._inked)

    @cached_property
    def size(self) -> float:
        """The size of most of its characters."""
        return most((round(glyph.size, 1), 1.0) for glyph in self._inked) or 0.0

    @cached_property
    def base(self) -> float:
        """The baseline, from the sheet's upper edge."""
        return most((round(glyph.base, 1), glyph.size) for glyph in self._inked) or 0.0

    @property
    def top(self) -> float:
        """The upper edge of its Chinese characters."""
        return self.base - ABOVE * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its Chinese characters."""
        return self.base + BELOW * self.size

    @cached_property
    def text(self) -> str:
        """Its text, with blanks where the characters stand apart."""
        return "".join(span.text for span in self.spans).strip()

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Its text as stretches in one type."""
        return tuple(_spans(self.glyphs))

    @cached_property
    def colour(self) -> str:
        """The colour of most of its characters."""
        return most((glyph.colour, 1.0) for glyph in self._inked) or "000000"

    @cached_property
    def steps(self) -> tuple[float, ...]:
        """The distances from each Chinese character to the next."""
        return tuple(
            b.x0 - a.x0 for a, b in pairwise(self.glyphs) if is_han(a.sign) and is_han(b.sign) and b.x0 > a.x0
        )

    @cached_property
    def _inked(self) -> tuple[Glyph, ...]:
        return tuple(glyph for glyph in self.glyphs if glyph.sign.strip()) or self.glyphs


def lines_of(page: Any, number: int) -> list[TextLine]:
    """Return the lines of a page from top to bottom; a line set apart into columns stays one line."""
    glyphs = sorted(_glyphs(page), key=lambda one: (round(one.base, 1), one.x0))
    rows: list[list[Glyph]] = []
    for glyph in glyphs:
        if rows and abs(glyph.base - rows[-1][0].base) <= 0.3 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    found = [
        TextLine(number, tuple(_without_slivers(list(_once(sorted(row, key=lambda one: one.x0)))))) for row in rows
    ]
    return [line for line in found if line.text]


def _without_slivers(row: Sequence[Glyph]) -> Iterator[Glyph]:
    """Drop the thin blanks that a word processor puts between Chinese and Latin characters."""
    for place, glyph in enumerate(row):
        beside = [one.sign for one in (*row[max(0, place - 1) : place], *row[place + 1 : place + 2])]
        if glyph.sign != " " or not any(map(is_wide, beside)) or glyph.x1 - glyph.x0 > 0.6 * glyph.size:
            yield glyph


def _glyphs(page: Any) -> Iterator[Glyph]:
    for sign in page.chars:
        text = str(sign.get("text") or "")
        if not text or not sign.get("upright", True) or text.startswith("(cid:"):
            continue
        size = float(sign["size"])
        if not 1 < size < 400:
            continue
        yield Glyph(
            sign=text, x0=float(sign["x0"]), x1=float(sign["x1"]), size=size,
            base=float(page.height) - float(sign["matrix"][5]),
            font=font_name(sign.get("fontname")), colour=colour_of(sign.get("non_stroking_color")),
        )  # fmt: skip


def _once(row: Sequence[Glyph]) -> Iterator[Glyph]:
    """Pass over characters that are drawn twice on one spot to look bold."""
    held: Glyph | None = None
    for glyph in row:
        if held is None or glyph.sign != held.sign or abs(glyph.x0 - held.x0) > 0.15 * glyph.size:
            yield glyph
        held = glyph


def _spans(glyphs: Sequence[Glyph]) -> Iterator[Span]:
    gaps = [b.x0 - a.x1 for a, b in pairwise(glyphs)]
    usual = max(0.0, median(gaps)) if len(gaps) > 2 else 0.0  # a justified line is set apart throughout
    text, kind, end, before = "", None, None, ""
    for glyph in glyphs:
        bold = "bold" in glyph.font.lower() or "heavy" in glyph.font.lower()
        own = (glyph.font, round(glyph.size, 1), bold, glyph.colour)
        if kind is not None and own != kind:
            yield Span(text, *kind)
            text = ""
        gap = glyph.x0 - end - usual if end is not None else 0.0
        if gap > 1.3 * glyph.size:
            text += "\u3000"
        elif gap > 0.2 * glyph.size and not is_wide(glyph.sign) and before.isascii():
            text += " "
        text, kind, end, before = text + glyph.sign, own, glyph.x1, glyph.sign
    if kind is not None:
        yield Span(text, *kind)


def font_name(name: object) -> str:
    """Return a font's name without the mark of a subset; names in GBK that were taken for Latin are mended."""
    text = name.decode("gbk", "replace") if isinstance(name, bytes) else str(name or "")
    text = _SUBSET.sub("", text)
    if any("\x80" <= sign <= "\xff" for sign in text):
        try:
            text = text.encode("latin-1").decode("gbk")
        except UnicodeError:
            return text
    return text


def colour_of(value: object) -> str:
    """Return a PDF colour (grey, RGB or CMYK) as six hexadecimal digits."""
    parts = value if isinstance(value, list | tuple) else [value]
    try:
        numbers = [min(1.0, max(0.0, float(part))) for part in parts]  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return "000000"
    if len(numbers) == 4:
        key = 1 - numbers[3]
        numbers = [(1 - part) * key for part in numbers[:3]]
    if len(numbers) == 1:
        numbers *= 3
    return "".join(f"{round(part * 255):02x}" for part in numbers[:3]) if len(numbers) == 3 else "000000"
