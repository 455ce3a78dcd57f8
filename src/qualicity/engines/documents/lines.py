"""What a document is before anybody understands it: numbered lines and tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it was written, tidied; ``style`` is h1…h9, bold, list or empty."""

    number: int
    text: str
    origin: str = "text"
    style: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table; ``number`` is the line of its first row."""

    number: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One whole paragraph, mended where a page or a line had broken it."""

    line: int
    text: str
    style: str = ""


Block = Line | Table
Part = Passage | Table
