"""Opens a PDF and measures its pages."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from qualicity.engines.documents.checking.anatomy import MM, Line, Measured, PageNumber, Section
from qualicity.engines.documents.checking.guards import broken, password
from qualicity.engines.documents.checking.pdf.block import Block, block_of, number_of
from qualicity.engines.documents.checking.pdf.glyphs import TextLine, lines_of
from qualicity.engines.documents.checking.pdf.joining import paragraphs_of
from qualicity.engines.documents.checking.pdf.strokes import Frame, frames, horizontals
from qualicity.errors import FileError, QualicityError, Text

if TYPE_CHECKING:
    from pathlib import Path

ASKED: Final = (28 * MM, 184 * MM)
MAX_PAGES: Final = 300
MAX_OBJECTS: Final = 60_000
"""On one page; a map of a million strokes is not a page of an official document."""

_HEAD: Final = 0.125
"""A running head stands in this share of the sheet, from above."""
_TWO_PAGES: Final = 380 * MM
"""A sheet as wide as this is A3 on its side."""
_HEAD_SIZE: Final = 12
"""Smaller type than this up there is a running head even on one page."""


@dataclass
class _Gathered:
    """What the pages gave."""

    lines: list[TextLine] = field(default_factory=list)
    numbers: list[PageNumber] = field(default_factory=list)
    rules: list[Line] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    sheets: list[tuple[float, float]] = field(default_factory=list)
    unnumbered: list[int] = field(default_factory=list)
    textless: list[int] = field(default_factory=list)
    pages: int = 0


def measure_pdf(path: Path, asked: tuple[float, float] = ASKED) -> Measured:
    """Return a PDF as measured; FileError when it is locked, damaged, or a scan without text.

    ``asked`` are the edges of the text block that the style asks for, in points: a page with few lines shows none.
    """
    try:
        with pdfplumber.open(BytesIO(path.read_bytes())) as document:
            gathered = _gather(document)
    except QualicityError:
        raise
    except Exception as problem:  # a stranger's PDF breaks its reader in more ways than can be named
        if any(isinstance(one, PDFPasswordIncorrect) for one in (problem, *problem.args, problem.__cause__)):
            raise password() from problem
        raise broken() from problem
    if not gathered.lines and not gathered.numbers:
        raise _scanned()
    if all(width > _TWO_PAGES for width, _ in gathered.sheets):
        raise FileError(
            "每张纸上并排两面（供折叠装订的拼版），不能测量；请检查拼版之前的文件。",
            "Each sheet holds two pages side by side (laid out for folding) and cannot be measured: check the file "
            "from before it was laid out.",
        )
    block = block_of(_without_headers(gathered), asked, {frame.page for frame in gathered.frames})
    if block is None:
        raise FileError(
            "文件中的文字太少（不足三行），无法测量版式。",
            "There is too little text (fewer than three lines) to measure a layout by.",
        )
    return _measured(gathered, block)


def _gather(document: Any) -> _Gathered:
    found = _Gathered(pages=len(document.pages))
    if found.pages > MAX_PAGES:
        raise FileError(f"页数超过 {MAX_PAGES}，未检查。", f"More than {MAX_PAGES} pages; not checked.")
    for number, page in enumerate(document.pages, start=1):
        if sum(map(len, page.objects.values())) > MAX_OBJECTS:
            raise FileError(
                f"第 {number} 页的图形过多，未检查。", f"Page {number} draws too many objects; not checked."
            )
        found.sheets.append((float(page.width), float(page.height)))
        lines = lines_of(page, number)
        if not lines:
            found.textless.append(number)
            page.close()
            continue
        numbered = number_of(lines, float(page.height), float(page.width), number)
        if numbered is None:
            found.unnumbered.append(number)
        else:
            lines.remove(numbered[0])
            found.numbers.append(numbered[1])
        rules = horizontals(page, number)
        found.rules += rules
        found.frames += frames(page, number, rules)
        found.lines += lines
        page.close()
    return found


def _without_headers(found: _Gathered) -> list[TextLine]:
    """Drop running heads: the same words at the same height, near the top of several pages, apart from the text."""
    high = _HEAD * found.sheets[0][1]
    apart = [
        line
        for line, below in zip_longest(found.lines, found.lines[1:])
        if line.base < high and (below is None or below.page != line.page or below.base - line.base > 2.2 * line.size)
    ]
    found.lines = [line for line in found.lines if line.base >= high or line.size >= _HEAD_SIZE]
    seen = Counter((line.text, round(line.base)) for line in apart)
    found.lines = [line for line in found.lines if seen[line.text, round(line.base)] < 2]
    return found.lines


def _measured(found: _Gathered, block: Block) -> Measured:
    notices = []
    if found.textless:
        listed = "、".join(map(str, found.textless[:10]))
        notices.append(
            Text(
                f"第 {listed} 页没有文字（空白或图片），未能测量。",
                f"Pages {', '.join(map(str, found.textless[:10]))} hold no text (blank or pictures); not measured.",
            )
        )
    if not block.is_width_sure:
        notices.append(
            Text(
                "满行的文字太少，左右页边未能测量。",
                "Too few lines are full to show the left and right margins; they were not measured.",
            )
        )
    return Measured(
        kind="pdf",
        block=(block.left, block.right),
        pitch=block.pitch,
        sections=tuple(_sections(found.sheets, block)),
        paragraphs=tuple(paragraphs_of(found.lines, block, found.frames)),
        page_numbers=tuple(found.numbers),
        lines=tuple(found.rules),
        pages=found.pages,
        unnumbered=tuple(found.unnumbered),
        beyond=tuple(_beyond(found, block)),
        notices=tuple(notices),
        line_characters=block.characters,
        is_bottom_sure=block.is_bottom_sure,
    )


def _sections(sheets: list[tuple[float, float]], block: Block) -> list[Section]:
    found: list[Section] = []
    for width, height in sheets:
        size = (round(width / MM, 1), round(height / MM, 1))
        if found and (found[-1].width, found[-1].height) == size:
            continue
        upright = width <= height
        found.append(
            Section(
                number=len(found) + 1, width=size[0], height=size[1],
                left=block.left / MM if upright and block.is_width_sure else None,
                right=(width - block.right) / MM if upright and block.is_width_sure else None,
                top=block.top / MM if upright and block.top is not None else None,
                bottom=(height - block.bottom) / MM if upright and block.bottom is not None else None,
            )
        )  # fmt: skip
    return found


def _beyond(found: _Gathered, block: Block) -> list[tuple[Text, float]]:
    """Return what stands out of the text block by more than a character."""
    out = []
    for frame in found.frames:
        width, height = found.sheets[frame.page - 1]
        over = max(frame.x1 - block.right, block.left - frame.x0)
        if over > 3 * MM and width <= height:
            out.append((Text(f"第{frame.page}页的表或图", f"table or figure on page {frame.page}"), over / MM))
    return out


def _scanned() -> FileError:
    return FileError(
        "这份 PDF 是扫描件（只有图片，没有文字），无法测量版式。请提供 .docx，或由文字处理软件导出的 PDF。",
        "This PDF is a scan (pictures without text), whose layout cannot be measured: give a .docx, or a PDF "
        "exported by a word processor.",
    )


logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font of a stranger's file
