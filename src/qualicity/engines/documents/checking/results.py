"""What a check of a document's layout found: deviations, each with its clause, and notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qualicity.errors import Text


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that is not as the house style sets it, and the clause that sets it."""

    clause: str
    where: Text
    found: Text
    expected: Text

    def as_json(self, language: str) -> dict[str, str]:
        """Return the deviation in one language."""
        return {
            "clause": self.clause,
            "where": self.where.in_language(language),
            "found": self.found.in_language(language),
            "expected": self.expected.in_language(language),
        }


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that a reader should know and that is no deviation: a substituted font, a part not measured."""

    text: Text


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of checking one file."""

    file: str
    kind: Literal["docx", "pdf"]
    style: str
    deviations: tuple[Deviation, ...]
    notices: tuple[Notice, ...]

    def as_json(self, language: str = "zh-hans") -> dict[str, object]:
        """Return ``{file, deviations: [{clause, where, found, expected}], notices: […]}`` in one language."""
        return {
            "file": self.file,
            "deviations": [one.as_json(language) for one in self.deviations],
            "notices": [one.text.in_language(language) for one in self.notices],
        }
