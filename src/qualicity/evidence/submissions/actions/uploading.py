"""Large files sent by page are read in the background; small ones at once."""

from __future__ import annotations

import fcntl
import hashlib
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.module_loading import import_string

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.errors import QualicityError, Text
from qualicity.evidence.submissions import permissions
from qualicity.evidence.submissions.actions.files import take_in
from qualicity.evidence.submissions.actions.receiving import check_request, receive
from qualicity.evidence.submissions.models import Submission, Upload
from qualicity.evidence.submissions.queries.moments import now
from qualicity.evidence.submissions.queries.paths import incoming_folder, incoming_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.periods import Period

AT_ONCE = 5_000_000
"""Bytes up to which a page reads a file while the person waits."""

TASK = "qualicity.evidence.submissions.tasks.read_upload"
OPEN = (Upload.Stage.WAITING, Upload.Stage.READING)
DAY = 24 * 3600
MOST_ATTEMPTS = 3
"""A file that three readers died of is not tried a fourth time: it may be what kills them."""

UNFORESEEN = Text(
    "读取时发生意外错误，文件未入库。请联系管理员查看日志。",
    "Reading failed in an unforeseen way; nothing was stored. Ask the administrator for the log.",
)
GIVEN_UP = Text(
    f"读取 {MOST_ATTEMPTS} 次均被中断，文件未入库。请按期间或地区拆分后分别报送，或联系管理员查看后台进程。",
    f"Reading was broken off {MOST_ATTEMPTS} times; nothing was stored. Split the file by period or place, or ask "
    "the administrator what stops the worker.",
)


def receive_or_enqueue(
    *,
    register: str,
    organisation: Organisation,
    period: Period,
    file: UploadedFile[Any],
    by: Person,
    profile: str | None = None,
    corrects: Submission | None = None,
) -> Submission | Upload:
    """Receive a small file now; leave a large one to the background and return how far it has come."""
    name = Path(file.name or "upload").name
    if (file.size or 0) <= AT_ONCE:
        return receive(
            register=register, organisation=organisation, period=period, file=file, name=name, by=by,
            profile=profile, corrects=corrects,
        )  # fmt: skip
    return enqueue(
        register=register, organisation=organisation, period=period, file=file, by=by, profile=profile,
        corrects=corrects,
    )  # fmt: skip


def enqueue(
    *,
    register: str,
    organisation: Organisation,
    period: Period,
    file: UploadedFile[Any],
    by: Person,
    profile: str | None = None,
    corrects: Submission | None = None,
) -> Upload:
    """Put a file aside and have the worker receive it; who may not file it is told at once."""
    check_request(
        register=register, organisation=organisation, period=period, profile=profile, corrects=corrects, by=by
    )
    incoming = take_in(file)
    upload = Upload(
        register=register, organisation=organisation, period_start=period.start, period_end=period.end,
        profile=profile or "", corrects=corrects, name=Path(file.name or "upload").name[:255], token=incoming.token,
        size=incoming.size, created_by=by, created_at=now(),
    )  # fmt: skip
    with transaction.atomic():
        upload.save()
        number = upload.pk
        transaction.on_commit(lambda: import_string(TASK).enqueue(number))
    return upload


def process(number: int) -> None:
    """Receive a file that was put aside; what is wrong with it is written on the upload for its sender to read.

    A file whose reader was killed is read again by the next one (see ``resume``); it is never filed twice.
    """
    upload = Upload.objects.select_related("organisation", "created_by", "corrects").get(pk=number)
    path = incoming_path(upload.token)
    with _claimed(path) as ours:
        upload.refresh_from_db(fields=["stage", "attempts"])
        if not ours or upload.stage not in OPEN:
            return
        if upload.attempts >= MOST_ATTEMPTS:
            _fail(upload, GIVEN_UP)
        else:
            upload.attempts += 1
            _stage(upload, Upload.Stage.READING)
            _read(upload, path)
        path.unlink(missing_ok=True)


def _read(upload: Upload, path: Path) -> None:
    """Receive the file, or find the submission that an interrupted reader had already made of it."""
    try:
        upload.submission = _made_before(upload, path) or receive(
            register=upload.register, organisation=upload.organisation, period=upload.period, file=path,
            name=upload.name, by=upload.created_by, profile=upload.profile or None, corrects=upload.corrects,
        )  # fmt: skip
    except QualicityError as error:
        _fail(upload, error.text)
    except Exception:
        _fail(upload, UNFORESEEN)
        path.unlink(missing_ok=True)
        raise
    else:
        _stage(upload, Upload.Stage.DONE)


def _made_before(upload: Upload, path: Path) -> Submission | None:
    if upload.attempts < 2:
        return None
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Submission.objects.filter(
        file__sha256=sha256, register=upload.register, organisation=upload.organisation, created_by=upload.created_by,
        period_start=upload.period_start, period_end=upload.period_end, created_at__gte=upload.created_at,
    ).first()  # fmt: skip


def resume(*, by: Person, waiting: bool = False) -> int:
    """Put back to work every upload whose reader died, and return how many; ``waiting``: those not begun as well.

    A reader holds a lock on its file for as long as it lives; one that is being read but not locked is nobody's.
    """
    accounts.check(by, permissions.MANAGE_LAKE)
    stages = OPEN if waiting else (Upload.Stage.READING,)
    found = 0
    for upload in Upload.objects.filter(stage__in=stages).order_by("pk"):
        with _claimed(incoming_path(upload.token)) as ours:
            pass
        if ours:
            _enqueue_again(upload, by)
            found += 1
    return found


def _enqueue_again(upload: Upload, by: Person) -> None:
    number = upload.pk
    with transaction.atomic():
        audit.record(
            by=by, verb="submissions.resume", subject=f"upload:{number}", detail={"attempts": upload.attempts}
        )
        transaction.on_commit(lambda: import_string(TASK).enqueue(number))


def discard_leftovers(*, by: Person) -> int:
    """Delete what dead processes left of files that they were taking in; return how many.

    Nothing that an upload waits for, and nothing younger than a day: somebody may be sending it.
    """
    accounts.check(by, permissions.MANAGE_LAKE)
    awaited = set(Upload.objects.filter(stage__in=OPEN).values_list("token", flat=True))
    old = time.time() - DAY
    doomed = [path for path in incoming_folder().glob("*") if path.name not in awaited and path.stat().st_mtime < old]
    for path in doomed:
        path.unlink(missing_ok=True)
    return len(doomed)


@contextmanager
def _claimed(path: Path) -> Iterator[bool]:
    """Hold the lock of a file that waits; False where a living reader holds it, True also where the file is gone."""
    if not path.is_file():
        yield True
        return
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _fail(upload: Upload, why: Text) -> None:
    upload.message_zh, upload.message_en = why.zh, why.en
    _stage(upload, Upload.Stage.FAILED)


def _stage(upload: Upload, stage: Upload.Stage) -> None:
    upload.stage = stage
    upload.save()
