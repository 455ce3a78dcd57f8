"""Which form a document has: the ordinary one, a letter, an order, minutes, or one without any head."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from qualicity.engines.documents.checking.anatomy import MM, Line, Measured
from qualicity.engines.documents.checking.colours import is_red
from qualicity.engines.documents.checking.parts import Outline, Role

_HEAD: Final = frozenset(
    {
        Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY, Role.LETTERHEAD, Role.NUMBER, Role.APPROVER, Role.TITLE,
        Role.OTHER,
    }
)  # fmt: skip
_LETTER_LINE: Final = 165
"""The red lines of a letter are 170 mm long, those of other documents as wide as the text block."""


class Form(StrEnum):
    """The forms that the standard tells apart."""

    DOCUMENT = "document"
    LETTER = "letter"
    ORDER = "order"
    MINUTES = "minutes"
    PLAIN = "plain"


def form_of(measured: Measured, outline: Outline) -> Form:
    """Return the form of a document by its number, its red lines and the words of its letterhead."""
    number = outline.first(Role.NUMBER)
    head = "".join(part.paragraph.text.strip() for part in outline.of(Role.LETTERHEAD))
    if number is None and not head:
        return Form.PLAIN
    if any(line.double or length(line) > _LETTER_LINE for line in red_lines(measured, outline)):
        return Form.LETTER
    if number is not None and number.paragraph.align == "right" and outline.first(Role.APPROVER) is None:
        return Form.LETTER
    if head.endswith("令"):
        return Form.ORDER
    return Form.MINUTES if "纪要" in head else Form.DOCUMENT


def red_lines(measured: Measured, outline: Outline) -> list[Line]:
    """Return the red lines of the head: drawn, or borders of its paragraphs."""
    found = [line for line in measured.lines if is_red(line.colour) and line.page == 1]
    for part in outline.parts:
        one = part.paragraph
        edges = [line for line in (one.line_above, one.line_below) if line is not None]
        found += [line for line in (*edges, *one.drawn) if is_red(line.colour)]
        if part.role not in _HEAD:
            break  # a line may hang on the first paragraph below the head
    return found


def length(line: Line) -> float:
    """Return how long a line is in millimetres, 0 where that is not known."""
    return (line.x1 - line.x0) / MM if line.x0 is not None and line.x1 is not None else 0.0
