"""The questions that every cross-check asks, and the list on which it writes what is wrong."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from qualicity.definitions.loading import KeyPath, Problem, Source
from qualicity.definitions.mistakes import hint
from qualicity.errors import Text


@dataclass(frozen=True, slots=True)
class Check:
    """A place in a definition, and the list of problems that is being written."""

    source: Source
    problems: list[Problem]
    within: KeyPath = ()

    def at(self, *path: str | int) -> Check:
        """Return the check of a place further inside."""
        return replace(self, within=(*self.within, *path))

    def say(self, zh: str, en: str) -> None:
        """Write down what is wrong here."""
        self.problems.append(Problem(self.source.where(*self.within), zh, en))

    def known(self, word: str, words: Iterable[str], what: Text) -> bool:
        """Say whether a word is among the known ones; write it down with the nearest right word when it is not."""
        words = tuple(words)
        if word in words:
            return True
        like = hint(word, words)
        self.say(f"没有{what.zh}“{word}”{like.zh}", f"there is no {what.en} “{word}”{like.en}")
        return False

    def once(self, things: Sequence[Hashable], what: Text, *key: str | int) -> None:
        """Write down what is listed twice; ``key`` leads from an item of the list to the word."""
        seen: set[Hashable] = set()
        for number, thing in enumerate(things):
            if thing in seen:
                self.at(number, *key).say(f"{what.zh}“{thing}”出现两次", f"the {what.en} “{thing}” is there twice")
            seen.add(thing)
