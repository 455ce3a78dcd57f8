"""Restores a home from one tar file into an empty folder, and verifies the copy before anybody uses it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as trail
from qualicity.errors import FileError, InputError, IntegrityError, NotPossibleError
from qualicity.evidence.submissions import actions as submissions
from qualicity.evidence.submissions import queries as pointers
from qualicity.site import first_use
from qualicity.site.archive import database
from qualicity.site.archive.writing import FOLDERS, FORMAT, MANIFEST

MAY_BE_THERE = {"secret.key", ".lock"}
BLOCK = 1024**2


@dataclass(frozen=True, slots=True)
class Restored:
    """A home that was restored and verified."""

    home: Path
    entries: int
    records: int
    versions: int
    files: int


def restore(path: Path) -> Restored:
    """Restore the home named by the settings from ``path``.

    InputError when there is no such file, NotPossibleError when the home is in use, FileError when it is no backup
    of ours, IntegrityError when anything in it or about the copy is not as it was recorded.
    """
    if not path.is_file():
        raise InputError(f"没有文件“{path}”。", f"There is no file “{path}”.")
    home: Path = settings.QUALICITY_HOME
    home.mkdir(parents=True, exist_ok=True)
    _check_empty(home)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as name:
        staging = Path(name)
        manifest = _unpack(path, staging)
        database.check_fits(manifest["database"])
        database.check_file(staging / manifest["database"])
        _put_in_place(staging, home, manifest["database"])
    return verify(manifest)


def verify(manifest: dict[str, Any]) -> Restored:
    """Compare the home with what its backup recorded: audit chain, register versions, every file's hash."""
    chain = trail.verify(expected=manifest["audit_head"]["digest"])
    if chain.first_fault is not None:
        raise IntegrityError(chain.first_fault.zh, chain.first_fault.en)
    if dict(pointers.versions()) != manifest["versions"]:
        raise IntegrityError("台账版本与备份时不一致。", "The registers' versions differ from those of the backup.")
    compared = submissions.verify_lake(by=accounts.operator())
    for one in compared:
        if one.fault is not None:
            raise IntegrityError(f"{one.register}：{one.fault.zh}", f"{one.register}: {one.fault.en}")
    files = 0
    for file in (settings.QUALICITY_HOME / "files").rglob("*"):
        if file.is_file():
            files += 1
            if _hash(file) != file.name:
                raise IntegrityError(
                    f"文件 {file.name} 的内容与其摘要不符。", f"File {file.name} is not what its hash says."
                )
    first_use.fill()
    return Restored(
        home=settings.QUALICITY_HOME,
        entries=len(manifest["sha256"]),
        records=chain.count,
        versions=len(compared),
        files=files,
    )


def _check_empty(home: Path) -> None:
    there = sorted(one.name for one in home.iterdir() if one.name not in MAY_BE_THERE)
    if there or not database.is_empty():
        raise NotPossibleError(
            f"数据目录“{home}”不是空的，为免覆盖已停止。请用 --home 指定一个空目录。",
            f"The home “{home}” is not empty; nothing was overwritten. Name an empty folder with --home.",
        )
    if connection.vendor == "sqlite":
        connection.close()
        for rest in home.glob("qualicity.sqlite3*"):  # asking whether it is empty made an empty file
            rest.unlink()


def _unpack(path: Path, staging: Path) -> dict[str, Any]:
    found: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(path, mode="r|") as archive:
            for member in archive:
                _check_name(member)
                source = archive.extractfile(member)
                assert source is not None
                if member.name == MANIFEST:
                    manifest = json.load(source)
                    continue
                target = staging / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                digest = hashlib.sha256()
                with target.open("xb") as file:
                    while piece := source.read(BLOCK):
                        digest.update(piece)
                        file.write(piece)
                found[member.name] = digest.hexdigest()
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise FileError(f"“{path}”不是完整的备份文件。", f"“{path}” is not a whole backup file.") from error
    _check_manifest(manifest, found)
    return manifest


def _check_name(member: tarfile.TarInfo) -> None:
    parts = PurePosixPath(member.name).parts
    known = {database.SQLITE, database.LINES, MANIFEST, *FOLDERS}
    if not member.isfile() or not parts or parts[0] not in known or ".." in parts:
        raise FileError(
            f"备份文件中有不该有的内容：{member.name}", f"The backup file holds what it should not: {member.name}"
        )


def _check_manifest(manifest: dict[str, Any], found: dict[str, str]) -> None:
    if not manifest:
        raise FileError(
            "备份文件没有清单，可能没有写完。", "The backup file has no manifest; it may not have been finished."
        )
    if manifest.get("format", 0) > FORMAT:
        raise FileError(
            f"备份由更新的版本（{manifest.get('version')}）写成，请先升级。",
            f"The backup was written by a newer release ({manifest.get('version')}); upgrade first.",
        )
    recorded = manifest["sha256"]
    wrong = sorted(name for name in recorded.keys() | found.keys() if recorded.get(name) != found.get(name))
    if wrong:
        raise IntegrityError(
            f"备份文件已损坏：{len(wrong)} 个条目与清单不符，如 {wrong[0]}。",
            f"The backup file is damaged: {len(wrong)} entries differ from its manifest, such as {wrong[0]}.",
        )


def _put_in_place(staging: Path, home: Path, name: str) -> None:
    for folder in FOLDERS:
        if (staging / folder).is_dir():
            (staging / folder).replace(home / folder)
    if name == database.SQLITE:
        shutil.move(staging / name, home / name)
        call_command("migrate", interactive=False, verbosity=0)  # a backup of an earlier release is upgraded
    else:
        call_command("migrate", interactive=False, verbosity=0)
        database.load_lines(staging / name)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
