"""What every rule looks at: the measured document, its parts, the house style; and how a finding is worded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from qualicity.engines.documents.checking.anatomy import MM, Measured
from qualicity.engines.documents.checking.faces import Faces
from qualicity.engines.documents.checking.forms import Form, form_of
from qualicity.engines.documents.checking.parts import Outline, outline
from qualicity.engines.documents.checking.results import Deviation
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.styles import Style

WHOLE: Final = Text("全文", "whole document")


@dataclass(frozen=True)
class Case:
    """One document held against one house style."""

    measured: Measured
    style: Style

    @cached_property
    def outline(self) -> Outline:
        """The parts of the document."""
        return outline(self.measured)

    @cached_property
    def form(self) -> Form:
        """The form of the document."""
        return form_of(self.measured, self.outline)

    @cached_property
    def faces(self) -> Faces:
        """The faces of the style."""
        return Faces(self.style)

    @property
    def is_pdf(self) -> bool:
        """Whether places were measured on pages, not read from settings."""
        return self.measured.kind == "pdf"

    @cached_property
    def line_pitch(self) -> float:
        """The pitch of lines that the style's block and number of lines make, in points."""
        return self.style.page.block_height.value * MM / self.style.body.lines.value

    @property
    def slack(self) -> float:
        """How far an indent may be off, in characters: type set by a grid is a little narrower than its size."""
        return 0.5 if self.is_pdf else 0.3


def deviation(clause: str, where: Text, found: Text | str, expected: Text | str) -> Deviation:
    """Return a deviation; a plain text is the same in both languages."""
    return Deviation(clause, where, _both(found), _both(expected))


def _both(text: Text | str) -> Text:
    return Text(text, text) if isinstance(text, str) else text


def amount(value: float) -> str:
    """Return a length with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def millimetres(value: float) -> str:
    """Return a length in millimetres."""
    return f"{amount(value)} mm"


def points(value: float) -> Text:
    """Return a length in points."""
    return Text(f"{amount(value)} 磅", f"{amount(value)} pt")


def characters(value: float) -> Text:
    """Return a length in characters."""
    shown = amount(value)
    return Text(f"{shown} 字", f"{shown} character{'' if shown == '1' else 's'}")
