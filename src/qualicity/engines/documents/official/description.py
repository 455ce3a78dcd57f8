"""A document described as data for the template that sets it: nothing in it is markup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualicity.engines.documents.official import words
from qualicity.engines.documents.official.layout import (
    POINTS_PER_MM,
    Geometry,
    geometry,
    letterhead_type,
    printer_narrowed,
    signature,
    signed,
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

if TYPE_CHECKING:
    from qualicity.definitions.styles import Style
    from qualicity.engines.documents.official.fonts import Chosen
    from qualicity.engines.documents.official.model import Document

Data = dict[str, Any]

#: A picture leaves room for its caption on a page.
_ROOM_FOR_CAPTION_MM = 22.0
#: The most characters of a last paragraph that is carried over to the page of the signature.
_HELD_AT_MOST = 8 * 28


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
        "blocks": _held(gather.described(document.blocks), document),
        "cover": _cover(document),
        "contents": document.contents,
        "contents_title": words.CONTENTS,
        **_properties(document),
        **_head(document, style, page),
        **_attachments(document, style, gather),
        **_tail(document, style),
    }


def _held(blocks: list[Data], document: Document) -> list[Data]:
    """Return the blocks with the last paragraph held to the signature, so that no page bears that alone (7.3.5.5).

    A long one is not held: it would leave half a page empty.
    """
    if signed(document) and isinstance(document.blocks[-1] if document.blocks else None, Paragraph):
        blocks[-1]["sticky"] = sum(len(run.get("text", "")) for run in blocks[-1]["runs"]) <= _HELD_AT_MOST
    return blocks


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
        "title_lines": title_lines(words.clean(document.title), per_line, words.around(document)),
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
        "printer_narrowed": printer_narrowed(*words.printed(document, style), style),
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
        self.pictures = self.depth = 0

    def described(self, blocks: Sequence[Block]) -> list[Data]:
        return [
            self._block(block, number, caption)
            for block, number, caption in zip(blocks, numbers(blocks), captions(blocks), strict=True)
        ]

    def _block(self, block: Block, number: str, caption: str) -> Data:
        match block:
            case Heading():
                return self._heading(block, number)
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

    def _heading(self, block: Heading, number: str) -> Data:
        """Return a heading; its depth, unlike its level, never skips one: only headings of their own count."""
        if not block.run_in:
            self.depth = min(block.level, self.depth + 1)
        return {
            "kind": "heading",
            "level": block.level,
            "depth": self.depth,
            "number": number,
            "runs": self._runs(block.runs),
            "run_in": self._runs(block.run_in),
        }

    def _table(self, block: Table, caption: str) -> Data:
        return {
            "kind": "table",
            "columns": [
                {"title": self._title(one, block), "align": one.align, "share": one.share} for one in block.columns
            ],
            "rows": [[self._runs(cell) for cell in row] for row in block.rows],
            "strong_rows": list(block.strong_rows),
            "caption": caption,
            "note": words.clean(block.note),
            "repeat_header": block.repeat_header,
        }

    def _title(self, column: Column, table: Table) -> str:
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
