"""What people fill in: a move, a deadline, a person, a file, a narrowing of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qualicity.commons.cases import lifecycle
from qualicity.commons.cases.queries import Narrowing
from qualicity.commons.theme.forms import FilesField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Attachment

WHEN = (
    ("", _("Any deadline")),
    ("overdue", _("Overdue")),
    ("soon", _("Due soon")),
    ("later", _("Later")),
    ("none", _("No deadline")),
)


class MoveForm(forms.Form):
    """What any move may need; which of it a move does need is asked by the move."""

    seen = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=4000)
    due = forms.DateField(required=False)
    known = forms.TypedMultipleChoiceField(required=False, coerce=int)
    added = FilesField(required=False)

    def __init__(self, *args: Any, attachments: Iterable[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["known"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(one.pk, one.name) for one in attachments]


class SteeringForm(forms.Form):
    """Extending, pausing and resuming a clock."""

    seen = forms.IntegerField(min_value=1)
    clock = forms.SlugField(required=False, max_length=60)
    reason = forms.CharField(required=False, max_length=4000)
    due = forms.DateField(required=False)
    number = forms.IntegerField(required=False, min_value=1, max_value=1000)


class AssignForm(forms.Form):
    """Handing a case to a person."""

    seen = forms.IntegerField(min_value=1)
    person = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((one.username, str(one)) for one in people)]


class NarrowingForm(forms.Form):
    """Which cases a list shows."""

    q = forms.CharField(required=False, max_length=100)
    type = forms.ChoiceField(required=False)
    when = forms.ChoiceField(required=False, choices=WHEN)
    organisation = forms.SlugField(required=False, max_length=60)
    state = forms.SlugField(required=False, max_length=60)
    subject = forms.CharField(required=False, max_length=200)
    open = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh-hans"
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *((one.code, one.title.in_language(language)) for one in lifecycle.case_types())]

    @property
    def narrowing(self) -> Narrowing:
        """Return what is asked for; a word that cannot be used narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Narrowing(
            type=given.get("type", ""),
            state=given.get("state", ""),
            organisation=given.get("organisation", ""),
            when=given.get("when", ""),
            subject=given.get("subject", ""),
            search=given.get("q", ""),
            open_only=given.get("open", False),
        )
