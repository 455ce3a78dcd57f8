"""The application form with what was answered; numbers lead to the page where they were filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.engines.documents.official.kinds import application_form
from qualicity.publication.reports.queries.papers.pen import Pen, pen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qualicity.definitions.plans import Plan
    from qualicity.engines.documents.official.kinds.application import Answer
    from qualicity.engines.documents.official.model import Document, Runs
    from qualicity.judgement.assessment.queries import Answered, FilledForm

PAGE = "/assessment/application/"


def compose(filled: FilledForm, plan: Plan, *, day: date) -> Document:
    """Return the form as it is filled in; what nobody answered stays free to write in."""
    with_what = pen(plan, day)
    answers: dict[str, Answer | Sequence[Answer]] = {}
    first_year = day.year - 1
    for _, fields in filled.sections:
        for one in fields:
            if one.years:
                first_year = one.years[0]
            if one.value is not None:
                answers[one.field.code] = _answer(one, with_what)
    return application_form(
        filled.form,
        answers,
        first_year=first_year,
        issue=with_what.issue(signed_on=day, subject=with_what.voice.text("form.subject"), sent=False),
    )


def _answer(one: Answered, with_what: Pen) -> Answer | Sequence[Answer]:
    if one.field.kind == "yearly":
        return [_number(one, value, with_what, f"/{year}") for year, value in one.by_year]
    if one.field.kind == "number":
        return _number(one, one.value, with_what)
    return str(one.value)


def _number(one: Answered, value: float | None, with_what: Pen, aspect: str = "") -> Runs:
    if value is None:
        return ()
    code = f"application/{one.field.code}{aspect}"
    return (with_what.number(code, value, unit=one.field.unit or "", text=f"{value:g}", href=with_what.at(PAGE)),)
