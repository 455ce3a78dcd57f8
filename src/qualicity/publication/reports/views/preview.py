"""A document as a page shows it: the same blocks, their numbers as links to how they were computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from qualicity.engines.documents.official.model import (
    Figure,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Strong,
    Table,
)
from qualicity.engines.documents.official.numbering import captions, numbers

if TYPE_CHECKING:
    from qualicity.engines.documents.official.model import Block
    from qualicity.publication.reports.queries import Readable


@dataclass(frozen=True, slots=True)
class Word:
    """One run of a sentence: words, or a number with where it leads and what it is."""

    text: str
    href: str = ""
    hint: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One block of the preview."""

    kind: Literal["heading", "paragraph", "table", "grid", "picture", "break"]
    key: str = ""
    level: int = 0
    number: str = ""
    caption: str = ""
    words: tuple[Word, ...] = ()
    after: tuple[Word, ...] = ()
    table: dict[str, Any] | None = None
    picture: Picture | None = None
    position: int = 0
    is_edited: bool = False


def shown(readable: Readable) -> list[Shown]:
    """Return the body of a document, block by block."""
    return _shown([part.block for part in readable.parts], [part.key for part in readable.parts], readable.edited, 0)


def plain(blocks: Sequence[Block]) -> list[Shown]:
    """Return blocks that nobody edits and that hold no pictures."""
    return _shown(blocks, [""] * len(blocks), frozenset(), 0)


def attachments(readable: Readable) -> list[tuple[str, list[Shown]]]:
    """Return the attachments of a document, each with its blocks."""
    found, drawn = [], sum(isinstance(part.block, Picture) for part in readable.parts)
    for one in readable.document.attachments:
        found.append((one.title, _shown(one.blocks, [""] * len(one.blocks), frozenset(), drawn)))
        drawn += sum(isinstance(block, Picture) for block in one.blocks)
    return found


def pictures(readable: Readable) -> list[Picture]:
    """Return every picture of a document in reading order: by their positions they are asked for."""
    blocks: list[Block] = list(readable.document.blocks)
    for one in readable.document.attachments:
        blocks += one.blocks
    return [block for block in blocks if isinstance(block, Picture)]


def _shown(blocks: Sequence[Block], keys: Sequence[str], edited: frozenset[str], drawn: int) -> list[Shown]:
    found = []
    for number, caption, block, key in zip(numbers(blocks), captions(blocks), blocks, keys, strict=True):
        changed = key in edited
        match block:
            case Heading():
                level, words, after = block.level + 1, _words(block.runs), _words(block.run_in)
                found.append(Shown("heading", key, level, number, words=words, after=after, is_edited=changed))
            case Paragraph():
                found.append(Shown("paragraph", key, words=_words(block.runs), is_edited=changed))
            case Table():
                found.append(Shown("table", caption=caption, table=_table(block)))
            case Grid():
                found.append(Shown("grid", caption=caption, table={"rows": _grid(block)}))
            case Picture():
                found.append(Shown("picture", caption=caption, picture=block, position=drawn))
                drawn += 1
            case PageBreak():
                found.append(Shown("break"))
    return found


def _table(table: Table) -> dict[str, Any]:
    rows = [
        (
            [(_words(cell), column.align) for cell, column in zip(row, table.columns, strict=True)],
            number in table.strong_rows,
        )
        for number, row in enumerate(table.rows)
    ]
    return {"note": table.note, "columns": table.columns, "rows": rows}


def _grid(grid: Grid) -> list[list[tuple[tuple[Word, ...], bool, int, int]]]:
    return [[(_words(cell.runs), cell.label, cell.across, cell.down) for cell in row] for row in grid.rows]


def _words(runs: Sequence[Run]) -> tuple[Word, ...]:
    found = []
    for run in runs:
        if isinstance(run, Figure):
            stands = "、".join(f"{code}@{version}" for code, version in run.versions)
            found.append(Word(run.text, run.href, f"{run.code} · {run.period}" + (f" · {stands}" if stands else "")))
        elif isinstance(run, Strong):
            found.append(Word(run.text, strong=True))
        else:
            found.append(Word(run))
    return tuple(found)
