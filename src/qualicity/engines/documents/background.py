"""Finds the goals that stand among general words, and the letter that only encloses a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qualicity.engines.documents.kinds import kind_of
from qualicity.engines.documents.lines import Passage
from qualicity.engines.documents.outline import Section
from qualicity.engines.documents.targets.clauses import sentences
from qualicity.engines.documents.targets.extraction import read_conditions
from qualicity.engines.documents.targets.quantities import stray_numbers
from qualicity.engines.documents.targets.years import opening_year

_LABEL: Final = re.compile("[^，。：]{0,6}(?:目标|指标)[：:]")
_PAST: Final = re.compile("年来|以来|期间|已[经达有]|同比|目前|截至|上年末|比上年(?:提高|增长|下降)")
_LOOKING_BACK: Final = re.compile("现状|回顾|成效|成就|形势|背景|发展基础|基础与环境|发展环境|意义|问题")
_GOAL_LEVEL: Final = 98


def goals_within(section: Section) -> list[Section]:
    """Return the goals that the own paragraphs of a general chapter state, each as a section of goals."""
    if _LOOKING_BACK.search(section.title):
        return []
    found = [piece for passage in section.passages if (piece := _goals_of(passage, section.title)) is not None]
    return [Section(_GOAL_LEVEL, "prose", None, "主要目标", one.line, one.text) for one in found]


def _goals_of(passage: Passage, title: str) -> Passage | None:
    """Return the part of a paragraph that states goals: after 活动目标：, or from 到2015年 on."""
    label = _LABEL.match(passage.text)
    if label:
        rest = passage.text[label.end() :]
        return Passage(passage.line, rest) if read_conditions(rest).found else None
    if opening_year(passage.text) and len(read_conditions(passage.text).found) > 1:
        return passage
    pieces = sentences(passage.text)
    for index, sentence in enumerate(pieces):
        rest = "".join(pieces[index:])
        if opening_year(sentence) and not _PAST.search(sentence) and read_conditions(rest).found:
            return Passage(passage.line, rest)
    goals = "目标" in title and not _PAST.search(passage.text)
    return passage if goals and read_conditions(passage.text).found else None


def figures_within(section: Section, taken: Sequence[Section]) -> list[Passage]:
    """Return the paragraphs of a general chapter that hold figures and were not taken as goals."""
    if _LOOKING_BACK.search(section.title):
        return []
    inside = [inner for one in taken for inner in one.walk()]
    lines = {inner.line for inner in inside} | {passage.line for inner in inside for passage in inner.passages}
    return [
        passage
        for inner in section.walk()
        if (kind_of(inner.title) in {None, "general"} or inner is section) and not _LOOKING_BACK.search(inner.title)
        for passage in (*inner.passages, *([] if inner.body else [Passage(inner.line, inner.title)]))
        if passage.line not in lines and stray_numbers(passage.text) and not _PAST.search(passage.text)
    ]


def without_letter(tops: Sequence[Section]) -> tuple[list[Section], list[Section]]:
    """Return the chapters of the plan, and those of the letter before it that counted its own 一、二、三、.

    A letter is a run of chapters none of which is known, before a run that starts again at one and holds known ones.
    """
    starts = [i for i, section in enumerate(tops) if section.ordinal == 1 and section.shape == "han"]
    if len(starts) < 2:
        return list(tops), []
    first, rest = tops[: starts[1]], tops[starts[1] :]
    if any(kind_of(section.title) for section in first) or not any(kind_of(section.title) for section in rest):
        return list(tops), []
    return list(rest), list(first)
