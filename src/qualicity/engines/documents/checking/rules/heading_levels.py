"""The numbers of headings: their form, their order, levels passed over. Clause 7.3.3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualicity.engines.documents.checking.case import Case, deviation
from qualicity.engines.documents.checking.parts import HEADINGS, Part, Role
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.engines.documents.numerals import han_integer
from qualicity.errors import Text

_RIGHT: Final = {
    Role.HEADING_1: re.compile(r"^[一二三四五六七八九十]+、(?!\s)"),
    Role.HEADING_2: re.compile(r"^（[一二三四五六七八九十]+）(?![、.．])"),
    Role.HEADING_3: re.compile(r"^\d{1,2}(?:\.|．)(?![、])"),
    Role.HEADING_4: re.compile(r"^（\d{1,2}）(?![、.．])"),
}
_NUMBERS: Final = re.compile(r"^[（(]?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})")


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold the numbers of headings against the style."""
    own = case.outline.of(Role.SUBHEAD)
    if own:
        first = own[0].paragraph.place
        yield Notice(
            Text(
                f"{len(own)} 处小标题没有层次序数（首处：{first.zh}），未检查。",
                f"{len(own)} headings without a number (first: {first.en}); not checked.",
            )
        )
    clause = case.style.marks.heading_1.clause
    counts: dict[Role, int] = {}
    deepest: Role | None = None
    attached = False
    headings = case.outline.of(*HEADINGS)
    used = {part.role for part in headings}
    for part in headings:
        if part.attached and not attached:
            counts, deepest, attached = {}, None, True
        yield from _form(case, part, clause)
        yield from _skipped(case, part, deepest, used, clause)
        yield from _order(part, counts, clause)
        deepest = part.role


def _marks(case: Case) -> dict[Role, str]:
    marks = case.style.marks
    return {
        Role.HEADING_1: marks.heading_1.value,
        Role.HEADING_2: marks.heading_2.value,
        Role.HEADING_3: marks.heading_3.value,
        Role.HEADING_4: marks.heading_4.value,
    }


def _form(case: Case, part: Part, clause: str) -> Iterator[Deviation]:
    text = part.paragraph.text.strip()
    if _RIGHT[part.role].match(text):
        return
    found = re.match(r"^[（(]?\s*[\d一二三四五六七八九十]+\s*[）)]?[、.．,，]?\s?", text)
    yield deviation(
        clause,
        part.paragraph.place,
        Text(
            f"层次序数写作“{found[0] if found else text[:4]}”", f"heading number “{found[0] if found else text[:4]}”"
        ),
        Text(f"“{_marks(case)[part.role]}”的写法", f"the form “{_marks(case)[part.role]}”"),
    )


def _skipped(case: Case, part: Part, above: Role | None, used: set[Role], clause: str) -> Iterator[Deviation]:
    """一、 may be followed by 1. where a document has only these two levels; else no level is passed over."""
    place = HEADINGS.index(part.role)
    start = -1 if above is None else HEADINGS.index(above)
    if above is None:
        # a document may begin below 一、 when it has no such level at all
        if place == 0 or not any(role in used for role in HEADINGS[:place]):
            return
    elif place <= start + 1:
        return
    if part.role is Role.HEADING_3 and above is Role.HEADING_1 and Role.HEADING_2 not in used:
        return
    marks = _marks(case)
    before = marks[above] if above is not None else "正文"
    yield deviation(
        clause,
        part.paragraph.place,
        Text(f"“{before}”之下直接用“{marks[part.role]}”", f"“{marks[part.role]}” right below “{before}”"),
        Text(f"先用“{marks[HEADINGS[start + 1]]}”", f"“{marks[HEADINGS[start + 1]]}” first"),
    )


def _order(part: Part, counts: dict[Role, int], clause: str) -> Iterator[Deviation]:
    place = HEADINGS.index(part.role)
    found = _NUMBERS.match(part.paragraph.text.strip())
    assert found is not None
    value = int(found[1]) if found[1].isdigit() else han_integer(found[1])
    expected = counts.get(part.role, 0) + 1
    for role in HEADINGS[place + 1 :]:
        counts.pop(role, None)
    counts[part.role] = value if value is not None else expected
    if value is not None and value not in (expected, 1):
        yield deviation(
            clause,
            part.paragraph.place,
            Text(f"序数为 {value}", f"number {value}"),
            Text(f"序数应为 {expected}", f"number {expected}"),
        )
    elif value == 1 and expected > 1 and part.role is Role.HEADING_1 and not part.attached:
        yield deviation(
            clause,
            part.paragraph.place,
            Text("序数又从 1 起", "numbered from 1 again"),
            Text(f"序数应为 {expected}", f"number {expected}"),
        )
