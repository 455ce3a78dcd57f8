"""Lines on a page and characters on a line: clause 5.2.3."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from qualicity.engines.documents.checking.anatomy import MM, Paragraph, most
from qualicity.engines.documents.checking.case import WHOLE, Case, amount, deviation, points
from qualicity.engines.documents.checking.parts import RUNNING, Role
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.errors import Text


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold the pitch of lines and characters of running text against the style."""
    yield from _lines(case)
    yield from _spaces(case)
    yield from _characters(case)
    yield from _clipped(case)


def _lines(case: Case) -> Iterator[Deviation]:
    parts = [part for part in case.outline.of(*RUNNING, Role.ADDRESSEES) if part.paragraph.pitch]
    if case.is_pdf:
        usual = most((round(part.paragraph.pitch or 0, 1), part.paragraph.lines or 1) for part in parts)
        if usual and not _fits(case, usual):
            yield _pitch(case, WHOLE, usual, Text("", ""))
        return
    for part in parts:
        one = part.paragraph
        if not _fits(case, one.pitch or 0):
            yield _pitch(case, one.place, one.pitch or 0, _how(one))


def _fits(case: Case, pitch: float) -> bool:
    """Return whether the style's number of lines, and no more, fill the block at this pitch."""
    lines = case.style.body.lines.value
    return lines - 0.55 <= case.style.page.block_height.value * MM / pitch < lines + 0.95


def _how(one: Paragraph) -> Text:
    return {
        "multiple": Text("（倍数行距，随字体而变）", " (a multiple of single spacing, which varies by font)"),
        "least": Text("（最小值）", " (at least)"),
        "grid": Text("（文档网格）", " (by the document's grid)"),
    }.get(one.pitch_rule, Text("", ""))


def _pitch(case: Case, where: Text, pitch: float, how: Text) -> Deviation:
    count = case.style.page.block_height.value * MM / pitch
    usual, rule = case.line_pitch, case.style.body.lines
    return deviation(
        rule.clause,
        where,
        Text(
            f"行距约 {amount(pitch)} 磅{how.zh}，每面约 {amount(count)} 行",
            f"lines about {amount(pitch)} pt apart{how.en}, about {amount(count)} lines a page",
        ),
        Text(
            f"每面 {rule.value} 行，行距约 {amount(usual)} 磅",
            f"{rule.value} lines a page, about {amount(usual)} pt apart",
        ),
    )


def _spaces(case: Case) -> Iterator[Deviation]:
    """Space between the paragraphs of running text moves its lines off the page's 22."""
    for before, part in pairwise(case.outline.parts):
        one = part.paragraph
        if before.role in RUNNING and part.role in RUNNING and not case.is_pdf and one.spaced > 3:
            extra = points(one.spaced)
            yield deviation(
                case.style.body.lines.clause,
                one.place,
                Text(f"段间另加 {extra.zh}", f"{extra.en} of extra space above"),
                Text("段间不加空白", "no extra space between paragraphs"),
            )


def _characters(case: Case) -> Iterator[Deviation]:
    rule, width = case.style.body.characters, case.style.page.block_width.value * MM
    found = case.measured.line_characters if case.is_pdf else _settable(case, width)
    if found is not None and found != rule.value:
        yield deviation(
            rule.clause,
            WHOLE,
            Text(f"每行 {found} 字", f"{found} characters a line"),
            Text(
                f"每行 {rule.value} 字，字距约 {width / rule.value:.2f} 磅",
                f"{rule.value} a line, about {width / rule.value:.2f} pt apart",
            ),
        )


def _settable(case: Case, width: float) -> int | None:
    """Return how many characters fit on a line at the pitch that a DOCX sets."""
    size = case.style.points("body")
    pitch = most(
        (round(one.char_pitch or 0, 2), len(one.text))
        for one in (part.paragraph for part in case.outline.of(Role.BODY))
        if one.char_pitch and abs(one.size - size) < 0.6
    )
    return int(width / pitch + 0.12) if pitch else None


def _clipped(case: Case) -> Iterator[Notice]:
    for part in case.outline.parts:
        one = part.paragraph
        if one.has_picture and one.pitch_rule == "exact":
            yield Notice(
                Text(
                    f"{one.place.zh}：图片所在段为固定行距，图片会被裁去。",
                    f"{one.place.en}: a picture stands in lines of exact pitch and will be cut off.",
                )
            )
    for table in case.measured.tables:
        if table.tight:
            yield Notice(
                Text(
                    f"{table.place.zh}：固定行距小于字号，文字会被裁去。",
                    f"{table.place.en}: its lines are closer than its characters are high, which cuts them off.",
                )
            )
