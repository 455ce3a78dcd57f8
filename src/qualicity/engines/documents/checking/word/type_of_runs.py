"""The text of a Word paragraph as stretches in one type: font that really draws it, size, weight, colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml.ns import qn

from qualicity.engines.documents.checking.anatomy import Span
from qualicity.engines.documents.checking.word.fonts import Theme, is_asian_hinted, slot_of, slots
from qualicity.engines.documents.checking.word.layers import Styles, is_on, last, number

_CHOICE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ALTERNATIVES: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_SKIPPED: Final = frozenset(qn(name) for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:drawing", "w:pict"))
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


@dataclass(frozen=True, slots=True)
class Book:
    """What every paragraph of a document shares."""

    styles: Styles
    theme: Theme


def spans(paragraph: Any, book: Book, table_style: str = "", prefix: str = "") -> tuple[Span, ...]:
    """Return the text that stands, split where font, size, weight or colour change; ``prefix`` is its number."""
    found: list[Span] = []
    for run, text in _texts(paragraph):
        layers = book.styles.of_run(run, paragraph, table_style)
        if is_on(layers, "w:vanish"):
            continue
        if prefix:
            text, prefix = prefix + text, ""  # noqa: PLW2901
        found += _stretches(text, layers, book)
    return tuple(_joined(found))


def extra_pitch(paragraph: Any, book: Book, table_style: str = "") -> float:
    """Return by how much the characters of the first run are set apart, in points."""
    run = next((run for run, text in _texts(paragraph) if text.strip()), None)
    return number(last(book.styles.of_run(run, paragraph, table_style), "w:spacing")) / 20


def mark_size(paragraph: Any, book: Book, table_style: str = "") -> float:
    """Return the size that an empty paragraph has."""
    layers = book.styles.of_run(None, paragraph, table_style)
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return number(last(layers if own is None else [*layers, own], "w:sz")) / 2 or 10.0


def _texts(parent: Any) -> Iterator[tuple[Any, str]]:
    """Yield (run, text): deleted words, codes of fields and what is drawn left out."""
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _SKIPPED or child.tag == _ALTERNATIVES:
            continue
        if child.tag == qn("w:r"):
            yield child, "".join(_pieces(child))
        elif child.tag != qn("w:p"):
            yield from _texts(child)


def _pieces(run: Any) -> Iterator[str]:
    for child in run.iter():
        if child.tag in {qn("w:t"), _MATHS}:
            yield child.text or ""
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag in {qn("w:br"), qn("w:cr")} and child.get(qn("w:type")) not in {"page", "column"}:
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag in {qn("w:drawing"), qn("w:pict"), _ALTERNATIVES}:
            return


def _stretches(text: str, layers: list[Any], book: Book) -> Iterator[Span]:
    fonts, hinted = slots(layers, book.theme), is_asian_hinted(layers)
    size = number(last(layers, "w:sz")) / 2 or 10.0
    bold, colour = is_on(layers, "w:b"), _colour(last(layers, "w:color"))
    for sign in text:
        yield Span(sign, fonts[slot_of(sign, hinted=hinted)], size, bold, colour)


def _colour(text: str | None) -> str:
    return "000000" if text is None or text == "auto" or len(text) != 6 else text.lower()


def _joined(signs: list[Span]) -> Iterator[Span]:
    held: list[Span] = []
    for sign in signs:
        if held and _type(sign) != _type(held[0]):
            yield _one(held)
            held = []
        held.append(sign)
    if held:
        yield _one(held)


def _type(span: Span) -> tuple[str, float, bool, str]:
    return span.font, span.size, span.bold, span.colour


def _one(held: list[Span]) -> Span:
    first = held[0]
    return Span("".join(one.text for one in held), first.font, first.size, first.bold, first.colour)
