"""Reads of the lake: which version of each register may be seen, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.tables.evolution import changes, fitted
from qualicity.engines.tables.lake import Lake
from qualicity.errors import DefinitionError, Text
from qualicity.evidence.submissions.lifecycle import State
from qualicity.evidence.submissions.models import RegisterTable, Submission, VersionMark
from qualicity.evidence.submissions.queries.moments import end_of
from qualicity.evidence.submissions.queries.paths import lake_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    import polars as pl

    from qualicity.definitions.registers import Register


def open_lake() -> Lake:
    """Return the lake of this home; only this desk opens it."""
    return Lake(lake_path())


def versions(known_on: date | datetime | None = None) -> Mapping[str, int]:
    """Return register → lake version to read, now or as known on a day (never-filled ones left out)."""
    if known_on is None:
        found = RegisterTable.objects.values_list("code", "version")
        return {code: version for code, version in found if version is not None}
    marks = VersionMark.objects.filter(at__lte=end_of(known_on))
    return dict(marks.values("register__code").annotate(seen=Max("version")).values_list("register__code", "seen"))


def lake_files(register: str, version: int) -> tuple[str, ...]:
    """Return the Parquet files that hold a register at a version."""
    return tuple(open_lake().files(register, version))


def scan(register: str, known_on: date | datetime | None = None) -> pl.LazyFrame | None:
    """Return a register's rows, now or as known on a day; None where nothing had been accepted."""
    version = versions(known_on).get(register)
    if version is None:
        return None
    rows, definition = open_lake().scan(register, version), catalogue().registers.get(register)
    return fitted(rows, definition) if definition else rows


def check_tables() -> None:
    """Raise DefinitionError where the definitions ask of filled tables what none can follow; say how to mend it."""
    lake, known, faults = open_lake(), catalogue().registers, []
    for code, version in versions().items():
        if code not in known:
            faults.append(_undefined(code))
        elif lake.exists(code) and lake.head(code) >= version:  # what a lake has lost, ``lake verify`` says
            faults += changes(known[code], lake.schema(code, version))
    if faults:
        raise DefinitionError("\n".join(one.zh for one in faults), "\n".join(one.en for one in faults))


def check_table(register: Register, version: int) -> None:
    """Raise DefinitionError where one register's definition asks of its table what it cannot follow."""
    if faults := changes(register, open_lake().schema(register.code, version)):
        raise DefinitionError("\n".join(one.zh for one in faults), "\n".join(one.en for one in faults))


def _undefined(code: str) -> Text:
    return Text(
        f"registers/{code}.yaml：台账“{code}”已有数据，但定义不见了。请恢复这个文件。",
        f"registers/{code}.yaml: the register “{code}” holds rows, but its definition is gone. Put the file back.",
    )


def refused_rows(register: str, start: date, end: date, known_on: date | datetime | None = None) -> int:
    """Return how many rows were refused in the accepted submissions that touch these days."""
    accepted = Submission.objects.filter(register=register, period_start__lte=end, period_end__gte=start)
    if known_on is None:
        accepted = accepted.filter(state=State.ACCEPTED)
    else:
        moment = end_of(known_on)
        accepted = accepted.filter(state__in=[State.ACCEPTED, State.SUPERSEDED], reviewed_at__lte=moment).filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment)
        )
    return int(accepted.aggregate(total=Coalesce(Sum("refused_rows"), 0))["total"])


def refused(register: str, known_on: date | datetime | None = None) -> tuple[tuple[date, date, str, int], ...]:
    """Return (first day, last day, place of the organisation, refused rows) per accepted submission that lost rows.

    One query for a whole register, for readers that need the count of many periods and places at once.
    """
    accepted = Submission.objects.filter(register=register, refused_rows__gt=0)
    if known_on is None:
        accepted = accepted.filter(state=State.ACCEPTED)
    else:
        moment = end_of(known_on)
        accepted = accepted.filter(state__in=[State.ACCEPTED, State.SUPERSEDED], reviewed_at__lte=moment).filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment)
        )
    columns = ("period_start", "period_end", "organisation__place", "refused_rows")
    return tuple((start, end, place or "", count) for start, end, place, count in accepted.values_list(*columns))


@dataclass(frozen=True, slots=True)
class Pointer:
    """The version of one register that readers may open, and when it became so."""

    code: str
    version: int | None
    rows: int
    changed_at: datetime | None


def pointers() -> tuple[Pointer, ...]:
    """Return every register's pointer."""
    last = VersionMark.objects.filter(register=OuterRef("pk")).order_by("-version").values("at")[:1]
    found = RegisterTable.objects.annotate(changed_at=Subquery(last)).order_by("code")
    return tuple(Pointer(*row) for row in found.values_list("code", "version", "rows", "changed_at"))
