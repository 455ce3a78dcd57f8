"""Paper, margins and what stands out of the text block: clauses 5.1 and 5.2.1."""

from __future__ import annotations

from collections.abc import Iterator

from qualicity.definitions.styles import Millimetres, Ruled
from qualicity.engines.documents.checking.anatomy import MM, Section
from qualicity.engines.documents.checking.case import Case, deviation, millimetres
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.errors import Text

_SIDES = (("top", "上", "top"), ("bottom", "下", "bottom"), ("left", "左", "left"), ("right", "右", "right"))


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold sheets and margins against the style."""
    for section in case.measured.sections:
        yield from _sheet(case, section)
        if section.landscape:
            yield Notice(
                Text(
                    f"第{section.number}节横排，其页边距未测量。",
                    f"Section {section.number} lies on its side; its margins were not measured.",
                )
            )
            continue
        for side, zh, en in _SIDES:
            found = getattr(section, side)
            if found is not None:
                yield from _margin(case, section, side, Text(f"{zh}页边", f"{en} margin"), found)
    yield from _beyond(case)


def _where(case: Case, section: Section, what: Text) -> Text:
    if len(case.measured.sections) == 1:
        return what
    return Text(f"第{section.number}节{what.zh}", f"section {section.number}, {what.en}")


def _sheet(case: Case, section: Section) -> Iterator[Deviation]:
    page = case.style.page
    short, long = sorted((section.width, section.height))
    off = max(
        abs(short - page.width.value) - page.width.tolerance, abs(long - page.height.value) - page.height.tolerance
    )
    if off > 0.6:
        found = f"{millimetres(section.width)} × {millimetres(section.height)}"
        expected = f"{millimetres(page.width.value)} × {millimetres(page.height.value)}"
        yield deviation(
            page.width.clause,
            _where(case, section, Text("纸张", "paper")),
            found,
            Text(f"A4，{expected}", f"A4, {expected}"),
        )


def _margin(case: Case, section: Section, side: str, what: Text, found: float) -> Iterator[Deviation | Notice]:
    rule: Ruled[Millimetres] = getattr(case.style.page, side)
    low, high = rule.value - rule.tolerance, rule.value + rule.tolerance
    leading = (case.line_pitch - case.style.points("body")) / MM
    upright = side in {"top", "bottom"}
    if case.is_pdf:
        # the ink of the first and last line stands in the block by up to the space between the lines
        low, high = low - 0.5, high + (leading if upright else 0.5)
        count = case.measured.line_characters
        # text that is not justified, or holds a character less, leaves up to a character free at the right
        if side == "right" and count is not None and count < case.style.body.characters.value:
            high += case.style.points("body") / MM
        if side == "bottom" and (not case.measured.is_bottom_sure or not _fills_the_block(case, section)):
            high += case.line_pitch / MM
    if low <= found <= high:
        return
    if upright and not case.is_pdf and abs(found + leading / 2 - rule.value) <= rule.tolerance / 2:
        yield Notice(
            Text(
                f"{what.zh}距 {millimetres(found)}：扣除了行间空白，墨迹仍在 {millimetres(rule.value)} 处，"
                "视为符合。",
                f"The {what.en} is {millimetres(found)}: the space between lines is taken off, so that the "
                f"ink still stands at {millimetres(rule.value)}; taken as right.",
            )
        )
        return
    allowed = f"{millimetres(rule.value)} ± {millimetres(rule.tolerance)}"
    yield deviation(rule.clause, _where(case, section, what), millimetres(found), allowed)


def _fills_the_block(case: Case, section: Section) -> bool:
    """Return whether whole lines fill the height: with another top margin or pitch part of a line stays empty."""
    page, leading = case.style.page, (case.line_pitch - case.style.points("body")) / MM
    top = section.top
    regular = top is None or -1.5 <= top - page.top.value <= 1 + leading
    return regular and abs(case.measured.pitch - case.line_pitch) < 0.3


def _beyond(case: Case) -> Iterator[Deviation]:
    page = case.style.page
    outside = [(table.place, table.beyond) for table in case.measured.tables if table.beyond > 3]
    for place, over in [*outside, *case.measured.beyond]:
        yield deviation(
            page.block_width.clause,
            place,
            Text(f"超出版心 {millimetres(over)}", f"stands {millimetres(over)} out of the text block"),
            Text(
                f"版心宽 {millimetres(page.block_width.value)}",
                f"text block {millimetres(page.block_width.value)} wide",
            ),
        )
