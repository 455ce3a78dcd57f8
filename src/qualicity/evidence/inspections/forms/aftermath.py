"""What people fill in about a failure and its notices: a move, a transfer, a correction, a narrowing."""

from __future__ import annotations

from typing import Any

from django import forms

from qualicity.commons.theme.forms import FilesField
from qualicity.errors import InputError
from qualicity.evidence.inspections.lifecycle import GROUNDS


class FailureMoveForm(forms.Form):
    """What a move of a failure may need; which of it a move does need is asked by the move."""

    seen = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=2000)
    laboratory = forms.SlugField(required=False, max_length=100)
    added = FilesField(required=False)


class TransferForm(forms.Form):
    """Handing a failure to enforcement."""

    grounds = forms.ChoiceField(choices=[(code, code) for code in GROUNDS])
    reason = forms.CharField(max_length=1000)


class PublishForm(forms.Form):
    """Which notices are published."""

    notices = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["notices"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(one, one) for one in numbers]


class NoticeChangeForm(forms.Form):
    """Correcting or withdrawing a notice: the reason that the public will read."""

    reason = forms.CharField(max_length=500)


def checked(form: forms.Form) -> dict[str, Any]:
    """Return what was typed; InputError names the first field that cannot be used."""
    if form.is_valid():
        return form.cleaned_data
    name, errors = next(iter(form.errors.items()))
    raise InputError(f"“{name}”不可用：{errors[0]}", f"“{name}” cannot be used: {errors[0]}")
