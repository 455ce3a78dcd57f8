"""How every form looks: the renderer that Django asks, our own template for a field, and a field of several files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django import forms
from django.forms.renderers import TemplatesSetting

if TYPE_CHECKING:
    from collections.abc import Sequence


class Renderer(TemplatesSetting):
    """Django's renderer with the theme's form and field."""

    form_template_name = "theme/components/form.html"
    field_template_name = "theme/components/field.html"


class ManyFiles(forms.ClearableFileInput):
    """A file control that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Clean each file by itself."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a step asks for; ``choices`` are pairs of value and words."""

    name: str
    label: Any
    kind: Literal["text", "words", "date", "number", "files", "tick", "choice"] = "words"
    required: bool = True
    choices: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a person may do now, as ``theme/components/steps.html`` shows it: where to, and what it asks."""

    code: str
    title: Any
    address: str
    asks: Sequence[Ask] = ()
    is_main: bool = False
    hint: Any = ""
