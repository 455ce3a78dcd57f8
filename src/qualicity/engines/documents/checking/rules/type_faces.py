"""Fonts, sizes and colours: clauses 5.2.2, 5.2.4 and those of each element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from qualicity.engines.documents.checking.anatomy import Span, most
from qualicity.engines.documents.checking.case import Case, amount, deviation
from qualicity.engines.documents.checking.colours import is_black, is_red
from qualicity.engines.documents.checking.letters import SHARED_SIGNS, is_han
from qualicity.engines.documents.checking.parts import Part, Role
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.errors import Text

_UNCHECKED: Final = frozenset({Role.TABLE, Role.OTHER, Role.SUBHEAD, Role.ATTENDANCE})
_SIZELESS: Final = frozenset({Role.LETTERHEAD})
"""The size of a letterhead is left to the office."""
_SLACK: Final = 0.3
_APPROVER: Final = re.compile(r"(签发人\s*[：:]?)")
_TITLES: Final = frozenset({Role.TITLE, Role.ATTACHMENT_TITLE, Role.LETTERHEAD})


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold the type of every element against the style."""
    stood_in: dict[str, set[str]] = {}
    hidden: set[str] = set()
    bold: list[Part] = []
    for part in case.outline.parts:
        if part.role in _UNCHECKED:
            continue
        yield from _fonts(case, part, stood_in, hidden)
        yield from _sizes(case, part)
        yield from _colours(case, part)
        if _is_bold(case, part):
            bold.append(part)
    yield from _signs(case)
    yield from _notices(case, stood_in, hidden, bold)


def _heading_length(part: Part) -> int:
    """Return how much of the paragraph is heading: to its first full stop where text runs on after it."""
    text = part.paragraph.text
    stop = text.find("。")
    return stop if 0 <= stop < len(text.rstrip()) - 1 else len(text)


def _stretches(part: Part) -> Iterator[tuple[Span, str]]:
    """Yield each stretch of text with the element that it is: text that runs on after a heading is body."""
    if part.role in {Role.NUMBER, Role.APPROVER}:
        yield from _with_approver(part)
        return
    if part.role not in {Role.HEADING_1, Role.HEADING_2}:
        yield from ((span, part.role.value) for span in part.paragraph.spans)
        return
    left = _heading_length(part)
    for span in part.paragraph.spans:
        if 0 < left < len(span.text):
            yield Span(span.text[:left], span.font, span.size, span.bold, span.colour), part.role.value
            yield Span(span.text[left:], span.font, span.size, span.bold, span.colour), Role.BODY.value
        else:
            yield span, part.role.value if left > 0 else Role.BODY.value
        left -= len(span.text)


def _with_approver(part: Part) -> Iterator[tuple[Span, str]]:
    """Who signs may stand on the line of the number; the label and the name are set in faces of their own."""
    element, seen = part.role.value, ""
    for span in part.paragraph.spans:
        for piece in _APPROVER.split(span.text):
            if piece.startswith("签发人"):
                element = "approver_label"
            elif element == Role.NUMBER and re.search(r"号\s+$", seen) and piece.strip():
                element = "approver_name"
            yield replace(span, text=piece), element
            seen += piece
            if element == "approver_label" and piece.endswith(("：", ":")):
                element = "approver_name"


def _fonts(case: Case, part: Part, stood_in: dict[str, set[str]], hidden: set[str]) -> Iterator[Deviation]:
    told: set[str] = set()
    for span, element in _stretches(part):
        if sum(map(is_han, span.text)) < 2 and len(part.paragraph.spans) > 1:
            continue
        if not any(map(is_han, span.text)):
            continue
        setting = case.style.elements[element]
        verdict = case.faces.judge(span.font, setting.face)
        if verdict == "substitute":
            stood_in.setdefault(span.font, set()).add(setting.face)
        elif verdict == "hidden":
            hidden.add(span.font)
        elif verdict == "wrong" and not _is_emphasis(case, part, span) and span.font not in told:
            told.add(span.font)
            face = case.style.faces[setting.face]
            yield deviation(
                setting.clause if element != Role.BODY else case.style.faces[setting.face].clause,
                part.paragraph.place,
                Text(f"字体：{span.font or '未指定'}", f"font: {span.font or 'none named'}"),
                Text(f"{face.title.zh}（{face.names[0]}）", f"{face.title.en} ({face.names[0]})"),
            )


