"""The imprint (版记): its lines, copies, printing office and date. Clause 7.4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualicity.engines.documents.checking.anatomy import MM, Line
from qualicity.engines.documents.checking.case import Case, deviation, millimetres
from qualicity.engines.documents.checking.colours import is_red
from qualicity.engines.documents.checking.forms import Form
from qualicity.engines.documents.checking.parts import Part, Role
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.engines.documents.checking.rules.placing import indent
from qualicity.errors import Text

_DATE: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_COLON: Final = re.compile(r"^(?:抄送|主送|分送|抄报)：")

_EDGE: Final = 3.0
"""By how much more than the margin the last line may be off, in millimetres."""


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold the imprint against the style."""
    copies, imprint = case.outline.of(Role.COPIES), case.outline.of(Role.IMPRINT)
    if not (copies or imprint):
        if case.form is not Form.PLAIN:
            yield Notice(Text("没有版记，7.4 未检查。", "There is no imprint; 7.4 was not checked."))
        return
    for part in copies:
        yield from _copies(case, part)
    for part in imprint:
        yield from _printed(case, part)
    for part in (*copies, *imprint):
        yield from _indents(case, part)
    if case.form is not Form.LETTER:  # the imprint of a letter has no lines (10.1)
        yield from _lines(case, (*copies, *imprint))


def _copies(case: Case, part: Part) -> Iterator[Deviation]:
    element, text = case.style.elements["copies"], part.paragraph.text.strip()
    if not _COLON.match(text):
        yield deviation(
            element.clause,
            part.paragraph.place,
            text[:4],
            Text("“抄送”后加全角冒号“：”", "a full-width colon after 抄送"),
        )
    if not text.endswith("。"):
        yield deviation(
            element.clause,
            part.paragraph.place,
            Text(f"以“{text[-1]}”结尾", f"ends with “{text[-1]}”"),
            Text("最后一个抄送机关后标句号“。”", "a full stop “。” after the last office"),
        )


def _printed(case: Case, part: Part) -> Iterator[Deviation]:
    element, text = case.style.elements["imprint"], part.paragraph.text.strip()
    found = _DATE.search(text)
    if found is None or found[2].startswith("0") or found[3].startswith("0"):
        yield deviation(
            element.clause,
            part.paragraph.place,
            found[0] if found else text,
            Text(
                "阿拉伯数字，月、日不编虚位，如 2014年5月8日印发",
                "Arabic digits without leading zeros: 2014年5月8日印发",
            ),
        )
    if text.endswith(("。", ".")):
        yield deviation(
            element.clause, part.paragraph.place, text[-3:], Text("“印发”后不加标点", "no sign after 印发")
        )


def _indents(case: Case, part: Part) -> Iterator[Deviation]:
    one, element = part.paragraph, case.style.elements[part.role.value]
    aside = one.align in {"center", "right"} and not case.is_pdf  # a line spread over the block looks centred
    if aside or abs(one.first - element.left * one.size) > (case.slack + 0.3) * one.size:
        yield deviation(
            element.clause,
            one.place,
            indent(one.first / one.size),
            Text(f"左右各空 {element.left:.0f} 字", f"indented {element.left:.0f} character on both sides"),
        )


