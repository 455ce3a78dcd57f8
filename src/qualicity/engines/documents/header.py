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
from qualicity.engines.documents.page_data import PageData, read_page_data
from qualicity.engines.documents.targets.clauses import split_outside_brackets
from qualicity.engines.documents.titles import ISSUER, KIND, TITLE_END, heading_of, title_of

NUMBER: Final = re.compile(
    r"(?P<office>(?<![通方意计规纲决])(?:(?!通知|意见|方案|规划|纲要|计划|办法|决定|关于|印发|根据|字号|文号)[\u4e00-\u9fff]){1,12}"
    r"(?:（[\u4e00-\u9fff]{1,4}）[\u4e00-\u9fff]{0,4})?)\s*"
    r"[〔\[（【〈﹝［]\s*(?P<year>(?:19|20)\d\d)\s*年?\s*[〕\]）】〉﹞］]\s*第?\s*(?P<serial>\d{1,4})\s*号"
)
_DAY_LINE: Final = re.compile(r"^[（]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[）]?$")
_ADDRESSEES: Final = re.compile(
    r"^(?!.*(?:如下|现就|现将|现印发|根据|为了|《|https?))(?=.*(?:各|政府|局|委|办|单位|部门))[^。！？：:]{4,260}[：:]$"
)
_BODY: Final = re.compile(
    "为(?!民)|现将|现就|根据|按照|经.{0,16}(?:同意|批准)|《[^》]{4,60}》(?:已|业)|近年来|当前，|“十.五”(?:时期|期间)|质量是|质量工作"
)
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
    texts = [block for block in blocks if isinstance(block, Line) and block.text]
    written = _with_whole_numbers(texts)
    page = read_page_data(written, top=_WITHIN)
    lines = [line for line in written if line.number not in page.used]
    top = lines[: _end_of_top(lines)]
    number, number_line = _number(lines[:_WITHIN], page)
    addressed = _addressed(top)
    signed = _signature(lines)
    candidates = _title_lines([line for line in top if line not in addressed])
    title = title_of(candidates) or _named(page) or heading_of(candidates)
    used = {line.number for line in (*top, *signed) if line is not None} | page.used
    used |= {line.number for line in texts} - {line.number for line in written}
    if number_line is not None and number_line in top:
        used.add(number_line.number)
    return Header(
        number,
        _issuer(top, title, signed, page),
        _signed_on(signed, page, number),
        title,
        tuple(_listed("".join(line.text for line in addressed))),
        frozenset(used),
    )


