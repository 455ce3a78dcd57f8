"""Writes an official document as PDF, by typst: the same layout as the DOCX, tagged, with its typefaces inside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import typst

from qualicity.engines.documents.official import words
from qualicity.engines.documents.official.fonts import Chosen, choose, installed, missing, substitutions
from qualicity.engines.documents.official.layout import (
    POINTS_PER_MM,
    Geometry,
    geometry,
    letterhead_type,
    signature,
    title_lines,
)
from qualicity.engines.documents.official.model import (
    Block,
    Column,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
)
from qualicity.engines.documents.official.numbering import captions, numbers
from qualicity.engines.documents.official.pictures import size_of, vector
from qualicity.engines.documents.official.rendered import Rendered

if TYPE_CHECKING:
    from qualicity.definitions.styles import Style
    from qualicity.engines.documents.official.model import Document

Data = dict[str, Any]

TEMPLATE = Path(__file__).with_name("official.typ")
#: Archives (PDF/A-2a) and screen readers (tags) can use the file.
STANDARDS: list[Any] = ["a-2a"]
#: A picture leaves room for its caption on a page.
_ROOM_FOR_CAPTION_MM = 22.0


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
    """Compile; a character without a shape is forbidden in an archive's PDF, so then without the standard."""
    day = document.signed_on or document.printed_on
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
    try:
        return _pdf(source, fonts, moment, STANDARDS)
    except typst.TypstError as error:
        if "PDF/A" not in str(error):
            raise
        return _pdf(source, fonts, moment, [])


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


def described(document: Document, style: Style, chosen: dict[str, Chosen], folder: Path, link_base: str) -> Data:
    """Return the document as the template reads it; its pictures are written into the folder."""
    page = geometry(style)
    gather = _Blocks(style, folder, link_base)
    return {
        "page": {name: getattr(page, name) for name in Geometry.__dataclass_fields__},
        "elements": _elements(style, chosen),
        "fallbacks": list(dict.fromkeys(one.family for one in chosen.values())),
        "rules": {name: rule.model_dump(mode="json") for name, rule in style.rules},
        "page_number": {name: ruled.value for name, ruled in style.page_number},
        "number_on_first": style.page_number.on_first_page.value and document.form != "letter",
        "simulated": style.marks.simulated.value.zh if document.simulated else "",
        "blocks": gather.described(document.blocks),
        "cover": _cover(document),
        "contents": document.contents,
        "contents_title": words.CONTENTS,
        **_properties(document),
        **_head(document, style, page),
        **_attachments(document, style, gather),
        **_tail(document, style),
    }


def _properties(document: Document) -> Data:
    day = document.signed_on or document.printed_on
    return {
        "form": document.form,
        "title": words.clean(document.title).replace("\n", ""),
        "author": [words.clean(document.author)] if document.author else [],
        "subject": words.clean(document.subject),
        "keywords": [words.clean(one) for one in document.keywords],
        "day": [day.year, day.month, day.day] if day else None,
    }


def _head(document: Document, style: Style, page: Geometry) -> Data:
    letterhead = letterhead_type(document.letterhead, style)
    per_line = int(page.block_width * POINTS_PER_MM / style.points("title"))
    return {
        "letterhead": {
            "text": words.clean(document.letterhead),
            "points": letterhead.points,
            "narrowed": letterhead.narrowed,
        },
        "letterhead_distance": getattr(style.letterhead, document.form).value if document.form != "plain" else 0,
        "marks": [{"element": element, "text": text} for element, text in words.marks(document)],
        "number": words.clean(document.number),
        "approvers": [words.clean(one) for one in document.approvers],
        "approver_label": style.marks.approver_label.value + "：",
        "title_lines": title_lines(words.clean(document.title), per_line),
        "addressees": words.addressees(document, style),
    }


def _attachments(document: Document, style: Style, gather: _Blocks) -> Data:
    count = len(document.attachments)
    return {
        "attachment_label": style.marks.attachment_label.value,
        "attachment_names": [words.clean(one.title) for one in document.attachments],
        "attachments": [
            {
                "label": words.attachment_label(number, count, style),
                "title": words.clean(one.title),
                "blocks": gather.described(one.blocks),
            }
            for number, one in enumerate(document.attachments, start=1)
            if one.blocks
        ],
    }


