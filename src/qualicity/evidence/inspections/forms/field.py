"""What is filled in at the place: the sampling sheet, a visit in vain, and what is done with a sample afterwards."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.definitions.catalogue import catalogue
from qualicity.evidence.inspections import actions
from qualicity.evidence.inspections.lifecycle import WORDS, TargetState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

    from qualicity.commons.accounts.models import Person
    from qualicity.errors import Text
    from qualicity.evidence.inspections.models import Sample

ELSEWHERE = {"latitude": "address", "longitude": "address", "price_fen": "price_yuan", "visited_at": "sampled_at"}
"""In which field of the form a problem is mended, where it is called differently there."""
PICTURES = ("photo", "sampler_signature", "unit_signature")


class _Placed(forms.Form):
    """What every form that is filled in at the place has: its identity, when, and where."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    sampled_at = forms.DateTimeField(
        label=_("Date and time"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    accuracy_metres = forms.FloatField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid4
        self.fields["sampled_at"].initial = now

    def _at(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("latitude", "longitude", "accuracy_metres")}

    def refuse(self, problems: Iterable[actions.Problem]) -> None:
        """Write each problem beside its field."""
        for one in problems:
            self.say(one.field, one.text)

    def say(self, field: str, text: Text) -> None:
        """Write what is wrong beside a field, or above the form where the form has no such field."""
        name = ELSEWHERE.get(field, field)
        self.add_error(name if name in self.fields else None, text.in_language(language()))

    def by_field(self) -> dict[str, list[str]]:
        """Return what is wrong by field, as a script shows it."""
        return {name: [str(one) for one in found] for name, found in self.errors.items()}


class SheetForm(_Placed):
    """The sampling sheet."""

    product_name = forms.CharField(label=_("Name of the goods"), max_length=200)
    goods = forms.ChoiceField(label=_("State of the goods"), required=False)
    brand = forms.CharField(label=_("Brand"), max_length=100, required=False)
    specification = forms.CharField(label=_("Specification"), max_length=200, required=False)
    batch_number = forms.CharField(label=_("Batch number"), max_length=100, required=False)
    produced_on = forms.DateField(
        label=_("Made on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    shelf_life = forms.CharField(label=_("Shelf life"), max_length=60, required=False)
    lot_size = forms.CharField(label=_("Goods on hand"), max_length=60, required=False)
    quantity = forms.CharField(label=_("Sample for tests"), max_length=60)
    reserve_quantity = forms.CharField(label=_("Reserve sample"), max_length=60, required=False)
    price_yuan = forms.DecimalField(
        label=_("Unit price (yuan)"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    maker = forms.CharField(label=_("Maker"), max_length=200, required=False)
    maker_code = forms.CharField(label=_("Maker's social credit code"), max_length=18, required=False)
    samplers = forms.MultipleChoiceField(label=_("Samplers"), widget=forms.CheckboxSelectMultiple)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    photo = forms.FileField(label=_("Photographs"), required=False)
    sampler_typed = forms.CharField(label=_("Name of the sampler who signs"), max_length=100, required=False)
    sampler_confirmed = forms.BooleanField(label=_("I sign with my name."), required=False)
    sampler_signature = forms.FileField(label=_("Signature of the samplers"), required=False)
    unit_typed = forms.CharField(label=_("Name of who signs for the unit"), max_length=100, required=False)
    unit_confirmed = forms.BooleanField(label=_("I sign for the unit with my name."), required=False)
    unit_signature = forms.FileField(label=_("Signature of the sampled unit"), required=False)
    note = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, inspectors: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = catalogue().field_work
        self._choose("goods", [(one.code, one.title.in_language(language())) for one in rules.goods] if rules else [])
        self._choose("samplers", [(one.username, str(one)) for one in inspectors])
        self.fields["samplers"].initial = [one.username for one in inspectors]
        for name, example in (("lot_size", "400 袋"), ("quantity", "6 袋"), ("reserve_quantity", "3 袋")):
            self.fields[name].widget.attrs["placeholder"] = example
        self.fields["photo"].widget.attrs["accept"] = "image/jpeg,image/png"

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def sheet(self) -> actions.Sheet:
        """Return the sheet as it was filled in; a typed name counts once it is confirmed."""
        given = self.cleaned_data
        words = ("product_name", "brand", "specification", "batch_number", "shelf_life", "quantity",
                 "reserve_quantity", "lot_size", "address", "maker", "maker_code", "note")  # fmt: skip
        yuan: Decimal | None = given["price_yuan"]
        return actions.Sheet(
            **{name: given[name] for name in words}, **self._at(),
            goods=given["goods"] or "for_sale", produced_on=given["produced_on"], sampled_at=given["sampled_at"],
            samplers=tuple(given["samplers"]), price_fen=None if yuan is None else int(yuan * 100),
            sampler_typed=given["sampler_typed"] if given["sampler_confirmed"] else "",
            unit_typed=given["unit_typed"] if given["unit_confirmed"] else "",
        )  # fmt: skip


class VainForm(_Placed):
    """A visit in vain."""

    outcome = forms.ChoiceField(label=_("Why nothing was sampled"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("What you found"), max_length=300, widget=forms.Textarea({"rows": 3}))
    photo = forms.FileField(label=_("Photograph of the place"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        vain = (TargetState.NOT_FOUND, TargetState.NO_GOODS, TargetState.REFUSED)
        field.choices = [(str(one), WORDS[one].in_language(language())) for one in vain]
        self.fields["photo"].widget.attrs["accept"] = "image/jpeg,image/png"

    def visit(self) -> actions.InVain:
        """Return the visit as it was filled in."""
        given = self.cleaned_data
        return actions.InVain(
            outcome=given["outcome"], note=given["note"], visited_at=given["sampled_at"], **self._at()
        )


def pictures(files: MultiValueDict[str, UploadedFile[Any]]) -> list[actions.Picture]:
    """Return the photographs and signatures that came with a form."""
    return [actions.Picture(kind, one, one.name or kind) for kind in PICTURES for one in files.getlist(kind)]


class DeliveryForm(forms.Form):
    """To which laboratory a sample goes."""

    laboratory = forms.ChoiceField(label=_("Laboratory"))

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["laboratory"]
        assert isinstance(field, forms.ChoiceField)
        laboratories = accounts.organisations().filter(kind="laboratory")
        own = sample.laboratory.code if sample.laboratory else ""
        field.choices = [(one.code, one.title(language())) for one in laboratories]
        field.initial = own
