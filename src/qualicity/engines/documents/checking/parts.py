"""Which element of an official document each paragraph is: letterhead, number, title, addressees, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qualicity.engines.documents.checking.anatomy import Measured, Paragraph, most
from qualicity.engines.documents.checking.colours import is_red


class Role(StrEnum):
    """The elements that are told apart; the values are the elements of the house style where it has them."""

    COPY_NUMBER = "copy_number"
    SECRECY = "secrecy"
    URGENCY = "urgency"
    LETTERHEAD = "letterhead"
    NUMBER = "number"
    APPROVER = "approver_label"
    TITLE = "title"
    ADDRESSEES = "addressees"
    BODY = "body"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    HEADING_4 = "heading_4"
    ATTACHMENT_NOTE = "attachment_note"
    ATTACHMENT_LABEL = "attachment_label"
    ATTACHMENT_TITLE = "attachment_title"
    SIGNATURE = "signature"
    DATE = "date"
    NOTES = "notes"
    COPIES = "copies"
    IMPRINT = "imprint"
    SUBHEAD = "subhead"
    """A short line in another font than the text, without a number: a heading of the office's own."""
    ATTENDANCE = "attendance_people"
    TABLE = "table_text"
    OTHER = "other"


HEADINGS: Final = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)
RUNNING: Final = frozenset({Role.BODY, *HEADINGS})

NUMBER: Final = re.compile(
    r"^(?P<organ>[\u4e00-\u9fffA-Za-z]{0,24})\s*(?P<open>[〔\[［(（【{｛<＜《﹝]?)\s*(?P<year>(?:19|20)[\dX×x]{2})\s*年?\s*"
    r"(?P<close>[〕\]］)）】}｝>＞》﹞]?)\s*(?P<ordinal>第?)\s*(?P<serial>[\dX×x]{0,5})\s*号"
)
DATE: Final = re.compile(
    r"^(?P<year>\d{2,4}|[〇○Ｏ０零一二三四五六七八九]{2,4})\s*年\s*(?P<month>\d{1,2}|[一二三四五六七八九十元]{1,2})\s*月"
    r"\s*(?P<day>\d{1,2}|[一二三四五六七八九十廿]{1,3})\s*日$"
)
OTHER_DATE: Final = re.compile(r"^(?:19|20)\d{2}\s*[-./．－]\s*\d{1,2}\s*[-./．－]\s*\d{1,2}$")
LEVELS: Final = (
    (Role.HEADING_1, re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．,，](?![一二三四五六七八九十]级)")),
    (Role.HEADING_2, re.compile(r"^[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]")),
    (Role.HEADING_3, re.compile(r"^\d{1,2}\s*(?:[．、]|\.(?!\d))")),
    (Role.HEADING_4, re.compile(r"^[（(]\s*\d{1,2}\s*[）)]")),
)
_NOTE: Final = re.compile(r"^附\s*件\s*\d*\s*[:：.、]\s*\S")
_LABEL: Final = re.compile(r"^附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十])?\s*(?:[（(][^（(）)]{1,8}[）)])?[:：]?$")
_COPIES: Final = re.compile(r"^(?:抄\s*送|主\s*送|分\s*送|抄\s*报)\s*(?:[:：]|机关)")
_IMPRINT: Final = re.compile(r"(?:\d|日)\s*印\s*发\s*[。.]?$")
_NOTES: Final = re.compile(r"^[（(][^（()）]{2,60}[）)]$")
_APPROVER: Final = re.compile(r"^签\s*发\s*人")
_MARKS: Final = (
    (Role.COPY_NUMBER, re.compile(r"^\d{6}$")),
    (Role.SECRECY, re.compile(r"^(?:绝密|机密|秘密)\s*(?:★.*)?$")),
    (Role.URGENCY, re.compile(r"^(?:特急|加急|平急|特提)$")),
)
_ORDER: Final = re.compile(r"^第\s*[\dX×〇一二三四五六七八九十百]*\s*号$")
_DATED: Final = re.compile(r"\S\s+\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$")
_OFFICE: Final = re.compile(
    r"人民政府|部门|单位|委员会|委$|局|办公室|公司|学院|大学|中心|协会|同志|领导小组|党组|党委|各|厅"
)
_LEAD: Final = re.compile(r"^(?:\d{6}|(?:绝密|机密|秘密)\S*|特急|加急|平急)\s+")
_NAMES: Final = re.compile(r"^\s+[\u4e00-\u9fff·]{2,6}(?:\s+[\u4e00-\u9fff·]{2,6}){0,3}$")
_CAPTION: Final = re.compile(
    r"^(?:[表图]\s*\d{1,3}(?:[-—.]\d+)?[\s\u3000:：.]|续表|单位[:：]|注[:：]|数据来源|资料来源|说明[:：])"
)
_CONTENTS: Final = re.compile(r"(?:[.·…．]{3,}|[\t\u3000]{1,})\s*\d{1,3}$")
_CHAPTER: Final = re.compile(r"^第[一二三四五六七八九十百]{1,4}[章节编条]")
_ATTENDANCE: Final = re.compile(r"^(?:出席|请假|列席)(?:人员)?\s*[:：]")
_WAYS: Final = re.compile(r"如下|现将|特此|。")


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph and the element that it is; ``attached`` in an attachment after the main document.

    ``front`` is a cover or a table of contents before the document.
    """

    role: Role
    paragraph: Paragraph
    attached: bool = False
    front: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's parts in reading order."""

    parts: tuple[Part, ...]

    def of(self, *roles: Role) -> tuple[Part, ...]:
        """Return the parts that are one of these elements."""
        return tuple(part for part in self.parts if part.role in roles)

    def first(self, role: Role) -> Part | None:
        """Return the first part that is this element."""
        return next((part for part in self.parts if part.role is role), None)


