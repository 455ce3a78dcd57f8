"""A document as it was measured, whichever reader read it: sections, paragraphs, tables, page numbers, lines.

Lengths are in points unless a name says millimetres; None means that this kind of file does not tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from qualicity.engines.documents.checking.letters import is_han, is_wide
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

MM: Final = 72 / 25.4
"""Points in a millimetre."""

Align = Literal["left", "center", "right", "justify", "distribute"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one type; ``font`` is the one that really draws these characters."""

    text: str
    font: str
    size: float
    bold: bool = False
    colour: str = "000000"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph and how it is set.

    ``first`` (the first line), ``left`` and ``right`` are distances from the text block's edges; ``pitch`` is the
    distance from line to line, ``pitch_rule`` how it is fixed; ``before`` is the empty height above, ``spaced`` the
    part of it that is spacing and no empty line; ``char_pitch`` the distance from one character to the next.
    """

    number: int
    spans: tuple[Span, ...]
    page: int | None = None
    align: Align = "left"
    first: float = 0
    left: float = 0
    right: float = 0
    pitch: float | None = None
    pitch_rule: Literal["exact", "least", "multiple", "grid", "measured"] = "measured"
    char_pitch: float | None = None
    before: float = 0
    spaced: float = 0
    new_page: bool = False
    in_table: bool = False
    line_above: Line | None = None
    line_below: Line | None = None
    drawn: tuple[Line, ...] = ()
    lines: int | None = None
    top: float | None = None
    bottom: float | None = None
    has_picture: bool = False
    section: int = 0

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return "".join(span.text for span in self.spans)

    @cached_property
    def size(self) -> float:
        """The size of most of its characters."""
        return most((span.size, len(span.text.strip())) for span in self.spans) or 0.0

    @cached_property
    def font(self) -> str:
        """The font of most of its Chinese characters, or of all its characters where there are none."""
        han = [(span.font, sum(map(is_han, span.text))) for span in self.spans]
        return most(han) or most((span.font, len(span.text.strip())) for span in self.spans) or ""

    @cached_property
    def width(self) -> float:
        """How wide the text is on one line, by the size of its characters."""
        return sum(span.size * (1.0 if is_wide(sign) else 0.5) for span in self.spans for sign in span.text.strip())

    @property
    def place(self) -> Text:
        """Where it stands, in words."""
        start = self.text.strip().replace("\n", "")
        words = f"“{start[:12]}{'…' if len(start) > 12 else ''}”"
        if self.page is not None:
            return Text(f"第{self.page}页{words}", f"page {self.page}, {words}")
        return Text(f"第{self.number}段{words}", f"paragraph {self.number}, {words}")


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line: thickness in points, and its ends where they are known (in a DOCX from the text block's edge)."""

    thickness: float
    colour: str = "000000"
    x0: float | None = None
    x1: float | None = None
    y: float | None = None
    page: int | None = None
    double: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one size and their margins, in millimetres."""

    number: int
    width: float
    height: float
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None
    pages: str = ""

    @property
    def landscape(self) -> bool:
        """Whether the sheet lies on its side."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class PageNumber:
    """One page number, or (in a DOCX) the one that a kind of page has; distances in points."""

    side: Literal["odd", "even", "both", "first"]
    text: str
    align: Literal["left", "center", "right", "outside", "inside"]
    indent: float
    font: str
    size: float
    from_bottom: float | None = None
    """From the sheet's lower edge to the middle of the digits."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: where it begins and how far it stands out of the text block, in millimetres."""

    number: int
    place: Text
    beyond: float = 0
    tight: bool = False
    """Whether its lines have an exact pitch that is smaller than its characters."""


@dataclass(frozen=True)
class Measured:
    """A whole document as measured."""

    kind: Literal["docx", "pdf"]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    page_numbers: tuple[PageNumber, ...] = ()
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: int | None = None
    unnumbered: tuple[int, ...] = ()
    """Pages with text and no number (PDF)."""
    silent: tuple[tuple[Literal["odd", "even", "both", "first"], int], ...] = ()
    """Kinds of pages, each with its section, whose footer holds no number while others do (DOCX)."""
    beyond: tuple[tuple[Text, float], ...] = ()
    """What stands out of the text block at the right, by how many millimetres (PDF)."""
    pitch: float = 0.0
    """The usual distance from line to line (PDF)."""
    line_characters: int | None = None
    """How many characters a full line has (PDF)."""
    is_bottom_sure: bool = True
    """Whether the lower margin is known to less than a line (in a PDF a page may end early)."""
    notices: tuple[Text, ...] = ()
    block: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the text block in points (PDF)."""

    @property
    def block_width(self) -> float:
        """The width of the text block in points."""
        if self.kind == "pdf":
            return self.block[1] - self.block[0]
        first = self.sections[0]
        return (first.width - (first.left or 0) - (first.right or 0)) * MM


def most(weighted: Iterable[tuple[T, float]]) -> T | None:
    """Return the value that weighs most; None when nothing weighs anything."""
    sums: dict[T, float] = {}
    for value, weight in weighted:
        if weight > 0:
            sums[value] = sums.get(value, 0) + weight
    return max(sums, key=lambda value: sums[value]) if sums else None
