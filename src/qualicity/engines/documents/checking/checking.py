"""``check_document``: any DOCX or PDF held against a house style."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from qualicity.engines.documents.checking.anatomy import MM
from qualicity.engines.documents.checking.case import Case
from qualicity.engines.documents.checking.guards import admit
from qualicity.engines.documents.checking.pdf.reading import measure_pdf
from qualicity.engines.documents.checking.results import Checked, Deviation, Notice
from qualicity.engines.documents.checking.rules import (
    addressees_and_attachments,
    heading_levels,
    imprint,
    lines_and_characters,
    number_and_letterhead,
    page_numbers,
    paper,
    placing,
    signature_and_date,
    signs,
    type_faces,
)
from qualicity.engines.documents.checking.word.reading import measure_word
from qualicity.errors import Text

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.definitions.styles import Style
    from qualicity.engines.documents.checking.anatomy import Measured

RULES: Final[tuple[Callable[[Case], Iterator[Deviation | Notice]], ...]] = (
    paper.check,
    lines_and_characters.check,
    type_faces.check,
    placing.check,
    number_and_letterhead.check,
    addressees_and_attachments.check,
    heading_levels.check,
    signature_and_date.check,
    imprint.check,
    page_numbers.check,
    signs.check,
)


def check_document(path: Path, style: Style, *, name: str = "") -> Checked:
    """Return what in a .docx or .pdf is not as the style sets it; ``name`` is what the result calls the file.

    Raises FileError, with what to do, when the file cannot be measured: wrong kind, damaged, locked, a scan.
    """
    kind = admit(path)
    measured = measure_word(path) if kind == "docx" else measure_pdf(path, _asked(style))
    return check_measured(measured, style, name=name or path.name)


def _asked(style: Style) -> tuple[float, float]:
    return style.page.left.value * MM, (style.page.width.value - style.page.right.value) * MM


def check_measured(measured: Measured, style: Style, *, name: str) -> Checked:
    """Hold a measured document against a style."""
    case = Case(measured, style)
    found = [one for rule in RULES for one in rule(case)]
    notices = [Notice(text) for text in measured.notices] + [one for one in found if isinstance(one, Notice)]
    return Checked(
        file=name,
        kind=measured.kind,
        style=style.code,
        deviations=tuple(_merged(one for one in found if isinstance(one, Deviation))),
        notices=tuple(dict.fromkeys(notices)),
    )


def _merged(deviations: Iterable[Deviation]) -> Iterator[Deviation]:
    """Tell what is wrong in many places once: the first place, and how many there are."""
    groups: dict[tuple[str, Text, Text], list[Deviation]] = {}
    for one in deviations:
        groups.setdefault((one.clause, one.found, one.expected), []).append(one)
    for (clause, found, expected), alike in groups.items():
        first, more = alike[0].where, len(alike) - 1
        where = Text(f"{first.zh}等 {more + 1} 处", f"{first.en} and {more} more") if more else first
        yield Deviation(clause, where, found, expected)
