"""What several pages answer alike: tables as files, numbers out of the address, sentences of our own errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.cases import queries as cases
from qualicity.commons.theme.queries import language
from qualicity.errors import NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django import forms

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case
    from qualicity.errors import QualicityError


def number(given: Mapping[str, str], name: str) -> int | None:
    """Return a small number out of the address, or None."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def refuse(form: forms.Form, error: QualicityError, field: str | None = None) -> int:
    """Write the sentence of one of our own errors on a form; return the status of the answer."""
    form.add_error(field, error.text.in_language(language()))
    return error.http_status


def readable(number: int | None, by: Person) -> Case | None:
    """Return a case where the reader may see it: its trail and files are not for everybody."""
    if number is None:
        return None
    try:
        return cases.case(number, by)
    except (NotAllowedError, NotFoundError):
        return None
