"""Writes an evidence archive: streamed, whole or not there at all, the same bytes for the same content."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualicity.engines.archives import manifest
from qualicity.engines.archives.names import check_name
from qualicity.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BLOCK = 1 << 20
#: A fixed moment: when an archive was made is no part of its content.
_MOMENT = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to pack: its name in the archive, and its bytes or the path that they lie at.

    ``sha256``: what the bytes at the path must be; a file that changed on disk stops the packing.
    """

    name: str
    content: bytes | Path
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An archive that was written."""

    path: Path
    files: int
    size: int
    sha256: str
    manifest_sha256: str


class ChangedFileError(InputError):
    """A file that lies in the store is not the one that was filed."""


def write_archive(target: Path, entries: Iterable[Entry], about: Mapping[str, Any]) -> Written:
    """Pack entries, the manifest and the sums into ``target``; the file appears only when it is whole.

    Where ``target`` is a folder, the archive is called there by the hash of its manifest. What a killed packing of
    the same target left behind is removed. Members are stored, not squeezed, so that no library's version decides
    over the bytes. Raises ChangedFileError where a file is not what its hash says, InputError for a name that could
    leave its folder or stands twice.
    """
    is_folder = target.is_dir()
    stem = target / ".archive" if is_folder else target.with_name(f".{target.name}")
    sweep(stem)
    part = stem.with_name(f"{stem.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as raw:
            fcntl.flock(raw, fcntl.LOCK_EX)  # who sweeps sees by it that this packing lives
            files, listed = _pack(raw, sorted(entries, key=lambda one: one.name), about)
            raw.flush()
            os.fsync(raw.fileno())
            with part.open("rb") as written:
                whole = hashlib.file_digest(written, "sha256").hexdigest()
            size = part.stat().st_size
            final = target / f"{listed}.zip" if is_folder else target
            part.replace(final)
    finally:
        part.unlink(missing_ok=True)
    _sync(final.absolute().parent)
    return Written(final, files, size, whole, listed)


def sweep(stem: Path) -> int:
    """Remove the parts of packings that were killed, not of those that live; return how many."""
    pattern = re.compile(rf"{re.escape(stem.name)}\.[0-9a-f]{{32}}\.part")
    swept = 0
    for part in [one for one in stem.parent.iterdir() if pattern.fullmatch(one.name)]:
        try:
            with part.open("rb") as raw:
                fcntl.flock(raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
                part.unlink(missing_ok=True)
                swept += 1
        except (BlockingIOError, FileNotFoundError):
            continue
    return swept


def _pack(raw: Any, entries: list[Entry], about: Mapping[str, Any]) -> tuple[int, str]:
    files: dict[str, manifest.Listed] = {}
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for entry in entries:
            check_name(entry.name)
            if entry.name in files or entry.name in (manifest.NAME, manifest.SUMS):
                raise InputError(f"压缩包内“{entry.name}”重名。", f"“{entry.name}” is there twice in the archive.")
            files[entry.name] = _add(archive, entry)
        listed = manifest.written(files, about)
        archive.writestr(_info(manifest.NAME), listed)
        archive.writestr(_info(manifest.SUMS), manifest.sums(files))
    return len(files), manifest.digest(listed)


def _add(archive: zipfile.ZipFile, entry: Entry) -> manifest.Listed:
    digest, size = hashlib.sha256(), 0
    info = _info(entry.name)
    if isinstance(entry.content, bytes):
        archive.writestr(info, entry.content)
        return manifest.Listed(len(entry.content), manifest.digest(entry.content))
    try:
        info.file_size = entry.content.stat().st_size
        with entry.content.open("rb") as source, archive.open(info, "w", force_zip64=False) as out:
            while block := source.read(_BLOCK):
                digest.update(block)
                size += len(block)
                out.write(block)
    except FileNotFoundError as error:
        raise ChangedFileError(
            f"佐证文件“{entry.name}”已不在库中，未打包。请从备份恢复该文件。",
            f"The file “{entry.name}” is gone from the store; nothing was packed. Restore it from a backup.",
        ) from error
    if entry.sha256 and digest.hexdigest() != entry.sha256:
        raise ChangedFileError(
            f"佐证文件“{entry.name}”与收件时的哈希不符，已被改动，未打包。请从备份恢复该文件。",
            f"The file “{entry.name}” is not what was filed: its hash differs. Nothing was packed; "
            "restore it from a backup.",
        )
    return manifest.Listed(size, digest.hexdigest())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = zipfile.ZIP_STORED
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    return info


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
