"""Issuing a signed document: the next number, the files for ever, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotPossibleError
from qualicity.publication.reports import lifecycle, permissions
from qualicity.publication.reports.actions.files import keep
from qualicity.publication.reports.actions.writing import locked, touched
from qualicity.publication.reports.models import NumberBook, Report
from qualicity.publication.reports.queries.rendering import figures_file, rendered
from qualicity.publication.reports.queries.reports import read, state_of

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.engines.documents.official.model import Document

#: How often somebody else may take the number that a document was set with before we give up.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class _Set:
    """A document set in type under a number: the number, and the hashes of its files."""

    word: str
    day: date
    number: int
    text: str
    docx: str
    pdf: str
    figures: str


def issue(*, report: Report, by: Person, seen: int | None = None, address: str = "") -> Report:
    """Give a document its number and keep its files; a leader's signature is part of it where it is still missing.

    The files are set in type before the transaction, under the number that comes next; when another document takes
    it meanwhile, they are set again. Numbers have no gap, and a number is given once. Raises NotPossibleError,
    NotAllowedError, StaleError.
    """
    permissions.check_read(by, report)
    accounts.check(by, permissions.ISSUE)
    seen = report.version if seen is None else seen
    for _ in range(_TRIES):
        fresh = Report.objects.select_related("case", "organisation").get(pk=report.pk)
        _check_state(fresh)
        day = timezone.localdate(registry.moment())
        word = _word(fresh)
        found = _set(fresh, word, day, _last(word, day.year) + 1, address)
        done = _take(fresh, found, by, seen)
        if done is not None:
            return done
    raise NotPossibleError(
        "编号时其他公文一直占先，未印发，请稍后再试。",
        "Other documents kept taking the number; try again in a moment.",
    )


def _check_state(report: Report) -> None:
    state = state_of(report)
    if state not in ("signed", "leader"):
        words = lifecycle.TITLES[state]
        raise NotPossibleError(
            f"公文处于“{words.zh}”，不能编号印发；须经领导签发。",
            f"A document that is {words.en} cannot be issued: the leader signs it first.",
        )


def _word(report: Report) -> str:
    letters = registry.plan(report.plan).correspondence
    if letters is None:
        raise NotPossibleError(
            "方案没有定义发文字号（correspondence），不能编号。",
            "The plan defines no word for document numbers (correspondence): none can be given.",
        )
    return letters.number_word


def _last(word: str, year: int) -> int:
    return NumberBook.objects.filter(word=word, year=year).values_list("last", flat=True).first() or 0


def _set(report: Report, word: str, day: date, number: int, address: str) -> _Set:
    text = f"{word}〔{day.year}〕{number}号"
    document: Document = replace(read(report).document, number=text, signed_on=day, printed_on=day)
    files = {form: keep(rendered(document, form, address=address).data) for form in ("docx", "pdf")}
    return _Set(word, day, number, text, files["docx"], files["pdf"], keep(figures_file(document)))


@transaction.atomic
def _take(report: Report, found: _Set, by: Person, seen: int) -> Report | None:
    """Take the number and point to the files; None where the number has gone to another document."""
    word, year = found.word, found.day.year
    NumberBook.objects.get_or_create(word=word, year=year)
    book = NumberBook.objects.select_for_update().get(word=word, year=year)
    fresh = locked(report, seen=seen)
    _check_state(fresh)
    if book.last + 1 != found.number:
        return None
    if state_of(fresh) == "leader":
        assert fresh.case is not None, "a document with a leader has an approval"
        fresh.case = cases.move(case=fresh.case, move="issue", by=by)
    book.last = found.number
    book.save(update_fields=["last"])
    fresh.number_word, fresh.number_year, fresh.number = word, year, found.number
    fresh.number_text = found.text
    fresh.issued_by, fresh.issued_at = by, registry.moment()
    fresh.docx_sha256, fresh.pdf_sha256, fresh.figures_sha256 = found.docx, found.pdf, found.figures
    names = ("number_word", "number_year", "number", "number_text", "issued_by", "issued_at")
    touched(fresh, *names, "docx_sha256", "pdf_sha256", "figures_sha256")
    audit.record(
        by=by,
        verb="reports.issue",
        subject=f"report:{fresh.pk}",
        detail={"number": found.text, "docx": found.docx, "pdf": found.pdf, "figures": found.figures},
    )
    return fresh
