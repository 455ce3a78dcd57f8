"""What people fill in: a meeting, a decision, minutes, a circular, money in yuan."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.goals.supervision.lifecycle import Kind

if TYPE_CHECKING:
    from qualicity.definitions.plans import Plan

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class YuanField(forms.DecimalField):
    """Money: typed in yuan with at most two decimals, handed on as whole fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=15, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the amount in fen."""
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * Decimal(100))


class PlanForm(forms.Form):
    """A form with the plan's units and tasks to choose from."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(one.code, one.title(language())) for one in accounts.organisations(plan=plan.code)]
        tasks = [(one.number, f"{one.number}. {one.title.in_language(language())}") for one in plan.tasks]
        for name, known in (("organisation", units), ("task", tasks), ("organisations", units), ("invited", units)):
            if name in self.fields:
                field = self.fields[name]
                choices = known if field.required or name.endswith(("s", "d")) else [("", "—"), *known]
                field.choices = choices  # type: ignore[attr-defined]


class MeetingForm(PlanForm):
    """A joint meeting to be planned."""

    title = forms.CharField(label=_("Title"), max_length=200)
    held_on = forms.DateField(label=_("Day"), widget=_DATE)
    venue = forms.CharField(label=_("Venue"), max_length=200, required=False)
    chair = forms.CharField(label=_("Chair"), max_length=200, required=False)
    agenda = forms.CharField(
        label=_("Agenda"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("One item on each line."),
        max_length=8000,
    )  # fmt: skip
    invited = forms.MultipleChoiceField(label=_("Invited"), widget=forms.CheckboxSelectMultiple)


class DecisionForm(PlanForm):
    """What a meeting decided."""

    text = forms.CharField(label=_("Decision"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    task = forms.TypedChoiceField(label=_("Task"), required=False, coerce=int, empty_value=None)
    deadline = forms.DateField(label=_("Deadline"), required=False, widget=_DATE)


class MinutesForm(forms.Form):
    """The minutes of a meeting."""

    text = forms.CharField(label=_("Minutes"), max_length=20000, widget=forms.Textarea(attrs={"rows": 8}))


class CircularForm(PlanForm):
    """A circular to be drafted from facts."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    reply_by = forms.DateField(
        label=_("Answer by"), required=False, widget=_DATE, help_text=_("For criticism and letters.")
    )
    organisations = forms.MultipleChoiceField(
        label=_("Organisations"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every organisation for which the facts are enough."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """The words around the facts of a circular."""

    title = forms.CharField(label=_("Title"), max_length=200)
    opening = forms.CharField(
        label=_("Opening"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    closing = forms.CharField(
        label=_("Closing"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reply_by = forms.DateField(label=_("Answer by"), required=False, widget=_DATE)


class PracticeForm(PlanForm):
    """Good practice written up."""

    title = forms.CharField(label=_("Title"), max_length=200)
    organisation = forms.ChoiceField(label=_("Organisation"))
    task = forms.TypedChoiceField(label=_("Task"), required=False, coerce=int, empty_value=None)
    text = forms.CharField(label=_("What was done and what others can take from it"), max_length=20000,
                           widget=forms.Textarea(attrs={"rows": 6}))  # fmt: skip


class BudgetForm(forms.Form):
    """A budget of the fund."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    source = forms.CharField(label=_("Source"), max_length=200)
    amount = YuanField(label=_("Amount (yuan)"))


class AllocationForm(PlanForm):
    """Money for an organisation and a task."""

    budget = forms.TypedChoiceField(label=_("Budget"), coerce=int)
    organisation = forms.ChoiceField(label=_("Organisation"))
    task = forms.TypedChoiceField(label=_("Task"), coerce=int)
    amount = YuanField(label=_("Amount (yuan)"))
    purpose = forms.CharField(label=_("Purpose"), max_length=300)

    def __init__(self, *args: Any, budgets: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["budget"].choices = budgets  # type: ignore[attr-defined]


class SpendingForm(forms.Form):
    """What was paid out of an allocation."""

    allocation = forms.TypedChoiceField(label=_("Allocation"), coerce=int)
    spent_on = forms.DateField(label=_("Day"), widget=_DATE)
    amount = YuanField(label=_("Amount (yuan)"))
    bought = forms.CharField(label=_("What it bought"), max_length=300)
    voucher = forms.CharField(label=_("Voucher"), max_length=100, required=False)

    def __init__(self, *args: Any, allocations: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allocation"].choices = allocations  # type: ignore[attr-defined]
