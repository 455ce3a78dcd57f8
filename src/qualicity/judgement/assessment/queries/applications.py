"""The application form with its answers, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.models import FormAnswer

if TYPE_CHECKING:
    from datetime import datetime

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.application_forms import ApplicationForm, FormField, FormSection
    from qualicity.judgement.assessment.models import Assessment


@dataclass(frozen=True, slots=True)
class Answered:
    """One field with its answer; ``years`` for a yearly one, the latest first."""

    field: FormField
    value: Any
    years: tuple[int, ...]
    by: Person | None
    at: datetime | None

    @property
    def is_missing(self) -> bool:
        """Return whether a required answer, or one of its years, is missing."""
        if not self.field.required:
            return False
        if self.field.kind == "yearly":
            return not self.value or any(self.value.get(str(year)) is None for year in self.years)
        return self.value is None

    @property
    def by_year(self) -> tuple[tuple[int, float | None], ...]:
        """Return the figures of a yearly answer."""
        return tuple((year, (self.value or {}).get(str(year))) for year in self.years)


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The form with every answer."""

    form: ApplicationForm
    sections: tuple[tuple[FormSection, tuple[Answered, ...]], ...]

    @property
    def missing(self) -> tuple[Answered, ...]:
        """Return the required answers that are missing."""
        return tuple(one for _, fields in self.sections for one in fields if one.is_missing)


def form_of(code: str = "") -> ApplicationForm:
    """Return the application form of that code, or the first."""
    known = catalogue().application_forms
    if code in known:
        return known[code]
    if code or not known:
        raise NotFoundError(f"没有申报表“{code}”。", f"There is no application form “{code}”.")
    return next(iter(known.values()))


def years_of(assessment: Assessment, field: FormField) -> tuple[int, ...]:
    """Return the years that a yearly field asks for: those before the year of the deadline, the latest first."""
    last = assessment.deadline.year - 1
    return tuple(last - number for number in range(field.years)) if field.kind == "yearly" else ()


def filled(assessment: Assessment, form: ApplicationForm, *, by: Person) -> FilledForm:
    """Return the form with the answers of an assessment."""
    permissions.check_read(by, assessment)
    found = FormAnswer.objects.filter(assessment=assessment, form=form.code).select_related("by").order_by("pk")
    latest = {one.field: one for one in found}

    def answered(field: FormField) -> Answered:
        kept = latest.get(field.code)
        years = years_of(assessment, field)
        return Answered(
            field, kept.value if kept else None, years, kept.by if kept else None, kept.at if kept else None
        )

    return FilledForm(form, tuple((one, tuple(answered(field) for field in one.fields)) for one in form.sections))
