"""What several pages answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.theme.queries import language

if TYPE_CHECKING:
    from django import forms

    from qualicity.errors import QualicityError


def refuse(form: forms.Form, error: QualicityError) -> int:
    """Write the sentence of one of our own errors on a form and return the status; raise what is no form's matter."""
    if error.http_status not in (409, 422):
        raise error
    form.add_error(None, error.text.in_language(language()))
    return error.http_status
