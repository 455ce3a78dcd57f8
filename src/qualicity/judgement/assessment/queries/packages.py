"""The archives that were made of an assessment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotFoundError
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.models import Package

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.judgement.assessment.models import Assessment


def packages_folder() -> Path:
    """Return where archives are kept in the home."""
    return Path(settings.QUALICITY_HOME) / "packages"


def package_path(manifest_sha256: str) -> Path:
    """Return where an archive is kept in the home: under the hash of its manifest."""
    return packages_folder() / f"{manifest_sha256}.zip"


def packages(assessment: Assessment, *, by: Person) -> tuple[Package, ...]:
    """Return the archives of an assessment, the latest first."""
    permissions.check_read(by, assessment)
    return tuple(Package.objects.filter(assessment=assessment).select_related("made_by"))


def package_file(number: int, *, by: Person) -> tuple[Package, Path]:
    """Return an archive and its file; only for who runs assessments, since it holds whole submissions."""
    accounts.check(by, permissions.MANAGE)
    found = Package.objects.select_related("assessment").filter(pk=number).first()
    path = package_path(found.manifest_sha256) if found else None
    if found is None or path is None or not path.is_file():
        raise NotFoundError(
            f"没有编号为 {number} 的证据包，或其文件不在本库（可重新生成，内容相同则逐字节一致）。",
            f"There is no archive {number}, or its file is not in this home (make it anew: the same content gives "
            "the same bytes).",
        )
    return found, path
