"""The lines that a PDF page draws, and where its tables and pictures stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from qualicity.engines.documents.checking.anatomy import Line
from qualicity.engines.documents.checking.colours import is_red
from qualicity.engines.documents.checking.pdf.glyphs import TextLine, colour_of

_THIN: Final = 4.0
_LONG: Final = 100.0
_SMALL: Final = 13.0
_GAP: Final = 12.0
"""Tables and figures that stand further apart than this are not one."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on a page: a table or a picture."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    only_small: bool = False
    """Whether it is known by three lines only, so that running text may stand between two of them."""

    def holds(self, line: TextLine) -> bool:
        """Return whether a line of text stands in it."""
        if self.only_small and line.size > _SMALL:
            return False
        middle = (line.top + line.bottom) / 2
        return line.page == self.page and self.top - 1 <= middle <= self.bottom + 1 and line.x0 < self.x1 + 2


def horizontals(page: Any, number: int) -> list[Line]:
    """Return the long horizontal lines of a page, from top to bottom."""
    found = [line for line in _strokes(page, number) if (line.x1 or 0) - (line.x0 or 0) >= _LONG]
    return sorted(_together(sorted(found, key=lambda line: (line.y or 0, line.x0 or 0))), key=lambda one: one.y or 0)


def frames(page: Any, number: int, rules: list[Line]) -> list[Frame]:
    """Return the tables and pictures of a page: grids of lines, tables of three lines, images, drawings."""
    found = [
        Frame(number, float(image["x0"]), float(image["x1"]), float(image["top"]), float(image["bottom"]))
        for image in page.images
    ]
    uprights = [edge for edge in page.edges if edge.get("orientation") == "v" and edge["bottom"] - edge["top"] > 8]
    for group in _apart(uprights):
        if len(group) >= 2:
            found.append(_around(group, number))
    black = [rule for rule in rules if not is_red(rule.colour)]
    for stack in _stacks(black):
        if len(stack) >= 3:
            ends = stack[0].x0 or 0, stack[0].x1 or 0
            found.append(Frame(number, *ends, stack[0].y or 0, stack[-1].y or 0, only_small=True))
    for group in _apart([curve for curve in page.curves if curve["bottom"] - curve["top"] > 3]):
        if len(group) >= 4:
            found.append(_around(group, number))
    return found


def _apart(shapes: list[Any]) -> Iterator[list[Any]]:
    """Yield shapes that touch or nearly touch, from above."""
    held: list[Any] = []
    for shape in sorted(shapes, key=lambda one: float(one["top"])):
        if held and shape["top"] > max(one["bottom"] for one in held) + _GAP:
            yield held
            held = []
        held.append(shape)
    if held:
        yield held


def _around(shapes: list[Any], number: int) -> Frame:
    return Frame(
        number, min(float(one["x0"]) for one in shapes), max(float(one["x1"]) for one in shapes),
        min(float(one["top"]) for one in shapes), max(float(one["bottom"]) for one in shapes),
    )  # fmt: skip


def _strokes(page: Any, number: int) -> Iterator[Line]:
    for line in page.lines:
        if abs(float(line["bottom"]) - float(line["top"])) <= _THIN / 2:
            yield Line(
                float(line.get("linewidth") or 1.0), colour_of(line.get("stroking_color")),
                float(line["x0"]), float(line["x1"]), float(line["top"]), number,
            )  # fmt: skip
    for box in page.rects:
        height = float(box["bottom"]) - float(box["top"])
        if height <= _THIN:
            stroked = height < 0.05 or not box.get("fill", True)
            thickness = float(box.get("linewidth") or 0) if stroked else height
            colour = box.get("stroking_color") if stroked else box.get("non_stroking_color")
            middle = (float(box["top"]) + float(box["bottom"])) / 2
            yield Line(thickness, colour_of(colour), float(box["x0"]), float(box["x1"]), middle, number)


def _together(lines: list[Line]) -> Iterator[Line]:
    """Join the pieces of one line: a border is often drawn cell by cell."""
    held: Line | None = None
    for line in lines:
        if held and abs((line.y or 0) - (held.y or 0)) < 1 and (line.x0 or 0) <= (held.x1 or 0) + 3:
            held = Line(
                max(held.thickness, line.thickness), held.colour, held.x0, max(held.x1 or 0, line.x1 or 0),
                held.y, held.page,
            )  # fmt: skip
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _stacks(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield lines below each other that begin and end alike."""
    left = list(lines)
    while left:
        first = left[0]
        alike = [
            one
            for one in left
            if abs((one.x0 or 0) - (first.x0 or 0)) < 3 and abs((one.x1 or 0) - (first.x1 or 0)) < 3
        ]
        yield alike
        left = [one for one in left if one not in alike]
