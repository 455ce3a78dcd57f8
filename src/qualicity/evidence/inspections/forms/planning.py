"""What people fill in to plan and draw: a plan, its lines, the source of a seed, a seed, a conflict of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.definitions.catalogue import catalogue
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import METHODS

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.errors import QualicityError
    from qualicity.evidence.inspections.models import CheckPlan

MOST_LETTERS = 300


def refuse(form: forms.Form, error: QualicityError, field: str | None = None) -> int:
    """Write the sentence of one of our own errors on a form; return the status of the answer."""
    form.add_error(field, error.text.in_language(language()))
    return error.http_status


def units_of(person: Person) -> list[Organisation]:
    """Return the units for which a person may plan."""
    if accounts.sees_all(person, permissions.PLAN):
        return list(accounts.organisations().exclude(kind="laboratory"))
    unit = person.organisation
    return [unit] if unit and accounts.can(person, permissions.PLAN, organisation=unit) else []


class PlanForm(forms.Form):
    """A plan without its lines."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Small letters, digits and hyphens: 2014-food.")
    )
    title_zh = forms.CharField(label=_("Title"), max_length=200)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    organisation = forms.ChoiceField(label=_("Unit"))
    law = forms.ChoiceField(label=_("Law"))
    sampling_kind = forms.ChoiceField(
        label=_("Kind of sampling"),
        help_text=_("Evaluative sampling shows the general level; routine and targeted checks lean to suspects."),
    )
    method = forms.ChoiceField(label=_("How it is drawn"))
    why = forms.CharField(
        label=_("Why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the choice of products rests on: failures, complaints, news."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {one.code: one for one in units_of(person)}
        known, tongue = catalogue(), language()
        kinds = next(one for one in known.registers["spot_check_batches"].columns if one.name == "sampling_kind")
        self._choices("organisation", [(code, one.title(tongue)) for code, one in self.units.items()])
        self._choices("law", [(code, known.laws[code].title.in_language(tongue)) for code in known.frames.laws])
        self._choices("sampling_kind", [(one.code, one.title.in_language(tongue)) for one in kinds.codes])
        self._choices("method", [(code, words.in_language(tongue)) for code, words in METHODS.items()])
        self.initial.setdefault("year", registry.moment().year)
        self.initial.setdefault("method", "stratified")
        if person.organisation and person.organisation.code in self.units:
            self.initial.setdefault("organisation", person.organisation.code)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_organisation(self) -> Organisation:
        """Return the unit itself."""
        return self.units[self.cleaned_data["organisation"]]


class LineForm(forms.Form):
    """One line of a plan."""

    product = forms.ChoiceField(label=_("Product"))
    stage = forms.ChoiceField(label=_("Stage"))
    count = forms.IntegerField(label=_("Number of batches"), min_value=1, max_value=100_000)
    places = forms.MultipleChoiceField(
        label=_("Places"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )  # fmt: skip
    finish_by = forms.DateField(
        label=_("Finish by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(label=_("Why"), required=False, max_length=MOST_LETTERS)

    def __init__(self, *args: Any, plan: CheckPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, tongue = catalogue(), language()
        products = [one for one in known.products.values() if one.law == plan.law]
        self._choices("product", [(one.code, one.title.in_language(tongue)) for one in products])
        self._choices("stage", [(one.code, one.title.in_language(tongue)) for one in known.frames.stages])
        if plan.organisation.is_local:
            del self.fields["places"]
        else:
            self._choices("places", counties(tongue))

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def counties(tongue: str) -> list[tuple[str, str]]:
    """Return the places of county level, by code, with their names."""
    plan = registry.plan()
    return [(one.code, one.title.in_language(tongue)) for one in plan.places if one.code != plan.place]


class LinesForm(forms.Form):
    """A filled annex."""

    file = forms.FileField(
        label=_("Filled annex"), help_text=_("Excel; its rows replace the lines of the draft, all of them or none."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )  # fmt: skip


class CommitmentForm(forms.Form):
    """Where the next seed will come from."""

    source = forms.CharField(
        label=_("Where the seed will come from"), max_length=MOST_LETTERS,
        help_text=_("Something public that nobody here can choose, such as the numbers of a lottery of that day."),
    )  # fmt: skip
    known_on = forms.DateField(
        label=_("Day on which it is known"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class SeedForm(forms.Form):
    """The seed of a draw."""

    seed = forms.CharField(label=_("Seed"), max_length=100, help_text=_("Exactly as it was published."))


class ConflictForm(forms.Form):
    """A conflict of interest: who, with which enterprise, why."""

    person = forms.ChoiceField(label=_("Person"))
    enterprise = forms.CharField(label=_("Unified social credit code"), max_length=18)
    reason = forms.CharField(
        label=_("Reason"), max_length=MOST_LETTERS, help_text=_("Such as kin who works there, or a former employer.")
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.username: one for one in declarable(person)}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, f"{one} · {name}" if str(one) != name else name) for name, one in self.people.items()]
        if person.username in self.people:
            self.initial.setdefault("person", person.username)

    def clean_person(self) -> Person:
        """Return the person."""
        return self.people[self.cleaned_data["person"]]


def declarable(person: Person) -> tuple[Person, ...]:
    """Return whose conflicts of interest somebody may declare: those of their units' inspectors, and their own."""
    found = accounts.holders(permissions.SAMPLE, organisations=units_of(person))
    if accounts.can(person, permissions.SAMPLE) and person not in found:
        return (person, *found)
    return found
