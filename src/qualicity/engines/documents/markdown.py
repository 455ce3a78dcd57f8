"""Reads Markdown, also the sort that scanning programs write: pipes, HTML tables, hashes, bold."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from qualicity.engines.documents.lines import Block, Line, Row
from qualicity.engines.documents.tidying import tidy, tidy_cell
from qualicity.engines.documents.typed_tables import gathered, split_cells
from qualicity.engines.documents.unrolling import written_lines

_HEADING: Final = re.compile(r"^\s{0,3}(#{1,6})\s*(.*?)\s*#*\s*$")
_BULLET: Final = re.compile(r"^\s*[-*+•]\s+(?=\S)")
_BOLD: Final = re.compile(r"^\s*(\*\*|__)(.+?)\1\s*$")
_RULE: Final = re.compile(r"^\s*\|?[\s:|+=*_-]+\|?\s*$")


def markdown_blocks(text: str) -> list[Block]:
    """Return the lines and tables of a Markdown text."""
    found: list[Block] = []
    rows: list[Row] = []
    html: list[str] = []
    for number, raw in written_lines(text):
        if html or re.search(r"<table", raw, re.IGNORECASE):
            html.append(raw)
            if re.search(r"</table", raw, re.IGNORECASE) or len(html) > 2000:
                found += [*gathered(rows), *_html_table("\n".join(html), number - len(html) + 1)]
                rows, html = [], []
            continue
        cells = tuple(_unmarked(cell) for cell in split_cells(raw))
        if cells:
            rows.append(Row(number, cells))
        elif not (rows and _RULE.match(raw) and "-" in raw):
            found += gathered(rows)
            rows = []
            found.append(_line(number, raw))
    return [*found, *gathered(rows), *_html_table("\n".join(html), 1)]


def _line(number: int, raw: str) -> Line:
    raw = re.sub(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)", "", raw)
    raw = re.sub(r"<br\s*/?>", "", raw)
    heading = _HEADING.match(raw)
    if heading and heading.group(2):
        return Line(number, tidy(_unmarked(heading.group(2))), "markdown", f"h{len(heading.group(1))}")
    if _RULE.match(raw):
        return Line(number, "", "markdown")
    raw = re.sub(r"^\s*>\s?", "", raw)
    bold = _BOLD.match(raw)
    if bold and bold.group(1) not in bold.group(2):
        return Line(number, tidy(_unmarked(bold.group(2))), "markdown", "bold")
    bullet = _BULLET.match(raw)
    if bullet:
        return Line(number, "——" + tidy(_unmarked(raw[bullet.end() :])), "markdown", "list")
    return Line(number, tidy(_unmarked(raw)), "markdown")


def _unmarked(text: str) -> str:
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"</?(?:p|b|strong|em|span|u|i|center|div|font|sup|sub)\b[^>]*>", "", text, flags=re.IGNORECASE)
    return re.sub(r"\\([*_|.#()\[\]-])", r"\1", text)


class _Cells(HTMLParser):
    """Gathers the rows of one HTML table, repeating cells that span rows."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._open = False
        self._down: dict[tuple[int, int], str] = {}
        self._span = (1, 1)
        self.lines: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self.lines.append(self.getpos()[0])
        elif tag in {"td", "th"} and self.rows:
            self._spanned()
            named = {name: value or "1" for name, value in attrs}
            spans = (named.get("rowspan", "1"), named.get("colspan", "1"))
            rowspan, colspan = (min(int(s), 200) if s.isascii() and s.isdigit() else 1 for s in spans)
            self._span = (rowspan, max(1, colspan))
            self.rows[-1].append("")
            self._open = True

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._open:
            text = tidy_cell(self.rows[-1][-1])
            self.rows[-1][-1] = text
            for below in range(1, self._span[0]):
                self._down[(len(self.rows) - 1 + below, len(self.rows[-1]) - 1)] = text
            self.rows[-1] += [""] * (self._span[1] - 1)
            self._open = False
        elif tag == "tr" and self.rows:
            self._spanned()

    def _spanned(self) -> None:
        row = len(self.rows) - 1
        while (row, len(self.rows[-1])) in self._down:
            self.rows[-1].append(self._down.pop((row, len(self.rows[-1]))))

    def ready(self) -> list[tuple[int, list[str]]]:
        return [(line, row) for line, row in zip(self.lines, self.rows, strict=True) if any(row)]


def _html_table(text: str, number: int) -> list[Block]:
    if not text.strip():
        return []
    parser = _Cells()
    parser.feed(text)
    parser.close()
    return gathered([Row(number + line - 1, tuple(map(tidy_cell, row))) for line, row in parser.ready()])
