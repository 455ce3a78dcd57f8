"""Reads a Word document: paragraphs with their automatic numbers, tables in their place; no headers, no footers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from qualicity.engines.documents.lines import Block, Line, Row, Table
from qualicity.engines.documents.tidying import tidy, tidy_cell
from qualicity.engines.documents.word_numbering import Numbering
from qualicity.errors import FileError

MAX_UNPACKED: Final = 300_000_000
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING: Final = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)


def word_blocks(content: bytes) -> list[Block]:
    """Return the lines and tables of a .docx in reading order; FileError when it cannot be opened."""
    document = _opened(content)
    numbering = Numbering(document)
    found: list[Block] = []
    number = 0
    for element in _body(document.element.body):
        if element.tag == qn("w:p"):
            style, text = _style(element, document), _paragraph(element)
            prefix = numbering.prefix(element) if text.strip() else ""
            for piece in (prefix + text.strip()).split("\n"):
                number += 1
                found.append(Line(number, tidy(piece), "word", style))
            for boxed in _boxed(element):
                number += 1
                found.append(Line(number, tidy(boxed), "word"))
        else:
            rows = tuple(Row(number + i, cells) for i, cells in enumerate(_rows(element), start=1))
            number += len(rows)
            if rows and max(len(row.cells) for row in rows) > 1:
                found.append(Table(rows[0].number, rows))
            else:
                found += [Line(row.number, row.cells[0], "word") for row in rows]
    notes = _notes(document)
    found += [Line(number + i, tidy(text), "word") for i, text in enumerate(["附注：", *notes], start=1) if notes]
    return found


def _boxed(paragraph: Any) -> Iterator[str]:
    """Return the paragraphs of the text boxes that hang on a paragraph, each box once."""
    for box in paragraph.iter(qn("w:txbxContent")):
        if any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
            continue  # the same box, drawn again for older programs
        yield from (text for inner in box.iter(qn("w:p")) if (text := _paragraph(inner).strip()))


def _notes(document: Any) -> list[str]:
    """Return the footnotes and endnotes of a document."""
    found: list[str] = []
    for part in document.part.package.iter_parts():
        if str(part.partname) not in {"/word/footnotes.xml", "/word/endnotes.xml"}:
            continue
        root = parse_xml(part.blob)
        for note in (one for one in root if one.get(qn("w:type")) is None):
            text = "".join(_paragraph(inner) for inner in note.iter(qn("w:p"))).strip()
            found += [f"注：{text}"] if text else []
    return found


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val")) not in {"0", "false", "off"}


def _opened(content: bytes) -> Any:
    problem = FileError(
        "无法打开这个 Word 文件：内容已损坏，或不是 .docx。",
        "This Word file cannot be opened: damaged, or not a .docx.",
    )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
                raise FileError("文件解压后过大，拒绝读取。", "The file unpacks to far too much; refused.")
        return docx.Document(BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, OSError) as reason:
        raise problem from reason


def _body(parent: Any) -> Iterator[Any]:
    for element in parent:
        if element.tag in {qn("w:p"), qn("w:tbl")}:
            yield element
        elif element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _body(content)
        elif element.tag in {qn("w:ins"), qn("w:smartTag"), qn("w:customXml")}:
            yield from _body(element)


def _paragraph(paragraph: Any) -> str:
    """Return the text that stands, without deleted words, fields' codes and text boxes drawn twice."""
    pieces: list[str] = []
    skipped = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:drawing"), qn("w:pict")}

    def gather(element: Any) -> None:
        for child in element:
            if child.tag == qn("w:r") and _is_hidden(child):
                continue
            if child.tag in skipped or not isinstance(child.tag, str) or child.tag.endswith("}AlternateContent"):
                continue
            if child.tag in {qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}:
                pieces.append(child.text or "")
            elif child.tag == qn("w:tab"):
                pieces.append(" ")
            elif child.tag in {qn("w:br"), qn("w:cr")}:
                pieces.append("\n")
            elif child.tag == qn("w:noBreakHyphen"):
                pieces.append("-")
            else:
                gather(child)

    gather(paragraph)
    return "".join(pieces).strip("\n")


def _style(paragraph: Any, document: Any) -> str:
    properties = paragraph.find(qn("w:pPr"))
    reference = properties.find(qn("w:pStyle")) if properties is not None else None
    if reference is not None:
        identity = reference.get(qn("w:val"))
        names = [style.name or "" for style in document.styles if style.style_id == identity]
        heading = _HEADING.match(names[0].strip()) if names else None
        if heading:
            return f"h{heading.group(1)}"
        if names and names[0].lower() == "title":
            return "title"
    runs = [run for run in paragraph.iter(qn("w:r")) if "".join(t.text or "" for t in run.iter(qn("w:t"))).strip()]
    return "bold" if runs and all(_is_bold(run) for run in runs) else ""


def _is_bold(run: Any) -> bool:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return bold is not None and bold.get(qn("w:val")) not in {"0", "false", "off"}


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    above: list[str] = []
    for row in table.iter(qn("w:tr")):
        cells: list[str] = []
        for cell in row.findall(qn("w:tc")):
            properties = cell.find(qn("w:tcPr"))
            merged = properties.find(qn("w:vMerge")) if properties is not None else None
            span = properties.find(qn("w:gridSpan")) if properties is not None else None
            text = tidy_cell("".join(_paragraph(paragraph) for paragraph in cell.iter(qn("w:p"))))
            if merged is not None and merged.get(qn("w:val")) != "restart" and len(cells) < len(above):
                text = above[len(cells)]
            width = int(span.get(qn("w:val"), "1")) if span is not None else 1
            cells += [text] + [""] * (min(width, 60) - 1)
        above = cells
        if any(cells):
            yield tuple(cells)
