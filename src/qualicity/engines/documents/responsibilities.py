"""Reads who is responsible and by when: （牵头单位：…；配合单位：…；完成时限：…）, （…牵头，…配合）, （…负责）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from qualicity.engines.documents.dates import span
from qualicity.engines.documents.targets.clauses import split_outside_brackets

_FIELD: Final = re.compile(
    r"(?P<role>牵头|责任|主办|主责|实施|承办|配合|协办|参与|协作|完成)(?P<what>单位|部门|科室|时限|时间|人)?(?:（[^）]{1,8}）)?[：:]"
    r"(?P<words>[^；;。]*?)(?=$|[；;。]|[，、\s]?(?:牵头|责任|主办|配合|协办|参与|完成)(?:单位|部门|时限|时间)[：:]|）$)"
)
_BRACKET: Final = re.compile(r"[（\[【]((?:[^（）\[\]【】]|（[^（）]*）|〔[^〕]*〕)*)[）\]】]")
_LEADS: Final = re.compile(
    r"^(?:由)?(?P<who>[^；。：]{2,80}?)(?:等部门|等单位|等)?(?:分别|共同)?(?:牵头(?:负责)?|负责牵头)"
)
_HELPS: Final = re.compile(
    r"(?P<who>[^；。：，]{2,120}?)(?:等部门|等单位|等)?(?:按职责分工)?(?:分别|共同|积极)?(?:配合|参与|协助|协同)(?:落实|实施)?$"
)
_ANSWERS: Final = re.compile(
    r"^(?:由)?(?P<who>[^；。：]{2,120}?)(?:等部门|等单位|等有关部门|等)?(?:按照?职责分工|分别|共同)?负责(?:落实)?$"
)
_OFFICE: Final = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,6}[省市区县州])?[\u4e00-\u9fff]{1,16}(?:局|委|办|部|厅|院|会|中心|公司|大队|海关|银行|集团|委员会|办公室|政府|管委会)(?:（[^）]*）)?$"
    r"|^各(?:县|区|市|乡|镇|地|有关|相关|成员|部门|责任)[^。；]{0,24}$"
)
_FIRST: Final = re.compile(
    "[，；。]?(?:列|排|排名|排在|位列)(?:在)?(?:第一位?|首位)的?[^，。；）]{0,6}(?:为|是)(?:主要)?牵头[^，。；）]{0,4}(?:[，；。]?下同)?"
)
_LEADING: Final = frozenset({"牵头", "主办", "主责"})
_HELPING: Final = frozenset({"配合", "协办", "参与", "协作"})


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who leads, who supports, and by when, in the document's own words.

    Where it only names those responsible (责任单位, …负责) and nobody who leads, they stand in ``lead``.
    """

    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    deadline: date | None = None
    deadline_words: str = ""


def responsible(text: str, *, year: int | None = None, first_leads: bool = False) -> Responsible:
    """Return who is responsible according to the words of a task or a row; ``year`` completes a bare month.

    ``first_leads`` says that the document makes the first of those responsible the leader.
    """
    text = _FIRST.sub("", text)
    lead: list[str] = []
    supporting: list[str] = []
    answering: list[str] = []
    words = ""
    for field in _FIELD.finditer(text):
        if field["role"] == "完成" or field["what"] in {"时限", "时间"}:
            words = field["words"].strip("，、） ") or words
            continue
        home = lead if field["role"] in _LEADING else supporting if field["role"] in _HELPING else answering
        home += _names(field["words"])
    if not (lead or supporting or answering):
        lead, supporting, answering = _in_brackets(text)
    found = span(words, year=year) if words else None
    if not lead:
        ahead = 1 if first_leads else len(answering)
        lead, answering = answering[:ahead], answering[ahead:]
    return Responsible(_unique(lead), _unique([*answering, *supporting]), found.end if found else None, words)


def first_leads(text: str) -> bool:
    """Tell whether a document says that the first office of a list leads: 列第一位的为牵头单位."""
    return _FIRST.search(text) is not None


def _in_brackets(text: str) -> tuple[list[str], list[str], list[str]]:
    lead: list[str] = []
    supporting: list[str] = []
    answering: list[str] = []
    for bracket in _BRACKET.findall(text):
        for piece in re.split("[；;。]", bracket):
            leads = _LEADS.match(piece)
            if leads:
                lead += _names(leads["who"])
                helps = _HELPS.search(piece[leads.end() :].strip("，、 "))
                supporting += _names(helps["who"]) if helps else []
            elif (answers := _ANSWERS.match(piece)) is not None:
                answering += _names(answers["who"])
            elif piece and all(_OFFICE.match(name) for name in _names(piece)):
                answering += _names(piece)
    return lead, supporting, answering


def _names(words: str) -> list[str]:
    pieces = split_outside_brackets(words, "、，,")
    return [name for piece in pieces if (name := re.sub("^(?:由|和|及)|等$", "", piece.strip("、，,；;。 ")))]


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
