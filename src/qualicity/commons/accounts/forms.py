"""Forms of people and tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qualicity.commons.accounts import permissions, queries
from qualicity.commons.theme.queries import language
from qualicity.definitions import catalogue

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


class PersonForm(forms.Form):
    """A person's name, organisation and roles."""

    name = forms.CharField(label=_("Name or post"), max_length=100)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(one.code, one.title(language())) for one in queries.organisations()]
        self.fields["organisation"].choices = [("", _("None")), *units]  # type: ignore[attr-defined]
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.code, role.title.in_language(language())) for role in catalogue.catalogue().roles.values()
        ]


class NewPersonForm(PersonForm):
    """The same, with the user name, which is chosen once."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Lower-case letters, digits, dots, hyphens and underscores; it cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("username", "name", "organisation", "roles")


class PeopleFileForm(forms.Form):
    """A workbook or CSV file that names people."""

    file = forms.FileField(
        label=_("Workbook or CSV file"),
        help_text=_("Columns: user name, name, organisation (code), roles (codes, separated by commas)."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


class TokenForm(forms.Form):
    """A new token: what it is for, what it may do, until when."""

    name = forms.CharField(label=_("What the token is for"), max_length=100)
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    expires = forms.DateField(
        label=_("Good until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A year at most."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (one, permissions.in_words(one)) for one in sorted(queries.permissions_of(person))
        ]
        self.fields["expires"].initial = timezone.localdate() + timedelta(days=90)
