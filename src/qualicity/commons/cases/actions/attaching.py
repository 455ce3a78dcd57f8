"""Files of a case: hashed on the way in and kept under their hash, in the same folder as the files of submissions."""

from __future__ import annotations

import errno
import hashlib
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import permissions
from qualicity.commons.cases.actions.writing import at_day, check_open, write
from qualicity.commons.cases.models import Attachment, Case
from qualicity.commons.cases.queries.cases import file_of
from qualicity.commons.registry import queries as registry
from qualicity.errors import FileError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualicity.commons.accounts.models import Person

Evidence = Attachment | int | str | Path | UploadedFile  # type: ignore[type-arg]
"""A file that the case has (itself or its number), a reference ``kind:code``, or a file to be added."""

BLOCK = 1 << 20


@transaction.atomic
def attach(*, case: Case, file: Path | UploadedFile[Any], by: Person, name: str = "", note: str = "") -> Attachment:
    """Add a file to a case; the same bytes again give the file that is there.

    It changes no state, so whoever is looking at the case need not look again.
    """
    if not permissions.is_enterprise_of(by, case):
        accounts.check(by, permissions.ACT)
    fresh = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    permissions.check_read(by, fresh)
    check_open(fresh)
    added, is_new = _add(fresh, file, by, name=name, note=note)
    if is_new:
        _moment, day = at_day(None)
        write(fresh, code="attach", by=by, on=day, evidence=[_shown(added)])
    return added


def as_evidence(case: Case, evidence: Sequence[Evidence], by: Person) -> list[dict[str, Any]]:
    """Return what the trail keeps of each piece of evidence; files are added on the way."""
    known = {one.pk: one for one in Attachment.objects.filter(case=case)}
    shown: list[dict[str, Any]] = []
    for one in evidence:
        if isinstance(one, str):
            if ":" not in one or len(one) > 200:
                raise InputError(f"佐证“{one}”应写作“类别:代码”。", f"Evidence “{one}” must be written kind:code.")
            shown.append({"ref": one})
        elif isinstance(one, Path | UploadedFile):
            if not permissions.is_enterprise_of(by, case):
                accounts.check(by, permissions.ACT)
            shown.append(_shown(_add(case, one, by)[0]))
        else:
            number = one if isinstance(one, int) else one.pk
            if number not in known:
                raise InputError(f"该事项没有编号为 {number} 的材料。", f"This case has no file {number}.")
            shown.append(_shown(known[number]))
    return shown


def _shown(attachment: Attachment) -> dict[str, Any]:
    return {"attachment": attachment.pk, "name": attachment.name, "sha256": attachment.sha256}


def _add(
    case: Case, file: Path | UploadedFile[Any], by: Person, *, name: str = "", note: str = ""
) -> tuple[Attachment, bool]:
    title = Path(name or file.name or "file").name[:255]
    digest, size = _keep(file)
    if size == 0:
        raise FileError(f"文件“{title}”是空的。", f"The file “{title}” is empty.")
    return Attachment.objects.get_or_create(
        case=case, sha256=digest,
        defaults={"size": size, "name": title, "note": note.strip()[:300], "added_by": by,
                  "added_at": registry.moment()},
    )  # fmt: skip


def _keep(file: Path | UploadedFile[Any]) -> tuple[str, int]:
    """Copy a file into the home while hashing it, and move it to its place; a full disk is said in words."""
    part = Path(settings.QUALICITY_HOME) / "incoming" / uuid.uuid4().hex
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            digest, size = _copy(file, out)
            out.flush()
            os.fsync(out.fileno())
        target = file_of(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            part.replace(target)
        return digest, size
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise FileError(
            "服务器磁盘已满，文件未保存。请联系管理员清理空间后重试。",
            "The server's disk is full; nothing was stored. Ask the administrator to make room, then try again.",
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _copy(file: Path | UploadedFile[Any], out: BinaryIO) -> tuple[str, int]:
    digest, size, limit = hashlib.sha256(), 0, int(settings.QUALICITY_MAX_UPLOAD)
    for block in _blocks(file):
        size += len(block)
        if size > limit:
            raise FileError(
                f"文件超过 {limit / 1e6:.0f} MB 的上限，未收下。",
                f"The file is larger than the limit of {limit / 1e6:.0f} MB and was not taken.",
            )
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
