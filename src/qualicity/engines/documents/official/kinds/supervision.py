"""Supervision letters (督办单): what is behind, what is asked by when, and a slip on which the unit answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualicity.engines.documents.official.kinds.issue import Issue
from qualicity.engines.documents.official.model import (
    Attachment,
    Block,
    Document,
    Field,
    Grid,
    Heading,
    Paragraph,
    Run,
)

#: Label and content, twice a line; what is long takes the whole line.
_COLUMNS = (1.25, 2.0, 1.25, 2.0)
_ROW_MM, _ANSWER_MM = 11.0, 30.0


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact of a form; a ``wide`` one takes a line of its own, ``height_mm`` is left free to write in."""

    label: str
    runs: tuple[Run, ...] = ()
    wide: bool = False
    height_mm: float = _ROW_MM


def supervision_letter(
    *,
    title: str,
    opening: Sequence[Run],
    facts: Sequence[Fact],
    demands: Sequence[Sequence[Run]],
    issue: Issue,
    closing: Sequence[Run] = (),
    slip_title: str = "",
    slip: Sequence[Fact] = (),
) -> Document:
    """Return a supervision letter; ``slip`` are the questions that the unit answers on the attached slip."""
    blocks: list[Block] = [Paragraph(tuple(opening))] if opening else []
    if facts:
        blocks.append(facts_grid(facts))
    blocks += [Heading(3, (), run_in=tuple(one)) for one in demands]
    if closing:
        blocks.append(Paragraph(tuple(closing)))
    attachments = (Attachment(slip_title, (facts_grid(slip, free_mm=_ANSWER_MM),)),) if slip else ()
    return issue.document("supervision_letter", "letter", title, blocks=tuple(blocks), attachments=attachments)


def facts_grid(facts: Sequence[Fact], *, caption: str = "", free_mm: float = _ROW_MM) -> Grid:
    """Return labelled facts as a form, two a line save for wide ones; empty wide ones get room to write in."""
    rows: list[tuple[Field, ...]] = []
    heights: list[float] = []
    waiting: list[Fact] = []

    def close() -> None:
        if waiting:
            cells = [cell for fact in waiting for cell in _pair(fact, 1)]
            rows.append(tuple(cells) if len(waiting) == 2 else _pair(waiting[0], 3))
            heights.append(max(fact.height_mm for fact in waiting))
            waiting.clear()

    for fact in facts:
        if fact.wide:
            close()
            rows.append(_pair(fact, 3))
            heights.append(max(fact.height_mm, free_mm if not fact.runs else 0))
            continue
        waiting.append(fact)
        if len(waiting) == 2:
            close()
    close()
    return Grid(_COLUMNS, tuple(rows), tuple(heights), caption)


def _pair(fact: Fact, across: int) -> tuple[Field, ...]:
    return Field((fact.label,), label=True), Field(fact.runs, across=across)
