"""Large files sent by page are read in the background; small ones at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.module_loading import import_string

from qualicity.errors import QualicityError
from qualicity.evidence.submissions.actions.files import take_in
from qualicity.evidence.submissions.actions.receiving import check_request, receive
from qualicity.evidence.submissions.models import Submission, Upload
from qualicity.evidence.submissions.queries.moments import now
from qualicity.evidence.submissions.queries.paths import incoming_path

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.periods import Period

AT_ONCE = 5_000_000
"""Bytes up to which a page reads a file while the person waits."""

TASK = "qualicity.evidence.submissions.tasks.read_upload"


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
    """Receive a file that was put aside; what is wrong with it is written on the upload for its sender to read."""
    upload = Upload.objects.select_related("organisation", "created_by", "corrects").get(pk=number)
    if upload.stage not in (Upload.Stage.WAITING, Upload.Stage.READING):
        return
    _stage(upload, Upload.Stage.READING)
    path = incoming_path(upload.token)
    try:
        upload.submission = receive(
            register=upload.register, organisation=upload.organisation, period=upload.period, file=path,
            name=upload.name, by=upload.created_by, profile=upload.profile or None, corrects=upload.corrects,
        )  # fmt: skip
    except QualicityError as error:
        upload.message_zh, upload.message_en = error.text.zh, error.text.en
        _stage(upload, Upload.Stage.FAILED)
    except Exception:
        upload.message_zh = "读取时发生意外错误，文件未入库。请联系管理员查看日志。"
        upload.message_en = (
            "Reading failed in an unforeseen way; nothing was stored. Ask the administrator for the log."
        )
        _stage(upload, Upload.Stage.FAILED)
        raise
    else:
        _stage(upload, Upload.Stage.DONE)
    finally:
        path.unlink(missing_ok=True)


def _stage(upload: Upload, stage: Upload.Stage) -> None:
    upload.stage = stage
    upload.save()
