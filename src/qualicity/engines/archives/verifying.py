"""Checks an evidence archive on any machine, whoever packed it: which file was changed, is missing, was added."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from qualicity.engines.archives import manifest
from qualicity.engines.archives.members import length, manifests, members, name_bytes
from qualicity.errors import FileError, IntegrityError

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 20
_OWN = (manifest.NAME, manifest.SUMS)
#: What may be squeezed how: stored, deflate, bzip2, lzma.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found; ``manifest_matches`` is None where nobody said which hash to expect.

    ``unsafe``: names that could leave their folder, stand twice, or hide behind a password; ``hidden`` bytes that
    belong to no file.
    """

    manifest_sha256: str
    manifest_matches: bool | None
    files: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]
    unsafe: tuple[str, ...]
    hidden: int
    about: dict[str, Any]

    @property
    def ok(self) -> bool:
        """Return whether the archive is what its manifest says, and the manifest the one that was expected."""
        faults = self.changed or self.missing or self.added or self.unsafe or self.hidden
        return not faults and self.manifest_matches is not False


def verify(path: Path, *, expect: str = "") -> Verdict:
    """Hold every file of an archive against the manifest inside it, and the manifest against ``expect``.

    FileError when the file is no such archive at all. Nothing is unpacked: each file is read in blocks
    and never more of it than the manifest says, so that a bomb unpacks to nothing. An archive that another tool
    packed again is judged by its content: empty folders and a folder around everything are no difference.
    """
    try:
        with path.open("rb") as raw, zipfile.ZipFile(raw) as archive:
            return _verify(archive, raw, expect.strip().lower())
    except FileNotFoundError as error:
        raise FileError(f"没有文件“{path}”。", f"There is no file “{path}”.") from error
    except _BROKEN as error:
        raise FileError(
            f"“{path.name}”不是完好的 ZIP 压缩包（{error}）。",
            f"“{path.name}” is not a sound ZIP archive ({error}).",
        ) from error


def _verify(archive: zipfile.ZipFile, raw: IO[bytes], expect: str) -> Verdict:
    infos = archive.infolist()
    _check_readable(infos)
    folder, candidates = manifests(infos)
    content = _manifest(archive, candidates)
    files, about = manifest.read(content)
    every = members(infos, raw, folder, files)
    packed = [one for one in every if not one.is_folder]
    names = Counter(one.name for one in packed)
    unsafe = {one.name for one in every if not one.is_plain} | {name for name, times in names.items() if times > 1}
    held = {one.name: one.info for one in packed}
    changed = [
        name for name, one in sorted(files.items())
        if name in held and (name in unsafe or not _is_same(archive, held[name], one))
    ]  # fmt: skip
    if manifest.SUMS in held and not _has_content(archive, held[manifest.SUMS], manifest.sums(files)):
        changed.append(manifest.SUMS)
    if manifest.written(files, about) != content:
        changed.append(manifest.NAME)
    missing = sorted(set(files) - set(held)) + ([] if manifest.SUMS in held else [manifest.SUMS])
    digest = manifest.digest(content)
    return Verdict(
        manifest_sha256=digest, manifest_matches=digest == expect if expect else None, files=len(files),
        changed=tuple(changed), missing=tuple(missing), added=tuple(sorted(set(held) - set(files) - set(_OWN))),
        unsafe=tuple(sorted(unsafe)), hidden=_hidden(archive, raw, infos), about=about,
    )  # fmt: skip


def _check_readable(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > manifest.MOST_FILES:
        raise FileError(
            f"压缩包内文件超过 {manifest.MOST_FILES} 个，未核验。",
            f"The archive holds more than {manifest.MOST_FILES} files and was not verified.",
        )
    strange = next((one for one in infos if one.compress_type not in _METHODS), None)
    if strange is not None:
        raise FileError(
            f"“{strange.filename}”用本机不能读取的方法（{strange.compress_type}）压缩，未核验。"
            "请用“存储”或 Deflate 方法重新打包。",
            f"“{strange.filename}” was squeezed by a method that cannot be read here ({strange.compress_type}); "
            "nothing was verified. Pack it again by the method Store or Deflate.",
        )


def _manifest(archive: zipfile.ZipFile, candidates: list[zipfile.ZipInfo]) -> bytes:
    if len(candidates) != 1:
        raise FileError(
            f"压缩包中没有（或不止一个）{manifest.NAME}，不是证据包。",
            f"The archive has no {manifest.NAME}, or more than one: it is no archive of evidence.",
        )
    try:
        with archive.open(candidates[0]) as stream:
            content = stream.read(manifest.LONGEST_MANIFEST + 1)
    except zipfile.BadZipFile as error:
        raise IntegrityError(
            f"清单 {manifest.NAME} 本身已被改动（校验和不符）。",
            f"{manifest.NAME} itself was changed: its checksum is off.",
        ) from error
    if len(content) > manifest.LONGEST_MANIFEST:
        raise FileError("证据清单过大，未核验。", "The manifest is far too long and was not verified.")
    return content


def _is_same(archive: zipfile.ZipFile, member: zipfile.ZipInfo, listed: manifest.Listed) -> bool:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(member) as stream:
            while block := stream.read(min(_BLOCK, listed.size - size + 1)):
                size += len(block)
                if size > listed.size:
                    return False
                digest.update(block)
    except _BROKEN:
        return False
    return size == listed.size and digest.hexdigest() == listed.sha256


def _has_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, content: bytes) -> bool:
    return _is_same(archive, member, manifest.Listed(len(content), manifest.digest(content)))


def _hidden(archive: zipfile.ZipFile, raw: IO[bytes], infos: list[zipfile.ZipInfo]) -> int:
    """Return how many bytes belong to no file: before, between or after the members, or in a comment."""
    spans = sorted((one.header_offset, one.header_offset + length(raw, one)) for one in infos)
    loose, at = 0, 0
    for start, end in spans:
        loose += abs(start - at)
        at = max(at, end)
    loose += abs(archive.start_dir - at) + len(archive.comment)
    raw.seek(archive.start_dir)
    tail = raw.read()
    directory = sum(46 + len(name_bytes(one)) + len(one.extra) + len(one.comment) for one in infos)
    marker = tail.rfind(b"PK\x05\x06")
    # beyond 4 GB or 65 535 files the directory's end is longer by a record and its locator
    ends = (22, 22 + 76)
    return loose + (
        0 if len(tail) - directory in ends and len(tail) - marker == 22 else abs(len(tail) - marker - 22) or 1
    )
