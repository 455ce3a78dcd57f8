"""The schema of the sentences that documents are composed of: templates in both languages, no digit in them."""

from __future__ import annotations

import re
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from qualicity.definitions.model import Model

_DIGIT = re.compile(r"[0-9０-９]")


class Template(Model):
    """One sentence with slots in curly brackets; every number in it comes out of a slot."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)

    zh: str
    en: str


def _checked(template: Template) -> Template:
    for words in (template.zh, template.en):
        literal = "".join(part for part, _, _, _ in Formatter().parse(words))
        if found := _DIGIT.search(literal):
            raise ValueError(f"a sentence holds no figure of its own: “{found[0]}” in “{words}”")
    if _slots(template.zh) != _slots(template.en):
        raise ValueError(f"both languages must have the same slots: {template.zh} / {template.en}")
    return template


def _slots(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


class Sentences(Model):
    """One file of ``sentences/``: the code of the document that it is for, and its sentences by key."""

    code: str
    sentences: dict[Annotated[str, Field(pattern=r"^[a-z0-9_.]+$")], Annotated[Template, AfterValidator(_checked)]]
