"""Makes sure that no figure of the goals gets lost: what no target took is handed to a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from qualicity.engines.documents.outline import Section
from qualicity.engines.documents.results import NotUnderstood, Target
from qualicity.engines.documents.targets.clauses import clauses, sentences
from qualicity.engines.documents.targets.quantities import spare_numbers
from qualicity.errors import Text

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_LOST: Final = Text(
    "有带单位的数字，没有进入任何目标，请核对", "A figure with a unit that went into no target; please check"
)


def lost_figures(
    sections: Sequence[Section],
    taken: Sequence[tuple[int, Target]],
    listed: Sequence[Target],
    strays: Collection[NotUnderstood],
) -> Iterator[NotUnderstood]:
    """Return the clauses of goals whose figures stand neither in a target of their line nor among the strays.

    ``taken`` holds each target with the line that it was read from, ``listed`` those of tables: a sentence that
    only repeats a row of a table is no loss.
    """
    everywhere = {value for _, target in taken for _, value in target.points}
    everywhere |= {value for target in listed for value in values_of(target)}
    by_line: dict[int, set[float]] = {}
    for at, target in taken:
        by_line.setdefault(at, set()).update(values_of(target))
    for item in strays:
        by_line.setdefault(item.line, set()).update(float(n) for n in _NUMBER.findall(item.text))
    for line, text in _texts(sections):
        values = everywhere | by_line.get(line, set())
        for sentence in sentences(text):
            for clause in clauses(sentence):
                words = clause.strip("，。；！： ")
                if spare_numbers(words, values):
                    yield NotUnderstood(line, words, _LOST)


def values_of(target: Target) -> set[float]:
    """Return all the numbers that a target holds."""
    plain = (target.value, target.from_value, target.upper)
    return {value for value in plain if value is not None} | {value for _, value in target.points}


def _texts(sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    for section in sections:
        for inner in section.walk():
            if not inner.body and re.search(r"\d", inner.title):
                yield inner.line, inner.title
            for passage in inner.passages:
                yield passage.line, passage.text
