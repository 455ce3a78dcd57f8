"""Mends paragraphs that a page or a short line has broken, and drops what belongs to the paper only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from qualicity.engines.documents.lines import Block, Line, Part, Passage, Table
from qualicity.engines.documents.markers import Marker, marker
from qualicity.engines.documents.numerals import han_integer
from qualicity.engines.documents.typed_tables import PAGE

_CONTENTS: Final = re.compile(r"(?:\.{3,}|…+|·{3,}|_{3,})\s*[—\-]?\d{1,3}[—\-]?$")
_DONE: Final = re.compile(r"[。！？；：!?;:][”’\"」）)】》\]]*$")
_SENTENCE: Final = re.compile(r"[。；！？]")
_CAPTION: Final = re.compile(
    r"(?:方案|规划|纲要|意见|计划|办法|通知|细则|决定|指标|指标表|一览表|分解表|目录|附件|专栏\d*)$"
)
_STAGE: Final = re.compile(r"^[^。；]{2,24}（[^）]*\d{4}年[^）]*）$")
_ANNEX: Final = re.compile("附[件表录][一二三四五六七八九十\\d]{0,2}[：:]?")
_NAMES_PART: Final = re.compile("^[^，。；：]{2,8}(?:目标|指标|要求|原则|思想|任务|措施|步骤|保障)$")
_NEEDS_INDEX: Final = re.compile(r"(?:PM|[SNC]O|(?<![A-Za-z])O)$")
_RUN_ON: Final = re.compile(
    r"(?P<title>[一二三四五六七八九十]{1,3}、(?:(?:指导思想|总体目标|工作目标|主要目标|创建目标|活动目标|发展目标|总体要求|目标任务)"
    r"(?=（一）|[1１][.．、]|到|以|通过|全面|坚持|深入|按照|围绕|力争|认真)"
    r"|(?:基本原则|工作原则|主要任务|重点任务|工作任务|工作重点|重点工作|主要措施|工作措施|实施步骤|工作步骤|方法步骤|时间步骤|进度安排|"
    r"工作要求|保障措施|组织保障|工作保障|组织领导|创建内容|创建任务)(?=[。：]?(?:（一）|[1１][.．、]|第一阶段))))[。：]?"
)
_COUNTS: Final = re.compile(
    r"(?:^|(?<=[。；]))(?:（(?P<han>[一二三四五六七八九十]{1,3})）|(?P<number>\d{1,2})[.．、](?!\d))"
)
_COUNTED: Final = {
    "number": re.compile(r"(?<=[。；])(?P<n>\d{1,2})[.．、](?=[\u4e00-\u9fff])"),
    "circle": re.compile(r"(?<=[。；])(?P<n>[②-⑳])(?=[\u4e00-\u9fff])"),
    "number_bracket": re.compile(r"(?<=[。；])（(?P<n>\d{1,2})）(?=[\u4e00-\u9fff])"),
    "han_bracket": re.compile(r"(?<=[。；])（(?P<n>[一二三四五六七八九十]{1,3})）(?=[\u4e00-\u9fff])"),
}
_GOES_ON: Final = re.compile(
    r"^[，。、；：）”’》」】？！%]|^[（\[【](?:牵头|责任|配合|主办|协办|参与|实施|完成)(?:单位|部门|时限|时间)[：:]"
)
_CUT_NUMBER: Final = re.compile(r"^.{16,}\d$")
PLAIN_TITLES: Final = re.compile(
    r"^(?:指导思想|总体要求|基本原则|工作原则|总体目标|主要目标|具体目标|工作目标|发展目标|创建目标|目标任务|"
    r"主要任务|重点任务|工作任务|主要工作任务|重点工作|工作重点|主要措施|工作措施|实施步骤|工作步骤|进度安排|工作安排|时间安排|"
    r"工作进度安排|保障措施|组织保障|工作要求|组织实施|产品质量|工程质量|服务质量|环境质量|生态环境质量|主要指标|职责分工|任务分工)[：:]?$"
)


def mended(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Return whole paragraphs and tables: broken sentences joined, page numbers and contents lines left out."""
    kept = _kept(blocks)
    running = _running([block for block in kept if isinstance(block, Line)])
    found: list[Part] = []
    state = _Sequence()
    for block in kept:
        if isinstance(block, Table):
            found.append(block)
            continue
        before = found[-1] if found else None
        opened = state.expects(marker(block.text))
        if isinstance(before, Passage) and _goes_on(before, block, running, opened):
            found[-1] = Passage(before.line, before.text + block.text, before.style)
        else:
            state.note(opened)
            found.append(Passage(block.number, block.text, block.style))
    return tuple(piece for part in found for piece in _counted_out(part))


def _kept(blocks: Sequence[Block]) -> list[Block]:
    """Return what is text; a number on a line of its own is the paper's, unless it is the index of PM or SO."""
    kept: list[Block] = []
    for block in (piece for one in blocks for piece in _titled_out(one)):
        before = kept[-1] if kept else None
        index = isinstance(before, Line) and _NEEDS_INDEX.search(before.text) is not None
        if isinstance(block, Table) or _is_text(block) or (index and re.fullmatch(r"\d{1,2}", block.text)):
            kept.append(block)
    return kept


