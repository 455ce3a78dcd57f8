"""Writes an official document as DOCX that Word and WPS open as it was meant: no theme, no guessed typeface."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qualicity.engines.documents.official.docx import head, parts, tail
from qualicity.engines.documents.official.docx.blocks import Blocks
from qualicity.engines.documents.official.docx.package import Package
from qualicity.engines.documents.official.docx.styles import Setting, styles_part, twips
from qualicity.engines.documents.official.docx.xml import on, part, tag, val
from qualicity.engines.documents.official.fonts import missing_from_charts
from qualicity.engines.documents.official.layout import signed
from qualicity.engines.documents.official.pdf import heading_pages
from qualicity.engines.documents.official.rendered import Rendered
from qualicity.errors import NotPossibleError

if TYPE_CHECKING:
    from qualicity.definitions.styles import Style
    from qualicity.engines.documents.official.model import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_docx(document: Document, style: Style, *, link_base: str = "") -> Rendered:
    """Return a document as DOCX; ``link_base`` is the address of the site, for figures' links into the house.

    The file names the typefaces of the style with all their names and holds none: the reader's machine has them.
    """
    setting = Setting(style)
    package = Package()
    package.add("styles", "styles", styles_part(setting))
    package.add("fontTable", "fontTable", parts.font_table(setting))
    references = _headers_and_footers(document, setting, package)
    blocks = Blocks(setting, package, link_base)
    body = "".join(
        (
            head.head(document, setting),
            head.title(document, setting),
            head.addressees(document, setting),
            blocks.written(document.blocks, held=signed(document)),
            tail.attachment_note(document, setting),
            tail.attendance(document, setting),
            tail.signature(document, setting),
            tail.notes(document),
        )
    )
    pages = _pages(document, style)
    front = _front(document, setting, blocks, pages or (), references)
    body += tail.attachments(document, setting, blocks) + tail.imprint(document, setting)
    settings = parts.settings_part(fields_are_stale=pages is None)
    package.add("settings", "settings", settings)
    last = _section(setting, references, document, restarts=bool(front))
    xml = part("w:document", tag("w:body", None, front, body, last))
    file = package.file(xml, parts.core_part(document))
    return Rendered(file, MEDIA_TYPE, ".docx", missing=missing_from_charts(document, style))


def _pages(document: Document, style: Style) -> tuple[str, ...] | None:
    """Return the pages of the contents' entries, as the PDF has them; None when this machine cannot set it."""
    if not document.contents:
        return ()
    try:
        return heading_pages(document, style)
    except NotPossibleError:
        return None


def _front(document: Document, setting: Setting, blocks: Blocks, pages: tuple[str, ...], references: str) -> str:
    """Return cover and contents, as a section of their own without page numbers."""
    if document.cover is None and not document.contents:
        return ""
    found = head.cover(document, setting)
    if document.contents:
        found += head.contents(blocks.listed, pages, setting, new_page=document.cover is not None)
    return found + tag("w:p", None, tag("w:pPr", None, val("pStyle", "Gap"), _section(setting, references, None)))


def _headers_and_footers(document: Document, setting: Setting, package: Package) -> str:
    """Add headers and footers; return the references of a section."""
    added = {
        ("header", "default"): package.add("header", "header1", parts.header_part(document, setting)),
        ("footer", "default"): package.add("footer", "footer1", parts.footer_part(setting, even=False)),
        ("footer", "even"): package.add("footer", "footer2", parts.footer_part(setting, even=True)),
    }
    added["header", "even"] = added["header", "default"]
    if document.form == "letter":
        first = parts.header_part(document, setting, letter=True)
        added["header", "first"] = package.add("header", "header2", first)
        added["footer", "first"] = package.add("footer", "footer3", parts.letter_footer(setting))
    elif _first_differs(document, setting):
        added["header", "first"] = added["header", "default"]
        added["footer", "first"] = package.add("footer", "footer3", parts.empty_footer())
    kinds = sorted(added, key=lambda one: (one[0] == "footer", one[1]))
    return "".join(tag(f"w:{what}Reference", {"w:type": pages, "r:id": added[what, pages]}) for what, pages in kinds)


def _first_differs(document: Document, setting: Setting) -> bool:
    """Say whether the first page has other edges than the rest: a letter's has, or one without a page number."""
    return document.form == "letter" or not setting.style.page_number.on_first_page.value


def _section(setting: Setting, references: str, document: Document | None, *, restarts: bool = False) -> str:
    """Return a section's page; without a document it is the front, which has headers but no page numbers."""
    page = setting.page
    if document is None:
        references = "".join(one + "/>" for one in references.split("/>") if one.startswith("<w:headerReference"))
    # characters are as far apart as the text block has room for them, in 4096ths of a point
    squeeze = math.floor((page.character - setting.style.points("body")) * 4096)
    return tag(
        "w:sectPr",
        None,
        references,
        val("type", "oddPage" if restarts else "nextPage"),
        tag("w:pgSz", {"w:w": twips(page.width), "w:h": twips(page.height)}),
        tag(
            "w:pgMar",
            {
                "w:top": twips(page.top),
                "w:right": twips(page.right),
                "w:bottom": twips(page.bottom),
                "w:left": twips(page.left),
                "w:header": twips(parts.HEADER_MM),
                "w:footer": parts.footer_distance(setting),
                "w:gutter": 0,
            },
        ),
        tag("w:pgNumType", {"w:start": 1}) if restarts else "",
        on("titlePg", when=document is not None and _first_differs(document, setting)),
        tag("w:docGrid", {"w:type": "linesAndChars", "w:linePitch": page.pitch_twips, "w:charSpace": squeeze}),
    )