def _is_emphasis(case: Case, part: Part, span: Span) -> bool:
    """Return whether this is a few words of body text set apart, as a house may."""
    usual = case.faces.judge(part.paragraph.font, case.style.elements[part.role.value].face) != "wrong"
    return (
        part.role is Role.BODY
        and usual
        and case.faces.judge(span.font, case.style.elements["strong"].face) == "right"
    )


def _sizes(case: Case, part: Part) -> Iterator[Deviation]:
    if part.role in _SIZELESS:
        return
    told: set[float] = set()
    expected = case.style.points(part.role.value)
    for span in part.paragraph.spans:
        wrong = abs(span.size - expected) > _SLACK and span.size not in told
        if wrong and len(span.text.strip()) >= min(2, len(part.paragraph.text.strip())):
            told.add(span.size)
            element = case.style.elements[part.role.value]
            yield deviation(
                element.clause if part.role is not Role.BODY else case.style.faces[element.face].clause,
                part.paragraph.place,
                Text(f"字号：{_named(case, span.size)}", f"size: {amount(span.size)} pt"),
                Text(_named(case, expected), f"{amount(expected)} pt ({element.size})"),
            )


def _named(case: Case, size: float) -> str:
    name = next((name for name, points in case.style.sizes.items() if abs(points - size) < 0.05), "")
    return f"{name}（{amount(size)} 磅）" if name else f"{amount(size)} 磅"


def _colours(case: Case, part: Part) -> Iterator[Deviation]:
    colour = most((span.colour, len(span.text.strip())) for span in part.paragraph.spans) or "000000"
    element = case.style.elements[part.role.value]
    if part.role is Role.LETTERHEAD:
        if not is_red(colour):
            yield deviation(
                element.clause,
                part.paragraph.place,
                Text(f"颜色 #{colour}", f"colour #{colour}"),
                Text("红色", "red"),
            )
        return
    odd = next(
        (span.colour for span in part.paragraph.spans if not is_black(span.colour) and span.text.strip()), None
    )
    if odd is not None:
        yield deviation("5.2.4", part.paragraph.place, Text(f"颜色 #{odd}", f"colour #{odd}"), Text("黑色", "black"))


def _is_bold(case: Case, part: Part) -> bool:
    """Return whether Chinese characters are bold by setting; a substitute's heavier weight is no setting."""
    return any(
        span.bold
        and any(map(is_han, span.text))
        and case.faces.judge(span.font, _face(case, part)) in {"right", "wrong"}
        for span in part.paragraph.spans
    )


def _face(case: Case, part: Part) -> str:
    return case.style.elements[part.role.value].face


def _signs(case: Case) -> Iterator[Deviation]:
    """Quotation marks and dashes that a Latin font draws look narrow and thin in Chinese text."""
    for part in case.outline.parts:
        if part.role in _UNCHECKED:
            continue
        for span in part.paragraph.spans:
            signs = SHARED_SIGNS & set(span.text)
            if signs and span.font and not case.faces.is_chinese(span.font) and not case.faces.is_hidden(span.font):
                face = case.style.faces[_face(case, part)]
                listed = "".join(sorted(signs))
                yield deviation(
                    face.clause,
                    part.paragraph.place,
                    Text(f"标点“{listed}”的字体：{span.font}", f"the signs “{listed}” in {span.font}"),
                    Text(f"与正文同为{face.title.zh}", f"{face.title.en}, like the text around them"),
                )
                break


def _notices(case: Case, stood_in: dict[str, set[str]], hidden: set[str], bold: list[Part]) -> Iterator[Notice]:
    for font, faces in sorted(stood_in.items()):
        zh = "、".join(case.style.faces[face].title.zh for face in sorted(faces))
        en = ", ".join(case.style.faces[face].title.en for face in sorted(faces))
        yield Notice(Text(f"字体代替：{zh}由{font}代替。", f"Substituted font: {font} stands in for {en}."))
    if hidden:
        yield Notice(
            Text(
                f"文件没有写明字体的真名（{'、'.join(sorted(hidden)[:5])}），未能判断字体。",
                f"The file does not name its fonts ({', '.join(sorted(hidden)[:5])}); faces could not be judged.",
            )
        )
    if bold:
        first = bold[0].paragraph.place
        yield Notice(
            Text(
                f"{len(bold)} 处加粗（首处：{first.zh}）；标准没有规定加粗。",
                f"{len(bold)} in bold (first: {first.en}); the standard asks for none.",
            )
        )
