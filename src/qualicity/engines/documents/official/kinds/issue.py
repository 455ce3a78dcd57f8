"""What every kind of document needs and no kind composes: who issues it, to whom, when, under which number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from qualicity.engines.documents.official.model import Block, Document, Form, Heading, Kind, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Who issues a document, to whom and when; the fields are those of ``Document``."""

    letterhead: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    number: str = ""
    approvers: tuple[str, ...] = ()
    addressees: str = ""
    signers: tuple[str, ...] = ()
    signed_on: date | None = None
    sealed: bool = True
    notes: str = ""
    copies: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    simulated: bool = False
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()

    def document(self, kind: Kind, form: Form, title: str, **parts: Any) -> Document:
        """Return a document of this issue; ``parts`` are what its kind adds."""
        known = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Document(kind, title, form, **(known | parts))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document under a numbered heading, with the parts within it."""

    title: str | tuple[Run, ...]
    blocks: tuple[Block, ...] = ()
    within: tuple[Section, ...] = ()


_LEVELS: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 3, 4)


def blocks_of_sections(sections: Iterable[Section], *, depth: int = 0) -> tuple[Block, ...]:
    """Return sections as headings and what stands under them; below the fourth level headings stay there."""
    found: list[Block] = []
    for section in sections:
        title = (section.title,) if isinstance(section.title, str) else section.title
        found.append(Heading(_LEVELS[min(depth, 3)], title))
        found += section.blocks
        found += blocks_of_sections(section.within, depth=depth + 1)
    return tuple(found)
