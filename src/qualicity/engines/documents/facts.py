"""Puts together what stands around a plan, and the years that its title and number give."""

from __future__ import annotations

import re
from typing import Final

from qualicity.engines.documents.header import Header
from qualicity.engines.documents.lines import Passage
from qualicity.engines.documents.numerals import han_integer
from qualicity.engines.documents.outline import Section
from qualicity.engines.documents.results import Facts
from qualicity.engines.documents.tail import Tail

_PLAN_TITLE: Final = re.compile("(?:方案|规划|纲要|意见|计划|办法)(?:（.*）)?$")
_NAMED: Final = re.compile("关于(?:印发|下发|转发|发布|公布)《?(?P<name>.+?)》?的?(?:通知|通告)?(?:（[^）]*）)?$")
_SPAN: Final = re.compile(r"((?:19|20)\d\d)年?[—－\-–至~～]((?:19|20)\d\d)年?")
_FIVE_YEARS: Final = re.compile("“(?P<n>十?[一二三四五六七八九十])五”")
_OF_A_YEAR: Final = re.compile(
    r"^(?:[^《》“”]{0,24}?)((?:19|20)\d\d)年(?:度)?(?![—－\-–至~～])[^《》]{0,24}(?:计划|方案|要点|任务|安排|表)(?:（[^）]*）)?$"
)


def facts_of(header: Header, tail: Tail, root: Section) -> Facts:
    """Return what header and tail say; a title that stands among the loose words is taken where they give none."""
    loose = [part.text for part in root.parts if isinstance(part, Passage)]
    titles = [text for text in loose if _PLAN_TITLE.search(text) and len(text) <= 60]
    named = [found.group(1) for text in loose if (found := re.match("(?:现将|现印发)?《([^》]{6,60})》", text))]
    return Facts(
        header.number,
        header.issuer or tail.printed_by,
        tail.printed_on or header.signed_on,
        header.title or next(iter([*titles, *named]), None),
        header.addressees,
        tail.organiser,
        tail.supervisor,
        tail.copies,
        tail.attachments,
    )


def year_of(facts: Facts) -> int | None:
    """Return the year of the document: of its day, its number, or the first year of the span in its title."""
    if facts.issued_on:
        return facts.issued_on.year
    number = re.search(r"〔(\d{4})〕", facts.number or "") or _SPAN.search(facts.title or "")
    if number:
        return int(number.group(1))
    single = _OF_A_YEAR.search(_name(facts))
    if single:
        return int(single.group(1))
    plan = _FIVE_YEARS.search(facts.title or "")
    return 1951 + 5 * (han_integer(plan["n"]) or 0) if plan else None


def due_year(facts: Facts) -> int | None:
    """Return the year by which the plan's own name says that all is due.

    2016年行动计划 is due in 2016, …方案（2019—2021年） in 2021, “十四五”规划 in 2025.
    """
    name = _name(facts)
    spans = list(_SPAN.finditer(name))
    if spans and re.fullmatch(
        r"[）年]*(?:的?(?:通知|行动计划|行动方案|工作方案|实施方案|规划))?", name[spans[-1].end() :]
    ):
        return int(spans[-1].group(2))
    single = _OF_A_YEAR.search(name)
    if single:
        return int(single.group(1))
    plan = _FIVE_YEARS.search(name)
    ends = plan is not None and re.search("规划(?:纲要)?$", name)
    return 1955 + 5 * (han_integer(plan["n"]) or 0) if plan is not None and ends else None


def _name(facts: Facts) -> str:
    """Return the plan's own name out of the title of the letter that issues it."""
    found = _NAMED.search(facts.title or "")
    return found["name"] if found else facts.title or ""
