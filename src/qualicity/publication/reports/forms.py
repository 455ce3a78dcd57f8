"""What people fill in: which report of which period, and the words of a paragraph."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qualicity.definitions.periods import Period, parse
from qualicity.errors import QualicityError
from qualicity.goals.indicators import queries as indicators

#: No document is larger than this, in bytes.
LARGEST = 50 * 1024**2
LANGUAGES = (("zh-hans", _("Chinese")), ("en", _("English")))


class DraftForm(forms.Form):
    """The period of a quality analysis report, and the language that it is written in."""

    period = forms.CharField(
        label=_("Period"), max_length=20, help_text=_("A year, half-year or quarter: 2014, 2014H1, 2014Q3.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="zh-hans")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].widget.attrs |= {"class": "form-control", "aria-describedby": "id_period_helptext"}
        self.fields["language"].widget.attrs["class"] = "form-select"

    def clean_period(self) -> Period:
        """Return the period; a span that is no year, half-year, quarter or month is refused in words."""
        try:
            period = parse(self.cleaned_data["period"])
            indicators.grain_of(period)
        except QualicityError as error:
            raise forms.ValidationError(error.text.in_language(get_language() or "zh-hans")) from error
        return period


class CheckForm(forms.Form):
    """A document whose layout is to be measured."""

    file = forms.FileField(label=_("File"), help_text=_("A document as .docx or .pdf; it is measured and not kept."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs |= {
            "class": "form-control", "accept": ".docx,.pdf", "aria-describedby": "id_file_helptext",
        }  # fmt: skip

    def clean_file(self) -> Any:
        """Return the file; one larger than a document can be is refused."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 50 MB."))
        return file


class ProseForm(forms.Form):
    """The words of one paragraph, bound numbers as ⟦…⟧."""

    text = forms.CharField(label=_("Text of the paragraph"), required=False, widget=forms.Textarea, max_length=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"class": "form-control", "rows": "8", "aria-describedby": "text-help"}
