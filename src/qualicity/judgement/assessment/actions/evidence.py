"""Filing a document for an item, and another person's check of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry.queries import moment as now
from qualicity.engines.archives.names import safe_part
from qualicity.errors import FileError, InputError, NotAllowedError, NotPossibleError, nearest
from qualicity.evidence.submissions.actions.files import keep, take_in
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.actions.assessments import locked
from qualicity.judgement.assessment.lifecycle import check_open
from qualicity.judgement.assessment.models import EvidenceFile
from qualicity.judgement.assessment.queries.answering import answering, criterion_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.rubrics import Criterion
    from qualicity.judgement.assessment.models import Assessment

__all__ = ["MARKS", "answering", "check_evidence", "criterion_of", "file_evidence"]

#: What a document may begin with, by its ending; text has no mark of its own.
MARKS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".pptx": (b"PK\x03\x04",),
    ".ofd": (b"PK\x03\x04",),
    ".doc": (b"\xd0\xcf\x11\xe0",),
    ".xls": (b"\xd0\xcf\x11\xe0",),
    ".wps": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04"),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG",),
    ".tif": (b"II*\0", b"MM\0*"),
    ".csv": (),
    ".txt": (),
}


def file_evidence(
    *,
    assessment: Assessment,
    criterion: str,
    item: str,
    file: Path | UploadedFile[Any],
    name: str,
    note: str = "",
    by: Person,
) -> EvidenceFile:
    """File a document for an item of a criterion; it replaces a refused or unchecked one, which stays in the record.

    The organisation that answers for the criterion files, or the office for it.
    """
    wanted = _item(assessment, criterion, item)
    accounts.check(by, permissions.ANSWER, organisation=answering(assessment, wanted))
    check_open(assessment.state)
    incoming = take_in(file)
    try:
        with incoming.path.open("rb") as stored:
            _check_kind(name, stored.read(16), incoming.size)
        keep(incoming)
    finally:
        incoming.path.unlink(missing_ok=True)
    with transaction.atomic():
        held = locked(assessment)
        check_open(held.state)
        before = EvidenceFile.objects.filter(assessment=held, criterion=criterion, item=item).last()
        if before is not None and before.stand == EvidenceFile.Stand.CHECKED:
            raise NotPossibleError(
                "这项材料已核验通过，不能再替换。", "This document was checked already and can no longer be replaced."
            )
        new = EvidenceFile.objects.create(
            assessment=held, criterion=criterion, item=item, sha256=incoming.sha256, size=incoming.size,
            name=safe_part(Path(name).name, longest=200), note=note[:500], filed_by=by, filed_at=now(),
        )  # fmt: skip
        audit.record(
            by=by, verb="assessment.file", subject=f"assessment:{held.pk}",
            detail={"criterion": criterion, "item": item, "name": new.name, "sha256": new.sha256},
        )  # fmt: skip
    return new


def check_evidence(*, evidence: EvidenceFile, passed: bool, reason: str = "", by: Person) -> EvidenceFile:
    """Say that a document shows what it should, or refuse it with a reason; never by whoever filed it."""
    accounts.check(by, permissions.MANAGE)
    if not passed and not reason.strip():
        raise NotPossibleError("请写明退回的理由。", "Give the reason why it is refused.")
    with transaction.atomic():
        check_open(locked(evidence.assessment).state)
        held = EvidenceFile.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
        if held.filed_by_id == by.pk:
            raise NotAllowedError(
                "提交材料的人不能核验。请由办公室另一位同事核验。",
                "Whoever filed a document may not check it. Another person of the office must.",
            )
        latest = EvidenceFile.objects.filter(
            assessment=held.assessment, criterion=held.criterion, item=held.item
        ).last()
        if held.stand != EvidenceFile.Stand.FILED or latest is None or latest.pk != held.pk:
            raise NotPossibleError(
                "这份材料已核验或已被替换，请刷新后查看。", "It was checked or replaced already; look at it again."
            )
        held.stand = EvidenceFile.Stand.CHECKED if passed else EvidenceFile.Stand.REFUSED
        held.checked_by, held.checked_at, held.reason = by, now(), reason.strip()
        held.save(update_fields=["stand", "checked_by", "checked_at", "reason"])
        audit.record(
            by=by, verb="assessment.check" if passed else "assessment.refuse",
            subject=f"assessment:{held.assessment_id}",
            detail={"criterion": held.criterion, "item": held.item, "sha256": held.sha256, "reason": reason},
        )  # fmt: skip
    return held


def _item(assessment: Assessment, criterion: str, item: str) -> Criterion:
    found = criterion_of(assessment, criterion)
    known = [one.code for one in getattr(found.rule, "items", ())] + [one.code for one in found.evidence]
    if item not in known:
        like = nearest(item, known)
        raise InputError(
            f"“{found.title.zh}”没有要求材料“{item}”。" + (f"是否指“{like}”？" if like else ""),
            f"“{found.title.en}” asks for no document “{item}”." + (f" Did you mean “{like}”?" if like else ""),
        )
    return found


def _check_kind(name: str, head: bytes, size: int) -> None:
    if size == 0:
        raise FileError("文件是空的。", "The file is empty.")
    ending = Path(name).suffix.lower()
    marks = MARKS.get(ending)
    if marks is None or (marks and not head.startswith(marks)) or (not marks and b"\0" in head):
        raise FileError(
            f"不接收这种文件（{ending or '无扩展名'}），或内容与扩展名不符。可以提交：{'、'.join(MARKS)}。",
            f"This kind of file ({ending or 'no ending'}) is not accepted, or its content is of another kind. "
            f"File one of {', '.join(MARKS)}.",
        )
