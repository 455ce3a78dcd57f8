"""Official documents over the API: those that were drafted or issued, and those that can be made."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from ninja import Router, Schema

from qualicity.commons.registry import queries as registry
from qualicity.engines.documents.official import figures_of
from qualicity.errors import NotFoundError
from qualicity.publication.reports import queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.errors import Text
    from qualicity.publication.reports.models import Report

router = Router(tags=["reports"])
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class WordsOut(Schema):
    """Words in both languages."""

    zh: str
    en: str


class ReportOut(Schema):
    """One document that was drafted or issued; the hashes are those of the files as issued."""

    number: int
    kind: str
    title: str
    document_number: str
    period: str
    language: str
    organisation: str
    state: str
    issued_at: datetime | None
    changed_at: datetime
    docx_sha256: str
    pdf_sha256: str


class FigureOut(Schema):
    """One bound number."""

    code: str
    place: str
    period: str
    text: str
    value: float | None
    unit: str
    versions: dict[str, int]


class PaperOut(Schema):
    """One document that can be made from what another desk holds."""

    kind: str
    number: int
    name: WordsOut
    title: WordsOut
    mark: str
    day: date
    state: WordsOut


@router.get("/reports", response=list[ReportOut])
def reports(request: SignedIn, kind: str = "", search: str = "") -> Any:
    """Return the documents that the caller may see, the latest first."""
    return [_plain(one) for one in queries.reports(by=request.user, kind=kind, search=search)]


@router.get("/reports/{number}", response=ReportOut)
def report(request: SignedIn, number: int) -> Any:
    """Return one document."""
    return _plain(queries.report(number, by=request.user))


@router.get("/reports/{number}/figures", response=list[FigureOut])
def figures(request: SignedIn, number: int) -> Any:
    """Return every bound number of a document as it reads now."""
    found = queries.report(number, by=request.user)
    return queries.figures_as_plain(figures_of(queries.readable(found, by=request.user).document))


@router.get("/reports/{number}/file", response={200: bytes})
def file(request: SignedIn, number: int, form: str = "docx") -> HttpResponse:
    """Return a document as ``docx`` or ``pdf``: as issued, or as it reads now."""
    found = queries.report(number, by=request.user)
    _check(form)
    kept = {"docx": found.docx_sha256, "pdf": found.pdf_sha256}[form]
    if kept:
        return HttpResponse(queries.file_of(kept).read_bytes(), content_type=TYPES[form])
    document = queries.readable(found, by=request.user).document
    return HttpResponse(queries.rendered(document, form, address=_address(request)).data, content_type=TYPES[form])


@router.get("/papers", response=list[PaperOut])
def papers(request: SignedIn, kind: str = "") -> Any:
    """Return the documents that can be made from circulars, meetings and assessments, the latest first."""
    plan = registry.standing(request.GET).plan
    return [
        {
            "kind": one.kind,
            "number": one.number,
            "name": _words(one.name),
            "title": _words(one.title),
            "mark": one.mark,
            "day": one.day,
            "state": _words(one.state),
        }
        for one in queries.papers.papers(plan=plan, by=request.user, kind=kind)
    ]


@router.get("/papers/{kind}/{number}/figures", response=list[FigureOut])
def paper_figures(request: SignedIn, kind: str, number: int) -> Any:
    """Return every bound number of a document that can be made."""
    return queries.figures_as_plain(figures_of(queries.papers.made(kind, number, by=request.user)))


@router.get("/papers/{kind}/{number}/file", response={200: bytes})
def paper_file(request: SignedIn, kind: str, number: int, form: str = "docx") -> HttpResponse:
    """Return a document that can be made as ``docx`` or ``pdf``."""
    document = queries.papers.made(kind, number, by=request.user)
    _check(form)
    return HttpResponse(queries.rendered(document, form, address=_address(request)).data, content_type=TYPES[form])


def _check(form: str) -> None:
    if form not in TYPES:
        raise NotFoundError(
            f"没有“{form}”格式的文件，可用 docx 或 pdf。", f"There is no file as “{form}”: use docx or pdf."
        )


def _address(request: SignedIn) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _plain(one: Report) -> dict[str, Any]:
    return {
        "number": one.pk,
        "kind": one.kind,
        "title": one.title,
        "document_number": one.number_text,
        "period": one.period.label,
        "language": one.language,
        "organisation": one.organisation.code,
        "state": queries.state_of(one),
        "issued_at": one.issued_at,
        "changed_at": one.changed_at,
        "docx_sha256": one.docx_sha256,
        "pdf_sha256": one.pdf_sha256,
    }
