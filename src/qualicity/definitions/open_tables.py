"""The schema of a table that may leave the house: its fields, and nothing that is not named here."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from qualicity.definitions.model import Code, Model, Words

FieldType = Literal["text", "integer", "number", "boolean", "date", "datetime"]
Frequency = Literal["daily", "weekly", "monthly", "yearly", "irregular"]


class Pattern(Model):
    """Something that is struck out of running text wherever it stands, and what stands in its place."""

    title: Words
    expression: str
    becomes: str

    @model_validator(mode="after")
    def _is_expression(self) -> Pattern:
        try:
            re.compile(self.expression)
        except re.error as error:
            raise ValueError(f"this is no regular expression: {error}") from error
        return self


class Mask(Model):
    """One way in which persons are made unrecognisable.

    ``name``: a name keeps its first ``keep`` characters and gets ``filler`` for the rest. ``bare_name``: only a text
    that is a person's name and nothing else, as a sole proprietor without a trade name has; one that holds any of the
    ``designators`` is a trade name and stays. ``running_text``: the patterns are struck out.
    """

    code: Code
    kind: Literal["name", "bare_name", "running_text"]
    title: Words
    why: Words
    keep: Annotated[int, Field(ge=0, le=2)] = 1
    filler: str = "某"
    longest: int = 4
    designators: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()


class Masking(Model):
    """The file ``masking.yaml``."""

    clause: Words
    masks: tuple[Mask, ...]


class OpenField(Model):
    """One field that may leave; what a table's source holds besides stays in the house.

    ``joins`` names the table whose key this is. ``filter``: readers may ask for one value; ``search``: the words of a
    search are looked for here. ``values``: what each of its few codes means.
    """

    code: Code
    title: Words
    text: Words | None = None
    type: FieldType
    unit: str = ""
    mask: Code | None = None
    joins: Code | None = None
    filter: bool = False
    search: bool = False
    required: bool = False
    values: dict[str, Words] = Field(default_factory=dict)


class Suppression(Model):
    """Groups that are too small to show: ``count`` says how many, ``hides`` what is then left out.

    Rows that agree in ``within`` are one table of groups; the row where ``total`` holds is their sum. A single group
    left out could be had by subtracting from it, so others are left out with it.
    """

    count: Code
    hides: tuple[Code, ...] = Field(min_length=1)
    within: tuple[Code, ...]
    total: dict[Code, str] = Field(default_factory=dict)
    minimum: Annotated[int, Field(ge=2)] = 5


class OpenTable(Model):
    """One table that anybody may have: where it comes from, its fields, its key, how it is ordered and licensed.

    ``order`` names fields, a leading minus for the latest or largest first. ``ends`` names the field that holds the
    last day on which a row may be seen; from the day after nobody sees it, in whatever release it stands.
    """

    code: Code
    title: Words
    text: Words
    subject: Literal["indicators", "checks", "enterprises", "lists", "alerts", "house"]
    source: Code
    key: tuple[Code, ...] = Field(min_length=1)
    order: tuple[str, ...] = ()
    ends: Code | None = None
    licence: Literal["CC-BY-4.0", "CC0-1.0"]
    frequency: Frequency
    clause: Words
    certainty: Literal["full", "excerpt", "unverified", "self_designed"]
    fields: tuple[OpenField, ...] = Field(min_length=1)
    suppress: Suppression | None = None

    def field(self, code: str) -> OpenField:
        """Return the field of that code; KeyError when there is none."""
        for one in self.fields:
            if one.code == code:
                return one
        raise KeyError(code)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the fields in order."""
        return tuple(one.code for one in self.fields)

    @property
    def ordering(self) -> tuple[tuple[str, bool], ...]:
        """Return (field, is_descending) for a total order: the fields named, then the key."""
        named = tuple((one.removeprefix("-"), one.startswith("-")) for one in self.order)
        return named + tuple((one, False) for one in self.key if one not in {code for code, _ in named})

    @model_validator(mode="after")
    def _names_its_own_fields(self) -> OpenTable:
        known = set(self.codes)
        if len(known) < len(self.fields):
            raise ValueError(f"a field of “{self.code}” is written twice")
        named = {*self.key, *(code for code, _ in self.ordering), *([self.ends] if self.ends else [])}
        if self.suppress:
            hidden = {*self.suppress.hides}
            named |= {self.suppress.count, *hidden, *self.suppress.within, *self.suppress.total}
            if hidden & {*self.key, *(code for code, _ in self.ordering)}:
                raise ValueError(f"“{self.code}” is ordered by a field that suppression hides")
        if unknown := sorted(named - known):
            raise ValueError(f"“{self.code}” has no field “{unknown[0]}”")
        if masked := [one for one in self.key if self.field(one).mask]:
            raise ValueError(f"the key “{masked[0]}” of “{self.code}” is masked, so it no longer tells rows apart")
        if self.ends and self.field(self.ends).type != "date":
            raise ValueError(f"the field “{self.ends}” that ends a row of “{self.code}” must be a date")
        return self
