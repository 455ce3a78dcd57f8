"""The schema of an application form (申报表): sections of fields, each with the kind of answer that fits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qualicity.definitions.model import Code, Model, Words
from qualicity.definitions.plans import Certainty


class Choice(Model):
    """One answer to choose."""

    code: Code
    title: Words


class FormField(Model):
    """One field; a ``yearly`` number is asked for each of the years before the application, the latest first."""

    code: Code
    title: Words
    kind: Literal["text", "long_text", "number", "choice", "yearly"]
    required: bool = True
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_length: Annotated[int, Field(ge=1, le=20000)] = 200
    pattern: str | None = None
    choices: tuple[Choice, ...] = ()
    years: Annotated[int, Field(ge=1, le=10)] = 3
    note: Words | None = None
    certainty: Certainty = "excerpt"


class FormSection(Model):
    """Fields that stand together."""

    code: Code
    title: Words
    fields: tuple[FormField, ...] = Field(min_length=1)


class ApplicationForm(Model):
    """The whole form, with what its notes on filling in say."""

    code: Code
    title: Words
    note: Words
    certainty: Certainty
    sections: tuple[FormSection, ...] = Field(min_length=1)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Return every field in order."""
        return tuple(field for section in self.sections for field in section.fields)

    def field(self, code: str) -> FormField:
        """Return the field of that code; KeyError when there is none."""
        for one in self.fields:
            if one.code == code:
                return one
        raise KeyError(code)
