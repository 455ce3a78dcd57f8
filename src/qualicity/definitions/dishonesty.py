"""The schema of the list of the seriously dishonest: on which grounds one is listed, and what follows from it."""

from __future__ import annotations

from pydantic import Field

from qualicity.definitions.laws import Certainty
from qualicity.definitions.model import Code, Model, Words


class Ground(Model):
    """One ground; ``needs_penalty``: only together with a heavier penalty for the same conduct."""

    code: Code
    title: Words
    field: Code
    clause: str = ""
    needs_penalty: bool = True


class GroundsText(Model):
    """The grounds of one text of the law, in the order of its articles."""

    text: Code
    certainty: Certainty | None = None
    """How sure they are, where not as the text."""
    needs_consent: bool = True
    """Whether a county or city needs the consent of the level above."""
    spares_without_intent: bool = True
    """Whether who proves that there was no intent is not listed."""
    grounds: tuple[Ground, ...] = Field(min_length=1)

    def ground(self, code: str) -> Ground:
        """Return the ground of that code; KeyError when there is none."""
        for one in self.grounds:
            if one.code == code:
                return one
        raise KeyError(code)


class Grounds(Model):
    """The file ``dishonesty/grounds.yaml``."""

    law: Code
    fields: dict[Code, Words]
    texts: tuple[GroundsText, ...] = Field(min_length=1)

    def of(self, text: str) -> GroundsText:
        """Return the grounds of a text of the law; KeyError when there are none."""
        for one in self.texts:
            if one.text == text:
                return one
        raise KeyError(text)


class Measure(Model):
    """One measure against who is listed: who is told of it, and in how many working days they say what they did."""

    code: Code
    title: Words
    clause: str = ""
    organisations: tuple[Code, ...] = ()
    """Whom a city tells unless its officer chooses others; who is not there is not told."""
    days: int = Field(default=10, gt=0)


class Measures(Model):
    """The file ``dishonesty/measures.yaml``."""

    certainty: Certainty
    source: Words
    lifting_days: int = Field(gt=0)
    """Within how many working days after the end of a listing its measures are lifted and this is confirmed."""
    measures: tuple[Measure, ...] = Field(min_length=1)

    def measure(self, code: str) -> Measure:
        """Return the measure of that code; KeyError when there is none."""
        for one in self.measures:
            if one.code == code:
                return one
        raise KeyError(code)


__all__ = ["Ground", "Grounds", "GroundsText", "Measure", "Measures"]
