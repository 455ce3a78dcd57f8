"""Opens a Word document and measures it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from qualicity.engines.documents.checking.anatomy import MM, Line, Measured, Paragraph
from qualicity.engines.documents.checking.colours import is_red
from qualicity.engines.documents.checking.guards import broken
from qualicity.engines.documents.checking.word.drawn import drawn_lines, has_picture, text_boxes
from qualicity.engines.documents.checking.word.fonts import Theme
from qualicity.engines.documents.checking.word.footers import page_numbers
from qualicity.engines.documents.checking.word.layers import Styles, value
from qualicity.engines.documents.checking.word.paragraph_layout import Setting, first_tab, setting
from qualicity.engines.documents.checking.word.sections import Sheet, sheets
from qualicity.engines.documents.checking.word.table_layout import Cell, cells, table_of
from qualicity.engines.documents.checking.word.type_of_runs import Book, extra_pitch, mark_size, spans
from qualicity.engines.documents.word_numbering import Numbering

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.engines.documents.checking.anatomy import Table

_PASSED: Final = frozenset(qn(name) for name in ("w:ins", "w:smartTag", "w:customXml"))


def measure_word(path: Path) -> Measured:
    """Return a .docx as measured; FileError when it cannot be opened."""
    document = _opened(path.read_bytes())
    body = document.element.body
    found = sheets(body)
    if not found:
        raise broken()
    book = Book(Styles(_part(document, "/styles")), Theme(_part(document, "/theme"), _language(document)))
    walk = _Walk(found, book, Numbering(document))
    walk.letterhead(document)
    walk.through(body)
    walk.end()
    numbers, silent = page_numbers(document, found, book)
    return Measured(
        kind="docx",
        sections=tuple(sheet.section for sheet in found),
        paragraphs=tuple(walk.paragraphs),
        page_numbers=numbers,
        silent=silent,
        tables=tuple(walk.tables),
    )


def _opened(content: bytes) -> Any:
    try:
        document = docx.Document(BytesIO(content))
        document.settings.element, document.element.body.tag  # noqa: B018 (both must be there)
    except (OpcError, KeyError, ValueError, AttributeError, SyntaxError, OSError, TypeError, IndexError) as problem:
        raise broken() from problem
    return document


def _part(document: Any, ending: str) -> Any:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(ending):
            part = relation.target_part
            try:
                return part.element if hasattr(part, "element") else parse_xml(part.blob)
            except SyntaxError as problem:
                raise broken() from problem
    return None


def _language(document: Any) -> str:
    return value(document.settings.element, "w:themeFontLang", "w:eastAsia") or "zh-CN"


@dataclass
class _Above:
    """What has gone by since the last paragraph with text."""

    empty: float = 0
    space: float = 0
    page_break: bool = False
    drawn: tuple[Line, ...] = ()
    line: Line | None = None


class _Walk:
    """Walks through a body in reading order and keeps what it measures."""

    def __init__(self, found: tuple[Sheet, ...], book: Book, numbering: Numbering) -> None:
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self._sheets, self._book, self._numbering = found, book, numbering
        self._section = self._count = 0
        self._above = _Above()

    def through(self, parent: Any) -> None:
        """Measure everything below an element."""
        for element in parent:
            if element.tag == qn("w:p"):
                self._one(element)
            elif element.tag == qn("w:tbl"):
                self._table(element)
            elif element.tag == qn("w:sdt"):
                content = element.find(qn("w:sdtContent"))
                if content is not None:
                    self.through(content)
            elif element.tag in _PASSED:
                self.through(element)

    def letterhead(self, document: Any) -> None:
        """Measure what is red in the first page's header: a letterhead may stand there."""
        kept: list[Paragraph] = []
        for kind in ("first", "default"):
            for reference in self._sheets[0].element.findall(qn("w:headerReference")):
                relation = document.part.rels.get(reference.get(qn("r:id")))
                own = reference.get(qn("w:type"), "default") == kind
                if not own or relation is None or relation.is_external:
                    continue
                for paragraph in getattr(relation.target_part, "element", ()):
                    if paragraph.tag == qn("w:p"):
                        self._keep(paragraph, None)
            kept = [one for one in self.paragraphs if is_red(one.spans[0].colour)]
            if kept:
                break
        self.paragraphs = kept
        self._count, self._above = 0, _Above()

    def end(self) -> None:
        """Give the lines drawn below the last text to it."""
        if self.paragraphs and self._above.drawn:
            last = self.paragraphs[-1]
            self.paragraphs[-1] = replace(last, drawn=last.drawn + self._above.drawn)

    def _table(self, table: Any) -> None:
        sheet = self._sheets[min(self._section, len(self._sheets) - 1)]
        first = len(self.paragraphs)
        for cell in cells(table, self._book.styles):
            for paragraph in cell.paragraphs:
                self._one(paragraph, cell)
        self._above = _Above()
        inside = self.paragraphs[first:]
        if inside:
            self.tables.append(table_of(table, sheet, len(self.tables) + 1, inside))

    def _one(self, element: Any, cell: Cell | None = None) -> None:
        for box in text_boxes(element):
            for boxed in box:
                if boxed.tag == qn("w:p"):
                    self._keep(boxed, cell)
                elif boxed.tag == qn("w:tbl"):
                    self._table(boxed)
        self._keep(element, cell)
        properties = element.find(qn("w:pPr"))
        if properties is not None and properties.find(qn("w:sectPr")) is not None:
            self._section += 1
            following = self._sheets[min(self._section, len(self._sheets) - 1)].element
            self._above.page_break |= (value(following, "w:type") or "nextPage") != "continuous"

    def _keep(self, element: Any, cell: Cell | None) -> None:
        self._count += 1
        style = cell.style if cell else ""
        sheet = self._sheets[min(self._section, len(self._sheets) - 1)]
        prefix = self._numbering.prefix(element)
        stretches = spans(element, self._book, style, prefix)
        layers = self._book.styles.of_paragraph(element, style)
        drawn = drawn_lines(element)
        breaks = _page_breaks(element)
        if not "".join(one.text for one in stretches).strip():
            self._empty(setting(layers, sheet, mark_size(element, self._book, style)), drawn, breaks=bool(breaks))
            return
        size = max((one.size for one in stretches if one.text.strip()), default=10.0)
        layout = setting(layers, sheet, size)
        above = self._above
        if stretches[0].text.startswith("\t"):
            layout = _tabbed(layout, first_tab(layers), sheet)
        lead, stretches = _leading(stretches)
        self.paragraphs.append(
            Paragraph(
                number=self._count, spans=stretches, align=layout.align, first=layout.first + lead, left=layout.left,
                right=layout.right, pitch=layout.pitch, pitch_rule=layout.pitch_rule,
                char_pitch=_char_pitch(stretches, sheet, extra_pitch(element, self._book, style)),
                before=above.empty + max(above.space, layout.above), spaced=max(above.space, layout.above),
                new_page=layout.new_page or above.page_break or "before" in breaks, in_table=cell is not None,
                line_above=_ruled(layout.line_above, layout, sheet) or (cell.above if cell else above.line),
                line_below=_ruled(layout.line_below, layout, sheet) or (cell.below if cell else None),
                drawn=above.drawn + drawn, has_picture=has_picture(element), section=self._section,
            )
        )  # fmt: skip
        self._above = _Above(space=layout.below, page_break="after" in breaks)

    def _empty(self, layout: Setting, drawn: tuple[Line, ...], *, breaks: bool) -> None:
        above = self._above
        sheet = self._sheets[min(self._section, len(self._sheets) - 1)]
        line = _ruled(layout.line_below or layout.line_above, layout, sheet) or above.line
        self._above = _Above(
            empty=0.0 if breaks else above.empty + layout.pitch + layout.above + layout.below,
            page_break=above.page_break or breaks or layout.new_page,
            drawn=above.drawn + drawn,
            line=line,
        )
        if line is not None and self.paragraphs and self.paragraphs[-1].line_below is None:
            self.paragraphs[-1] = replace(self.paragraphs[-1], line_below=line)


