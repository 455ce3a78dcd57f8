"""What a report would say differently: which numbers, which sentences, old and new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualicity.engines.documents.official.model import Document, figures_of, plain
from qualicity.publication.reports.queries.prose import runs_of

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.parts import Part


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference: a bound number (by code, place and period) or a paragraph (by its key).

    ``old`` is empty where it is new, ``new`` where it is gone; ``figures`` are the codes of the numbers whose change
    made a sentence change.
    """

    kind: Literal["figure", "sentence"]
    key: str
    place: str
    period: str
    old: str
    new: str
    figures: tuple[str, ...] = ()


def compared(
    old: Document, old_parts: Sequence[Part], new: Document, new_parts: Sequence[Part]
) -> tuple[Changed, ...]:
    """Return every difference between two versions of a document: numbers first, then sentences, in reading order."""
    before = {(one.code, one.place, one.period): one.text for one in figures_of(old)}
    after = {(one.code, one.place, one.period): one.text for one in figures_of(new)}
    found = [
        Changed("figure", *key, before.get(key, ""), after.get(key, ""))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]
    moved = {one.key for one in found}
    was = {part.key: part for part in old_parts if part.key}
    now = {part.key: part for part in new_parts if part.key}
    for key in dict.fromkeys((*was, *now)):
        first = plain(runs_of(was[key])) if key in was else ""
        then = plain(runs_of(now[key])) if key in now else ""
        if first != then:
            codes = _codes(was.get(key)) | _codes(now.get(key))
            found.append(Changed("sentence", key, "", "", first, then, tuple(sorted(codes & moved))))
    return tuple(found)


def _codes(part: Part | None) -> set[str]:
    return (
        set()
        if part is None
        else {run.code for run in runs_of(part) if not isinstance(run, str) and hasattr(run, "code")}
    )
