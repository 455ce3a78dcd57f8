"""Writes an official document as PDF, by typst: the same layout as the DOCX, tagged, with its typefaces inside."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import typst

from qualicity.engines.documents.official import words
from qualicity.engines.documents.official.description import described
from qualicity.engines.documents.official.fonts import Chosen, choose, installed, missing, substitutions
from qualicity.engines.documents.official.rendered import Rendered
from qualicity.errors import NotPossibleError

if TYPE_CHECKING:
    from qualicity.definitions.styles import Style
    from qualicity.engines.documents.official.model import Document

_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")
TEMPLATE = Path(__file__).with_name("official.typ")
#: For archives (PDF/A-2a) and for screen readers (PDF/UA-1). A character without a shape is allowed in neither, so a
#: document that has one, and says so, is written to less.
STANDARDS: tuple[list[Any], ...] = (["a-2a", "ua-1"], ["a-2a"], [])


def write_pdf(document: Document, style: Style, *, link_base: str = "") -> Rendered:
    """Return a document as PDF; ``link_base`` is the address of the site, for figures' links into the house.

    Raises NotPossibleError when the machine has no typeface that could set it.
    """
    machine = installed()
    chosen = choose(style, machine)
    with TemporaryDirectory(prefix="qualicity-") as name:
        source = _laid_out(document, style, chosen, Path(name), link_base)
        written = _compiled(source, machine.fonts, document)
    return Rendered(
        data=written,
        media_type="application/pdf",
        suffix=".pdf",
        substitutions=substitutions(chosen[one.face] for one in style.elements.values()),
        pages=int(found[1]) if (found := _COUNT.search(written)) else None,
        missing=missing("".join(words.every_word(document)), chosen.values(), machine),
    )


def heading_pages(document: Document, style: Style) -> tuple[str, ...]:
    """Return the page of each heading that the contents list, in order."""
    machine = installed()
    with TemporaryDirectory(prefix="qualicity-") as name:
        source = _laid_out(document, style, choose(style, machine), Path(name), "")
        found = typst.query(
            str(source),
            "<pages>",
            field="value",
            one=True,
            root=name,
            font_paths=machine.fonts,
            ignore_system_fonts=True,
        )
    return tuple(str(page) for page in json.loads(found))


def _laid_out(document: Document, style: Style, chosen: dict[str, Chosen], folder: Path, link_base: str) -> Path:
    data = described(document, style, chosen, folder, link_base)
    (folder / "document.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    source = folder / "official.typ"
    source.write_bytes(TEMPLATE.read_bytes())
    return source


def _compiled(source: Path, fonts: typst.Fonts, document: Document) -> bytes:
    """Compile to the strictest standard that the document allows."""
    day = document.signed_on or document.printed_on
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
    for standards in STANDARDS[:-1]:
        try:
            return _pdf(source, fonts, moment, standards)
        except typst.TypstError as error:
            if "PDF/" not in str(error):
                raise _refused(error) from error
    try:
        return _pdf(source, fonts, moment, STANDARDS[-1])
    except typst.TypstError as error:
        raise _refused(error) from error


def _refused(error: typst.TypstError) -> NotPossibleError:
    """Return what could not be set, said by name: a picture that is none, a form that does not add up."""
    return NotPossibleError(
        f"文件无法排版：{error}。请检查其中的图片和表格。",
        f"The document cannot be set: {error}. Look at its pictures and tables.",
    )


def _pdf(source: Path, fonts: typst.Fonts, moment: datetime, standards: list[Any]) -> bytes:
    return typst.compile(
        str(source),
        root=str(source.parent),
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=standards,
        timestamp=moment,
    )
