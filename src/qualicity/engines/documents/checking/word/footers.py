"""Page numbers of a Word document: the PAGE field in the footers of odd, even and first pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final, Literal

from docx.oxml.ns import qn

from qualicity.engines.documents.checking.anatomy import PageNumber
from qualicity.engines.documents.checking.word.layers import value
from qualicity.engines.documents.checking.word.paragraph_layout import NATURAL, setting
from qualicity.engines.documents.checking.word.sections import Sheet
from qualicity.engines.documents.checking.word.type_of_runs import Book, spans

_FIELD: Final = re.compile(r"^\s*PAGE\b", re.IGNORECASE)
_SAMPLE: Final = "1"
_ANCHORED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
Side = Literal["odd", "even", "both", "first"]
Place = Literal["left", "center", "right", "outside", "inside"]


def page_numbers(
    document: Any, sheets: tuple[Sheet, ...], book: Book
) -> tuple[tuple[PageNumber, ...], tuple[tuple[Side, int], ...]]:
    """Return the page numbers, one for each kind of page, and the kinds of pages that have none."""
    mirrored = _even_and_odd(document)
    found: dict[Side, PageNumber] = {}
    held: dict[str, Any] = {}
    silent: list[tuple[Side, int]] = []
    for place, sheet in enumerate(sheets):
        held |= dict(_referenced(document, sheet.element))
        first = sheet.element.find(qn("w:titlePg"))
        has_first = first is not None and (first.get(qn("w:val")) or "1") not in {"0", "false", "off"}
        for kind, side in _kinds(mirrored=mirrored, has_first=has_first):
            part = held.get(kind)
            one = _number(part, side, sheet, book) if part is not None else None
            if one is not None:
                found.setdefault(side, one)
            else:
                silent.append((side, place))
    return tuple(found.values()), tuple(silent)


def _kinds(*, mirrored: bool, has_first: bool) -> Iterator[tuple[str, Side]]:
    yield "default", "odd" if mirrored else "both"
    if mirrored:
        yield "even", "even"
    if has_first:
        yield "first", "first"


def _even_and_odd(document: Any) -> bool:
    switch = document.settings.element.find(qn("w:evenAndOddHeaders"))
    return switch is not None and (switch.get(qn("w:val")) or "1") not in {"0", "false", "off"}


def _referenced(document: Any, properties: Any) -> Iterator[tuple[str, Any]]:
    for reference in properties.findall(qn("w:footerReference")):
        relation = document.part.rels.get(reference.get(qn("r:id")))
        if relation is not None and not relation.is_external and hasattr(relation.target_part, "element"):
            yield reference.get(qn("w:type"), "default"), relation.target_part.element


def _number(footer: Any, side: Side, sheet: Sheet, book: Book) -> PageNumber | None:
    for paragraph in footer.iter(qn("w:p")):
        if not _has_field(paragraph):
            continue
        stretches = spans(_filled(paragraph), book)
        text = "".join(one.text for one in stretches)
        digit = next((one for one in stretches if any(map(str.isdigit, one.text))), None)
        size = digit.size if digit else 10.5
        layout = setting(book.styles.of_paragraph(paragraph), sheet, size)
        align, boxed = _place(paragraph, layout.align)
        blanks = (
            text[len(text.rstrip()) :] if align in {"right", "outside"} else text[: len(text) - len(text.lstrip())]
        )
        written = _dashed(text, sheet)
        height = layout.pitch if layout.pitch_rule == "exact" else size * NATURAL
        return PageNumber(
            side=side,
            text=written.strip(),
            align=align,
            indent=(layout.right if align in {"right", "outside"} else layout.first)
            + sum(size if blank == "\u3000" else size / 2 for blank in blanks),
            font=digit.font if digit else "",
            size=size,
            from_bottom=None if boxed else sheet.footer + height / 2,
        )
    return None


def _has_field(paragraph: Any) -> bool:
    """Return whether this paragraph itself (not a box in it) holds the PAGE field."""
    own = [one for one in paragraph.iter(qn("w:instrText")) if _owner(one) is paragraph]
    codes = ["".join(one.text or "" for one in own)]
    codes += [one.get(qn("w:instr")) or "" for one in paragraph.iter(qn("w:fldSimple")) if _owner(one) is paragraph]
    return any(_FIELD.search(code) for code in codes)


def _filled(paragraph: Any) -> Any:
    """Return the paragraph with a digit where the number will be: a field that was never drawn has no text."""
    if any(any(map(str.isdigit, one.text or "")) for one in paragraph.iter(qn("w:t"))):
        return paragraph
    filled = deepcopy(paragraph)
    for code in filled.iter(qn("w:instrText")):
        if _FIELD.search(code.text or ""):
            sample = code.getparent().makeelement(qn("w:t"), {})
            sample.text = _SAMPLE
            code.getparent().append(sample)
            return filled
    for field in filled.iter(qn("w:fldSimple")):
        run = field.find(qn("w:r"))
        run = run if run is not None else field.makeelement(qn("w:r"), {})
        sample = run.makeelement(qn("w:t"), {})
        sample.text = _SAMPLE
        run.append(sample)
        field.append(run)
        return filled
    return filled


def _owner(element: Any) -> Any:
    while element is not None and element.tag != qn("w:p"):
        element = element.getparent()
    return element


def _place(paragraph: Any, align: str) -> tuple[Place, bool]:
    """Return where the number stands: a frame or a text box around it decides before the paragraph does."""
    frame = value(paragraph.find(qn("w:pPr")), "w:framePr", "w:xAlign")
    if frame is not None:
        return _named(frame), True
    parent = paragraph.getparent()
    while parent is not None:
        if parent.tag == f"{_ANCHORED}anchor":
            where = parent.find(f"{_ANCHORED}positionH/{_ANCHORED}align")
            return _named(where.text if where is not None else align), True
        parent = parent.getparent()
    return _named("left" if align == "justify" else align), False


def _named(text: str | None) -> Place:
    known: dict[str, Place] = {
        "left": "left", "center": "center", "right": "right", "outside": "outside", "inside": "inside"
    }  # fmt: skip
    return known.get(text or "left", "left")


def _dashed(text: str, sheet: Sheet) -> str:
    """Return the text of a number; a number whose form has dashes is drawn with them."""
    form = value(sheet.element, "w:pgNumType", "w:fmt")
    return re.sub(r"\d+", lambda digits: f"- {digits[0]} -", text) if form == "numberInDash" else text
