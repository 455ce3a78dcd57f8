"""Minutes of a meeting (会议纪要): who was there, what was said, what was resolved, by whom and when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qualicity.engines.documents.official.kinds.issue import Issue, Section, blocks_of_sections
from qualicity.engines.documents.official.layout import dated
from qualicity.engines.documents.official.model import (
    Attendance,
    Block,
    Column,
    Document,
    Paragraph,
    Run,
    Table,
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was resolved, who does it, and by when."""

    runs: tuple[Run, ...]
    responsible: str = ""
    due: date | None = None


def minutes(
    *,
    title: str,
    opening: Sequence[Run],
    sections: Sequence[Section],
    issue: Issue,
    attendance: Sequence[Attendance] = (),
    resolutions: Sequence[Resolution] = (),
    resolutions_caption: str = "",
) -> Document:
    """Return minutes (10.3); the resolutions stand in a table, for each becomes a task."""
    blocks: list[Block] = [Paragraph(tuple(opening))] if opening else []
    blocks += blocks_of_sections(sections)
    if resolutions:
        blocks.append(_resolved(resolutions, resolutions_caption))
    return issue.document("minutes", "minutes", title, blocks=tuple(blocks), attendance=tuple(attendance))


def _resolved(resolutions: Sequence[Resolution], caption: str) -> Table:
    columns = (
        Column("序号", align="center", share=0.5),
        Column("议定事项", share=3.4),
        Column("责任单位", share=1.6),
        Column("完成时限", align="center", share=1.3),
    )
    rows = tuple(
        ((str(number),), one.runs, (one.responsible,), (dated(one.due) if one.due else "",))
        for number, one in enumerate(resolutions, start=1)
    )
    return Table(columns, rows, caption)
