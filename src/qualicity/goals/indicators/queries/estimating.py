"""From a plan's measures and the accepted evidence to estimates, each computed once for the versions it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

import polars as pl
from django.conf import settings

from qualicity import __version__
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import MONTHS, Period, periods
from qualicity.engines.measures.cells import cells, registers_of
from qualicity.engines.measures.coarsening import can_coarsen, coarsen
from qualicity.engines.measures.estimates import Estimate, Key, Scale, estimates, scale_of
from qualicity.engines.measures.reported import REGISTER, of_periods, reported_rows, with_reported
from qualicity.engines.measures.rollup import Members, is_alone, members, outside
from qualicity.engines.measures.tables import DuckTables, duckdb_tables
from qualicity.evidence.submissions import queries as submissions
from qualicity.goals.indicators.queries.kept import Kept, frame_on_disk

if TYPE_CHECKING:
    from qualicity.definitions.plans import Indicator, Plan
    from qualicity.engines.measures.sources import Grain

Reported: TypeAlias = Mapping[tuple[str, date], tuple[float, float | None]]

#: Trends are drawn by quarter, or by month where a target is judged by month.
TREND: Grain = "quarter"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was known: each register's version, stamped with when its last one was made, and how far periods reach."""

    home: str
    plan: str
    since: date
    until: date
    versions: tuple[tuple[str, int, str], ...]

    def of(self, codes: tuple[str, ...]) -> tuple[tuple[str, int, str], ...]:
        """Return the versions of some registers only."""
        return tuple(one for one in self.versions if one[0] in codes)

    def version(self, code: str) -> int | None:
        """Return the version of one register; None where nothing was accepted yet."""
        return next((version for known, version, _ in self.versions if known == code), None)


@dataclass(frozen=True, slots=True)
class Results:
    """The estimates of one indicator in one grain, and by period the rows that lie outside the plan's places."""

    found: Mapping[Key, Estimate]
    outside: Mapping[date, int]


_CELLS: Kept[pl.DataFrame] = Kept(600)
_RESULTS: Kept[Results] = Kept(1200)
_REPORTED: Kept[pl.DataFrame] = Kept(16)
_TABLES: Kept[DuckTables] = Kept(4)


def snapshot(plan: Plan, *, as_of: date, known_on: date | datetime | None = None) -> Snapshot:
    """Return what was known, for periods from the year before the plan to its end (or the day asked for)."""
    stamps = {one.code: str(one.changed_at) for one in submissions.pointers()}
    known = submissions.versions(known_on)
    since = date(min(plan.start.year - 1, as_of.year), 1, 1)
    until = date(max(plan.end.year, as_of.year), 12, 31)
    versions = tuple((code, version, stamps.get(code, "")) for code, version in sorted(known.items()))
    return Snapshot(str(settings.QUALICITY_HOME), plan.code, since, until, versions)


def trend_grain(indicator: Indicator) -> Grain:
    """Return the grain of an indicator's trend: its own, or a quarter where its own is longer."""
    return min(indicator.period, TREND, key=lambda grain: MONTHS[grain])


def results(plan: Plan, indicator: Indicator, seen: Snapshot, grain: Grain, part: str | None = None) -> Results:
    """Return the estimates of an indicator for every place and period of a grain."""
    reads = (*registers_of(indicator.measure), REGISTER)
    key = (seen.home, seen.plan, indicator.code, seen.since, seen.until, grain, part, seen.of(reads))
    return _RESULTS.get(key, lambda: _results(plan, indicator, seen, grain, part))


def members_of(plan: Plan, indicator: Indicator) -> Members:
    """Return whose rows speak for which place in an indicator."""
    return members(plan.places, kinds=indicator.place_kinds, alone=is_alone(indicator.measure))


def scale_for(indicator: Indicator) -> Scale:
    """Return the scale of an indicator's values."""
    registers = catalogue().registers
    sample = any(registers[code].basis == "sample" for code in registers_of(indicator.measure))
    return scale_of(indicator.measure, unit=indicator.unit, sample=sample)


def tables_of(seen: Snapshot) -> DuckTables:
    """Return the registers of a snapshot, ready to be asked."""

    def files(code: str) -> tuple[str, ...]:
        version = seen.version(code)
        return () if version is None else submissions.lake_files(code, version)

    key = (seen.home, seen.versions)
    return _TABLES.get(key, lambda: duckdb_tables(files, catalogue().registers.values()))


def _results(plan: Plan, indicator: Indicator, seen: Snapshot, grain: Grain, part: str | None) -> Results:
    who, scale = members_of(plan, indicator), scale_for(indicator)
    frame = _cells_in(indicator, seen, grain, part)
    found = estimates(indicator.measure, frame, who=who, scale=scale, grain=grain)
    if part is None:
        filed = _reported(indicator, seen, grain)
        found = with_reported(indicator.measure, found, filed, who=who, scale=scale)
    strange = {} if frame.is_empty() else dict(outside(frame, who).iter_rows())
    return Results(found, strange)


def _cells_in(indicator: Indicator, seen: Snapshot, grain: Grain, part: str | None) -> pl.DataFrame:
    """Return cells of a grain: those of the trend made longer where that can be done, else asked for."""
    registers = catalogue().registers
    fine = trend_grain(indicator)
    if grain == fine or not can_coarsen(indicator.measure, registers):
        return _cells(indicator, seen, grain, part)
    short = _cells(indicator, seen, fine, part)
    return coarsen(indicator.measure, short, registers=registers, fine=fine, grain=grain)


def _cells(indicator: Indicator, seen: Snapshot, grain: Grain, part: str | None) -> pl.DataFrame:
    measure, registers = indicator.measure, catalogue().registers
    reads = registers_of(measure)
    written = measure.model_dump_json(by_alias=True)
    key = (seen.home, written, seen.since, seen.until, grain, part, seen.of(reads))

    def asked() -> pl.DataFrame:
        return cells(
            measure,
            tables=tables_of(seen),
            registers=registers,
            since=seen.since,
            until=seen.until,
            grain=grain,
            part=part,
        )

    def found() -> pl.DataFrame:
        if not seen.of(reads):
            # Nothing was ever accepted: there is nobody to ask.
            return pl.DataFrame(schema={"place": pl.String, "period": pl.Date})
        definitions = [registers[code].model_dump_json(by_alias=True) for code in reads]
        files = [name for code, version, _ in seen.of(reads) for name in submissions.lake_files(code, version)]
        frame = (str(seen.since), str(seen.until), grain, part or "", __version__)
        return frame_on_disk([written, *definitions, *files, *frame], asked)

    return _CELLS.get(key, found)


def _reported(indicator: Indicator, seen: Snapshot, grain: Grain) -> Reported:
    register = catalogue().registers.get(REGISTER)
    if register is None or seen.version(REGISTER) is None:
        return {}
    key = (seen.home, seen.of((REGISTER,)))

    def found() -> pl.DataFrame:
        files = [name for code, version, _ in seen.of((REGISTER,)) for name in submissions.lake_files(code, version)]
        written = register.model_dump_json(by_alias=True)
        return frame_on_disk(
            [REGISTER, written, *files, __version__], lambda: reported_rows(tables_of(seen), register)
        )

    every = _REPORTED.get(key, found)
    own = every.filter(pl.col("indicator") == indicator.code)
    if own.is_empty():
        return {}
    spans: tuple[Period, ...] = tuple(periods(grain, seen.since, seen.until))
    return of_periods(indicator.measure, own, spans)