def _lines(case: Case, parts: tuple[Part, ...]) -> Iterator[Deviation]:
    rules = case.style.rules
    found = _measured(case, parts) if case.is_pdf else _set(parts)
    place = parts[0].paragraph.place
    if not found:
        yield deviation(
            rules.imprint_outer.clause, place, Text("版记没有分隔线", "the imprint has no lines"),
            Text("首条和末条粗线，中间细线", "a thick line above and below, thin ones between"),
        )  # fmt: skip
        return
    outer, thick = (found[0], found[-1]), rules.imprint_outer.thickness
    if len(found) < 2:
        yield deviation(
            rules.imprint_outer.clause, place, Text("版记只有 1 条分隔线", "the imprint has only 1 line"),
            Text("首条和末条各一", "one above and one below"),
        )  # fmt: skip
    elif any(abs(line.thickness / MM - thick) > 0.13 for line in outer):
        odd = next(line for line in outer if abs(line.thickness / MM - thick) > 0.13)
        yield deviation(
            rules.imprint_outer.clause, place,
            Text(f"首末分隔线粗 {odd.thickness / MM:.2f} mm", f"outer lines {odd.thickness / MM:.2f} mm thick"),
            f"{thick:.2f} mm",
        )  # fmt: skip
    elif any(line.thickness > max(one.thickness for one in outer) + 0.1 for line in found[1:-1]):
        yield deviation(
            rules.imprint_inner.clause, place, Text("中间分隔线比首末粗", "inner lines are thicker than the outer"),
            Text(f"中间细线 {rules.imprint_inner.thickness:.2f} mm", f"inner {rules.imprint_inner.thickness:.2f} mm"),
        )  # fmt: skip
    yield from _widths(case, found, place)
    yield from _lowest(case, found[-1], place)


def _lowest(case: Case, line: Line, place: Text) -> Iterator[Deviation]:
    """The last line of the imprint is the lower edge of the text block on the last page."""
    if line.y is None:
        return
    page, clause = case.style.page, case.style.rules.imprint_outer.clause
    # a lower margin that is too wide is told as a margin
    bottom = max(page.bottom.value, (case.measured.sections[-1].bottom or 0) - case.line_pitch / MM)
    above = page.height.value - bottom - line.y / MM
    if line.page != case.measured.pages:
        yield deviation(
            clause,
            place,
            Text(f"版记在第{line.page}页", f"the imprint is on page {line.page}"),
            Text("在最后一面", "on the last page"),
        )
    elif above > page.bottom.tolerance + _EDGE:
        yield deviation(
            clause,
            place,
            Text(
                f"末条分隔线在版心下边缘之上 {millimetres(above)}",
                f"last line {millimetres(above)} above the block's edge",
            ),
            Text("与版心下边缘重合", "at the lower edge of the text block"),
        )


def _widths(case: Case, found: list[Line], place: Text) -> Iterator[Deviation]:
    # held against the document's own text block: wrong margins are told once, as margins
    width, clause = case.measured.block_width / MM, case.style.rules.imprint_outer.clause
    for line in found:
        length = (line.x1 - line.x0) / MM if line.x0 is not None and line.x1 is not None else width
        if min(abs(length - width), abs(length - case.style.page.block_width.value)) > 2.5:
            yield deviation(
                clause, place, Text(f"分隔线长 {millimetres(length)}", f"a line {millimetres(length)} long"),
                Text(f"与版心等宽（{millimetres(width)}）", f"as wide as the text block ({millimetres(width)})"),
            )  # fmt: skip
            return


def _set(parts: tuple[Part, ...]) -> list[Line]:
    """Return the lines that borders and shapes draw around the parts, from top to bottom."""
    found: list[Line] = []
    below: Line | None = None
    for part in parts:
        one = part.paragraph
        above = one.line_above
        if above is not None and above is not below and not (below is not None and found):
            found.append(above)
        elif below is not None:
            found.append(below)
        found += [line for line in one.drawn if not is_red(line.colour)]
        below = one.line_below
    if below is not None:
        found.append(below)
    return found


def _measured(case: Case, parts: tuple[Part, ...]) -> list[Line]:
    page = parts[-1].paragraph.page
    tops = [part.paragraph.top or 0 for part in parts if part.paragraph.page == page]
    ends = [part.paragraph.bottom or 0 for part in parts if part.paragraph.page == page]
    found = [
        line
        for line in case.measured.lines
        if line.page == page and min(tops) - 25 <= (line.y or 0) <= max(ends) + 25 and not is_red(line.colour)
    ]
    return sorted(found, key=lambda line: line.y or 0)
