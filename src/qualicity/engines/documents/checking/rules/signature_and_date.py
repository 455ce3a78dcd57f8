"""The office that signs, the date of issue and remarks: clauses 7.3.5 and 7.3.6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualicity.engines.documents.checking.anatomy import Paragraph
from qualicity.engines.documents.checking.case import Case, characters, deviation
from qualicity.engines.documents.checking.forms import Form
from qualicity.engines.documents.checking.parts import Part, Role
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.errors import Text

FORM: Final = "7.3.5.4"
_RIGHT: Final = re.compile(r"^\d{4}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日$")
_SLACK: Final = 0.75


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold form and place of dates, and the place of the office above, against the style."""
    dates = case.outline.of(Role.DATE)
    for part in dates:
        yield from _form(part)
        yield from _place(case, part)
    for part in case.outline.of(Role.NOTES):
        yield from _brackets(case, part)
    if case.form not in {Form.PLAIN, Form.MINUTES} and not dates:
        yield deviation(
            case.style.elements["date"].clause,
            Text("正文之后", "after the text"),
            Text("没有成文日期", "no date of issue"),
            Text("发文机关署名之下有成文日期", "a date of issue below the office that signs"),
        )


def _form(part: Part) -> Iterator[Deviation]:
    text = part.paragraph.text.strip()
    if not _RIGHT.match(text):
        yield deviation(
            FORM,
            part.paragraph.place,
            text,
            Text(
                "阿拉伯数字，年份四位，月、日不编虚位，如 2014年5月8日",
                "Arabic digits, four for the year, no leading zero: 2014年5月8日",
            ),
        )


def _gaps(case: Case, one: Paragraph) -> tuple[float, float]:
    """Return the space left and right of a single line, in characters; reckoned from its alignment in a DOCX."""
    width, size = case.measured.block_width, one.size or 16.0
    if case.is_pdf:
        return one.first / size, one.right / size
    free = width - one.width
    if one.align == "right":
        right = one.right + _trailing(one)
        return (free - right) / size, right / size
    if one.align == "center":
        middle = (one.left + (width - one.right)) / 2
        return (middle - one.width / 2) / size, (width - middle - one.width / 2) / size
    return one.first / size, (free - one.first) / size


def _trailing(one: Paragraph) -> float:
    text = one.text
    return sum(one.size if sign == "\u3000" else one.size / 2 for sign in text[len(text.rstrip()) :])


def _place(case: Case, part: Part) -> Iterator[Deviation]:
    """With a seal the date stands four characters in; without one, two characters right of the office's first."""
    element = case.style.elements["date"]
    left, right = _gaps(case, part.paragraph)
    if abs(right - element.right) <= _SLACK:
        return
    office = _above(case, part)
    if office is not None:
        start, end = _gaps(case, office.paragraph)
        unsealed = abs(left - start - 2) <= _SLACK and (abs(end - 2) <= _SLACK or abs(right - 2) <= _SLACK)
        if unsealed:
            return
    sealed, found = characters(element.right), characters(max(0.0, right))
    yield deviation(
        element.clause,
        part.paragraph.place,
        Text(f"成文日期右空 {found.zh}", f"the date ends {found.en} from the right edge"),
        Text(
            f"右空 {sealed.zh}（不加盖印章的，首字比发文机关署名首字右移 2 字）",
            f"{sealed.en} (without a seal: begins two characters right of the office's first)",
        ),
    )


def _above(case: Case, part: Part) -> Part | None:
    place = case.outline.parts.index(part)
    before = case.outline.parts[place - 1] if place else None
    return before if before is not None and before.role is Role.SIGNATURE else None


def _brackets(case: Case, part: Part) -> Iterator[Deviation]:
    text, element = part.paragraph.text.strip(), case.style.elements["notes"]
    if not (text.startswith("（") and text.endswith("）")):
        yield deviation(
            element.clause, part.paragraph.place, text, Text("加全角圆括号“（）”", "full-width brackets “（）”")
        )
