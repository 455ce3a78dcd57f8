"""Letterhead, document number and the red line: clauses 7.2.4 to 7.2.7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualicity.engines.documents.checking.anatomy import MM, Line
from qualicity.engines.documents.checking.case import Case, deviation, millimetres
from qualicity.engines.documents.checking.forms import Form, length, red_lines
from qualicity.engines.documents.checking.parts import Part, Role, number_in
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.errors import Text

_PASSED: Final = {
    Form.LETTER: Text(
        "信函格式（10.1）：版头与红色双线未检查。",
        "A letter (10.1): its head and its double red lines were not checked.",
    ),
    Form.ORDER: Text("命令（令）格式（10.2）：版头未检查。", "An order (10.2): its head was not checked."),
}


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold the head of the document against the style."""
    number = case.outline.first(Role.NUMBER)
    head = case.outline.of(Role.LETTERHEAD)
    if number is None and not head:
        yield Notice(
            Text(
                "没有发文机关标志和发文字号，版头（7.2）未检查。",
                "There is neither a letterhead nor a document number; the head (7.2) was not checked.",
            )
        )
        return
    if number is not None:
        yield from _number(case, number)
    yield from _approver(case)
    if not head:
        yield Notice(
            Text(
                "没有发文机关标志（或印在套红纸上），未检查。",
                "No letterhead (or one printed beforehand); not checked.",
            )
        )
        return
    if case.form in _PASSED:
        yield Notice(_PASSED[case.form])
        return
    yield from _line(case, number)
    yield from _height(case, head[0])


def _number(case: Case, part: Part) -> Iterator[Deviation]:
    element, mark = case.style.elements["number"], case.style.marks.number
    text = part.paragraph.text.strip()
    found = number_in(text)
    written = found[0] if found else text
    blank = re.search(r"[X×x]", written)  # a form that is yet to be filled
    if found is None or (not blank and re.fullmatch(mark.value, written.replace(" ", "")) is None):
        yield deviation(mark.clause, part.paragraph.place, written, _right_form(written, found))
    signed = "签" in text or case.outline.first(Role.APPROVER) is not None
    if part.paragraph.align != "center" and not signed and case.form is not Form.LETTER:
        yield deviation(
            element.clause, part.paragraph.place, Text("没有居中", "not centred"), Text("居中排布", "centred")
        )


def _approver(case: Case) -> Iterator[Deviation]:
    mark = case.style.marks.approver_label
    for part in case.outline.of(Role.APPROVER, Role.NUMBER):
        found = re.search(rf"{mark.value}\s*(.)", part.paragraph.text)
        if found and found[1] != "：":
            yield deviation(mark.clause, part.paragraph.place, found[0], f"{mark.value}：")


def _right_form(written: str, found: re.Match[str] | None) -> Text:
    if found is None or not found["serial"].isdigit() or not found["year"].isdigit():
        return Text("机关代字〔年份〕序号号", "office〔year〕serial号")
    right = f"{found['organ']}〔{found['year']}〕{int(found['serial'])}号"
    if right == written:
        return Text("机关代字〔年份〕序号号", "office〔year〕serial号")
    return Text(
        f"{right}（六角括号，不加“第”，序号不编虚位）", f"{right} (hexagonal brackets, no 第, no leading zero)"
    )


def _line(case: Case, number: Part | None) -> Iterator[Deviation]:
    rule = case.style.rules.letterhead
    lines = red_lines(case.measured, case.outline)
    if not lines:
        yield deviation(
            rule.clause,
            number.paragraph.place if number else Text("版头", "head of the document"),
            Text("发文字号之下没有红色分隔线", "no red line below the number"),
            Text("一条与版心等宽的红色分隔线", "a red line as wide as the text block"),
        )
        return
    measured = next((line for line in lines if line.x0 is not None and line.x1 is not None), None)
    if measured is not None:
        yield from _measured_line(case, measured, number.paragraph.bottom if number else None)


def _measured_line(case: Case, line: Line, bottom: float | None) -> Iterator[Deviation]:
    rule, width = case.style.rules.letterhead, case.measured.block_width / MM
    found = length(line)
    where = Text("版头的红色分隔线", "red line of the head")
    if min(abs(found - width), abs(found - case.style.page.block_width.value)) > 2.5:
        yield deviation(rule.clause, where, millimetres(found), Text(
            f"与版心等宽（{millimetres(width)}）", f"as wide as the text block ({millimetres(width)})"
        ))  # fmt: skip
    if bottom is None:
        return
    below = ((line.y or 0) - bottom) / MM
    if abs(below - rule.distance) > 3:
        yield deviation(rule.clause, where, Text(
            f"在发文字号之下 {millimetres(below)}", f"{millimetres(below)} below the number"
        ), millimetres(rule.distance))  # fmt: skip


def _height(case: Case, head: Part) -> Iterator[Deviation]:
    """Where the letterhead begins can only be measured on a page."""
    one, rule = head.paragraph, case.style.letterhead.document
    if one.top is None or one.page != 1:
        return
    top = case.measured.sections[0].top
    found = one.top / MM - (case.style.page.top.value if top is None else top)
    if abs(found - rule.value) > rule.tolerance + 3:
        yield deviation(
            rule.clause,
            one.place,
            Text(f"距版心上边缘 {millimetres(found)}", f"{millimetres(found)} below the top of the text block"),
            millimetres(rule.value),
        )
