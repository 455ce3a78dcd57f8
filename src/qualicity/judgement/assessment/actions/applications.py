"""Answers to the application form, each held against its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry.queries import moment as now
from qualicity.errors import InputError
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.actions.assessments import locked
from qualicity.judgement.assessment.lifecycle import State
from qualicity.judgement.assessment.models import FormAnswer
from qualicity.judgement.assessment.queries.applications import years_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.application_forms import ApplicationForm, FormField
    from qualicity.judgement.assessment.models import Assessment


def answer_form(
    *, assessment: Assessment, form: ApplicationForm, answers: Mapping[str, Any], by: Person
) -> tuple[str, ...]:
    """Store answers that changed and return their fields; an empty answer takes one back.

    InputError names every answer that does not fit, and nothing is stored then.
    """
    accounts.check(by, permissions.MANAGE)
    if assessment.state == State.FINAL:
        raise InputError(
            "考核已定稿，申报表不能再改。", "The assessment is final; the form can no longer be changed."
        )
    faults: list[tuple[str, str]] = []
    clean: dict[str, Any] = {}
    for field in form.fields:
        if field.code in answers:
            try:
                clean[field.code] = _clean(field, answers[field.code], years_of(assessment, field))
            except InputError as error:
                faults.append((error.text.zh, error.text.en))
    if faults:
        raise InputError("；".join(zh for zh, _ in faults), "; ".join(en for _, en in faults))
    with transaction.atomic():
        held = locked(assessment)
        kept = {one.field: one.value for one in FormAnswer.objects.filter(assessment=held, form=form.code)}
        changed = tuple(code for code, value in clean.items() if kept.get(code) != value)
        moment = now()
        for code in changed:
            FormAnswer.objects.create(
                assessment=held, form=form.code, field=code, value=clean[code], by=by, at=moment
            )
        if changed:
            audit.record(
                by=by, verb="assessment.answer_form", subject=f"assessment:{held.pk}",
                detail={"form": form.code, "fields": list(changed)},
            )  # fmt: skip
    return changed


def _clean(field: FormField, given: Any, years: tuple[int, ...]) -> Any:
    title = field.title
    if field.kind == "yearly":
        values = given if isinstance(given, dict) else {}
        clean = {str(year): _number(field, values.get(str(year))) for year in years}
        return clean if any(one is not None for one in clean.values()) else None
    if given is None or str(given).strip() == "":
        return None
    if field.kind == "number":
        return _number(field, given)
    text = str(given).strip()
    if field.kind == "choice" and text not in [one.code for one in field.choices]:
        listed = [one.title.zh for one in field.choices]
        raise InputError(
            f"“{title.zh}”应选其一：{'、'.join(listed)}。",
            f"“{title.en}” is one of: {', '.join(one.title.en for one in field.choices)}.",
        )
    if len(text) > field.max_length:
        raise InputError(
            f"“{title.zh}”最多 {field.max_length} 字，现为 {len(text)} 字。",
            f"“{title.en}” has {len(text)} characters, {field.max_length} at most.",
        )
    if field.pattern and not re.fullmatch(field.pattern, text):
        raise InputError(f"“{title.zh}”的写法不对：“{text}”。", f"“{title.en}” is not written like that: “{text}”.")
    return text


def _number(field: FormField, given: Any) -> float | None:
    if given is None or str(given).strip() == "":
        return None
    title = field.title
    try:
        value = float(str(given).strip().replace(",", ""))
    except ValueError as error:
        raise InputError(
            f"“{title.zh}”应为数值，现为“{given}”。", f"“{title.en}” is a number, not “{given}”."
        ) from error
    low, high = field.minimum, field.maximum
    if value != value or (low is not None and value < low) or (high is not None and value > high):  # noqa: PLR0124 -- NaN
        raise InputError(
            f"“{title.zh}”应在 {low:g} 到 {high:g} {field.unit or ''}之间，现为 {value:g}。",
            f"“{title.en}” lies between {low:g} and {high:g} {field.unit or ''}; {value:g} was given.",
        )
    return value
