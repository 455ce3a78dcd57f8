"""Where each element stands: centred, flush, indented; empty lines around it. Clauses 7.2, 7.3 and 7.4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qualicity.engines.documents.checking.case import Case, amount, characters, deviation
from qualicity.engines.documents.checking.forms import Form
from qualicity.engines.documents.checking.parts import HEADINGS, Part, Role
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.errors import Text

_CENTRED: Final = frozenset({Role.LETTERHEAD, Role.TITLE, Role.ATTACHMENT_TITLE})
_FLUSH: Final = frozenset({Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY, Role.ADDRESSEES, Role.ATTACHMENT_LABEL})
_INDENTED: Final = frozenset({Role.BODY, Role.NOTES, *HEADINGS})
_ALIGNED: Final = {
    "left": Text("左对齐", "set left"),
    "center": Text("居中", "centred"),
    "right": Text("右对齐", "set right"),
    "justify": Text("两端对齐", "justified"),
    "distribute": Text("分散对齐", "distributed"),
}
_ENDS: Final = ("。", "：", ":", "；", "！", "？", "”", "）")


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold the place of every element against the style."""
    before: Part | None = None
    for part in case.outline.parts:
        if part.role in _CENTRED:
            yield from _centred(case, part)
        elif part.role in _FLUSH:
            yield from _flush(case, part)
        elif part.role in _INDENTED or (part.role is Role.ATTACHMENT_NOTE and not _is_note(before)):
            yield from _indented(case, part, before)
        yield from _above(case, part, before)
        before = part
    yield from _first_page(case)


def _first_page(case: Case) -> Iterator[Deviation]:
    """The first page of what is issued shows some of its text; only a PDF tells where pages end."""
    running = case.outline.of(Role.BODY, *HEADINGS)
    if case.is_pdf and case.form is not Form.PLAIN and running and all(part.paragraph.page != 1 for part in running):
        yield deviation(
            case.style.elements["body"].clause,
            Text("第1页", "page 1"),
            Text("首页没有正文", "the first page shows no text"),
            Text("首页显示正文", "some of the text on the first page"),
        )


def _is_note(part: Part | None) -> bool:
    return part is not None and part.role is Role.ATTACHMENT_NOTE


def _centred(case: Case, part: Part) -> Iterator[Deviation]:
    one = part.paragraph
    # a title as long as the line stands in the middle whatever its alignment
    if one.align in {"center", "distribute"} or one.width > case.measured.block_width - 2.5 * one.size:
        return
    element = case.style.elements[part.role.value]
    yield deviation(element.clause, one.place, _ALIGNED[one.align], _ALIGNED["center"])


def _flush(case: Case, part: Part) -> Iterator[Deviation]:
    one, element = part.paragraph, case.style.elements[part.role.value]
    if one.align in {"center", "right"}:
        yield deviation(element.clause, one.place, _ALIGNED[one.align], Text("居左顶格", "flush left"))
    elif abs(one.first) > case.slack * one.size:
        yield deviation(element.clause, one.place, indent(one.first / one.size), Text("居左顶格", "flush left"))
    elif abs(one.left) > case.slack * one.size and (one.lines or 1) > 1:
        yield deviation(
            element.clause, one.place, indent(one.left / one.size), Text("回行顶格", "further lines flush")
        )


def _indented(case: Case, part: Part, before: Part | None) -> Iterator[Deviation]:
    one, element = part.paragraph, case.style.elements[part.role.value]
    expected = characters(element.first_line)
    wanted = Text(f"左空 {expected.zh}", f"indented {expected.en}")
    if one.align in {"center", "right"}:
        yield deviation(element.clause, one.place, _ALIGNED[one.align], wanted)
        return
    if case.is_pdf and not _begins(one.first, one.size, before):
        return
    if abs(one.first - element.first_line * one.size) > (case.slack + 0.15) * one.size:
        yield deviation(element.clause, one.place, indent(one.first / one.size), wanted)
    elif part.role is Role.BODY and abs(one.left) > case.slack * one.size and (one.lines is None or one.lines > 1):
        yield deviation(
            element.clause,
            one.place,
            Text(f"回行缩进 {characters(one.left / one.size).zh}", f"further lines {indent(one.left / one.size).en}"),
            Text("回行顶格", "further lines flush"),
        )


def _begins(first: float, size: float, before: Part | None) -> bool:
    """Return whether a flush line of a PDF begins a paragraph: what goes on after a table or a page does not."""
    if first > 0.5 * size:
        return True
    if before is None or before.role in HEADINGS:
        return before is not None
    return before.role is Role.BODY and before.paragraph.text.rstrip().endswith(_ENDS)


def indent(value: float) -> Text:
    """Return an indent in words."""
    if abs(value) < 0.05:
        return Text("顶格", "flush")
    shown = characters(value)
    return Text(f"左空 {shown.zh}", f"indented {shown.en}")


def _above(case: Case, part: Part, before: Part | None) -> Iterator[Deviation]:
    """Empty lines above: two above the number and the title, one above addressees, attachments and signature."""
    element = case.style.elements.get(part.role.value)
    if element is None or before is None or before.role is part.role or part.attached:
        return
    expected = _wanted(part, before, element.lines_before)
    one = part.paragraph
    if expected is None or (case.is_pdf and (one.new_page or one.page != before.paragraph.page)):
        return
    found = one.before / case.line_pitch
    # type larger than the text makes an empty line look larger or smaller by its half
    if abs(found - expected) > (0.9 if case.is_pdf else 0.6):
        yield deviation(
            element.clause,
            one.place,
            Text(f"其上空 {amount(round(found * 2) / 2)} 行", f"{amount(round(found * 2) / 2)} empty lines above"),
            Text(
                f"其上空 {amount(expected)} 行", f"{amount(expected)} empty line{'' if expected == 1 else 's'} above"
            ),
        )


def _wanted(part: Part, before: Part, lines: float) -> float | None:
    """Return how many lines stand above an element after that one, None where nothing is said."""
    if part.role is Role.ADDRESSEES and before.role is Role.TITLE:
        return lines
    if part.role is Role.ATTACHMENT_NOTE and before.role in {Role.BODY, *HEADINGS}:
        return lines
    if part.role is Role.TITLE and before.role is Role.NUMBER:
        return lines
    return None
