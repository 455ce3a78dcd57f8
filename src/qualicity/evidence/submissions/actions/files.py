"""Taking files in: streamed to disk under a size limit, hashed on the way, kept for ever under their hash."""

from __future__ import annotations

import errno
import hashlib
import os
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from qualicity.errors import FileError
from qualicity.evidence.submissions.actions.durability import to_disk
from qualicity.evidence.submissions.queries.paths import file_path, incoming_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that lies on disk and is not stored yet."""

    path: Path
    token: str
    sha256: str
    size: int


def limit() -> int:
    """Return the largest file in bytes that is taken in."""
    return int(settings.QUALICITY_MAX_UPLOAD)


def take_in(file: Path | UploadedFile[Any]) -> Incoming:
    """Copy a file to the home while hashing it; FileError when it is larger than allowed, by header or by bytes."""
    announced = file.size if isinstance(file, UploadedFile) else file.stat().st_size
    _check_size(announced or 0)
    token = uuid.uuid4().hex
    target = incoming_path(token)
    with room_on_disk(), discarded_on_error(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            digest, size = _copy(file, out)
            out.flush()
            to_disk(out.fileno())
    return Incoming(target, token, digest, size)


def _copy(file: Path | UploadedFile[Any], out: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for block in _blocks(file):
        size += len(block)
        # The header may lie: count what really comes.
        _check_size(size)
        digest.update(block)
        out.write(block)
    return digest.hexdigest(), size


def _blocks(file: Path | UploadedFile[Any]) -> Iterator[bytes]:
    if isinstance(file, UploadedFile):
        yield from file.chunks(BLOCK)
        return
    with file.open("rb") as source:
        while block := source.read(BLOCK):
            yield block


def _check_size(size: int) -> None:
    if size > limit():
        raise FileError(
            f"文件超过 {limit() / 1e6:.0f} MB 的上限，未收下。请按期间或地区拆分后分别报送。",
            f"The file is larger than the limit of {limit() / 1e6:.0f} MB and was not taken. "
            "Split it by period or place and file the parts.",
        )


def keep(incoming: Incoming) -> Path:
    """Move a file to its place under its hash; the same bytes are kept once."""
    target = file_path(incoming.sha256)
    with room_on_disk():
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            incoming.path.unlink()
        else:
            incoming.path.replace(target)
            sync_folder(target.parent)
    return target


def write_frame(frame: pl.DataFrame, target: Path) -> None:
    """Write a frame so that the file is either whole or absent."""
    part = target.with_suffix(f".{uuid.uuid4().hex}.part")
    with room_on_disk(), discarded_on_error(part):
        target.parent.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(part, compression="zstd", compression_level=1, statistics=False)
        with part.open("rb") as written:
            to_disk(written.fileno())
        part.replace(target)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        to_disk(handle)
    finally:
        os.close(handle)


@contextmanager
def discarded_on_error(path: Path) -> Iterator[None]:
    """Remove a half-written file when writing it fails."""
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def room_on_disk() -> Iterator[None]:
    """Turn a full disk into a sentence: nothing was stored, and what to do."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT) and "No space left" not in str(error):
            raise
        raise FileError(
            "服务器磁盘已满，文件未保存，原有数据不受影响。请联系管理员清理空间后重试。",
            "The server's disk is full. Nothing was stored and what was there is untouched. "
            "Ask the administrator to make room, then try again.",
        ) from error