def _tail(document: Document, style: Style) -> Data:
    return {
        "attendance": [
            {"label": words.clean(one.label), "people": words.clean("　".join(one.people))}
            for one in document.attendance
        ],
        "signature": [
            {"text": words.clean(one.text), "right": one.right, "is_date": one.is_date}
            for one in signature(document, style)
        ],
        "signature_before": style.elements["signature" if document.sealed else "signature_unsealed"].lines_before,
        "notes": words.notes(document),
        "copies": words.copies(document),
        "copies_label": style.marks.copies_label.value,
        "printed": list(words.printed(document, style)),
    }


def _elements(style: Style, chosen: dict[str, Chosen]) -> Data:
    return {
        name: element.model_dump(mode="json")
        | {
            "size": style.points(name),
            "family": chosen[element.face].family,
            "latin": chosen[element.latin or element.face].family,
            "weight": chosen[element.face].weight,
        }
        for name, element in style.elements.items()
    }


def _cover(document: Document) -> Data | None:
    if document.cover is None:
        return None
    return {
        "subtitle": words.clean(document.cover.subtitle),
        "lines": [words.clean(line) for line in document.cover.lines],
    }


class _Blocks:
    """Describes blocks for the template and writes their pictures; pictures and tables are counted throughout."""

    def __init__(self, style: Style, folder: Path, link_base: str) -> None:
        self.style, self.page, self.folder, self.link_base = style, geometry(style), folder, link_base
        self.pictures = 0

    def described(self, blocks: Sequence[Block]) -> list[Data]:
        return [
            self._block(block, number, caption)
            for block, number, caption in zip(blocks, numbers(blocks), captions(blocks), strict=True)
        ]

    def _block(self, block: Block, number: str, caption: str) -> Data:
        match block:
            case Heading():
                found = {"level": block.level, "number": number, "run_in": self._runs(block.run_in)}
                return {"kind": "heading", "runs": self._runs(block.runs), **found}
            case Paragraph():
                return {
                    "kind": "paragraph",
                    "runs": self._runs(block.runs),
                    "indented": block.indented,
                    "align": block.align,
                }
            case Table():
                return self._table(block, caption)
            case Grid():
                return self._grid(block, caption)
            case Picture():
                return self._picture(block, caption)
            case PageBreak():
                return {"kind": "page_break"}

    def _table(self, block: Table, caption: str) -> Data:
        return {
            "kind": "table",
            "columns": [
                {"title": self._heading(one, block), "align": one.align, "share": one.share} for one in block.columns
            ],
            "rows": [[self._runs(cell) for cell in row] for row in block.rows],
            "strong_rows": list(block.strong_rows),
            "caption": caption,
            "note": words.clean(block.note),
            "repeat_header": block.repeat_header,
        }

    def _heading(self, column: Column, table: Table) -> str:
        share = column.share / sum(one.share for one in table.columns)
        return words.heading_of(column, share * self.page.block_width * POINTS_PER_MM, self.style)

    def _grid(self, block: Grid, caption: str) -> Data:
        least = [*block.heights_mm, *[0.0] * len(block.rows)]
        rows = [
            [
                {
                    "runs": self._runs(one.runs),
                    "label": one.label,
                    "across": one.across,
                    "down": one.down,
                    "align": one.align,
                    "least": max(0.0, least[at] - 2) if number == 0 else 0,
                }
                for number, one in enumerate(row)
            ]
            for at, row in enumerate(block.rows)
        ]
        return {"kind": "grid", "columns": list(block.columns), "rows": rows, "caption": caption}

    def _picture(self, block: Picture, caption: str) -> Data:
        data, suffix = vector(block)
        size = size_of(data, suffix).fitted(
            block.width_mm, self.page.block_width, self.page.block_height - _ROOM_FOR_CAPTION_MM
        )
        self.pictures += 1
        file = f"picture-{self.pictures}.{suffix}"
        (self.folder / file).write_bytes(data)
        return {
            "kind": "picture",
            "file": file,
            "width": size.width,
            "alternative": words.clean(block.alternative),
            "caption": caption,
        }

    def _runs(self, runs: Sequence[Run]) -> list[Data]:
        return [
            {"strong": words.text_of(run)}
            if words.is_strong(run)
            else {"text": words.text_of(run), "href": words.link_of(run, self.link_base)}
            for run in runs
        ]
