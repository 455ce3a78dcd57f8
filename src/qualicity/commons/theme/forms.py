"""How every form looks: the renderer that Django asks, with our own template for a field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.forms.renderers import TemplatesSetting

if TYPE_CHECKING:
    from collections.abc import Sequence


class Renderer(TemplatesSetting):
    """Django's renderer with the theme's form and field."""

    form_template_name = "theme/components/form.html"
    field_template_name = "theme/components/field.html"


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
