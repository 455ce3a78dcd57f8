"""Paragraphs and runs of the office file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualicity.engines.documents.official import words as wording
from qualicity.engines.documents.official.docx.styles import CHARACTER_STYLES, STYLES
from qualicity.engines.documents.official.docx.xml import tag, val, words

if TYPE_CHECKING:
    from qualicity.engines.documents.official.docx.package import Package
    from qualicity.engines.documents.official.model import Run

#: Quotation marks, dashes and ellipses are Chinese or Latin by this word alone; it stands on every run.
HINT = tag("w:rFonts", {"w:hint": "eastAsia"})


def paragraph(element: str, *runs: str, properties: Sequence[str] = ()) -> str:
    """Return a paragraph of an element; ``properties`` are what differs from its style, in the schema's order."""
    return tag("w:p", None, tag("w:pPr", None, val("pStyle", STYLES[element][0]), *properties), *runs)


def plain_paragraph(code: str, *runs: str, properties: Sequence[str] = ()) -> str:
    """Return a paragraph of a style that is no element."""
    return tag("w:p", None, tag("w:pPr", None, val("pStyle", code), *properties), *runs)


def run(text: str, properties: str = "", *, style: str = "") -> str:
    """Return words; a line break in them is kept."""
    if not text:
        return ""
    look = tag("w:rPr", None, (val("rStyle", CHARACTER_STYLES[style][0]) if style else ""), properties or HINT)
    parts = text.split("\n")
    inner = "<w:br/>".join(tag("w:t", {"xml:space": "preserve"}, words(one)) if one else "" for one in parts)
    return tag("w:r", None, look, inner)


def tab() -> str:
    """Return a step to the next tab stop."""
    return "<w:r><w:tab/></w:r>"


def page_break() -> str:
    """Return a break to the next page."""
    return '<w:r><w:br w:type="page"/></w:r>'


def runs(found: Sequence[Run], package: Package, link_base: str, *, style: str = "") -> str:
    """Return runs: words, words that stand out, and figures that lead to how they were computed."""
    return "".join(_one(one, package, link_base, style) for one in found)


def _one(one: Run, package: Package, link_base: str, style: str) -> str:
    text = wording.text_of(one)
    if wording.is_strong(one):
        return run(text, style="strong")
    address = wording.link_of(one, link_base)
    if not address or isinstance(one, str) or not text:
        return run(text, style=style)
    # no style of links: a figure in an official document looks like the words around it
    attributes = {"r:id": package.link(address), "w:tooltip": wording.tooltip(one), "w:history": 1}
    return tag("w:hyperlink", attributes, run(text, style=style))
