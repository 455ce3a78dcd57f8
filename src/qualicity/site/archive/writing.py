"""Writes a home into one tar file while it is in use: the database first, then what only grows."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings

from qualicity import __version__
from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.audit import queries as trail
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.submissions import queries as submissions
from qualicity.site.archive import database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.commons.accounts.models import Person

MANIFEST = "manifest.json"
FOLDERS = ("definitions", "files", "findings", "checked", "lake", "packages", "credit")
"""What lies in a home beside its database. The secret key stays at home: a restored copy makes its own."""

FORMAT = 2
"""2: with the evidence archives that were made."""


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that was written."""

    path: Path
    entries: int
    size: int
    sha256: str


class Hashing(io.RawIOBase):
    """A file that is hashed while somebody else reads it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read on, hashing what goes by."""
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def write(path: Path, *, by: Person) -> Written:
    """Write this home into ``path``; the file appears only when it is whole.

    InputError when the file exists or its folder does not; NotPossibleError when a file vanished meanwhile.
    """
    accounts.check(by, "lake.manage")
    if path.exists():
        raise InputError(f"“{path}”已存在，为免覆盖已停止。", f"“{path}” exists already; nothing was overwritten.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"没有目录“{path.parent}”。", f"There is no folder “{path.parent}”.")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.QUALICITY_HOME) as name:
        staging = Path(name)
        # what was recorded belongs to the copy, so it comes before it
        with database.held():
            audit.record(by=by, verb="home.backup", subject="home", detail={"file": path.name})
        with database.held():
            copied = database.copy_to(staging)
            facts = {"versions": dict(submissions.versions()), "audit_head": _head()}
            _link(settings.QUALICITY_HOME / "checked", staging / "checked")
        part = path.with_name(f".{path.name}.part")
        try:
            entries = _pack(part, staging, copied, facts)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return Written(path=path, entries=entries, size=path.stat().st_size, sha256=_sha256(path))


def _head() -> dict[str, object]:
    last = trail.records().first()
    return {"count": last.number if last else 0, "digest": last.digest if last else ""}


def _link(source: Path, target: Path) -> None:
    """Keep what waits for acceptance even if it is accepted, and removed, while the backup is being written."""
    target.mkdir()
    for file in source.glob("*") if source.is_dir() else ():
        try:
            os.link(file, target / file.name)
        except FileNotFoundError:
            continue
        except OSError:  # a file system without links
            shutil.copy2(file, target / file.name)


def _pack(part: Path, staging: Path, copied: Path, facts: dict[str, object]) -> int:
    hashes: dict[str, str] = {}
    with part.open("wb") as raw, tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, file in _entries(staging, copied):
            try:
                hashes[name] = _add(archive, name, file)
            except FileNotFoundError as error:
                raise NotPossibleError(
                    "备份期间有文件被清理，请稍后重新备份。",
                    "A file was cleaned up during the backup; please start it again.",
                ) from error
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "written_at": trail.now().isoformat(),
            "database": copied.name,
            **facts,
            "sha256": hashes,
        }
        content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
        archive.close()
        raw.flush()
        os.fsync(raw.fileno())
    return len(hashes)


def _entries(staging: Path, copied: Path) -> Iterator[tuple[str, Path]]:
    yield copied.name, copied
    for folder in FOLDERS:
        root = (staging if folder == "checked" else settings.QUALICITY_HOME) / folder
        for file in sorted(root.rglob("*")):
            # a checkpoint pointer may name a checkpoint that is newer than this copy; readers do without it
            if file.is_file() and file.name != "_last_checkpoint" and not file.name.endswith((".tmp", ".part")):
                yield f"{folder}/{file.relative_to(root).as_posix()}", file


def _add(archive: tarfile.TarFile, name: str, file: Path) -> str:
    with file.open("rb") as opened:
        info = tarfile.TarInfo(name)
        stat = os.fstat(opened.fileno())
        info.size, info.mtime, info.mode = stat.st_size, int(stat.st_mtime), 0o600
        hashing = Hashing(opened)
        archive.addfile(info, hashing)
    return hashing.digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