def _tabbed(layout: Setting, tab: tuple[str, float] | None, sheet: Sheet) -> Setting:
    """Return how a paragraph is set that begins with a tab: what follows a right or centred stop stands there."""
    section = sheet.section
    width = (section.width - (section.left or 0) - (section.right or 0)) * MM
    if tab is None or tab[0] not in {"right", "end", "center"}:
        return layout
    if tab[0] == "center":
        return replace(layout, align="center" if abs(tab[1] - width / 2) < 12 else "left", first=-21.0)
    return replace(layout, align="right", right=max(0.0, width - tab[1]), first=-21.0)


def _ruled(line: Line | None, layout: Setting, sheet: Sheet) -> Line | None:
    """Return a border with its ends: it runs from indent to indent."""
    if line is None:
        return None
    section = sheet.section
    width = (section.width - (section.left or 0) - (section.right or 0)) * MM
    return replace(line, x0=min(layout.left, layout.first), x1=width - layout.right)


def _char_pitch(stretches: tuple[Any, ...], sheet: Sheet, extra: float) -> float:
    size = Paragraph(0, stretches).size
    return size + extra + (sheet.char_space or 0.0)


def _leading(stretches: tuple[Any, ...]) -> tuple[float, tuple[Any, ...]]:
    """Return the width of blanks that a paragraph begins with, and what follows them."""
    lead, kept = 0.0, list(stretches)
    while kept:
        bare = kept[0].text.lstrip(" \t\u3000\u00a0\n")
        blanks = kept[0].text[: len(kept[0].text) - len(bare)]
        size = kept[0].size
        lead += sum({"\u3000": size, "\t": 21.0, "\n": 0.0}.get(blank, size / 2) for blank in blanks)
        if bare:
            kept[0] = replace(kept[0], text=bare)
            break
        kept.pop(0)
    return lead, tuple(kept)


def _page_breaks(paragraph: Any) -> set[str]:
    """Return where the paragraph breaks the page: before its text, after it."""
    found: set[str] = set()
    seen_text = False
    for element in _of_text(paragraph):
        if element.tag == qn("w:br"):
            if element.get(qn("w:type")) == "page":
                found.add("after" if seen_text else "before")
        elif (element.text or "").strip():
            seen_text = True
    return found


def _of_text(paragraph: Any) -> Iterator[Any]:
    return (one for one in paragraph.iter(qn("w:br"), qn("w:t")))
