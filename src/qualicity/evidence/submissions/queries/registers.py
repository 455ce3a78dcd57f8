"""Reads of the registers: their definitions, what they hold, and rows a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotFoundError, nearest
from qualicity.evidence.submissions import permissions
from qualicity.evidence.submissions.models import Submission
from qualicity.evidence.submissions.queries.tables import Pointer, pointers, scan

if TYPE_CHECKING:
    from datetime import date, datetime

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.profiles import Profile
    from qualicity.definitions.registers import Register

PAGE = 50
MOST = 1000


@dataclass(frozen=True, slots=True)
class RegisterState:
    """One register and how full it is."""

    register: Register
    version: int | None
    rows: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Some rows of a register in the order of their filing, and where the next page begins."""

    frame: pl.DataFrame
    total: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which rows are asked for: a place, days, words in any text column, one submission."""

    place: str = ""
    since: date | None = None
    until: date | None = None
    search: str = ""
    submission: int | None = None


def register_of(code: str) -> Register:
    """Return a register's definition; NotFoundError names the nearest code."""
    known = catalogue().registers
    if code in known:
        return known[code]
    like = nearest(code, known)
    raise NotFoundError(
        f"没有名为“{code}”的台账。" + (f"是否指“{like}”（{known[like].title.zh}）？" if like else ""),
        f"There is no register “{code}”." + (f" Did you mean “{like}”?" if like else ""),
    )


def profile_of(code: str, register: Register) -> Profile:
    """Return a profile that maps a foreign file to this register; NotFoundError or InputError otherwise."""
    known = catalogue().profiles
    if code not in known:
        like = nearest(code, known)
        raise NotFoundError(
            f"没有名为“{code}”的对照表。" + (f"是否指“{like}”？" if like else ""),
            f"There is no profile “{code}”." + (f" Did you mean “{like}”?" if like else ""),
        )
    if known[code].register_code != register.code:
        raise InputError(
            f"对照表“{code}”用于台账“{known[code].register_code}”，不能用于“{register.code}”。",
            f"Profile “{code}” belongs to register “{known[code].register_code}”, not to “{register.code}”.",
        )
    return known[code]


def profiles_for(register: Register) -> tuple[Profile, ...]:
    """Return the profiles that map foreign files to a register."""
    return tuple(one for one in catalogue().profiles.values() if one.register_code == register.code)


def registers(*, by: Person) -> tuple[RegisterState, ...]:
    """Return every register of the definitions with what it holds."""
    accounts.check(by, permissions.READ_REGISTERS)
    held = {table.code: table for table in pointers()}
    return tuple(_state(register, held.get(register.code)) for register in catalogue().registers.values())


def register(code: str, *, by: Person) -> RegisterState:
    """Return one register with what it holds."""
    accounts.check(by, permissions.READ_REGISTERS)
    definition = register_of(code)
    return _state(definition, next((table for table in pointers() if table.code == code), None))


def _state(register: Register, table: Pointer | None) -> RegisterState:
    if table is None:
        return RegisterState(register, None, 0, None)
    return RegisterState(register, table.version, table.rows, table.changed_at)


def rows(
    code: str,
    *,
    by: Person,
    narrowing: Narrowing = Narrowing(),
    known_on: date | datetime | None = None,
    cursor: str = "",
    limit: int = PAGE,
) -> RowsPage:
    """Return a page of a register's rows that this person may see, from a cursor of the page before."""
    frame = visible_rows(code, by=by, narrowing=narrowing, known_on=known_on)
    skip = _position(cursor)
    ask = max(1, min(limit, MOST))
    total, page = pl.collect_all([frame.select(pl.len()), frame.slice(skip, ask)])
    count = int(total.item())
    return RowsPage(page, count, str(skip + ask) if skip + ask < count else None)


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    if not cursor.isdecimal() or len(cursor) > 12:
        raise InputError(f"翻页标记“{cursor}”无效。", f"“{cursor}” is not a cursor of this list.")
    return int(cursor)


def visible_rows(
    code: str, *, by: Person, narrowing: Narrowing, known_on: date | datetime | None = None
) -> pl.LazyFrame:
    """Return, lazily, a register's rows that this person may see and that the narrowing keeps, in order of filing."""
    accounts.check(by, permissions.READ_REGISTERS)
    definition = register_of(code)
    frame = scan(code, known_on)
    if frame is None:
        frame = pl.LazyFrame(schema={**dict.fromkeys(definition.names, pl.String), **_EXTRA})
    for condition in [*_own(definition, by), *_conditions(definition, narrowing)]:
        frame = frame.filter(condition)
    return frame.select(*definition.names, *_EXTRA).sort("submission_id", "row_number")


_WORDS = ("text", "code", "place", "enterprise", "gtin")
_EXTRA: dict[str, type[pl.DataType]] = {"submission_id": pl.Int64, "row_number": pl.Int32}


def _own(register: Register, by: Person) -> list[pl.Expr]:
    """Return what limits a person to the own county's rows, or to what the own organisation filed."""
    if accounts.sees_all(by, permissions.READ_REGISTERS):
        return []
    unit = permissions.own_organisation(by)
    if unit is None:
        return [pl.lit(value=False)]
    if unit.kind in ("county", "zone") and unit.place:
        return [pl.col(register.place) == unit.place]
    filed = Submission.objects.filter(register=register.code, organisation=unit).values_list("pk", flat=True)
    return [pl.col("submission_id").is_in(list(filed))]


def _conditions(register: Register, narrowing: Narrowing) -> list[pl.Expr]:
    wanted = []
    if narrowing.place:
        wanted.append(pl.col(register.place) == narrowing.place)
    if narrowing.since:
        wanted.append(pl.col(register.date).cast(pl.Date) >= narrowing.since)
    if narrowing.until:
        wanted.append(pl.col(register.date).cast(pl.Date) <= narrowing.until)
    if narrowing.submission is not None:
        wanted.append(pl.col("submission_id") == narrowing.submission)
    words = [column.name for column in register.columns if column.type in _WORDS]
    if narrowing.search:
        needle = narrowing.search.strip()
        wanted.append(pl.any_horizontal(pl.col(name).str.contains(needle, literal=True) for name in words))
    return wanted
