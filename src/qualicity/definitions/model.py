"""What every definition schema is made of: strict models and sentences in two languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from qualicity.errors import Text

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
"""A short name in lower case: letters, digits, hyphen, underscore."""

RegisterCode = Annotated[Code, Field(alias="register")]
"""The code of a register; the key in YAML is ``register``."""

Scalar = str | bool | int | float


class Model(BaseModel):
    """A strict, frozen piece of a definition: a misspelt key refuses to load."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Words(Model):
    """A title or sentence in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def text(self) -> Text:
        """Return the same words as the errors and messages carry them."""
        return Text(self.zh, self.en)

    def in_language(self, language: str) -> str:
        """Return the words for a language code such as ``zh-hans`` or ``en``."""
        return self.text.in_language(language)


class Condition(Model):
    """One condition on one column; the bounds that are given must all hold."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None
    not_in: tuple[Scalar, ...] = ()
    is_empty: bool | None = None


Filter = dict[str, Scalar | tuple[Scalar, ...] | Condition]
"""Column name → a value, a list of allowed values, or a condition; all must hold."""
