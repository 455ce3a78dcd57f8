"""The missing annex as a table: its columns with this plan's tasks and units, and what a filled one says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.model import Words
from qualicity.definitions.registers import CodeValue
from qualicity.engines.tables import checking, findings, reading, templates
from qualicity.engines.tables.findings import Note, Wording
from qualicity.engines.tables.places import Places
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from qualicity.definitions.plans import Plan
    from qualicity.definitions.registers import Register

ANNEX = "assignments"
LARGEST = 20 * 1024**2


@dataclass(frozen=True, slots=True)
class Filled:
    """A breakdown as a file gives it: its rows in the annex's columns, and everything that is wrong with it."""

    rows: pl.DataFrame
    findings: pl.DataFrame
    total: int

    @property
    def errors(self) -> int:
        """Return how many findings stand in the way."""
        return self.findings.filter(pl.col("severity") == "error").height


def annex(plan: Plan) -> Register:
    """Return the annex's columns, with this plan's tasks and units as the codes of their drop-downs."""
    blank = catalogue().annexes[ANNEX]
    codes = {
        "task": tuple(CodeValue(code=str(one.number), title=_numbered(one.number, one.title)) for one in plan.tasks),
        "organisation": tuple(CodeValue(code=one.code, title=one.title) for one in plan.organisations),
    }
    columns = tuple(
        column.model_copy(update={"codes": codes[column.name]}) if column.name in codes else column
        for column in blank.columns
    )
    return blank.model_copy(update={"columns": columns})


def _numbered(number: int, title: Words) -> Words:
    return Words(zh=f"{number} {title.zh}", en=f"{number} {title.en}")


def headings(plan: Plan) -> tuple[str, ...]:
    """Return the headings as they stand in the template."""
    return tuple(templates.heading(column) for column in annex(plan).columns)


def cells(register: Register, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows of the annex as their cells are typed: codes by their titles."""
    named = {column.name: {one.code: one.title.zh for one in column.codes} for column in register.columns}
    for row in rows:
        yield tuple(named[name].get(str(row[name]), row[name]) for name in register.names)


def write_template(*, plan: Plan, rows: Iterable[Sequence[Any]], target: BinaryIO) -> None:
    """Write the annex as a workbook to fill in, with what is known already."""
    templates.write_template(annex(plan), places=Places.of(plan), target=target, rows=rows)


def read(*, plan: Plan, path: Path, name: str) -> Filled:
    """Read and check a filled annex; FileError and WrongFileError for what is none."""
    register, places = annex(plan), Places.of(plan)
    table = reading.read_file(
        path, register=register, places=places, original_name=name, max_bytes=LARGEST, registers=()
    )
    checked = checking.check(table, register, places=places, period=(plan.start, plan.end))
    leads = findings.from_notes(_leads(checked.rows)) if checked.rows.height else findings.empty()
    return Filled(checked.rows, findings.together([_deadlines(checked.findings), leads]), checked.total)


def _deadlines(found: pl.DataFrame) -> pl.DataFrame:
    """Say of a deadline outside the plan what it is, in the words of a plan and not of a report."""
    said = {
        "why_zh": "时限不在方案的起止日期内",
        "why_en": "the deadline lies outside the plan's time",
        "mend_zh": "核对时限",
        "mend_en": "check the deadline",
    }
    here = pl.col("rule") == "outside_period"
    return found.with_columns(
        pl.when(here).then(pl.lit(text)).otherwise(pl.col(name)).alias(name) for name, text in said.items()
    )


def _leads(rows: pl.DataFrame) -> Iterator[Note]:
    """Name every task that has no lead, or several."""
    for (task,), group in rows.group_by(["task"], maintain_order=True):
        leading = group.filter(pl.col("role") == "lead")
        units = leading["organisation"].unique(maintain_order=True).to_list()
        if len(units) == 1:
            continue
        row = int((leading if units else group)["row_number"][-1 if units else 0])
        why = (
            Text(f"任务 {task} 有 {len(units)} 个牵头单位：{'、'.join(units)}", f"task {task} has {len(units)} leads")
            if units
            else Text(f"任务 {task} 没有牵头单位", f"task {task} has no lead")
        )
        expected = Text("每项任务恰有一个牵头单位", "exactly one leading unit for each task")
        mend = Text("把其中一个单位改为“牵头”，其余为“配合”", "make one unit the lead, the others supporting")
        yield Note("one_lead", "error", row, "role", "、".join(units), Wording(expected, why, mend))
