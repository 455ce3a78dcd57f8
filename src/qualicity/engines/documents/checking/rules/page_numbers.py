"""Page numbers: there, dashed, outer side, one character in, right type, below the text block. Clause 7.5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualicity.engines.documents.checking.anatomy import MM, PageNumber
from qualicity.engines.documents.checking.case import Case, amount, characters, deviation, millimetres
from qualicity.engines.documents.checking.forms import Form
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.errors import Text

_DASHED: Final = re.compile(r"^[—―]\s*\d+\s*[—―]$")
_SIDES: Final = {
    "odd": Text("单页页码", "page number of odd pages"),
    "even": Text("双页页码", "page number of even pages"),
    "both": Text("页码", "page number"),
    "first": Text("首页页码", "page number of the first page"),
}
_PLACES: Final = {
    "left": Text("居左", "left"),
    "right": Text("居右", "right"),
    "center": Text("居中", "centred"),
    "outside": Text("外侧", "outer side"),
    "inside": Text("内侧", "inner side"),
}


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold the page numbers against the style."""
    numbers = case.measured.page_numbers
    clause = case.style.page_number.pattern.clause
    if not numbers and not (case.form is Form.LETTER and case.measured.pages == 1):
        yield deviation(clause, Text("各页", "every page"), Text("没有页码", "no page number"), _sample(case))
        return
    yield from _missing(case)
    for number in numbers:
        where = _where(number)
        if not _DASHED.match(number.text.strip()):
            yield deviation(clause, where, number.text.strip(), _sample(case))
        yield from _side(case, number, where)
        yield from _type(case, number, where)
        yield from _distance(case, number, where)


def _sample(case: Case) -> str:
    return case.style.page_number.pattern.value.replace("{page}", "1")


def _where(number: PageNumber) -> Text:
    if number.page is not None:
        return Text(f"第{number.page}页页码", f"page number of page {number.page}")
    return _SIDES[number.side]


def _missing(case: Case) -> Iterator[Deviation]:
    """Covers and contents need no number, nor does the first page of a letter (10.1)."""
    clause = case.style.page_number.on_first_page.clause
    letter = case.form is Form.LETTER
    parts = [part for part in case.outline.parts if not part.front]
    sections = {part.paragraph.section for part in parts}
    for side, section in dict.fromkeys(case.measured.silent):
        if section in sections and not (letter and side == "first"):
            yield deviation(clause, _SIDES[side], Text("没有页码", "no page number"), _sample(case))
    begins = min((part.paragraph.page or 1 for part in parts), default=1)
    for page in case.measured.unnumbered:
        if page >= begins and not (letter and page == 1):
            yield deviation(
                clause, Text(f"第{page}页", f"page {page}"), Text("没有页码", "no page number"), _sample(case)
            )


def _side(case: Case, number: PageNumber, where: Text) -> Iterator[Deviation]:
    rule = case.style.page_number.position
    if rule.value == "outer":
        wanted = {"odd": "right", "even": "left", "first": "right"}.get(number.side, "outside")
    else:
        wanted = rule.value
    if number.align not in {wanted, "outside"}:
        expected = (
            Text("单页居右、双页居左", "odd pages right, even pages left") if wanted == "outside" else _PLACES[wanted]
        )
        yield deviation(rule.clause, where, _PLACES[number.align], expected)
    elif wanted != "center" and number.size:
        yield from _indent(case, number, where)


def _indent(case: Case, number: PageNumber, where: Text) -> Iterator[Deviation]:
    rule = case.style.page_number.indent
    found = number.indent
    if case.is_pdf:
        left, right = case.measured.block
        found -= case.measured.sections[0].width * MM - right if number.align == "right" else left
    if number.align != "outside" and abs(found / number.size - rule.value) > rule.tolerance + 0.35:
        shown, wanted = characters(max(0.0, found / number.size)), characters(rule.value)
        yield deviation(
            rule.clause,
            where,
            Text(f"空 {shown.zh}", f"{shown.en} in"),
            Text(f"空 {wanted.zh}", f"{wanted.en} in"),
        )


def _type(case: Case, number: PageNumber, where: Text) -> Iterator[Deviation | Notice]:
    element, size = case.style.elements["page_number"], case.style.points("page_number")
    if abs(number.size - size) > 0.3:
        yield deviation(
            element.clause, where, Text(f"字号：{amount(number.size)} 磅", f"size: {amount(number.size)} pt"),
            Text(f"{element.size}（{amount(size)} 磅）", f"{amount(size)} pt ({element.size})"),
        )  # fmt: skip
    face = case.style.faces[element.face]
    verdict = case.faces.judge(number.font, element.face)
    if verdict == "wrong":
        yield deviation(
            element.clause, where, Text(f"字体：{number.font or '未指定'}", f"font: {number.font or 'none named'}"),
            Text(f"{face.title.zh}（半角）", face.title.en),
        )  # fmt: skip
    elif verdict == "substitute":
        yield Notice(
            Text(
                f"字体代替：{face.title.zh}由{number.font}代替。",
                f"Substituted font: {number.font} stands in for {face.title.en}.",
            )
        )


def _distance(case: Case, number: PageNumber, where: Text) -> Iterator[Deviation]:
    if number.from_bottom is None:
        return
    rule = case.style.page_number.below_block
    found = case.style.page.bottom.value - number.from_bottom / MM
    # a DOCX tells where the footer's line stands, not its ink
    if abs(found - rule.value) > rule.tolerance + (0.5 if case.is_pdf else 2.5):
        yield deviation(
            rule.clause,
            where,
            Text(f"在版心下边缘之下 {millimetres(found)}", f"{millimetres(found)} below the text block"),
            Text(
                f"一字线在版心下边缘之下 {millimetres(rule.value)}", f"{millimetres(rule.value)} below the text block"
            ),
        )
