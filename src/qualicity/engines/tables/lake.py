"""The lake: every register as one versioned table on disk. This is its only door."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pyarrow as pa
from deltalake import DeltaTable, PostCommitHookProperties, write_deltalake

from qualicity.errors import IntegrityError, NotFoundError

# Time travel must work for as long as the data are kept: the log of a table never expires by itself.
_CONFIGURATION = {
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.enableExpiredLogCleanup": "false",
    # To open a table means to read every commit since the last checkpoint; the default of 100 makes that slow.
    "delta.checkpointInterval": "10",
}
_AFTER_COMMIT = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)
_NAME = re.compile(r"^[a-z0-9][a-z0-9_-]{0,59}$")
_COMMIT = re.compile(r"^(\d{20})\.json$")
_KEPT_SNAPSHOTS = 128


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What one version consists of; a version never changes, so this is asked of the log once.

    ``delta`` stands at the version until something is written with it, and then at the one after.
    """

    files: tuple[str, ...]
    schema: pl.Schema
    delta: DeltaTable


#: Path, version, and the stamp of its commit.
_Key = tuple[str, int, int, int]
_SNAPSHOTS: dict[_Key, _Snapshot] = {}


@dataclass(frozen=True, slots=True)
class Lake:
    """Tables of evidence under one folder, each a Delta table whose versions stay readable.

    Unpartitioned, no deletion vectors, no column mapping: any engine reads the Parquet files of a version. Which
    version counts is not decided here; a writer names the version that it ``expected`` to build on, and
    IntegrityError is raised where the table has moved.
    """

    root: Path

    def exists(self, table: str) -> bool:
        """Say whether the table has been created (a folder without a first commit has not)."""
        return self._newest(table) is not None

    def create(self, table: str, schema: pl.Schema) -> int:
        """Create an empty table and return its version; an existing table is left as it is."""
        if self.exists(table):
            return self.head(table)
        self._path(table).mkdir(parents=True, exist_ok=True)
        created = DeltaTable.create(
            self._path(table),
            schema=pl.DataFrame(schema=schema).to_arrow(compat_level=pl.CompatLevel.oldest()).schema,
            name=table,
            configuration=_CONFIGURATION,
        )
        return int(created.version())

    def head(self, table: str) -> int:
        """Return the newest version on disk, which may be an orphan that no database knows."""
        newest = self._newest(table)
        if newest is None:
            raise _no_table(table)
        return newest

    def append(self, table: str, frame: pl.DataFrame, *, expected: int) -> int:
        """Add rows in one commit and return the new version; a column that is new to the table comes with them."""
        delta = self._at_head(table, expected)
        write_deltalake(
            delta,
            self._arrow(table, frame),
            mode="append",
            schema_mode="merge",
            post_commithook_properties=_AFTER_COMMIT,
        )
        return self._moved(table, expected, delta)

    def replace(self, table: str, frame: pl.DataFrame, *, submission_id: int, expected: int) -> int:
        """Put rows in the place of all rows of one submission, in one commit, and return the new version."""
        delta = self._at_head(table, expected)
        # Delta checks that what is written satisfies the predicate, and a correction carries its own number.
        numbers = {int(submission_id), *frame.get_column("submission_id").to_list()}
        predicate = f"submission_id IN ({', '.join(str(number) for number in sorted(numbers))})"
        write_deltalake(
            delta,
            self._arrow(table, frame),
            mode="overwrite",
            schema_mode="merge",
            predicate=predicate,
            post_commithook_properties=_AFTER_COMMIT,
        )
        return self._moved(table, expected, delta)

    def restore(self, table: str, version: int) -> int:
        """Make the content of an earlier version the newest again and return the new version (same if already so)."""
        delta = self._open(table)
        if delta.version() == version:
            return version
        delta.restore(version)
        return int(self._open(table).version())

    def compact(self, table: str, *, expected: int) -> int:
        """Merge small files into few and return the version (unchanged where there was nothing to merge)."""
        delta = self._at_head(table, expected)
        delta.optimize.compact(post_commithook_properties=_AFTER_COMMIT)
        moved = self.head(table)
        if moved not in (expected, expected + 1):
            raise _somebody_else(table, expected, moved)
        return moved

    def vacuum(self, table: str, *, keep: Iterable[int]) -> int:
        """Delete the data files that none of the kept versions (nor the newest) needs; return how many.

        Makes no commit, so that the versions stay as they are. Left-overs of a crashed write go too.
        """
        kept = {self.head(table), *keep}
        needed = {Path(file) for version in kept for file in self.files(table, version)}
        doomed = [file for file in self._path(table).glob("*.parquet") if file.resolve() not in needed]
        for file in doomed:
            file.unlink()
        return len(doomed)

    def scan(self, table: str, version: int) -> pl.LazyFrame:
        """Return the rows of one version, lazily, in the columns of the table."""
        found = self._snapshot(table, version)
        if not found.files:
            return pl.LazyFrame(schema=found.schema)
        # A column that the table gained later is empty in the files before it.
        return pl.scan_parquet(list(found.files), schema=found.schema, glob=False, missing_columns="insert")

    def schema(self, table: str, version: int) -> pl.Schema:
        """Return the columns of one version."""
        return self._snapshot(table, version).schema

    def files(self, table: str, version: int) -> tuple[str, ...]:
        """Return the paths of the Parquet files of one version."""
        return self._snapshot(table, version).files

    def rows(self, table: str, version: int) -> int:
        """Return the number of rows of one version."""
        return int(self.scan(table, version).select(pl.len()).collect().item())

    def _path(self, table: str) -> Path:
        assert _NAME.match(table), f"not a table name: {table!r}"
        return self.root / table

    def _newest(self, table: str) -> int | None:
        """Return the number of the last commit in the log; a commit appears there whole or not at all."""
        log = self._path(table) / "_delta_log"
        if not log.is_dir():
            return None
        names = os.listdir(log)  # noqa: PTH208 - asked often, and a path object for each name costs more than the asking
        return max((int(found[1]) for name in names if (found := _COMMIT.match(name))), default=None)

    def _open(self, table: str) -> DeltaTable:
        if not self.exists(table):
            raise _no_table(table)
        return DeltaTable(str(self._path(table)))

    def _snapshot(self, table: str, version: int) -> _Snapshot:
        if not self.exists(table):
            raise _no_table(table)
        key = self._key(table, version)
        return _SNAPSHOTS.get(key) or _keep(key, DeltaTable(key[0], version=version))

    def _key(self, table: str, version: int) -> _Key:
        path = self._path(table)
        commit = path / "_delta_log" / f"{version:020d}.json"
        # A home that was restored or rebuilt in the same place has other commits of the same numbers.
        stamp = (commit.stat().st_mtime_ns, commit.stat().st_ino) if commit.is_file() else (0, 0)
        return str(path), version, *stamp

    def _at_head(self, table: str, expected: int) -> DeltaTable:
        head = self.head(table)
        if head != expected:
            raise _somebody_else(table, expected, head)
        delta = self._snapshot(table, head).delta
        return delta if delta.version() == expected else self._open(table)

    def _moved(self, table: str, expected: int, delta: DeltaTable) -> int:
        head = self.head(table)
        if head != expected + 1:
            raise _somebody_else(table, expected + 1, head)
        if delta.version() == head:
            _keep(self._key(table, head), delta)
        return head

    def _typed(self, table: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame in the columns of the table, and after them those that the table gains by it."""
        schema = self._snapshot(table, self.head(table)).schema
        missing = [name for name in schema.names() if name not in frame.columns]
        assert not missing, f"columns missing for {table}: {missing}"
        new = [pl.col(name) for name in frame.columns if name not in schema]
        return frame.select(*(pl.col(name).cast(dtype) for name, dtype in schema.items()), *new)

    def _arrow(self, table: str, frame: pl.DataFrame) -> pa.Table:
        return self._typed(table, frame).to_arrow(compat_level=pl.CompatLevel.oldest())


def _keep(key: _Key, delta: DeltaTable) -> _Snapshot:
    """Remember what a version consists of; the oldest are forgotten."""
    arrow = pa.schema(delta.schema().to_arrow())
    # Unpartitioned: every file lies in the table's own folder.
    folder = str(Path(key[0]).resolve())
    files = sorted(f"{folder}/{unquote(uri.rsplit('/', 1)[-1])}" for uri in delta.file_uris())
    found = _Snapshot(files=tuple(files), schema=pl.DataFrame(arrow.empty_table()).schema, delta=delta)
    while len(_SNAPSHOTS) >= _KEPT_SNAPSHOTS:
        _SNAPSHOTS.pop(next(iter(_SNAPSHOTS)), None)
    _SNAPSHOTS[key] = found
    return found


def _no_table(table: str) -> NotFoundError:
    return NotFoundError(f"数据湖中没有表“{table}”。", f"The lake has no table “{table}”.")


def _somebody_else(table: str, expected: int, found: int) -> IntegrityError:
    return IntegrityError(
        f"表“{table}”应为第{expected}版，实际为第{found}版：有另一次写入，请重试；若反复出现，请用数据库记录的版本恢复。",
        f"Table “{table}” should be at version {expected} but is at {found}: something else wrote to it. Try again; "
        "if it persists, restore the version that the database records.",
    )
