"""Assignments as a table that leaves the house: headed as the annex is, so that it comes in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from qualicity.engines.tables import templates
from qualicity.goals.tasks.queries.annex import annex, cells
from qualicity.methods.lights import Light

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualicity.definitions.plans import Plan
    from qualicity.goals.tasks.queries.assignments import AssignmentRow

LIGHT_WORDS = {Light.green: "正常", Light.blue: "临期", Light.yellow: "滞后", Light.red: "逾期"}


def _given(row: AssignmentRow) -> dict[str, Any]:
    return {
        "task": row.task,
        "organisation": (row.counterpart or row.organisation).code,
        "role": row.role,
        "section": row.section,
        "post": row.post,
        "person": row.person,
        "duty": row.duty.zh,
        "start": row.start,
        "deadline": row.deadline,
        "quality": row.quality,
        "quantity": row.quantity,
    }


def filled_annex(plan: Plan, rows: Iterable[AssignmentRow]) -> Iterator[tuple[Any, ...]]:
    """Yield the assignments as rows of the annex."""
    return cells(annex(plan), (_given(one) for one in rows))


def table(plan: Plan, rows: Sequence[AssignmentRow]) -> pl.DataFrame:
    """Return assignments under the annex's headings, and beside them how they stand (which an import skips)."""
    register = annex(plan)
    columns = [templates.heading(column) for column in register.columns]
    filled = list(cells(register, (_given(one) for one in rows)))
    types = {"start": pl.Date, "deadline": pl.Date}
    data: dict[str, pl.Series] = {
        heading: pl.Series([row[place] for row in filled], dtype=types.get(column.name, pl.String))
        for place, (heading, column) in enumerate(zip(columns, register.columns, strict=True))
    }
    data["层级 level"] = pl.Series([row.level.title.zh if row.level else "市级" for row in rows], dtype=pl.String)
    data["进度 progress %"] = pl.Series([row.progress for row in rows], dtype=pl.Int64)
    data["亮灯 light"] = pl.Series([LIGHT_WORDS[row.light] for row in rows], dtype=pl.String)
    data["原因 reason"] = pl.Series([row.reason.zh for row in rows], dtype=pl.String)
    data["办结 closed"] = pl.Series([row.closed for row in rows], dtype=pl.Date)
    return pl.DataFrame(data)
