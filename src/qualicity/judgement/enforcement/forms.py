"""What people fill in: a new case, a decision, a campaign; money in yuan."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.lifecycle import WORDS, CampaignState, Origin, Party
from qualicity.judgement.enforcement.queries import campaigns, definitions

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.errors import QualicityError

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def refuse(form: forms.Form, error: QualicityError) -> int:
    """Write the sentence of one of our own errors on a form and return the status; raise what is no form's matter."""
    if error.http_status not in (409, 422):
        raise error
    form.add_error(None, error.text.in_language(language()))
    return error.http_status


class YuanField(forms.DecimalField):
    """Money: typed in yuan with at most two decimals, handed on as whole fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=15, decimal_places=2, min_value=Decimal(0), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the amount in fen."""
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * Decimal(100))


class CaseForm(forms.Form):
    """A clue that becomes a case."""

    organisation = forms.ChoiceField(label=_("Unit"))
    party_kind = forms.ChoiceField(label=_("The party is"))
    uscc = forms.CharField(label=_("Social credit code"), max_length=18, required=False)
    name = forms.CharField(
        label=_("Name of the party"), max_length=200, required=False,
        help_text=_("An enterprise that is registered here is named by its code."),
    )  # fmt: skip
    what = forms.CharField(label=_("Suspected breach"), max_length=80)
    origin = forms.ChoiceField(label=_("Where it came from"))
    sector = forms.ChoiceField(label=_("Field"))
    campaign = forms.ChoiceField(label=_("Special campaign"), required=False)
    goods = YuanField(label=_("Worth of the goods (yuan)"), required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [one for one in accounts.organisations() if accounts.can(by, permissions.ACT, organisation=one)]
        running = campaigns(by, state=CampaignState.RUNNING)
        _offer(self, "organisation", [(one.code, one.title(language())) for one in units])
        _offer(self, "party_kind", [(one.value, WORDS[one].in_language(language())) for one in Party])
        _offer(self, "origin", [(one.value, WORDS[one].in_language(language())) for one in Origin])
        _offer(self, "sector", [(one.code, one.title.in_language(language())) for one in definitions().sectors])
        _offer(self, "campaign", [("", "—"), *((one.code, one.title(language())) for one in running)])


class DecisionForm(forms.Form):
    """What is imposed."""

    number = forms.CharField(label=_("Number of the decision"), max_length=100)
    kinds = forms.MultipleChoiceField(label=_("Kinds"), widget=forms.CheckboxSelectMultiple)
    violation = forms.CharField(label=_("Breach"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    basis = forms.CharField(label=_("Legal basis"), max_length=500, required=False)
    fine = YuanField(label=_("Fine (yuan)"), required=False)
    confiscated = YuanField(label=_("Confiscated (yuan)"), required=False)
    scale = forms.ChoiceField(label=_("Scale"))
    limited_until = forms.DateField(label=_("Limited until"), required=False, widget=_DATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "kinds", [(one.code, one.title.in_language(language())) for one in definitions().kinds])
        _offer(
            self,
            "scale",
            [("ordinary", _("ordinary")), ("light", _("lenient or mitigated")), ("severe", _("severe"))],
        )


class CampaignForm(forms.Form):
    """A special campaign."""

    organisation = forms.ChoiceField(label=_("Unit"))
    code = forms.SlugField(label=_("Code"), max_length=60)
    title_zh = forms.CharField(label=_("Title"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    since = forms.DateField(label=_("From"), widget=_DATE)
    until = forms.DateField(label=_("Until"), widget=_DATE)
    sectors = forms.MultipleChoiceField(label=_("Fields"), widget=forms.CheckboxSelectMultiple, required=False)
    places = forms.MultipleChoiceField(label=_("Places"), widget=forms.CheckboxSelectMultiple, required=False)
    market = forms.CharField(label=_("Market"), max_length=100, required=False)
    text = forms.CharField(label=_("Plan"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    cases = forms.IntegerField(label=_("Cases aimed at"), required=False, min_value=0)
    penalties = forms.IntegerField(label=_("Penalties aimed at"), required=False, min_value=0)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [one for one in accounts.organisations() if accounts.can(by, permissions.ACT, organisation=one)]
        places = [one for one in registry.plan().places if one.code != registry.plan().place]
        _offer(self, "organisation", [(one.code, one.title(language())) for one in units])
        _offer(self, "sectors", [(one.code, one.title.in_language(language())) for one in definitions().sectors])
        _offer(self, "places", [(one.code, one.title.in_language(language())) for one in places])


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
