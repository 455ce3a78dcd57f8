"""A document as a file: DOCX or PDF in the house's style, its numbers leading back into the house."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.conf import settings

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.official.docx import write_docx
from qualicity.engines.documents.official.model import figures_of
from qualicity.engines.documents.official.pdf import write_pdf
from qualicity.errors import InputError, NotPossibleError
from qualicity.publication.reports.queries.composing import figures_as_plain

if TYPE_CHECKING:
    from qualicity.definitions.styles import Style
    from qualicity.engines.documents.official.model import Document
    from qualicity.engines.documents.official.rendered import Rendered

FORMS = ("docx", "pdf")


def style() -> Style:
    """Return the style that documents are set in: the first that is defined."""
    found = next(iter(catalogue().styles.values()), None)
    if found is None:
        raise NotPossibleError("定义中没有公文版式。", "No style of documents is defined.")
    return found


def rendered(document: Document, form: str, *, address: str = "") -> Rendered:
    """Return a document as ``docx`` or ``pdf``; ``address`` is the site that its numbers lead to."""
    if form not in FORMS:
        raise InputError(f"不支持“{form}”格式，可用 docx 或 pdf。", f"“{form}” is no format here: use docx or pdf.")
    base = address or settings.QUALICITY_ADDRESS
    return (
        write_docx(document, style(), link_base=base)
        if form == "docx"
        else write_pdf(document, style(), link_base=base)
    )


def figures_file(document: Document) -> bytes:
    """Return every bound number of a document as JSON."""
    return json.dumps(figures_as_plain(figures_of(document)), ensure_ascii=False, indent=1).encode()
