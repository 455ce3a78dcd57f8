"""One tree of errors, each with a sentence for the person who meets it.

QualicityError
├── DefinitionError      a definition (YAML) cannot be used: file, line, what is wrong, nearest right word
├── FileError            a file from outside cannot be read: encoding, bomb, macro, oversize, wrong kind
│   └── WrongFileError   readable, but not for this register
├── InputError           a value that a person typed is not usable: which, found, expected
├── NotAllowedError      this person may not do this
├── NotPossibleError     this thing cannot be done to that in its present state
│   └── StaleError       somebody else was faster: look again
├── NotFoundError        there is no such thing (or not for you)
└── IntegrityError       what is stored does not agree with what was recorded
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages of the interface."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the sentence for a language code such as ``zh-hans`` or ``en``."""
        return self.en if language.startswith("en") else self.zh

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}" if self.zh != self.en else self.zh


class QualicityError(Exception):
    """Something that a person can understand and mend; shown without a traceback."""

    exit_code = 1
    http_status = 400

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(str(self.text))


class DefinitionError(QualicityError):
    """A definition cannot be used."""

    exit_code = 3
    http_status = 500


class FileError(QualicityError):
    """A file from outside cannot be read."""

    exit_code = 4
    http_status = 422


class WrongFileError(FileError):
    """A readable file that was not made for this register."""


class InputError(QualicityError):
    """A value that a person typed is not usable."""

    exit_code = 2
    http_status = 422


class NotAllowedError(QualicityError):
    """This person may not do this."""

    exit_code = 5
    http_status = 403


class NotPossibleError(QualicityError):
    """This cannot be done to the thing in its present state."""

    exit_code = 6
    http_status = 409


class StaleError(NotPossibleError):
    """Somebody else changed the thing first."""


class NotFoundError(QualicityError):
    """There is no such thing, or none that this person may see."""

    exit_code = 7
    http_status = 404


class IntegrityError(QualicityError):
    """What is stored does not agree with what was recorded."""

    exit_code = 8
    http_status = 500


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like ``word``, or None when nothing is alike."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return found[0] if found else None
