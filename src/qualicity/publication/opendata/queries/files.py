"""Tables as files: as they were let out, or, where a row has ended since, written anew without it."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from qualicity.engines.tables import exports
from qualicity.errors import NotFoundError
from qualicity.publication.opendata.models import Release
from qualicity.publication.opendata.queries import typed
from qualicity.publication.opendata.queries.shelf import Edition, shown, shown_of_release, table_of

if TYPE_CHECKING:
    from qualicity.definitions.open_tables import OpenTable

FORMS = ("parquet", "csv", "json")
KINDS = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Download:
    """One file to be had: where it lies, its kind, its digest."""

    path: Path
    name: str
    kind: str
    sha256: str


def download(code: str, form: str, *, now: Edition) -> Download:
    """Return a table as a file, as it is shown now."""
    table = table_of(code)
    _check_form(form)
    told = now.manifest.get("tables", {}).get(code)
    frame = shown(now, code).frame
    if told and frame.height == told["rows"] and list(frame.columns) == told["fields"]:
        path = now.folder / f"{code}.{form}"
        return Download(path, path.name, KINDS[form], told["files"][form]["sha256"])
    return _anew(now, table, frame, form, "")


def download_of_release(number: int, code: str, form: str, *, now: Edition) -> Download:
    """Return a table of an earlier release as a file, without whatever has ended since."""
    table = table_of(code)
    _check_form(form)
    release = Release.objects.filter(number=number).first()
    if release is None or code not in release.manifest["tables"]:
        raise NotFoundError("没有这一版数据。", "There is no such release.")
    told = release.manifest["tables"][code]
    folder = now.folder.parent / release.folder
    frame = shown_of_release(now, folder, code)
    if frame.height == told["rows"] and list(frame.columns) == told["fields"]:
        return Download(folder / f"{code}.{form}", f"{code}.{form}", KINDS[form], told["files"][form]["sha256"])
    return _anew(now, table, frame, form, f"{number}-")


def written(table: OpenTable, frame: pl.DataFrame, form: str) -> bytes:
    """Return a table as the bytes of a download: Parquet that holds nothing but its columns, CSV, or JSON."""
    if form == "parquet":
        target = io.BytesIO()
        frame.write_parquet(target)
        return target.getvalue()
    if form == "csv":
        return exports.to_csv(typed.with_dates_written(table, frame))
    return typed.to_json(table, frame)


def _anew(now: Edition, table: OpenTable, frame: pl.DataFrame, form: str, prefix: str) -> Download:
    """Write a file for this edition alone; files of editions that are over are taken away."""
    folder = now.folder.parent / "shown" / now.stamp
    path = folder / f"{prefix}{table.code}.{form}"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{os.getpid()}-{threading.get_ident()}-{path.name}")
        draft.write_bytes(written(table, frame, form))
        draft.replace(path)
        _sweep(folder)
    return Download(path, f"{table.code}.{form}", KINDS[form], hashlib.sha256(path.read_bytes()).hexdigest())


def _sweep(folder: Path) -> None:
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _check_form(form: str) -> None:
    if form not in FORMS:
        raise NotFoundError(
            f"没有这种格式；可用：{'、'.join(FORMS)}。", f"There is no such format; there are: {', '.join(FORMS)}."
        )
