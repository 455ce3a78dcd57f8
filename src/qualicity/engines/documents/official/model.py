"""What an official document is made of, before anybody sets it in type.

A document is composed by its desk, and measured or written by others; nothing in it knows of fonts or files.
A number in the text is a ``Figure``: bound to its value, unit, period and provenance, never typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

Kind = Literal[
    "letter",
    "report",
    "circular",
    "supervision_letter",
    "minutes",
    "application_form",
    "self_assessment",
    "quality_report",
    "implementation_plan",
]
"""What a document does; ``Form`` is how its first page looks."""

Form = Literal["document", "letter", "minutes", "plain"]
"""文件式, 信函式 and 纪要 by GB/T 9704 (7, 10.1, 10.3); ``plain`` begins with a cover or a title."""

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One bound number: as it stands in the sentence, its exact value, and how it came about.

    ``text`` holds the unit where the sentence shows it; ``versions`` are the tables that it was computed from;
    ``href`` leads to “how this was computed” (empty: the number has no page of its own).
    """

    code: str
    place: str
    period: str
    text: str
    value: float | None
    unit: str
    versions: tuple[tuple[str, int], ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out: the opening sentence of a paragraph (set in the style's face for it)."""

    text: str


Run: TypeAlias = "str | Strong | Figure"
Runs: TypeAlias = "tuple[Run, ...]"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1–4; its number 一、（一）1.（1） is counted by ``numbering``, never typed.

    ``run_in`` is text that goes on in the heading's own paragraph, as levels 3 and 4 often do.
    """

    level: Literal[1, 2, 3, 4]
    runs: Runs
    numbered: bool = True
    run_in: Runs = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: first line two characters in, or flush (``indented=False``)."""

    runs: Runs
    indented: bool = True
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its title, unit (shown in the heading), alignment and share of the width."""

    title: str
    unit: str = ""
    align: Align = "left"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading is repeated on every page that it runs over; ``note`` stands beneath it.

    ``strong_rows`` are the indices of rows that sum up or divide.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    caption: str = ""
    note: str = ""
    repeat_header: bool = True
    strong_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a form: a label or what was filled in, over how many columns and rows it goes."""

    runs: Runs = ()
    label: bool = False
    across: int = 1
    down: int = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Grid:
    """A form (申报表, 督办单): labelled cells on fixed columns; ``heights_mm`` are the least heights of its rows."""

    columns: tuple[float, ...]
    rows: tuple[tuple[Field, ...], ...]
    heights_mm: tuple[float, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its caption and the words for who cannot see it.

    Either a chart ``specification`` of ``engines.charts`` (drawn as SVG for PDF and as PNG for DOCX),
    or both drawings as bytes.
    """

    alternative: str
    caption: str = ""
    specification: dict[str, Any] | None = field(default=None, hash=False)
    svg: bytes | None = None
    png: bytes | None = None
    width_mm: float | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block: TypeAlias = "Heading | Paragraph | Table | Grid | Picture | PageBreak"


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: its title (named in 附件说明) and its own pages; without blocks it is only named."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover page of a long document: lines under the title (period, office, date) in the order shown."""

    lines: tuple[str, ...] = ()
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was at a meeting: 出席, 请假, 列席, each with its people."""

    label: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One official document, all of it. What is empty is not shown.

    ``letterhead`` is the red name at the top (发文机关标志); ``number`` is written 郑政〔2014〕17号;
    ``simulated`` puts the notice 模拟数据 on every page.
    """

    kind: Kind
    title: str
    form: Form = "document"
    letterhead: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    number: str = ""
    approvers: tuple[str, ...] = ()
    addressees: str = ""
    blocks: tuple[Block, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signers: tuple[str, ...] = ()
    signed_on: date | None = None
    notes: str = ""
    attendance: tuple[Attendance, ...] = ()
    copies: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    sealed: bool = True
    cover: Cover | None = None
    contents: bool = False
    simulated: bool = False
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()


def runs_of(block: Block) -> Iterator[Run]:
    """Return every run of one block, in reading order."""
    match block:
        case Heading():
            yield from block.runs
            yield from block.run_in
        case Paragraph():
            yield from block.runs
        case Table():
            for row in block.rows:
                for cell in row:
                    yield from cell
        case Grid():
            for line in block.rows:
                for one in line:
                    yield from one.runs


def blocks_of(document: Document) -> Iterator[Block]:
    """Return every block of the body and of the attachments, in order."""
    yield from document.blocks
    for attachment in document.attachments:
        yield from attachment.blocks


def figures_of(document: Document) -> tuple[Figure, ...]:
    """Return every bound number of a document, in reading order."""
    return tuple(run for block in blocks_of(document) for run in runs_of(block) if isinstance(run, Figure))


def plain(runs: Sequence[Run]) -> str:
    """Return the words of runs as a reader sees them."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)
