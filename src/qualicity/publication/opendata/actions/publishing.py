"""A release: written to a new folder, read back, and shown by one transaction or not at all."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import IntegrityError, StaleError
from qualicity.publication.opendata import permissions
from qualicity.publication.opendata.actions.building import build
from qualicity.publication.opendata.models import Release
from qualicity.publication.opendata.queries import typed
from qualicity.publication.opendata.queries.files import FORMS, written
from qualicity.publication.opendata.queries.shelf import FOLDER, edition, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.commons.accounts.models import Person

logger = logging.getLogger(__name__)
ABANDONED_AFTER = timedelta(days=1)
"""When a folder that no release names is taken for the leavings of a publication that was cut short."""


def publish(*, by: Person) -> Release:
    """Let every open table out as it is today, and return the release; the last one where nothing has changed.

    The files are written and read back before the database says anything of them. Where what was read back is not
    what was approved, IntegrityError is raised, the trail says so, and the release before stays.
    """
    accounts.check(by, permissions.PUBLISH)
    day, at = registry.today(), registry.moment()
    before = Release.objects.first()
    frames = build(day=day, by=by)
    manifest = _manifest(frames, before, at)
    if before and _says(before.manifest) == _says(manifest) and _is_whole(before):
        return before
    folder = _write(frames, manifest)
    _check(folder, build(day=day, by=by), by)
    with transaction.atomic():
        latest = Release.objects.select_for_update().first()
        if latest != before:
            raise StaleError(
                "另有人刚刚发布了新版本，请查看后再试。", "Somebody published just now: look at it and try again."
            )
        release = Release.objects.create(
            number=before.number + 1 if before else 1,
            folder=folder.name,
            day=day,
            published_at=at,
            published_by=by,
            manifest=manifest,
        )
        detail = {
            "number": release.number,
            "tables": {code: one["digest"] for code, one in manifest["tables"].items()},
        }
        audit.record(by=by, verb="opendata.publish", subject=f"release:{release.number}", detail=detail)
    _sweep()
    if faults := check(by=by):
        logger.error("release %s is not shown as it was approved: %s", release.number, ", ".join(faults))
    return release


def check(*, by: Person) -> tuple[str, ...]:
    """Return the tables of which what is shown is not what is approved today; where there are any, the trail says so.

    A difference that is no fault is a change since the release: publishing anew takes it in.
    """
    accounts.check(by, permissions.PUBLISH)
    now = edition()
    approved = build(day=now.day, by=by)
    found = tuple(code for code, frame in approved.items() if not shown(now, code).frame.equals(frame))
    if found:
        with transaction.atomic():
            detail = {"tables": list(found)}
            audit.record(by=by, verb="opendata.differs", subject=f"release:{now.number}", detail=detail)
    return found


def home_of(folder: str) -> Path:
    """Return where the files of a release are."""
    return Path(settings.QUALICITY_HOME) / FOLDER / folder


def _manifest(frames: Mapping[str, pl.DataFrame], before: Release | None, at: datetime) -> dict[str, Any]:
    old = before.manifest["tables"] if before else {}
    tables = {}
    for code, frame in frames.items():
        digest = typed.digest_of(frame)
        same = code in old and old[code]["digest"] == digest
        changed_at = old[code]["changed_at"] if same else at.isoformat()
        tables[code] = {"rows": frame.height, "digest": digest, "changed_at": changed_at, "fields": frame.columns}
    return {"tables": tables, "before": before.number if before else 0, "changes": _changes(frames, old, before)}


def _says(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {code: one["digest"] for code, one in manifest["tables"].items()}


def _changes(
    frames: Mapping[str, pl.DataFrame], old: Mapping[str, Any], before: Release | None
) -> list[dict[str, Any]]:
    """Return what changed since the release before, in numbers only: a row that went must not be named for ever."""
    found = []
    for code, frame in frames.items():
        if code not in old:
            found.append({"table": code, "what": "new", "rows": frame.height})
            continue
        then, now = old[code]["fields"], frame.columns
        gained, lost = [one for one in now if one not in then], [one for one in then if one not in now]
        if gained or lost:
            found.append({"table": code, "what": "schema", "gained": gained, "lost": lost})
        elif old[code]["digest"] != typed.digest_of(frame) and before:
            found.append({"table": code, "what": "rows", **_counts(code, frame, before)})
    found += [{"table": code, "what": "gone"} for code in old if code not in frames]
    return found


def _counts(code: str, frame: pl.DataFrame, before: Release) -> dict[str, int]:
    path = home_of(before.folder) / f"{code}.parquet"
    if not path.is_file():
        return {"rows": frame.height}
    key = list(catalogue().open_tables[code].key)
    then = pl.read_parquet(path)
    added = frame.join(then, on=key, how="anti").height
    removed = then.join(frame, on=key, how="anti").height
    same = frame.join(then, on=frame.columns, how="semi", nulls_equal=True).height
    return {"added": added, "removed": removed, "changed": frame.height - added - same}


def _write(frames: Mapping[str, pl.DataFrame], manifest: dict[str, Any]) -> Path:
    """Write the files of a release to a new folder, down to the disk, and note their digests in the manifest."""
    folder = home_of(f"{timezone.now():%Y%m%d}-{secrets.token_hex(6)}")
    folder.mkdir(parents=True)
    for code, frame in frames.items():
        table = catalogue().open_tables[code]
        files = {form: written(table, frame, form) for form in FORMS}
        for form, content in files.items():
            _put(folder / f"{code}.{form}", content)
        manifest["tables"][code]["files"] = {
            form: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for form, content in files.items()
        }
    _put(folder / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    for one in (folder, folder.parent):
        _sync(one)
    return folder


def _check(folder: Path, approved: Mapping[str, pl.DataFrame], by: Person) -> None:
    """Read every file back and hold it against what is approved; otherwise sound the alarm and let nothing out."""
    faults = []
    for code, frame in approved.items():
        table = catalogue().open_tables[code]
        read = {
            "parquet": pl.read_parquet(folder / f"{code}.parquet"),
            "csv": typed.from_csv(table, (folder / f"{code}.csv").read_bytes()),
            "json": typed.from_json(table, (folder / f"{code}.json").read_bytes()),
        }
        faults += [f"{code}.{form}" for form, found in read.items() if not found.equals(frame)]
    if not faults:
        return
    with transaction.atomic():
        audit.record(by=by, verb="opendata.alarm", subject=f"release:{folder.name}", detail={"files": faults})
    logger.error("the release in %s is not what was approved: %s", folder, ", ".join(faults))
    raise IntegrityError(
        f"写出的文件与批准的内容不一致，未发布：{'、'.join(faults)}。",
        f"What was written is not what was approved, so nothing was published: {', '.join(faults)}.",
    )


def _is_whole(release: Release) -> bool:
    folder = home_of(release.folder)
    return all((folder / f"{code}.{form}").is_file() for code in release.manifest["tables"] for form in FORMS)


def _sweep() -> None:
    """Take away folders that no release names and that nobody can still be writing to."""
    known = set(Release.objects.values_list("folder", flat=True))
    limit = (timezone.now() - ABANDONED_AFTER).timestamp()
    for folder in home_of("").iterdir():
        if folder.is_dir() and folder.name not in known and folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
