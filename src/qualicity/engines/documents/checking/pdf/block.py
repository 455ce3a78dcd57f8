"""The text block (版心) of a PDF as its lines show it, the pitch of its lines, and its page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from qualicity.engines.documents.checking.anatomy import PageNumber, most
from qualicity.engines.documents.checking.letters import is_han, is_wide
from qualicity.engines.documents.checking.pdf.glyphs import TextLine

_NUMBER: Final = re.compile(
    r"^[—\-–－―─~·•\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/／共]\s*\d+\s*页?)?[—\-–－―─~·•\s]*$"
)
_LOWEST: Final = 0.84
"""A page number stands below this share of the sheet's height."""
_ENOUGH: Final = 4
_MUCH: Final = 12
"""A page with as many lines of text as this begins at the top."""
_WIDE: Final = 18
"""A line of fewer characters than this is not taken for a full one."""


@dataclass(frozen=True, slots=True)
class Block:
    """The edges of the text block in points, from the sheet's upper left corner; None where no page shows it.

    ``is_width_sure`` is False where too few lines fill the block to show its edges: then they are those asked for.
    ``is_bottom_sure`` is False where only one page of running text shows the lower edge: it may end a line early.
    ``characters`` is how many most of the full lines have, where enough lines are Chinese throughout.
    """

    left: float
    right: float
    top: float | None
    bottom: float | None
    pitch: float
    is_width_sure: bool
    is_bottom_sure: bool
    characters: int | None


def number_of(
    lines: Sequence[TextLine], height: float, width: float, page: int
) -> tuple[TextLine, PageNumber] | None:
    """Return the line that is the page's number, and what it says; None where the page has none."""
    for line in sorted(lines, key=lambda one: -one.base)[:2]:
        found = _NUMBER.match(line.text)
        if found is None or line.base < _LOWEST * height:
            continue
        middle = (line.x0 + line.x1) / 2
        third = "center" if abs(middle - width / 2) < width * 0.08 else "right" if middle > width / 2 else "left"
        digit = next(glyph for glyph in line.glyphs if glyph.sign.isdigit())
        return line, PageNumber(
            side="odd" if int(found[1]) % 2 else "even", text=line.text, page=page,
            align=third,  # type: ignore[arg-type]
            indent=width - line.x1 if third == "right" else line.x0,
            font=digit.font, size=round(digit.size, 1), from_bottom=height - (line.base - 0.35 * line.size),
        )  # fmt: skip
    return None


def block_of(lines: Sequence[TextLine], asked: tuple[float, float], framed: set[int]) -> Block | None:
    """Return the text block that the lines of text fill; None when there are too few to tell.

    ``asked`` are the left and right edges that the house style asks for; ``framed`` are pages with tables or
    figures, which leave part of a line free at their foot.
    """
    texts = [line for line in lines if 12 <= line.size <= 20 and sum(map(is_han, line.text)) >= 2]
    if len(texts) < 3:
        return None
    pitch = pitch_of(texts)
    filled = _filled(texts, pitch)
    left, right = asked
    if len(filled) >= _ENOUGH:
        left = _common([below.x0 for _, below in filled])
        right = _common([above.x1 for above, _ in filled if is_han(above.text[-1])] or [a.x1 for a, _ in filled])
    by_page: dict[int, list[TextLine]] = {}
    for line in texts:
        by_page.setdefault(line.page, []).append(line)
    first = min(by_page)
    over = {number for number, page in by_page.items() if _runs_over(page, by_page.get(number + 1, []), left, right)}
    plain = over - framed - {first}
    topmost = {line.page: line for line in sorted(lines, key=lambda one: -one.base)}
    begun = [
        topmost[number]
        for number, page in by_page.items()
        if topmost[number] in page and (number - 1 in over or (number != first and len(page) >= _MUCH))
    ]
    return Block(
        left=left,
        right=right,
        top=min((line.top for line in begun), default=None),
        bottom=max((max(line.bottom for line in by_page[number]) for number in plain or over), default=None),
        pitch=pitch,
        is_width_sure=len(filled) >= _ENOUGH,
        is_bottom_sure=len(plain) >= 2,
        characters=_characters(texts, left, right),
    )


def _filled(lines: list[TextLine], pitch: float) -> list[tuple[TextLine, TextLine]]:
    """Return pairs of lines of which the second goes on further left or flush below the first: the first is full."""
    return [
        (above, below)
        for above, below in pairwise(lines)
        if above.page == below.page
        and abs(above.size - below.size) < 0.3
        and abs(below.base - above.base - pitch) < 0.3 * above.size
        and below.x0 < above.x0 + 0.3 * above.size
        and above.x1 - above.x0 > _WIDE * above.size
        and above.x1 > below.x1 - 0.5 * above.size
    ]


def _common(places: list[float]) -> float:
    """Return the place that most of these are near."""
    best = max(places, key=lambda place: sum(abs(one - place) <= 1.5 for one in places))
    return median(one for one in places if abs(one - best) <= 1.5)


def _runs_over(page: list[TextLine], following: list[TextLine], left: float, right: float) -> bool:
    """Return whether a paragraph runs from this page over to the next, so that the page is full."""
    last, size = max(page, key=lambda line: line.base), page[0].size
    first = min(following, key=lambda line: line.base, default=None)
    return first is not None and last.x1 > right - 1.5 * size and first.x0 < left + 0.5 * size


def _characters(lines: list[TextLine], left: float, right: float) -> int | None:
    """Return how many characters most full lines have, where the distance of the characters agrees with it."""
    full = [
        line
        for line in lines
        if line.x0 < left + 0.5 * line.size and line.x1 > right - 0.6 * line.size and all(map(is_wide, line.text))
    ]
    count = most((len(line.text), 1.0) for line in full)
    steps = [step for line in full for step in line.steps]
    # signs squeezed at the end of a line make room for one character more: that is no narrower setting
    return count if len(full) >= 3 and count and steps and abs((right - left) / median(steps) - count) < 0.6 else None


def pitch_of(lines: Sequence[TextLine]) -> float:
    """Return the usual distance from one line to the next, in points."""
    steps = [
        below.base - above.base
        for above, below in pairwise(lines)
        if above.page == below.page and 0.9 * above.size < below.base - above.base < 3 * above.size
    ]
    return median(steps) if steps else 0.0
