"""The words of a document that both writers show alike: cleaned text, labels, names of attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from qualicity.engines.documents.official.layout import dated, width
from qualicity.engines.documents.official.model import Figure, Run, Strong, plain, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.definitions.styles import Style
    from qualicity.engines.documents.official.model import Column, Document

CONTENTS = "目　录"


def clean(text: str) -> str:
    """Return a text without what no document can hold: controls and lone surrogates; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(one for one in text.replace("\t", " ") if one == "\n" or _can_stand(one))


def _can_stand(one: str) -> bool:
    code = ord(one)
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return category(one) not in {"Cc", "Cs"} and not no_character


def marks(document: Document) -> tuple[tuple[str, str], ...]:
    """Return the marks of the upper left corner from above: (element, text)."""
    found = (
        ("copy_number", document.copy_number),
        ("secrecy", document.secrecy),
        ("urgency", document.urgency),
    )
    return tuple((element, clean(text)) for element, text in found if text)


def addressees(document: Document, style: Style) -> str:
    """Return who is addressed, with the colon that ends it."""
    end = style.marks.addressees_end.value
    text = clean(document.addressees).strip()
    return text if not text or text.endswith((end, ":")) else text + end


def copies(document: Document) -> str:
    """Return who gets a copy, with its full stop (7.4.2)."""
    text = clean(document.copies).strip()
    return text if not text or text.endswith("。") else text + "。"


def printed(document: Document, style: Style) -> tuple[str, str]:
    """Return who printed it, and when (7.4.3)."""
    day = dated(document.printed_on) + style.marks.printed_suffix.value if document.printed_on else ""
    return clean(document.printed_by), day


def notes(document: Document) -> str:
    """Return the notes in round brackets (7.3.6)."""
    text = clean(document.notes).strip()
    return text if not text or text.startswith("（") else f"（{text}）"


def attachment_label(number: int, count: int, style: Style) -> str:
    """Return 附件, numbered where there are several."""
    return style.marks.attachment_label.value + (str(number) if count > 1 else "")


#: What a cell's margins take of its column, in points.
_CELL_MARGINS = 7.0


def heading_of(column: Column, wide: float, style: Style) -> str:
    """Return a column's title with its unit, which stands on a line of its own where the column is narrow.

    ``wide`` is the width of the column in points.
    """
    title, unit = clean(column.title), f"（{clean(column.unit)}）" if column.unit else ""
    fits = width(title + unit) * style.points("table_header") <= wide - _CELL_MARGINS
    return title + unit if fits or not unit else f"{title}\n{unit}"


def tooltip(run: Run) -> str:
    """Return what a figure says when pointed at: what, where, when."""
    if not isinstance(run, Figure):
        return ""
    return clean(" · ".join(part for part in (run.code, run.place, run.period, run.text) if part))


def text_of(run: Run) -> str:
    """Return the words of one run, cleaned."""
    return clean(run if isinstance(run, str) else run.text)


def is_strong(run: Run) -> bool:
    """Say whether a run stands out."""
    return isinstance(run, Strong)


def link_of(run: Run, base: str) -> str:
    """Return where a run leads: a bound number's computation, as an absolute address, or nowhere.

    An address within the house needs the ``base`` of the site; without it a file could not follow it.
    """
    if not isinstance(run, Figure) or not run.href:
        return ""
    if run.href.startswith("/"):
        return base.rstrip("/") + run.href if base else ""
    return run.href if run.href.startswith(("https://", "http://", "#")) else ""


def around(document: Document) -> str:
    """Return the text around a title, in which its words stand again."""
    return "\n".join(every_word(document))


def every_word(document: Document) -> Iterator[str]:
    """Return all texts of a document, for asking whether they can be drawn."""
    yield from (document.title, document.letterhead, document.number, document.addressees, document.copies)
    yield from (document.notes, document.printed_by, document.secrecy, document.urgency, document.copy_number)
    yield from document.signers
    yield from document.approvers
    for one in document.attendance:
        yield one.label
        yield from one.people
    if document.cover:
        yield document.cover.subtitle
        yield from document.cover.lines
    blocks = list(document.blocks)
    for attachment in document.attachments:
        yield attachment.title
        blocks += attachment.blocks
    for block in blocks:
        yield plain(tuple(runs_of(block)))
        yield getattr(block, "caption", "")
        yield getattr(block, "note", "")
        for column in getattr(block, "columns", ()):
            yield getattr(column, "title", "")
            yield getattr(column, "unit", "")
