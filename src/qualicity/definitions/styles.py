"""The schema of a house style: how an official document is set, each value with the clause that sets it."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from qualicity.definitions.model import Code, Model, Words
from qualicity.definitions.plans import Certainty

T = TypeVar("T")

Millimetres = Annotated[float, Field(ge=0, le=500)]
Characters = Annotated[float, Field(ge=0, le=28)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]

#: Every element of a document that a style sets; the keys of ``elements``.
ELEMENTS = (
    "copy_number", "secrecy", "urgency", "letterhead", "number", "approver_label", "approver_name",
    "title", "addressees", "body", "strong", "heading_1", "heading_2", "heading_3", "heading_4",
    "attachment_note", "attachment_label", "attachment_title", "signature", "signature_unsealed", "date",
    "notes", "attendance_label", "attendance_people", "copies", "imprint", "page_number", "caption",
    "table_header", "table_text", "table_note", "form_label", "form_text", "cover_title", "cover_subtitle",
    "cover_line", "contents_title", "contents_1", "contents_2", "simulated",
)  # fmt: skip


class Ruled(Model, Generic[T]):
    """One value with the clause that sets it; ``tolerance`` is how far a measured value may be off."""

    value: T
    clause: str = Field(min_length=1)
    certainty: Certainty
    tolerance: float = Field(default=0, ge=0)


class Page(Model):
    """The sheet, its margins and the text block (版心) between them, in millimetres."""

    width: Ruled[Millimetres]
    height: Ruled[Millimetres]
    top: Ruled[Millimetres]
    bottom: Ruled[Millimetres]
    left: Ruled[Millimetres]
    right: Ruled[Millimetres]
    block_width: Ruled[Millimetres]
    block_height: Ruled[Millimetres]
    block_measured: Ruled[Literal["lines", "ink"]]
    """Whether the margins run to the boxes of the first and last line, or to the ink of their characters."""


class Body(Model):
    """How many lines a page has and how many characters a line."""

    lines: Ruled[Annotated[int, Field(ge=10, le=60)]]
    characters: Ruled[Annotated[int, Field(ge=10, le=60)]]


class Face(Model):
    """A kind of typeface: the names that it goes by in offices, then what may stand in for it, best first.

    ``names`` are one and the same face; the first is what a DOCX asks for. ``substitutes`` have full-width
    characters of one em, so that lines break in the same places; a substitute's weight may be given.
    """

    title: Words
    names: tuple[str, ...] = Field(min_length=1)
    substitutes: tuple[Substitute, ...] = ()
    weight: Annotated[int, Field(ge=100, le=900)] = 400
    clause: str = Field(min_length=1)
    certainty: Certainty


class Substitute(Model):
    """A family that may stand in for a face, at a weight that looks most like it."""

    family: str
    weight: Annotated[int, Field(ge=100, le=900)] = 400


class Element(Model):
    """How one element is set. Indents are in characters of its own size, lines are lines of the grid.

    ``pitch`` is how many lines of the grid one of its lines takes (tables and captions keep off the grid);
    ``latin`` is the face of Latin letters and digits (empty: the same face).
    """

    face: str
    latin: str = ""
    size: str
    align: Literal["left", "center", "right", "justify"] = "left"
    first_line: Characters = 0
    left: Characters = 0
    right: Characters = 0
    lines_before: Annotated[float, Field(ge=0, le=10)] = 0
    lines_after: Annotated[float, Field(ge=0, le=10)] = 0
    pitch: Annotated[float, Field(gt=0, le=5)] = 1
    bold: bool = False
    colour: Colour = "#000000"
    clause: str = Field(min_length=1)
    certainty: Certainty


class Rule(Model):
    """A line: how thick, how long, how far from what it belongs to, in millimetres; length 0 is the text block's."""

    thickness: Millimetres
    length: Millimetres = 0
    distance: Millimetres = 0
    colour: Colour = "#000000"
    clause: str = Field(min_length=1)
    certainty: Certainty


class Rules(Model):
    """The lines of a document: red under the letterhead, black around the imprint (版记), those of tables."""

    letterhead: Rule
    letter_top: Rule
    letter_bottom: Rule
    imprint_outer: Rule
    imprint_inner: Rule
    table_outer: Rule
    table_inner: Rule


class Letterhead(Model):
    """Where the red name of the office stands: distance of its upper edge, in millimetres, by form of document."""

    document: Ruled[Millimetres]
    letter: Ruled[Millimetres]
    minutes: Ruled[Millimetres]


class PageNumber(Model):
    """How pages are numbered; ``position`` outer: odd pages right, even pages left, ``indent`` characters in."""

    pattern: Ruled[str]
    position: Ruled[Literal["outer", "center", "right"]]
    indent: Ruled[Characters]
    below_block: Ruled[Millimetres]
    on_first_page: Ruled[bool]


class Marks(Model):
    """Words and signs that the standard fixes."""

    number: Ruled[str]
    """The shape of a document's number (发文字号) as a regular expression."""
    addressees_end: Ruled[str]
    attachment_label: Ruled[str]
    copies_label: Ruled[str]
    printed_suffix: Ruled[str]
    approver_label: Ruled[str]
    heading_1: Ruled[str]
    heading_2: Ruled[str]
    heading_3: Ruled[str]
    heading_4: Ruled[str]
    simulated: Ruled[Words]


class Style(Model):
    """One house style, the file ``styles/<code>.yaml``."""

    code: Code
    title: Words
    source: Words
    sizes: dict[str, Annotated[float, Field(gt=4, lt=80)]]
    faces: dict[Code, Face]
    fallbacks: tuple[str, ...] = ()
    """Fonts that systems put in for a missing one whichever face was asked for; the checker names them."""
    page: Page
    body: Body
    elements: dict[str, Element]
    rules: Rules
    letterhead: Letterhead
    page_number: PageNumber
    marks: Marks

    def points(self, element: str) -> float:
        """Return the size of an element in points."""
        return self.sizes[self.elements[element].size]

    def face(self, element: str) -> Face:
        """Return the face of an element."""
        return self.faces[self.elements[element].face]

    def latin_face(self, element: str) -> Face:
        """Return the face of an element's Latin letters and digits."""
        one = self.elements[element]
        return self.faces[one.latin or one.face]


Face.model_rebuild()