def outline(measured: Measured) -> Outline:
    """Return what each paragraph is."""
    return Outline(tuple(_parts(measured.paragraphs)))


def _parts(paragraphs: Sequence[Paragraph]) -> Iterator[Part]:
    front = _front(paragraphs)
    yield from (Part(Role.OTHER, one, front=True) for one in paragraphs[:front])
    paragraphs = paragraphs[front:]
    head = _head(paragraphs)
    yield from (Part(role, one) for role, one in zip(head, paragraphs, strict=False))
    rest = paragraphs[len(head) :]
    roles = _rest(rest)
    attached = False
    for role, one in zip(roles, rest, strict=True):
        attached = attached or role is Role.ATTACHMENT_LABEL
        if role in {Role.COPIES, Role.IMPRINT}:
            attached = False
        yield Part(role, one, attached)


def _front(paragraphs: Sequence[Paragraph]) -> int:
    """Return how many paragraphs are a cover (a page of centred lines) and a table of contents."""
    end = next((place for place, one in enumerate(paragraphs) if place and one.new_page), 0)
    cover = paragraphs[:end]
    if len(cover) > 12 or not all(map(_in_the_middle, cover)) or any(map(_is_number, cover)):
        end = 0
    if end < len(paragraphs) and re.sub(r"\s", "", paragraphs[end].text) in {"目录", "目次"}:
        end += 1
        while end < len(paragraphs) and (_CONTENTS.search(paragraphs[end].text) or not paragraphs[end].new_page):
            end += 1
    return end


def _in_the_middle(one: Paragraph) -> bool:
    """Return whether a line stands in the middle: a long centred one begins where a paragraph would, too."""
    alone = one.lines in (None, 1)
    return one.align == "center" or (alone and one.first > 0 and abs(one.first - one.right) < one.size / 2)


def _head(paragraphs: Sequence[Paragraph]) -> list[Role]:
    """Return the roles of what stands before the text: letterhead, number, title, addressees."""
    roles: list[Role] = []
    number = next((place for place, one in enumerate(paragraphs[:16]) if _is_number(one)), None)
    if number is not None:
        roles = [_before_number(one) for one in paragraphs[:number]] + [Role.NUMBER]
    else:
        while len(roles) < min(6, len(paragraphs)) and is_red(paragraphs[len(roles)].spans[0].colour):
            roles.append(Role.LETTERHEAD)
    size = 0.0
    while len(roles) < len(paragraphs):
        one = paragraphs[len(roles)]
        text = one.text.strip()
        if _APPROVER.match(text) and not size:
            roles.append(Role.APPROVER)
        elif not size and (_ORDER.match(text) or (number is not None and _DATED.search(text))):
            roles.append(Role.OTHER)  # orders have a plain number; minutes name office and date below theirs
        elif not size and (mark := _mark(text)):
            roles.append(mark)  # a letter has its marks below its number
        elif _title_like(one) and (not size or one.size >= 18 or one.size > size - 2):
            roles.append(Role.TITLE)
            size = size or one.size
        elif size and one.align == "center" and not level(text) and len(text) < 40:
            roles.append(Role.OTHER)
        else:
            break
    if size and len(roles) < len(paragraphs) and _addresses(paragraphs[len(roles)]):
        roles.append(Role.ADDRESSEES)
    return roles


def number_in(text: str) -> re.Match[str] | None:
    """Return the number of a document in a line of its own; marks may stand before it, and who signs after it."""
    found = NUMBER.search(text) if (lead := _LEAD.match(text)) is None else NUMBER.match(text[lead.end() :])
    if found is None or (lead is None and found.start() > 0):
        return None
    rest = found.string[found.end() :]
    return found if not rest.strip() or _APPROVER.match(rest.strip()) or _NAMES.match(rest) else None


def _is_number(one: Paragraph) -> bool:
    return number_in(one.text.strip()) is not None


def _mark(text: str) -> Role | None:
    return next((role for role, pattern in _MARKS if pattern.match(text)), None)


