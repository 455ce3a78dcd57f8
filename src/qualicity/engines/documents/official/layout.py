"""Measures that both writers share: margins, the line grid, widths in characters, where a signature stands."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualicity.definitions.styles import Style
    from qualicity.engines.documents.official.model import Document

POINTS_PER_MM = 72 / 25.4
TWIPS_PER_POINT = 20

#: The least size of a letterhead; a longer name is narrowed instead.
_LETTERHEAD_LEAST = 26.0
#: A letterhead keeps this much of the line free at its ends, in its own characters.
_LETTERHEAD_FREE = 1.0


@dataclass(frozen=True, slots=True)
class Geometry:
    """The page as a file states it: margins in millimetres, line pitch and character advance in points."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    block_width: float
    block_height: float
    pitch: float
    character: float

    @property
    def pitch_twips(self) -> int:
        """Return the pitch for an office file: rounded down, for a hair more would push the last line out."""
        return math.floor(self.pitch * TWIPS_PER_POINT)


def geometry(style: Style) -> Geometry:
    """Return the page of a style.

    ``lines``: the lines' boxes fill the text block. ``ink``: the block runs from the first character's top to the
    last one's foot, so that a file's margins are smaller by the white above and below a line's characters.
    """
    page, body = style.page, style.body
    block = page.block_height.value * POINTS_PER_MM
    size = style.points("body")
    white = 0.0
    if page.block_measured.value == "ink":
        pitch = (block - size) / (body.lines.value - 1)
        white = (pitch - size) / 2 / POINTS_PER_MM
    else:
        pitch = block / body.lines.value
    # three decimals down, so that sums of lines never outgrow the block
    pitch = math.floor(pitch * 1000) / 1000
    return Geometry(
        width=page.width.value,
        height=page.height.value,
        top=page.top.value - white,
        bottom=page.bottom.value - white,
        left=page.left.value,
        right=page.right.value,
        block_width=page.block_width.value,
        block_height=page.block_height.value + 2 * white,
        pitch=pitch,
        character=page.block_width.value * POINTS_PER_MM / body.characters.value,
    )


def width(text: str) -> float:
    """Return how wide a text is, in full characters: Latin letters and digits count half."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


def dated(day: date) -> str:
    """Return a day as documents write it: full year, no leading noughts (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line of signature and date, and how many characters from the right edge it ends."""

    text: str
    right: float
    is_date: bool = False


def signature(document: Document, style: Style) -> tuple[SignatureLine, ...]:
    """Return who signed and when, each with its distance from the right edge in characters.

    Sealed (7.3.5.1): the date ends four characters in, the office stands centred over it. Not sealed (7.3.5.2):
    the office ends two characters in, the date begins two characters further right than the office. A document
    with a cover is dated there.
    """
    names = document.signers
    if not names and document.cover:
        return ()  # the cover says it
    day = dated(document.signed_on) if document.signed_on else ""
    if document.sealed:
        return _sealed(names, day, style.elements["date"].right)
    return _unsealed(names, day, style.elements["signature_unsealed"].right)


def signed(document: Document) -> bool:
    """Say whether a signature or a day follows the body."""
    return bool(document.signers) or (document.signed_on is not None and document.cover is None)


def _sealed(names: tuple[str, ...], day: str, right: float) -> tuple[SignatureLine, ...]:
    middle = right + width(day) / 2
    # an office with a long name stands on two lines; what is still too long pushes all inwards, not over the edge
    names = tuple(part for name in names for part in title_lines(name, int(2 * middle)))
    middle = max([middle, *(width(name) / 2 for name in names)])
    lines = [SignatureLine(name, middle - width(name) / 2) for name in names]
    if day:
        lines.append(SignatureLine(day, middle - width(day) / 2, is_date=True))
    return tuple(lines)


def _unsealed(names: tuple[str, ...], day: str, right: float) -> tuple[SignatureLine, ...]:
    longest = max((width(name) for name in names), default=0.0)
    if not day:
        return tuple(SignatureLine(name, right) for name in names)
    # measured from the right edge: where the office begins, and where the date ends
    begins = right + longest
    ends = begins - 2 - width(day)
    if ends < 0 or width(day) > longest:
        ends = right
        begins = ends + width(day) + 2
    lines = [SignatureLine(name, max(0.0, begins - width(name))) for name in names]
    return (*lines, SignatureLine(day, ends, is_date=True))


@dataclass(frozen=True, slots=True)
class LetterheadType:
    """The size of a letterhead in points, and how much it is narrowed (1 = not at all)."""

    points: float
    narrowed: float


def letterhead_type(text: str, style: Style) -> LetterheadType:
    """Return how a letterhead of this length is set on one line: smaller first, then narrower."""
    room = style.page.block_width.value * POINTS_PER_MM
    wanted = style.points("letterhead")
    characters = width(text) + _LETTERHEAD_FREE
    points = min(wanted, max(_LETTERHEAD_LEAST, math.floor(room / characters)))
    return LetterheadType(points, min(1.0, math.floor(100 * room / (characters * points)) / 100))


#: Characters are never narrowed to less than this.
_NARROWEST = 0.66


def printer_narrowed(printer: str, day: str, style: Style) -> float:
    """Return how much the printer's name is narrowed to stand on one line with the day (1 = not at all)."""
    element = style.elements["imprint"]
    line = style.page.block_width.value * POINTS_PER_MM / style.points("imprint")
    room = line - element.left - element.right - width(day) - 1
    wanted = width(printer)
    return 1.0 if wanted <= room else max(_NARROWEST, math.floor(100 * room / wanted) / 100)


def title_lines(title: str, per_line: int, among: str = "") -> tuple[str, ...]:
    """Return a title on as many lines as it needs, of nearly equal length; a line break in it is kept.

    ``among`` is the text around it: two characters that stand together there again and again are one word.
    """
    lines: list[str] = []
    for part in title.split("\n"):
        lines += _shared(part, max(1, math.ceil(width(part) / per_line)), per_line, among)
    return tuple(lines)


#: A title breaks before or after these rather than within a word (7.3.1: 词意完整).
_AFTER = ("关于", "进一步", "的", "、", "，", "》", "”", "和", "年", "局", "厅", "会", "市")
_NEVER_FIRST = "、，。》”）：；的"
_A_WORD, _WORD_AWAY, _GOOD, _NEVER = 2, 3.0, 1.5, 100.0


def _shared(text: str, count: int, per_line: int, among: str) -> list[str]:
    lines: list[str] = []
    while count > 1 and text:
        at = min(range(1, len(text)), key=lambda cut: _badness(text, cut, count, per_line, among), default=len(text))
        lines.append(text[:at].rstrip())
        text, count = text[at:].lstrip(), count - 1
    return [*lines, text]


def _badness(text: str, cut: int, count: int, per_line: int, among: str) -> float:
    before, after = text[:cut], text[cut:]
    badness = abs(width(before) - width(text) / count)
    if before.endswith(_AFTER) or after[0] in "《“（":
        badness -= _GOOD
    if among.count(before[-1] + after[0]) >= _A_WORD:
        badness += _WORD_AWAY
    within = before[-1].isascii() and after[0].isascii() and " " not in before[-1] + after[0]
    if after[0] in _NEVER_FIRST or before[-1] in "《“（" or within:
        badness += _NEVER
    return badness + (_NEVER if width(before) > per_line or width(after) > per_line * (count - 1) else 0)
