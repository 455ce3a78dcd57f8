"""What people fill in: a report, the six fixes, an implementation plan, a unit's own target, a filled annex."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.commons.accounts.models import Organisation
    from qualicity.definitions.plans import Plan

_PROSE = forms.Textarea(attrs={"rows": 3})


class ReportForm(forms.Form):
    """How far an assignment has come, in words, with a file to show for it."""

    percent = forms.IntegerField(label=_("Progress (%)"), min_value=0, max_value=100)
    milestone = forms.CharField(label=_("Milestone"), max_length=200, required=False)
    text = forms.CharField(label=_("What was done"), max_length=4000, widget=_PROSE)
    file = forms.FileField(label=_("Evidence"), required=False)


class FixForm(forms.Form):
    """The fixes that a unit fills in."""

    section = forms.CharField(label=_("Section"), max_length=200)
    post = forms.CharField(label=_("Post"), max_length=200)
    person = forms.CharField(label=_("Responsible person"), max_length=60)
    quality = forms.CharField(label=_("Required quality"), max_length=500)
    quantity = forms.CharField(label=_("Required quantity"), max_length=200)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_PROSE)


class AnnexForm(forms.Form):
    """A filled annex."""

    file = forms.FileField(
        label=_("Filled breakdown"),
        help_text=_("Excel or CSV. All of it is taken, or nothing: then every faulty row is named."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


class PlanFileForm(forms.Form):
    """A unit's implementation plan."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("Summary"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    file = forms.FileField(label=_("File"))

    def __init__(self, *args: Any, units: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, one.title(language())) for one in units]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]


class TargetForm(forms.Form):
    """A unit's own value of a target."""

    indicator = forms.ChoiceField(label=_("Target"))
    organisation = forms.ChoiceField(label=_("Organisation"))
    value = forms.FloatField(label=_("Own value"))
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("Needed where it is weaker than the city's.")
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{one.title.in_language(language())} ({one.code})") for one in plan.indicators
        ]
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            (one.code, one.title(language())) for one in accounts.organisations(plan=plan.code)
        ]
