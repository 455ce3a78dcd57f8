"""What a laboratory fills in: one sample's results, a file of results; and a decision by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qualicity.definitions.products import Item, Product
from qualicity.evidence.inspections.lifecycle import WORDS, Conclusion
from qualicity.evidence.inspections.queries import Measured

_LONG, _SHORT = 200, 60


class ReportForm(forms.Form):
    """The report's number and day, and why it replaces an earlier one where it does."""

    number = forms.CharField(label=_("Report number"), max_length=_SHORT)
    reported_on = forms.DateField(
        label=_("Date of the report"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("Why the earlier report is replaced"), max_length=500, required=False)

    def __init__(self, *args: Any, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if replaces:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


class ResultsFileForm(forms.Form):
    """A filled sheet of results."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The sheet that you downloaded here, filled in: Excel or CSV."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


class DecisionForm(forms.Form):
    """What a person concludes where the rules could not, and why."""

    conclusion = forms.ChoiceField(label=_("Conclusion"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["conclusion"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one.value, WORDS[one].in_language(language)) for one in (Conclusion.QUALIFIED, Conclusion.UNQUALIFIED)
        ]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One item of the page: its place, how many values it asks for, and what was typed so far."""

    number: int
    item: Item
    values: tuple[str, ...]
    unit: str
    method: str

    @property
    def boxes(self) -> Iterator[tuple[int, str]]:
        """Yield the boxes to fill in, each by its number."""
        yield from enumerate(self.values, 1)


def entry_lines(product: Product, given: Any) -> tuple[EntryLine, ...]:
    """Return the lines of a product's items with what was typed; empty the first time."""
    lines = []
    for number, item in enumerate(product.items, 1):
        typed = [_cleaned(text, 100) for text in given.getlist(f"value-{number}")] if given else []
        wanted = item.results
        values = tuple((typed + [""] * wanted)[:wanted])
        unit = _cleaned(given.get(f"unit-{number}", item.unit) if given else item.unit, _SHORT)
        method = _cleaned(given.get(f"method-{number}", "") if given else "", _LONG)
        lines.append(EntryLine(number, item, values, unit, method))
    return tuple(lines)


def measured_of(lines: tuple[EntryLine, ...]) -> tuple[Measured, ...]:
    """Return what was measured; an item of which nothing was typed was not tested."""
    return tuple(
        Measured(item=line.item.code, values=tuple(v for v in line.values if v), unit=line.unit, method=line.method)
        for line in lines
        if any(line.values)
    )


def _cleaned(text: str, longest: int) -> str:
    return text.replace("\x00", "").strip()[:longest]
