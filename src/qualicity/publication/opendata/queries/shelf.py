"""What is shown right now: the latest release, less whatever has ended since, asked anew with every change.

Nothing is pushed to this desk when a listing ends or a notice is taken back. Every read looks at the head of the
audit trail; where it moved, and a verb that may end a row is among what is new, the desks are asked again which rows
are still public. Rows with a last day are left out from the day after, in whatever release they stand.
"""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import polars as pl
from django.conf import settings
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, nearest
from qualicity.publication.opendata.models import Release
from qualicity.publication.opendata.queries.sources import SOURCES
from qualicity.publication.opendata.queries.typed import schema_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from qualicity.definitions.open_tables import OpenTable

FOLDER = "opendata"
KeyOf = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """What anybody may see at this moment.

    ``number``: the release, nought before the first; ``ended``: by table, the keys of rows that stand in a release
    and are public no longer; ``stamp``: two editions of the same stamp show the same.
    """

    number: int
    folder: Path
    day: date
    published_at: datetime | None
    manifest: Mapping[str, Any]
    public: Mapping[str, frozenset[KeyOf]]
    simulated: bool
    stamp: str

    def changed_at(self, code: str) -> datetime | None:
        """Return when a table's content last changed; None before it was first let out."""
        told = self.manifest.get("tables", {}).get(code)
        return datetime.fromisoformat(told["changed_at"]) if told else self.published_at


@dataclass(frozen=True, slots=True)
class Shown:
    """One table as it is shown: its definition, its rows, and the row of each key."""

    table: OpenTable
    frame: pl.DataFrame
    at: Mapping[KeyOf, int] = field(repr=False)


@dataclass(slots=True)
class _Seen:
    """The edition that was last found, and what from; a change of the home's own day is in the trail, too."""

    home: str
    head: str
    clock: tuple[str, date]
    count: int
    versions: Mapping[str, Hashable]
    edition: Edition


_lock = threading.Lock()
_seen: list[_Seen] = []
_loading = threading.Lock()
_tables: dict[tuple[str, str], Shown] = {}
_MOST_TABLES = 48
"""Tables that one process holds: those of the edition shown, and of the one before for whoever still reads it."""


def edition() -> Edition:
    """Return what anybody may see at this moment."""
    home, head = str(settings.QUALICITY_HOME), audit.head()
    clock = (os.environ.get("QUALICITY_TODAY", ""), timezone.localdate())
    last = _seen[0] if _seen else None
    if last and (last.home, last.head, last.clock) == (home, head, clock):
        return last.edition
    with _lock:
        count, day = audit.count(), registry.today()
        versions = {code: one.version(day) for code, one in SOURCES.items() if one.version}
        found = _edition(Path(home), day, _keys(last, home, day, versions))
        _seen[:] = [_Seen(home, head, clock, count, versions, found)]
    return found


def table_of(code: str) -> OpenTable:
    """Return the definition of an open table; NotFoundError names the nearest."""
    known = catalogue().open_tables
    if code in known:
        return known[code]
    like = nearest(code, known)
    raise NotFoundError(
        f"没有开放数据表“{code[:60]}”。" + (f"是否指“{like}”？" if like else ""),
        f"There is no open table “{code[:60]}”." + (f" Did you mean “{like}”?" if like else ""),
    )


def shown(now: Edition, code: str) -> Shown:
    """Return a table as an edition shows it."""
    table = table_of(code)
    known = _tables.get((now.stamp, code))
    if known and known.table is table:
        return known
    with _loading:
        known = _tables.get((now.stamp, code))
        if known and known.table is table:
            return known
        found = _shown(table, now.folder, now.day, now.public.get(code))
        _tables[now.stamp, code] = found
        # dictionaries keep their order: the first is the oldest
        while len(_tables) > _MOST_TABLES:
            _tables.pop(next(iter(_tables)), None)
    return found


def shown_of_release(now: Edition, folder: Path, code: str) -> pl.DataFrame:
    """Return a table of an earlier release, less what has ended since and what today's definition no longer names."""
    return _still_public(table_of(code), folder, now.day, now.public.get(code))


def _shown(table: OpenTable, folder: Path, day: date, public: frozenset[KeyOf] | None) -> Shown:
    frame = _still_public(table, folder, day, public)
    keys = frame.select(table.key).iter_rows()
    return Shown(table, frame, MappingProxyType({key: number for number, key in enumerate(keys)}))


def _still_public(table: OpenTable, folder: Path, day: date, public: frozenset[KeyOf] | None) -> pl.DataFrame:
    path = folder / f"{table.code}.parquet"
    if not path.is_file():
        return pl.DataFrame(schema=schema_of(table))
    frame = pl.read_parquet(path)
    held = [code for code in table.codes if code in frame.columns]
    missing = [pl.lit(None, dtype=kind).alias(code) for code, kind in schema_of(table).items() if code not in held]
    frame = frame.select(held).with_columns(missing).select(table.codes)
    if table.ends:
        frame = frame.filter(pl.col(table.ends).is_null() | (pl.col(table.ends) >= day))
    if public is not None and set(table.key) <= set(held):
        frame = frame.filter(
            pl.Series([key in public for key in frame.select(table.key).iter_rows()], dtype=pl.Boolean)
        )
    return frame


def _keys(
    last: _Seen | None, home: str, day: date, versions: Mapping[str, Hashable]
) -> Mapping[str, frozenset[KeyOf]]:
    """Return by table the keys of what is public now, where a row may end early; kept while none could have."""
    known = last if last and (last.home, last.edition.day) == (home, day) else None
    found: dict[str, frozenset[KeyOf]] = {}
    for code, table in catalogue().open_tables.items():
        source = SOURCES[table.source]
        if not source.may_end:
            continue
        if known and code in known.edition.public and not _may_have_ended(table.source, known, versions):
            found[code] = known.edition.public[code]
            continue
        rows = source.read(day, accounts.operator())
        found[code] = frozenset(tuple(row[part] for part in table.key) for row in rows)
    return found


def _may_have_ended(name: str, last: _Seen, versions: Mapping[str, Hashable]) -> bool:
    if name in versions:
        return versions[name] != last.versions.get(name)
    return audit.did(SOURCES[name].ended_by, after=last.count)


def _edition(home: Path, day: date, public: Mapping[str, frozenset[KeyOf]]) -> Edition:
    release = Release.objects.first()
    ended = hashlib.sha256(repr([(code, sorted(map(repr, keys))) for code, keys in sorted(public.items())]).encode())
    number, folder = (release.number, release.folder) if release else (0, "none")
    simulated = registry.is_simulated()
    stamp = hashlib.sha256(f"{home}|{number}|{folder}|{day}|{simulated}|{ended.hexdigest()}".encode()).hexdigest()
    return Edition(
        number=number,
        folder=home / FOLDER / folder,
        day=day,
        published_at=release.published_at if release else None,
        manifest=release.manifest if release else {},
        public=MappingProxyType(dict(public)),
        simulated=simulated,
        stamp=stamp[:20],
    )
