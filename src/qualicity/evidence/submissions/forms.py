"""What people fill in: a new submission, a reason, a narrowing of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import Period, parse
from qualicity.errors import QualicityError
from qualicity.evidence.submissions import permissions

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person

FILES = ".xlsx,.xls,.csv,.parquet"


class FilingForm(forms.Form):
    """Which register, unit and period a file is for, and the file."""

    register = forms.ChoiceField(label=_("Register"))
    organisation = forms.ChoiceField(label=_("Organisation"))
    period = forms.CharField(
        label=_("Period"), max_length=40, help_text=_("For example 2014, 2014Q1, 2014-03 or 2013-12/2017-01.")
    )
    profile = forms.ChoiceField(
        label=_("Profile"), required=False, help_text=_("Only for files exported by another system.")
    )
    file = forms.FileField(label=_("File"), help_text=_("Excel (.xlsx, .xls), CSV or Parquet."))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in _units(person)}
        chosen, known = language(), catalogue()
        self._choices("register", [(one.code, one.title.in_language(chosen)) for one in known.registers.values()])
        self._choices("organisation", [(code, unit.title(chosen)) for code, unit in self.units.items()])
        self._choices("profile", [("", "—"), *((one.code, one.code) for one in known.profiles.values())])
        for name, field in self.fields.items():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_helptext"
        self.fields["file"].widget.attrs["accept"] = FILES

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_period(self) -> Period:
        """Read the period as people write it."""
        try:
            return parse(self.cleaned_data["period"])
        except QualicityError as error:
            raise forms.ValidationError(error.text.in_language(language())) from error

    def clean_organisation(self) -> Organisation:
        """Return the organisation itself."""
        return self.units[self.cleaned_data["organisation"]]


def _units(person: Person) -> list[Organisation]:
    if accounts.sees_all(person, permissions.CREATE):
        return list(accounts.organisations())
    unit = permissions.own_organisation(person)
    return [unit] if unit else []


class RowsForm(forms.Form):
    """Which rows of a register are shown."""

    q = forms.CharField(required=False, max_length=100)
    within = forms.CharField(required=False, max_length=40)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    submission = forms.IntegerField(required=False, min_value=1)
