"""Puts chapters together again whose headings a copy has lost: rows of goals, and phases, that stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from qualicity.engines.documents.kinds import kind_of
from qualicity.engines.documents.lines import Passage
from qualicity.engines.documents.outline import Section
from qualicity.engines.documents.targets.extraction import read_conditions
from qualicity.engines.documents.targets.years import opening_year

_STAGE: Final = re.compile(r"阶段(?:$|（|[：:])|^第[一二三四五六七八九十\d]阶段")
_PAST: Final = re.compile("年来|以来|期间，|已|同比|目前|截至")
_LEAST: Final = 2
Belongs = Callable[[Section], bool]


def regrouped(tops: Sequence[Section], root: Section) -> list[Section]:
    """Return the chapters, with rows of goals and phases that lost their heading gathered under one."""
    found = _gathered(tops, _is_stage, "实施步骤")
    if any(kind_of(section.title) == "goals" or _holds_goals(section) for section in found):
        return found
    found = _gathered(found, _is_row, "主要目标")
    if any(section.shape == "gathered" and kind_of(section.title) == "goals" for section in found):
        return found
    loose = [part for part in root.parts if isinstance(part, Passage) and _states_goals(part.text)]
    if loose:
        root.parts = [part for part in root.parts if part not in loose]
        found.insert(0, Section(98, "gathered", None, "主要目标", loose[0].line, parts=list(loose)))
    return found


def _holds_goals(section: Section) -> bool:
    return any(kind_of(child.title) == "goals" for child in section.children)


def _gathered(tops: Sequence[Section], belongs: Belongs, title: str) -> list[Section]:
    """Return the sections with each run of two or more that belong together made one."""
    found: list[Section] = []
    run: list[Section] = []
    for section in [*tops, None]:
        if section is not None and belongs(section):
            run.append(section)
            continue
        if len(run) >= _LEAST:
            found.append(Section(25, "gathered", None, title, run[0].line, children=run))
        else:
            found += run
        run = []
        if section is not None:
            found.append(section)
    return found


def _is_stage(section: Section) -> bool:
    return bool(_STAGE.search(section.title)) and not any(_STAGE.search(child.title) for child in section.children)


def _is_row(section: Section) -> bool:
    if section.children or section.parts or kind_of(section.title) not in {None, "goals"}:
        return False
    return bool(read_conditions(section.body or section.title).found)


def _states_goals(text: str) -> bool:
    """Tell whether a paragraph under no heading states goals: two conditions, and by when."""
    return (
        opening_year(text) is not None and not _PAST.search(text[:40]) and len(read_conditions(text).found) >= _LEAST
    )
