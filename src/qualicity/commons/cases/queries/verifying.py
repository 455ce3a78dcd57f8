"""Whether the files of cases are there and as they came."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases.models import Attachment
from qualicity.commons.cases.queries.cases import file_of
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """One file that is gone, or no longer what was added."""

    case: int
    file: int
    name: str
    sha256: str
    fault: Text


def verify_files(*, by: Person) -> tuple[int, tuple[DamagedFile, ...]]:
    """Hash every file of every case again; return how many there are, and those that are damaged."""
    accounts.check(by, "lake.manage")
    count, damaged = 0, []
    for one in Attachment.objects.order_by("pk").iterator(chunk_size=2000):
        count += 1
        fault = _fault(one)
        if fault is not None:
            damaged.append(DamagedFile(one.case_id, one.pk, one.name, one.sha256, fault))
    return count, tuple(damaged)


def _fault(one: Attachment) -> Text | None:
    path = file_of(one.sha256)
    if not path.is_file():
        return Text("文件不在，请从备份恢复", "the file is gone; restore it from a backup")
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == one.sha256
    return None if same else Text("文件内容已被改动", "the file was altered")
