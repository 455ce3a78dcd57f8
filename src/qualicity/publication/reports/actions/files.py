"""Issued files: written whole, under the hash of their bytes, before anything points to them."""

from __future__ import annotations

import errno
import hashlib
import os
import uuid
from typing import TYPE_CHECKING

from django.conf import settings

from qualicity.errors import FileError
from qualicity.publication.reports.queries.reports import file_of

if TYPE_CHECKING:
    from pathlib import Path


def keep(data: bytes) -> str:
    """Keep bytes under their hash and return it; a crash leaves at most a file that nothing points to."""
    digest = hashlib.sha256(data).hexdigest()
    target = file_of(digest)
    if target.exists():
        return digest
    home: Path = settings.QUALICITY_HOME
    part = home / "incoming" / uuid.uuid4().hex
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise FileError(
            "服务器磁盘已满，公文未印发。请联系管理员清理空间后重试。",
            "The server's disk is full; nothing was issued. Ask the administrator to make room, then try again.",
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return digest
