"""The sheet that a laboratory fills in: made with what waits for it, read back, and every fault in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.model import Words
from qualicity.definitions.registers import CodeValue
from qualicity.engines.tables import annotated, checking, findings, reading, templates
from qualicity.engines.tables.findings import Note, Wording
from qualicity.errors import Text
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import SampleState
from qualicity.evidence.inspections.models import LabFile, Sample
from qualicity.evidence.inspections.queries.judging import Measured, judge_measured, product_of
from qualicity.evidence.inspections.queries.testing import samples_to_test
from qualicity.evidence.submissions.queries.paths import file_path

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.registers import Register

ANNEX = "test_results"
LARGEST = 20 * 1024**2
MOST = 2000
"""So many samples go into one sheet; the rest into the next."""


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet as a laboratory sent it: reports by sample, and everything that is wrong with it."""

    reports: tuple[SheetReport, ...]
    findings: pl.DataFrame
    rows: int

    @property
    def errors(self) -> int:
        """Return how many findings stand in the way."""
        return self.findings.filter(pl.col("severity") == "error").height


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What a sheet says of one sample."""

    sample: Sample
    number: str
    reported_on: date
    results: tuple[Measured, ...]
    reason: str


def results_template(*, by: Person) -> bytes:
    """Return the workbook to fill in: a row for each item of each sample that waits, all but the results."""
    waiting = list(samples_to_test(by=by)[:MOST])
    register = sheet_of(waiting)
    target = io.BytesIO()
    places = registry.places(registry.plan())
    templates.write_template(register, places=places, target=target, rows=_rows(waiting, register))
    return target.getvalue()


def sheet_of(found: Iterable[Sample]) -> Register:
    """Return the sheet's columns with these samples and the items of their products in the drop-downs."""
    blank = catalogue().annexes[ANNEX]
    found = list(found)
    titles: dict[str, Words] = {}
    for code in dict.fromkeys(one.product for one in found):
        product = product_of(code)
        titles |= {item.title.zh[:60]: item.title for item in product.items} if product else {}
    nothing = (CodeValue(code="-", title=Words(zh="（无）", en="(none)")),)
    codes = {
        "sample": tuple(CodeValue(code=one.number, title=Words(zh=one.number, en=one.product_name)) for one in found),
        "item": tuple(CodeValue(code=code, title=title) for code, title in titles.items()),
    }
    columns = tuple(
        column.model_copy(update={"codes": codes[column.name] or nothing}) if column.name in codes else column
        for column in blank.columns
    )
    return blank.model_copy(update={"columns": columns})


def _rows(found: Iterable[Sample], register: Register) -> Iterable[tuple[Any, ...]]:
    for sample in found:
        product = product_of(sample.product)
        for item in product.items if product else ():
            known = {
                "sample": sample.number, "product": sample.product_name, "item": item.title.zh,
                "limit": item.limit_text, "unit": item.unit, "method": item.method,
            }  # fmt: skip
            yield tuple(known.get(name, "") for name in register.names)


def read_sheet(*, path: Path, name: str, by: Person) -> FilledSheet:
    """Read and judge a filled sheet; FileError and WrongFileError for what is none. Nothing is stored."""
    accounts.check(by, permissions.TEST)
    samples = {one.number: one for one in _own(by)}
    register, places = sheet_of(samples.values()), registry.places(registry.plan())
    table = reading.read_file(
        path, register=register, places=places, original_name=name, max_bytes=LARGEST, registers=()
    )
    today = timezone.localdate(registry.moment())
    checked = checking.check(table, register, places=places, period=(today - timedelta(days=365 * 20), today))
    rows = checked.rows.sort("row_number") if checked.rows.height else checked.rows
    reports, notes = _reports(rows, samples)
    found = findings.together([_future(checked.findings), findings.from_notes(notes)])
    return FilledSheet(reports, found, checked.total)


def marked_workbook(one: LabFile) -> bytes:
    """Return the laboratory's own workbook with the faulty cells marked and explained."""
    target = io.BytesIO()
    found = pl.DataFrame(one.findings, schema=findings.FINDING_SCHEMA)
    annotated.annotate(file_path(one.sha256), found, catalogue().annexes[ANNEX], target)
    return target.getvalue()


def _own(by: Person) -> list[Sample]:
    """Return what waits for a laboratory and what it has tested: a correction names the latter."""
    waiting = list(samples_to_test(by=by))
    tested = Sample.objects.filter(reports__laboratory=by.organisation_id).exclude(state=SampleState.VOID)
    seen = {one.pk for one in waiting}
    return waiting + [one for one in tested.distinct() if one.pk not in seen]


def _reports(rows: pl.DataFrame, samples: Mapping[str, Sample]) -> tuple[tuple[SheetReport, ...], list[Note]]:
    """Gather the rows of each sample to a report, and name what is wrong in which row."""
    reports, notes = [], []
    for (number,), group in rows.group_by(["sample"], maintain_order=True):
        lines = group.to_dicts()
        sample = samples[str(number)]
        measured = tuple(_measured(line) for line in lines)
        _judged, faults = judge_measured(product_of(sample.product), measured)
        for fault in faults:
            row = lines[fault.position]["row_number"]
            notes.append(Note(f"entry_{fault.part}", "error", row, fault.part, fault.found, fault.wording))
        notes += _uneven(lines)
        first = lines[0]
        reports.append(SheetReport(sample, first["report"], first["reported_on"], measured, first["reason"] or ""))
    return tuple(reports), notes


def _measured(line: Mapping[str, Any]) -> Measured:
    return Measured(item=line["item"], values=(line["value"],), unit=line["unit"] or "", method=line["method"] or "")


def _uneven(lines: list[dict[str, Any]]) -> Iterable[Note]:
    """Name the rows of a sample that speak of another report than its first row does."""
    wording = Wording(
        Text("同一样品的各行相同", "the same in all rows of a sample"),
        Text("同一样品只能属于一份报告", "a sample belongs to one report"),
        Text("照报告改为一致", "make it what the report says"),
    )
    for name in ("report", "reported_on", "reason"):
        for line in lines[1:]:
            if line[name] != lines[0][name]:
                yield Note("one_report", "error", line["row_number"], name, str(line[name] or ""), wording)


def _future(found: pl.DataFrame) -> pl.DataFrame:
    """Say of a date that has not come what it is, in the words of a report and not of a period."""
    said = {
        "expected_zh": "今天或以前的日期", "expected_en": "today or an earlier day",
        "why_zh": "报告日期还没有到", "why_en": "the day of the report has not come yet",
        "mend_zh": "核对报告日期", "mend_en": "check the day of the report",
    }  # fmt: skip
    here = pl.col("rule") == "outside_period"
    return found.with_columns(
        pl.when(here).then(pl.lit(text)).otherwise(pl.col(name)).alias(name) for name, text in said.items()
    )
