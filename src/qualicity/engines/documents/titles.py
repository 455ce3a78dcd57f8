"""Finds the title above a document: broken over lines, with the issuer on a line of its own, amid a page's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qualicity.engines.documents.lines import Line

ISSUER: Final = (
    r"[\u4e00-\u9fff（）]{2,30}?(?:人民政府办公[厅室]|人民政府|政府办公[厅室]|管理委员会|管委会|委员会办公[厅室]|委员会|市委|县委|区委|"
    r"领导小组办公室|领导小组|联席会议办公室|办公[厅室]|监督管理局|监督局|管理局|局|厅)"
)
KIND: Final = "通知|意见|决定|方案|规划|纲要|计划|办法|通告|公告|批复|函|报告|细则|要点|行动"
TITLE_END: Final = re.compile(rf"(?:{KIND})(?:（[^）]*）)?》?$|》的(?:通知|通告|函)$")
_LETTER: Final = re.compile("关于(?:印发|下发|转发|发布|公布)")
_LETTER_END: Final = re.compile("(?:通知|通告|公告|函|批复|决定)(?:（[^）]*）)?》?$")
_WHOLE: Final = re.compile(rf"^《?(?:{ISSUER}|[\u4e00-\u9fff]{{0,10}}(?:市|县|区|省|州|盟)?政府(?:办公?[厅室])?)关于")
_PLACE: Final = re.compile(r"^[\u4e00-\u9fff]{1,10}?(?:市|县|区|省|州|盟|旗)[\u4e00-\u9fff“”]{4,}")
_LINES: Final = 5


def title_of(candidates: Sequence[Line]) -> str | None:
    """Return the first title among lines that are neither number, day nor addressees; None where there is none."""
    for end in range(len(candidates)):
        text = candidates[end].text
        if not _ends(candidates, end):
            continue
        start = end
        while start > 0 and end - start < _LINES - 1 and _asks_for_more(text, candidates[start - 1]):
            start -= 1
            text = candidates[start].text + text
        if _LETTER.search(text) and not _LETTER_END.search(text) and end + 1 < len(candidates):
            continue  # …关于印发某某方案 goes on on the next line: 的通知
        text += _span_below(candidates, end) if not _LETTER_END.search(text) else ""
        cleaned = re.sub(r"\s+", "", text).strip("#*（ •·●")
        return cleaned[1:-1] if re.fullmatch("《[^《》]*(?:《[^《》]*》[^《》]*)*》", cleaned) else cleaned
    return None


def heading_of(candidates: Sequence[Line]) -> str | None:
    """Return the first words of a document that has no title of a known kind, where they look like a title."""
    first = candidates[0].text if candidates else ""
    if not 6 <= len(first) <= 40 or re.search("[，。；：！？|]", first) or re.fullmatch(ISSUER, first):
        return None
    return first if len(re.findall("[\u4e00-\u9fff]", first)) * 2 > len(first) else None


def _span_below(lines: Sequence[Line], index: int) -> str:
    """Return the bracket with the years of a plan that stands on the line below its title."""
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    return below if re.fullmatch(r"（(?:19|20)\d\d年?[—－\-–至~～](?:19|20)\d\d年?）", below) else ""


def _ends(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    short = len(text) <= 2 and index > 0
    return TITLE_END.search(lines[index - 1].text + text if short else text) is not None


def _asks_for_more(text: str, above: Line) -> bool:
    """Tell whether the line above belongs to a title: its issuer, or its first half."""
    if _WHOLE.match(text):
        return False
    if re.search("[。；！：|｜>]", above.text) or len(above.text) > 60:
        return False
    if re.match("《?关于", text):
        return re.fullmatch(ISSUER, above.text) is not None
    if TITLE_END.search(above.text) and not _LETTER.search(above.text):
        return False
    if _PLACE.match(text) and "关于" not in text:
        # a plan's own title; the line above may open a letter's title, as in 关于印发 and then the plan
        return re.search("关于(?:印发|下发|转发|发布)《?$", above.text) is not None
    return True