def _titled_out(block: Block) -> list[Block]:
    """Cut a chapter's title from words that a copy has put on its line, as in 二、总体目标到2015年，…."""
    found = _RUN_ON.match(block.text) if isinstance(block, Line) and not block.style else None
    if found is None or not isinstance(block, Line):
        return [block]
    pieces = [found["title"], *_cut(block.text[found.end() :])]
    return [Line(block.number, piece, block.origin) for piece in pieces]


def _cut(text: str) -> list[str]:
    """Cut words that lost all their line ends where （一）（二）… and 1.2.… count on."""
    last = {"han": 0, "number": 0}
    starts = [0]
    for found in _COUNTS.finditer(text):
        shape = "han" if found["han"] else "number"
        ordinal = han_integer(found["han"] or found["number"])
        if ordinal != last[shape] + 1 and ordinal != 1:
            continue
        last[shape] = ordinal or 0
        if shape == "han":
            last["number"] = 0
        if found.start():
            starts.append(found.start())
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _counted_out(part: Part) -> list[Part]:
    """Cut a paragraph that counts 1.…。2.…。3.… on one line into its items."""
    opened = marker(part.text) if isinstance(part, Passage) else None
    counted = _COUNTED.get(opened.shape) if opened is not None and opened.ordinal == 1 else None
    if not isinstance(part, Passage) or counted is None:
        return [part]
    pieces: list[str] = []
    start = 0
    for found in counted.finditer(part.text):
        counted_as = ord(found["n"]) - ord("①") + 1 if "①" <= found["n"] <= "⑳" else han_integer(found["n"])
        if counted_as == len(pieces) + 2:
            pieces.append(part.text[start : found.start()])
            start = found.start()
    return [Passage(part.line, text, part.style) for text in [*pieces, part.text[start:]]]


def is_open(text: str) -> bool:
    """Tell whether a text stops without the end of a sentence."""
    return _DONE.search(text) is None


class _Sequence:
    """Remembers the last number of each shape, so that “…统|一、规范” is not taken for a heading."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def expects(self, opened: Marker | None) -> tuple[Marker | None, bool]:
        """Return the marker, and whether its number is the one that was to come."""
        if opened is None or opened.ordinal is None:
            return opened, opened is not None
        return opened, opened.ordinal in {1, self._last.get(opened.shape, 0) + 1}

    def note(self, seen: tuple[Marker | None, bool]) -> None:
        """Remember a marker that opened a paragraph."""
        opened = seen[0]
        if opened is not None and opened.ordinal is not None:
            self._last[opened.shape] = opened.ordinal


def _is_text(line: Line) -> bool:
    return bool(line.text) and not PAGE.match(line.text) and not _CONTENTS.search(line.text)


def _running(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of those lines whose like-marked neighbours run on after their number.

    Neighbours are the lines of one shape under one heading; where they do not settle it, all lines of
    that shape do.
    """
    groups: dict[tuple[str, int], list[Line]] = {}
    balance: Counter[tuple[str, int]] = Counter()
    whole: Counter[str] = Counter()
    above: list[tuple[int, int]] = []
    for line in lines:
        opened = marker(line.text)
        if opened is None:
            continue
        above = [(level, number) for level, number in above if level < opened.level]
        group = (opened.shape, above[-1][1] if above else 0)
        above.append((opened.level, line.number))
        vote = 1 if _runs_on(opened.rest) else -1
        groups.setdefault(group, []).append(line)
        balance[group] += vote
        whole[opened.shape] += vote
    return {
        line.number
        for group, members in groups.items()
        for line in members
        if group[0] in {"article", "dash"} or _verdict(balance[group], len(members), whole[group[0]]) > 0
    }


def _verdict(balance: int, members: int, whole: int) -> int:
    return balance if abs(balance) == members else balance + whole


def _runs_on(rest: str) -> bool:
    return bool(_SENTENCE.search(rest)) or (len(rest) > 24 and "，" in rest)


def _goes_on(before: Passage, line: Line, running: set[int], opened: tuple[Marker | None, bool]) -> bool:
    """Tell whether a line goes on with the paragraph before it."""
    if _GOES_ON.match(line.text) and not before.style.startswith("h"):
        return True
    if _CUT_NUMBER.search(before.text) and re.match(r"\d{0,3}(?:\.\d+)?[年月日%]", line.text):
        return True
    if not is_open(before.text) or before.style or line.style:
        return False
    if opened[0] is not None and opened[1]:
        return False
    if PLAIN_TITLES.match(line.text) or _is_title(before, running):
        return False
    return not _CAPTION.search(before.text) or len(before.text) > 40


def _is_title(before: Passage, running: set[int]) -> bool:
    if _ANNEX.fullmatch(before.text) or PLAIN_TITLES.match(before.text) or _STAGE.search(before.text):
        return True
    opened = marker(before.text)
    if opened is not None and _NAMES_PART.search(opened.rest):
        return True
    if opened is None or before.line in running:
        return False
    return not _SENTENCE.search(opened.rest) and len(opened.rest) <= 45
