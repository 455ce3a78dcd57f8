"""Lines of a PDF become paragraphs: by indents, short last lines, changes of size and gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final

from qualicity.engines.documents.checking.anatomy import Align, Paragraph, Span
from qualicity.engines.documents.checking.pdf.block import Block
from qualicity.engines.documents.checking.pdf.glyphs import TextLine
from qualicity.engines.documents.checking.pdf.strokes import Frame

_NUMBER: Final = re.compile(r"[〕\]］)）]\s*第?\s*\d+\s*号$")
"""A document's number ends its line."""
_SHORT: Final = 2.0
"""A line that ends this many characters before the edge ends its paragraph."""


def paragraphs_of(lines: Iterable[TextLine], block: Block, frames: list[Frame]) -> list[Paragraph]:
    """Return the paragraphs in reading order."""
    groups: list[tuple[list[TextLine], bool]] = []
    for line in lines:
        framed = any(frame.holds(line) for frame in frames)
        if groups and groups[-1][1] == framed and _goes_on(groups[-1][0], line, block):
            groups[-1][0].append(line)
        else:
            groups.append(([line], framed))
    found: list[Paragraph] = []
    above: TextLine | None = None
    for number, (group, framed) in enumerate(groups, start=1):
        found.append(_paragraph(number, group, block, above, framed=framed))
        above = group[-1]
    return found


def _goes_on(group: list[TextLine], line: TextLine, block: Block) -> bool:
    last, size = group[-1], line.size
    if abs(last.size - size) > 0.6 or last.colour != line.colour or size > 20:
        return False
    if _NUMBER.search(last.text):
        return False
    if line.x0 > block.left + 1.2 * size and not _hangs(group, line, block):
        return False
    if last.x1 < block.right - _SHORT * size or (last.x0 > block.left + 5 * size and line.x0 < last.x0 - 2 * size):
        return False
    return last.page != line.page or line.base - last.base < 1.6 * max(block.pitch, size)


def _hangs(group: list[TextLine], line: TextLine, block: Block) -> bool:
    """Return whether the line stands under the second line of a hanging paragraph (attachments, copies)."""
    hanging = len(group) > 1 and abs(group[-1].x0 - line.x0) < 2 and group[0].x0 < line.x0 - 2
    begins = len(group) == 1 and group[0].text.startswith(("附件", "抄送")) and line.x0 > group[0].x0 + 2
    return (hanging or begins) and line.x0 < block.left + 12 * line.size


def _paragraph(
    number: int, group: list[TextLine], block: Block, above: TextLine | None, *, framed: bool
) -> Paragraph:
    first, last = group[0], group[-1]
    pitch = None
    if len(group) > 1:
        steps = [b.base - a.base for a, b in pairwise(group) if a.page == b.page]
        pitch = median(steps) if steps else None
    steps = [step for line in group for step in line.steps]
    gap = first.base - above.base - block.pitch if above is not None and above.page == first.page else 0.0
    align, right = _align(group, block)
    return Paragraph(
        number=number, spans=tuple(_joined(group)), page=first.page, align=align, first=first.x0 - block.left,
        left=min((line.x0 for line in group[1:]), default=first.x0) - block.left, right=right,
        pitch=pitch, char_pitch=median(steps) if steps else None, before=max(0.0, gap),
        new_page=above is not None and above.page != first.page, in_table=framed, lines=len(group),
        top=first.top, bottom=last.bottom,
    )  # fmt: skip


def _joined(group: list[TextLine]) -> Iterable[Span]:
    held: Span | None = None
    for line in group:
        for place, one in enumerate(line.spans):
            span = one if place else replace(one, text=one.text.lstrip())
            if held and (held.font, held.size, held.bold, held.colour) == (
                span.font,
                span.size,
                span.bold,
                span.colour,
            ):
                held = replace(held, text=held.text + span.text)
                continue
            if held:
                yield held
            held = span
    if held:
        yield held


def _align(group: list[TextLine], block: Block) -> tuple[Align, float]:
    first = group[0]
    left, right, size = first.x0 - block.left, block.right - max(line.x1 for line in group), first.size
    if len(group) > 1:
        return ("justify" if abs(right) < 1.5 * size else "left"), max(0.0, right)
    indented = size < 20 and abs(left - 2 * size) < 0.4 * size  # a paragraph of one nearly full line
    if abs(left - right) < 0.7 * size and left > min(0.8 * size, 12) and not indented:
        return "center", right
    if left > 8 * size and right < left:
        return "right", right
    return "left", max(0.0, right)