def _before_number(one: Paragraph) -> Role:
    text = one.text.strip()
    mark = _mark(text)
    if mark is None and _APPROVER.match(text):
        return Role.APPROVER
    # what is neither large nor red (the frame of a telegram) is no letterhead
    return mark or (Role.LETTERHEAD if one.size >= 22 or is_red(one.spans[0].colour) else Role.OTHER)


def _title_like(one: Paragraph) -> bool:
    text = one.text.strip()
    if one.in_table or len(text) > 70 or level(text) or text.endswith(("：", ":", "。")):
        return False
    if any(pattern.search(text) for pattern in (_LABEL, DATE, _CONTENTS, _CAPTION)):
        return False
    return one.align == "center" or one.size >= 18


def _addresses(one: Paragraph) -> bool:
    text = one.text.strip()
    if one.in_table or len(text) > 260 or level(text) or _NOTE.match(text):
        return False
    flush = one.first < 1.2 * one.size
    if text.endswith(("：", ":")):
        return flush or not _WAYS.search(text)
    return (
        flush and len(text) <= 160 and not _WAYS.search(text) and bool(_OFFICE.search(text)) and one.align != "center"
    )


def level(text: str) -> Role | None:
    """Return the level of a heading by the number that it begins with."""
    return next((role for role, pattern in LEVELS if pattern.match(text.strip())), None)


def _rest(paragraphs: Sequence[Paragraph]) -> list[Role]:
    roles = [Role.OTHER] * len(paragraphs)
    previous: Role | None = None
    usual = most((one.font, len(one.text)) for one in paragraphs if not one.in_table) or ""
    for place, one in enumerate(paragraphs):
        roles[place] = previous = _one(one, previous, usual)
        if previous is Role.IMPRINT and place and roles[place - 1] is Role.BODY and paragraphs[place - 1].size < 15:
            roles[place - 1] = Role.OTHER  # a long name of the printing office stands on a line of its own
    _sign(paragraphs, roles)
    return roles


def _one(one: Paragraph, previous: Role | None, usual: str) -> Role:
    text = one.text.strip()
    if _COPIES.match(text):
        return Role.COPIES
    if _IMPRINT.search(text) and len(text) < 60 and re.search(r"\d{1,2}\s*月|月", text):
        return Role.IMPRINT
    if one.in_table:
        return Role.TABLE
    if _LABEL.match(text):
        return Role.ATTACHMENT_LABEL
    if previous in {Role.ATTACHMENT_LABEL, Role.ATTACHMENT_TITLE} and _title_like(one):
        return Role.ATTACHMENT_TITLE
    if _NOTE.match(text) or (previous is Role.ATTACHMENT_NOTE and level(text) is Role.HEADING_3 and len(text) < 90):
        return Role.ATTACHMENT_NOTE
    if DATE.match(text) or OTHER_DATE.match(text):
        return Role.DATE
    if previous is Role.DATE and _NOTES.match(text):
        return Role.NOTES
    if _ATTENDANCE.match(text) or (previous is Role.ATTENDANCE and one.first > 3 * one.size):
        return Role.ATTENDANCE
    return _text(one, text, usual)


def _text(one: Paragraph, text: str, usual: str) -> Role:
    if any(pattern.search(text) for pattern in (_CAPTION, _CONTENTS, _CHAPTER)):
        return Role.OTHER
    heading = level(text)
    if heading is not None:
        return heading
    if one.align == "center" or one.size >= 18:
        return Role.OTHER
    if len(text) <= 16 and one.font != usual and not re.search(r"[。；：:，,]", text):
        return Role.SUBHEAD
    if one.align == "right" and len(text) < 40 and "。" not in text:
        return Role.OTHER  # what closes a document without a date to tell it by
    return Role.BODY


def _sign(paragraphs: Sequence[Paragraph], roles: list[Role]) -> None:
    """Tell dates of issue from dates that stand alone, and give each the office that signs above it."""
    ends = {Role.NOTES, Role.COPIES, Role.IMPRINT, Role.ATTACHMENT_LABEL}
    for place, role in enumerate(roles):
        if role is not Role.DATE:
            continue
        one = paragraphs[place]
        last = place == len(roles) - 1 or roles[place + 1] in ends
        aside = one.align in {"right", "center"} or one.first > 5 * one.size
        if not (last or aside):
            roles[place] = Role.BODY
            continue
        above = place - 1
        while above >= 0 and place - above <= 4 and _signs(paragraphs[above], roles[above]):
            roles[above] = Role.SIGNATURE
            above -= 1


def _signs(one: Paragraph, role: Role) -> bool:
    text = one.text.strip()
    if role not in {Role.BODY, Role.OTHER} or len(text) > 40 or one.in_table:
        return False
    if _CAPTION.match(text) or text.endswith(("。", "：", "；")):
        return False
    return (
        one.align in {"right", "center"} or one.first > 5 * one.size or bool(_OFFICE.search(text) and len(text) < 25)
    )
