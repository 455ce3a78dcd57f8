"""Where the desk keeps its files under the home: uploads, findings, checked rows, the lake."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def _home() -> Path:
    return Path(settings.QUALICITY_HOME)


def file_path(sha256: str) -> Path:
    """Return where the file with this hash is kept."""
    return _home() / "files" / sha256[:2] / sha256


def findings_path(submission_id: int) -> Path:
    """Return where a submission's findings are kept."""
    return _home() / "findings" / f"{submission_id}.parquet"


def rows_path(submission_id: int) -> Path:
    """Return where a submission's checked rows wait for acceptance."""
    return _home() / "checked" / f"{submission_id}.parquet"


def incoming_folder() -> Path:
    """Return the folder of the files that are not stored yet."""
    return _home() / "incoming"


def incoming_path(token: str) -> Path:
    """Return where a file lies while it is read, before anything is stored."""
    return incoming_folder() / token


def lake_path() -> Path:
    """Return the root of the lake."""
    return _home() / "lake"
