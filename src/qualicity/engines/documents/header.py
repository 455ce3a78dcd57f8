"""Reads what stands above a plan: issuer, document number, title, addressees, day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from qualicity.engines.documents.dates import arabic_dates, day
from qualicity.engines.documents.lines import Block, Line
from qualicity.engines.documents.markers import marker
from qualicity.engines.documents.mending import PLAIN_TITLES
from qualicity.engines.documents.targets.clauses import split_outside_brackets

NUMBER: Final = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{1,12}(?:（[\u4e00-\u9fff]{1,4}）[\u4e00-\u9fff]{0,4})?)\s*"
    r"[〔\[（【〈﹝［]\s*(?P<year>(?:19|20)\d\d)\s*年?\s*[〕\]）】〉﹞］]\s*第?\s*(?P<serial>\d{1,4})\s*号"
)
ISSUER: Final = (
    r"[\u4e00-\u9fff（）]{2,30}?(?:人民政府办公[厅室]|人民政府|政府办公[厅室]|管理委员会|管委会|委员会办公[厅室]|委员会|领导小组办公室|领导小组|"
    r"联席会议办公室|办公[厅室]|监督管理局|监督局|管理局|局|厅)"
)
_KIND: Final = "通知|意见|决定|方案|规划|纲要|计划|办法|通告|公告|批复|函|报告|细则|要点|行动"
_TITLE_END: Final = re.compile(rf"(?:{_KIND})(?:（[^）]*）)?$")
_META: Final = re.compile(
    r"^(?:索\s*引\s*号|信息分类|主题分类|发文机关|发布机构|发文单位|公开方式|公开时限|发布日期|发文日期|成文日期|生成日期|有\s*效\s*性|名\s*称|文\s*号|文件编号|发文字号|"
    r"来源|发布时间|浏览次数|字体|主题词|当前位置|体裁|是否有效|统一编号|标\s*题|有效期|签发人|份号|密级|紧急程度|特急|加急)[\s：:]?"
)
_MADE_ON: Final = re.compile(r"(?:成文日期|发文日期|生成日期|印发日期)[：:\s]*(\S{6,24})")
_DAY_LINE: Final = re.compile(r"^[（]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[）]?$")
_ADDRESSEES: Final = re.compile(r"^(?=.*(?:各|政府|局|委|办|单位|部门))[^。！？]{4,200}[：:]$")
_WITHIN: Final = 60


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines above the plan say, and which blocks they were."""

    number: str | None
    issuer: str | None
    signed_on: date | None
    title: str | None
    addressees: tuple[str, ...]
    used: frozenset[int]


def read_header(blocks: Sequence[Block]) -> Header:
    """Return what stands above the body; ``used`` are the line numbers that need no further reading."""
    lines = [block for block in blocks if isinstance(block, Line) and block.text]
    top = lines[: _end_of_top(lines)]
    number, number_line = _number(lines[:_WITHIN])
    addressed = _addressed(top)
    title_lines = _title_lines([line for line in top if line not in addressed])
    title = _cleaned("".join(line.text for line in title_lines)) or None
    signed = _signature(lines)
    used = {line.number for line in (*top, *signed) if line is not None}
    if number_line is not None and number_line in top:
        used.add(number_line.number)
    return Header(
        number,
        _issuer(top, title, signed),
        _signed_on(lines, signed),
        title,
        tuple(_listed("".join(line.text for line in addressed))),
        frozenset(used),
    )


def _addressed(top: Sequence[Line]) -> list[Line]:
    """Return the lines that name the addressees; a long list runs over several lines."""
    found: list[Line] = []
    for line in reversed(top):
        if _ADDRESSEES.match(line.text) if not found else line.text.endswith(("，", "、")):
            found.insert(0, line)
        elif found:
            break
    return found


def _end_of_top(lines: Sequence[Line]) -> int:
    """Return how many lines stand above the first sentence or the first heading."""
    for index, line in enumerate(lines[:_WITHIN]):
        if _ADDRESSEES.match(line.text):
            return index + 1
        opened = marker(line.text)
        if PLAIN_TITLES.match(line.text):
            return index
        if (opened is not None and opened.shape != "dash" and not _META.match(line.text)) or _is_sentence(line):
            return index
    return 0