def _with_whole_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with a document number that a margin has broken in one piece again."""
    found: list[Line] = []
    for index, line in enumerate(lines):
        before = found[-1] if found and index < _WITHIN else None
        if before is not None and not NUMBER.search(before.text) and _breaks_number(before.text, line.text):
            found[-1] = Line(before.number, before.text + line.text, before.origin, before.style)
        else:
            found.append(line)
    return found


def _breaks_number(above: str, line: str) -> bool:
    if len(line) > 40 or TITLE_END.search(above) or re.search("[。；：，]$|文件$", above):
        return False
    alone = NUMBER.match(line)
    if alone is not None:
        return bool(re.match("[政府办委函发字]", alone["office"]) and re.search("[\u4e00-\u9fff]$", above))
    whole = NUMBER.search(above + line)
    if whole is None or NUMBER.search(line):
        return False
    return whole.start() < len(above) and whole.end() == len(above + line)


def _named(page: PageData) -> str | None:
    """Return the title that the page gives in its data."""
    name = page.first("名称", "文件名称", "标题")
    return name if name and TITLE_END.search(name) else None


def _addressed(top: Sequence[Line]) -> list[Line]:
    """Return the lines that name the addressees; a long list runs over several lines."""
    last = next((i for i in range(len(top) - 1, -1, -1) if top[i].text.endswith(("：", ":"))), None)
    if last is None:
        return []
    first = last
    while first > 0 and not _ends_above(top[first - 1].text, top[first].text):
        first -= 1
    whole = "".join(line.text for line in top[first : last + 1])
    return list(top[first : last + 1]) if _ADDRESSEES.match(whole) else []


def _ends_above(above: str, line: str) -> bool:
    """Tell whether a line above the addressees is something else."""
    if above.endswith(("，", "、")):
        return False
    other = TITLE_END.search(above) or NUMBER.search(above) or _DAY_LINE.match(arabic_dates(above))
    opens = re.match("各|[县市区省乡镇州]各|有关|县（|市（", line) is not None
    return bool(other) or opens or re.fullmatch(ISSUER, above) is not None


def _end_of_top(lines: Sequence[Line]) -> int:
    """Return how many lines stand above the first sentence or the first heading."""
    for index, line in enumerate(lines[:_WITHIN]):
        if line.text.endswith(("：", ":")) and _addressed(lines[: index + 1]):
            return index + 1
        opened = marker(line.text)
        if PLAIN_TITLES.match(line.text):
            return index
        if (opened is not None and opened.shape != "dash") or _is_sentence(line):
            return index
    return 0


def _is_sentence(line: Line) -> bool:
    if NUMBER.search(line.text[:40]) and not _BODY.match(line.text):
        return False
    text = line.text
    return (
        text.endswith(("。", "；"))
        or (len(text) > 45 and "，" in text and "各" not in text[:12])
        or bool(_BODY.match(text))
    )


def _number(lines: Sequence[Line], page: PageData) -> tuple[str | None, Line | None]:
    """Return the document's own number: on a line of its own, in the title line or in the page's data."""
    for line in lines:
        found = NUMBER.search(line.text)
        if found is None or re.search("根据|依据|《[^》]*$|贯彻|按照|精神|要求", line.text[: found.start()]):
            continue
        if len(line.text) - len(found.group(0)) <= 12 or _own_number(line.text, found):
            return _printed(found), line
    found = NUMBER.search(page.first("文号", "发文字号", "发布文号", "文件编号") or "")
    return (_printed(found) if found else None), None


def _printed(found: re.Match[str]) -> str:
    return f"{found['office']}〔{found['year']}〕{int(found['serial'])}号"


def _own_number(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    return bool(re.search(rf"(?:{KIND})[（\s]*$", before)) and len(after) <= 2 and not re.search("，|。", before)


def _title_lines(top: Sequence[Line]) -> list[Line]:
    """Return the lines that may be title, without document numbers, days and the heading in red."""
    kept: list[Line] = []
    for line in top:
        text = re.sub(r"（\s*）$", "", NUMBER.sub("", line.text).strip()).strip()
        if not text or _DAY_LINE.match(arabic_dates(text)):
            continue
        if re.fullmatch(rf"{ISSUER}(?:文件|公报|办公室文件)", text) or re.fullmatch("附件[\\d一二三]*[：:]?", text):
            continue
        kept.append(Line(line.number, text, line.origin, line.style))
    return kept


def _issuer(
    top: Sequence[Line], title: str | None, signed: tuple[Line | None, Line | None], page: PageData
) -> str | None:
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
    said = page.first("发文机关", "发文单位", "制发机关", "发布机构", "发布单位") or ""
    named = re.fullmatch(ISSUER, re.sub("（[^）]*）$", "", said))
    return alone[0] if alone else named.group(0) if named else None


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


def _signed_on(signed: tuple[Line | None, Line | None], page: PageData, number: str | None) -> date | None:
    """Return the day of the signature, else of the page's data; the page's own day only in the number's year."""
    if signed[1] is not None:
        return day(signed[1].text)
    made = _any_day(page.first("成文日期", "发文日期", "生成日期", "印发日期"))
    put_up = _any_day(page.first("发布日期", "公开日期", "发布时间"))
    return made or (put_up if put_up and number and f"〔{put_up.year}〕" in number else None)


def _any_day(text: str | None) -> date | None:
    found = re.match(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})", text or "")
    return day(f"{found[1]}年{found[2]}月{found[3]}日") if found else day(text or "")


def _listed(text: str) -> list[str]:
    marks = "，；" if re.search("[，；]", re.sub(r"（[^）]*）", "", text)) else "、"
    return [piece.strip("，；、：: ") for piece in split_outside_brackets(text, marks)]
