"""The annex of a plan as a table: its columns with the products of the plan's law, and what a filled one says."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.registers import CodeValue
from qualicity.engines.tables import checking, findings, reading, templates
from qualicity.engines.tables.findings import Note, Wording
from qualicity.errors import Text, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from qualicity.definitions.registers import Register
    from qualicity.evidence.inspections.models import CheckPlan

ANNEX = "check_lines"
LARGEST = 5 * 1024**2
ALL = "全部"
_PARTS = re.compile(r"[、，,;；/\s]+")


@dataclass(frozen=True, slots=True)
class FilledLines:
    """An annex as a file gives it: lines as a plan keeps them, and everything that is wrong with them."""

    lines: tuple[dict[str, Any], ...]
    findings: pl.DataFrame

    @property
    def errors(self) -> int:
        """Return how many findings stand in the way."""
        return self.findings.filter(pl.col("severity") == "error").height


def line_annex(plan: CheckPlan) -> Register:
    """Return the annex's columns, with the products of the plan's law and the stages in the drop-downs."""
    known, blank = catalogue(), catalogue().annexes[ANNEX]
    codes = {
        "product": tuple(
            CodeValue(code=one.code, title=one.title) for one in known.products.values() if one.law == plan.law
        ),
        "stage": tuple(CodeValue(code=one.code, title=one.title) for one in known.frames.stages),
    }
    columns = tuple(
        column.model_copy(update={"codes": codes[column.name]}) if column.name in codes else column
        for column in blank.columns
    )
    return blank.model_copy(update={"columns": columns})


def lines_workbook(plan: CheckPlan) -> bytes:
    """Return the annex as a workbook with the plan's lines; it can be filled in further and brought in again."""
    register, names = line_annex(plan), {code: name for name, code in _places().items() if name != code}
    titles = {column.name: {one.code: one.title.zh for one in column.codes} for column in register.columns}
    rows = [
        (
            titles["product"].get(one.product, one.product), titles["stage"][one.stage],
            "、".join(names.get(place, place) for place in one.places) or ALL, one.count,
            one.finish_by or date(plan.year, 12, 31), one.why,
        )
        for one in plan.lines.all()
    ]  # fmt: skip
    target = io.BytesIO()
    templates.write_template(register, places=registry.places(registry.plan()), target=target, rows=rows)
    return target.getvalue()


def read_lines(*, plan: CheckPlan, path: Path, name: str) -> FilledLines:
    """Read and check a filled annex; FileError and WrongFileError for what is none. Nothing is stored."""
    register, places = line_annex(plan), registry.places(registry.plan())
    table = reading.read_file(
        path, register=register, places=places, original_name=name, max_bytes=LARGEST, registers=()
    )
    year = (date(plan.year, 1, 1), date(plan.year, 12, 31))
    checked = checking.check(table, register, places=places, period=year)
    rows = checked.rows.sort("row_number").to_dicts() if checked.rows.height else []
    lines, notes = _lines(plan, rows)
    return FilledLines(lines, findings.together([_outside(checked.findings), findings.from_notes(notes)]))


def _lines(plan: CheckPlan, rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[dict[str, Any], ...], list[Note]]:
    known, own = _places(), plan.organisation.place if plan.organisation.is_local else ""
    lines: list[dict[str, Any]] = []
    notes: list[Note] = []
    for row in rows:
        named = [word for word in _PARTS.split(row["places"].strip()) if word and word != ALL]
        places = [known[word] for word in named if word in known]
        wrong = [word for word in named if word not in known or (own and known[word] != own)]
        notes += [_unknown(row["row_number"], word, known) for word in wrong]
        if any(_overlap(places, one, row) for one in lines):
            notes.append(_twice(row["row_number"], row["places"]))
        kept = {name: row[name] for name in ("product", "stage", "finish_by")}
        lines.append({**kept, "places": places, "count": int(row["count"]), "why": row["why"] or ""})
    return tuple(lines), notes


def _overlap(places: list[str], line: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    same = (line["product"], line["stage"]) == (row["product"], row["stage"])
    return same and (not places or not line["places"] or bool(set(places) & set(line["places"])))


def _places() -> dict[str, str]:
    """Return the codes of the places of county level, by name and by code."""
    plan = registry.plan()
    below = [one for one in plan.places if one.code != plan.place]
    return {one.code: one.code for one in below} | {one.title.zh: one.code for one in below}


def _unknown(row: int, word: str, known: Iterable[str]) -> Note:
    like = nearest(word, known)
    wording = Wording(
        Text("“全部”，或县（市、区）名称", "“全部”, or names of counties and districts"),
        Text("本计划范围内没有这个地区", "the plan reaches no place of this name"),
        Text(f"是否指“{like}”？" if like else "核对名称", f"did you mean “{like}”?" if like else "check the name"),
    )
    return Note("known_place", "error", row, "places", word, wording)


def _twice(row: int, value: str) -> Note:
    wording = Wording(
        Text("同一产品、同一环节的各项地区不重叠", "lines of one product and stage do not overlap"),
        Text("地区重叠时，同一企业会有两次机会", "where they overlap an enterprise has two chances"),
        Text("合并各项，或分开地区", "put the lines together, or keep their places apart"),
    )
    return Note("places_apart", "error", row, "places", value, wording)


def _outside(found: pl.DataFrame) -> pl.DataFrame:
    """Say of a day outside the year what it is, in the words of a plan and not of a report."""
    said = {
        "why_zh": "完成时限不在计划年度内", "why_en": "the day lies outside the plan's year",
        "mend_zh": "核对完成时限", "mend_en": "check the day",
    }  # fmt: skip
    here = pl.col("rule") == "outside_period"
    return found.with_columns(
        pl.when(here).then(pl.lit(text)).otherwise(pl.col(name)).alias(name) for name, text in said.items()
    )