def _is_sentence(line: Line) -> bool:
    if _META.match(line.text) or NUMBER.search(line.text[:40]):
        return False
    return line.text.endswith(("。", "；")) or (len(line.text) > 45 and "，" in line.text)


def _number(lines: Sequence[Line]) -> tuple[str | None, Line | None]:
    """Return the document's own number: on a line of its own, in the title line or in the page's data."""
    for line in lines:
        found = NUMBER.search(line.text)
        if found is None or re.search("根据|依据|《[^》]*$|贯彻|按照|精神|要求", line.text[: found.start()]):
            continue
        if len(line.text) - len(found.group(0)) <= 12 or _META.search(line.text) or _own_number(line.text, found):
            office = re.sub("^(?:文号|文件编号|发文字号|号)", "", found["office"])
            return f"{office}〔{found['year']}〕{int(found['serial'])}号", line
    return None, None


def _own_number(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    return bool(re.search(rf"(?:{_KIND})[（\s]*$", before)) and len(after) <= 2 and not re.search("，|。", before)


def _title_lines(top: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in top:
        text = re.sub(r"（\s*）$", "", NUMBER.sub("", line.text).strip()).strip()
        if not text or _META.match(text) or _DAY_LINE.match(arabic_dates(text)):
            continue
        if re.fullmatch(rf"{ISSUER}(?:文件|公报|办公室文件)", text) or re.fullmatch("附件[\\d一二三]*[：:]?", text):
            continue
        kept.append(Line(line.number, text, line.origin, line.style))
        if _TITLE_END.search(text):
            break
    ended = [i for i, line in enumerate(kept) if _TITLE_END.search(line.text)]
    return kept[: ended[0] + 1][-5:] if ended else []


def _cleaned(title: str) -> str:
    return re.sub(r"\s+", "", NUMBER.sub("", title)).strip("《》#*（ ")


def _issuer(top: Sequence[Line], title: str | None, signed: tuple[Line | None, Line | None]) -> str | None:
    """Return who issued: the words before 关于 in the title, else the heading in red, else the signature."""
    signature = signed[0].text if signed[0] is not None else None
    opened = re.match(rf"({ISSUER})关于", title) if title else None
    if opened:
        name = opened.group(1)
        return signature if signature and signature.endswith(name) and len(signature) > len(name) else name
    for line in top:
        red = re.fullmatch(rf"({ISSUER})文件", line.text)
        if red:
            return red.group(1)
    if signature:
        return signature
    alone = [line.text for line in top if re.fullmatch(ISSUER, line.text)]
    data = [re.match(rf"(?:发布机构|发文机关|发文单位)[：:\s]*({ISSUER})", line.text) for line in top]
    named = [found.group(1) for found in data if found]
    return (alone or named or [None])[0]


def _signature(lines: Sequence[Line]) -> tuple[Line | None, Line | None]:
    """Return the lines of who signed and when, under the letter or at the end."""
    for index, line in enumerate(lines):
        text = arabic_dates(line.text)
        joined = re.fullmatch(rf"({ISSUER})\s*((?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日)", text)
        if joined:
            return Line(line.number, joined.group(1)), Line(line.number, joined.group(2))
        if _DAY_LINE.match(text) and index > 0:
            above = lines[index - 1]
            if re.fullmatch(ISSUER, above.text):
                return above, line
    loose = [line for line in lines if _DAY_LINE.match(arabic_dates(line.text))]
    return None, loose[0] if loose else None


def _signed_on(lines: Sequence[Line], signed: tuple[Line | None, Line | None]) -> date | None:
    if signed[1] is not None:
        return day(signed[1].text)
    for line in lines[:_WITHIN]:
        found = _MADE_ON.search(line.text)
        if found:
            return day(found.group(1)) or _dashed(found.group(1))
    return None


def _dashed(text: str) -> date | None:
    found = re.match(r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})", text)
    return day(f"{found[1]}年{found[2]}月{found[3]}日") if found else None


def _listed(text: str) -> list[str]:
    marks = "，；" if re.search("[，；]", re.sub(r"（[^）]*）", "", text)) else "、"
    return [piece.strip("，；、：: ") for piece in split_outside_brackets(text, marks)]
