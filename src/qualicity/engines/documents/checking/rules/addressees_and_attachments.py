"""Words and signs of addressees, attachment notes, attachment labels: clauses 7.3.2, 7.3.4, 7.3.7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualicity.engines.documents.checking.case import Case, deviation
from qualicity.engines.documents.checking.parts import Part, Role
from qualicity.engines.documents.checking.results import Deviation, Notice
from qualicity.errors import Text

_ITEM: Final = re.compile(r"^(?:附\s*件\s*[:：]\s*)?(\d{1,2})\s*([.．、,，)）:：]?)\s*")
_BARE: Final = re.compile(r"[\s《》“”\u3000—\-（）()。；，.;,、]")


def check(case: Case) -> Iterator[Deviation | Notice]:
    """Hold what is written around attachments, and how addressees end, against the style."""
    for part in case.outline.of(Role.ADDRESSEES):
        yield from _addressees(case, part)
    notes = case.outline.of(Role.ATTACHMENT_NOTE)
    for place, part in enumerate(notes):
        yield from _note(case, part, first=place == 0)
    labels = case.outline.of(Role.ATTACHMENT_LABEL)
    for part in labels:
        yield from _label(case, part)
    yield from _agree(case, notes, labels)


def _addressees(case: Case, part: Part) -> Iterator[Deviation]:
    mark, text = case.style.marks.addressees_end, part.paragraph.text.strip()
    if not text.endswith(mark.value):
        yield deviation(
            mark.clause,
            part.paragraph.place,
            Text(f"主送机关以“{text[-1]}”结尾", f"addressees end with “{text[-1]}”"),
            Text(f"以全角冒号“{mark.value}”结尾", f"a full-width colon “{mark.value}”"),
        )


def _note(case: Case, part: Part, *, first: bool) -> Iterator[Deviation]:
    mark, text = case.style.marks.attachment_label, part.paragraph.text.strip()
    right = re.compile(rf"^{mark.value}：")
    if first and not right.match(text):
        yield deviation(
            mark.clause,
            part.paragraph.place,
            text[: max(3, (re.match(r"^附\s*件\s*\d*\s*.", text) or [text[:3]])[0].__len__())],
            f"{mark.value}：",
        )
    item = _ITEM.match(text)
    if item and item[2] not in {".", "．"}:
        shown = f"{item[1]}{item[2]}"
        yield deviation(
            mark.clause,
            part.paragraph.place,
            Text(f"附件序号写作“{shown}”", f"attachment number “{shown}”"),
            Text(f"“{item[1]}.”", f"“{item[1]}.”"),
        )
    if text.endswith(("。", "；", "，", ".", ";", ",", "、")):
        yield deviation(
            mark.clause,
            part.paragraph.place,
            Text(f"附件名称以“{text[-1]}”结尾", f"the attachment's name ends with “{text[-1]}”"),
            Text("附件名称后不加标点", "no sign after the name"),
        )


def _label(case: Case, part: Part) -> Iterator[Deviation]:
    element, text = case.style.elements["attachment_label"], part.paragraph.text.strip()
    if re.fullmatch(r"附件\s?\d{0,2}", text) is None:
        yield deviation(
            element.clause,
            part.paragraph.place,
            text,
            Text("“附件”或“附件1”，其后不加冒号", "“附件” or “附件1”, no colon"),
        )
    if not part.paragraph.new_page:
        yield deviation(
            element.clause,
            part.paragraph.place,
            Text("附件没有另面编排", "the attachment does not begin a new page"),
            Text("另面编排", "a page of its own"),
        )


def _agree(case: Case, notes: tuple[Part, ...], labels: tuple[Part, ...]) -> Iterator[Deviation | Notice]:
    """The names in the note and the titles of the attachments are to be the same."""
    clause = case.style.elements["attachment_label"].clause
    if labels and not notes:
        yield deviation(
            clause, labels[0].paragraph.place, Text("有附件而没有附件说明", "an attachment without a note of it"),
            Text("正文之后有附件说明", "a note of attachments after the text"),
        )  # fmt: skip
        return
    names = {place: _name(part) for place, part in enumerate(notes, start=1)}
    titles = _titles(case)
    for number, (label, title) in titles.items():
        if number not in names:
            yield deviation(
                clause, label.paragraph.place,
                Text(f"附件 {number} 未列入附件说明", f"attachment {number} is not in the note"),
                Text(f"附件说明列有 {len(names)} 个", f"{len(names)} in the note"),
            )  # fmt: skip
        elif title and _BARE.sub("", names[number]) != _BARE.sub("", title):
            yield deviation(clause, label.paragraph.place, title, names[number])
    absent = sorted(names.keys() - titles.keys())
    if absent:
        zh, en = "、".join(map(str, absent)), ", ".join(map(str, absent))
        yield Notice(
            Text(f"附件 {zh} 的正文不在本文件中，未检查。", f"Attachment {en} is not in this file; not checked.")
        )


def _name(part: Part) -> str:
    return _ITEM.sub("", re.sub(r"^附\s*件\s*\d*\s*[:：]\s*", "", part.paragraph.text.strip()))


def _titles(case: Case) -> dict[int, tuple[Part, str]]:
    """Return the attachments by number: the label and the title below it."""
    found: dict[int, tuple[Part, str]] = {}
    last = 0
    for part in case.outline.parts:
        text = part.paragraph.text.strip()
        if part.role is Role.ATTACHMENT_LABEL:
            number = re.search(r"\d+", text)
            last = int(number[0]) if number else len(found) + 1
            found[last] = (part, "")
        elif part.role is Role.ATTACHMENT_TITLE and last:
            label, title = found[last]
            found[last] = (label, title + text)
    return found
