"""Turns an official document into a draft: what it says, and which lines nobody understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from qualicity.engines.documents.background import figures_within, goals_within, without_letter
from qualicity.engines.documents.conservation import lost_figures
from qualicity.engines.documents.facts import due_year, facts_of, year_of
from qualicity.engines.documents.goals import AreaDraft, Goals
from qualicity.engines.documents.header import read_header
from qualicity.engines.documents.kinds import Kind, area_of, is_loosely_tasks, kind_of
from qualicity.engines.documents.lines import Block, Passage, Table
from qualicity.engines.documents.mending import mended
from qualicity.engines.documents.outline import Section, outline
from qualicity.engines.documents.page_data import without_page_tables
from qualicity.engines.documents.reading import read_document
from qualicity.engines.documents.regrouping import regrouped
from qualicity.engines.documents.responsibilities import first_leads, responsible
from qualicity.engines.documents.results import Area, Draft, Facts, Indicator, NotUnderstood, Strategy, Task
from qualicity.engines.documents.tail import read_tail
from qualicity.engines.documents.targets.extraction import read_conditions
from qualicity.engines.documents.targets.years import opening_year
from qualicity.engines.documents.task_tables import TaskRows, completed, task_rows
from qualicity.engines.documents.traditional import in_simplified
from qualicity.engines.documents.work import phases_in, safeguards_in, tasks_in
from qualicity.errors import Text

_UNKNOWN_SECTION: Final = Text("不认识的章节，未归入任何部分", "A section that belongs to no known part")
_NO_DATES: Final = Text("阶段没有可读的起止日期", "A phase without days that could be read")
_OTHER_TABLE: Final = Text("不是指标表的表格", "A table that is no table of indicators")
_IN_TASK: Final = Text(
    "任务中写有量化或底线条件，未列入指标，请决定是否作为目标",
    "A condition inside a task, not listed as an indicator: decide whether it is a target",
)
_LISTED: Final = Text(
    "分工表中的一项，正文任务中没有同名的", "A row of a table of tasks that matches no task of the text"
)
_LETTER: Final = Text("方案之前来函的内容，未归入方案", "Part of the letter before the plan, not of the plan")
_BACKGROUND: Final = Text(
    "总体要求或背景中的数字，未列入指标，请核对",
    "A figure among general words, not listed as an indicator; please check",
)
_LOOSE: Final = Text("不在任何章节之下的文字", "Words that stand under no section")
_OPENING: Final = re.compile(
    "^(?:现将|为|根据|按照|依据|经|《|各|当前|质量|近年来|“|十)|(?:方案|规划|纲要|意见|计划|办法|目录|通知)(?:（.*）)?$|印发给你们|现(?:予以?|将其)?(?:印发|转发|下发)|制定本|如下|^附[件表录注][一二三四五六七八九十\\d]*[：:]?$|(?:分解|分工|一览|指标|任务|责任)表$|(?:名单|清单)$|^目录$|^（[^）]*）$"
)


def draft(path: Path) -> Draft:
    """Return the draft of the document in a .txt, .md or .docx file; FileError when it cannot be read."""
    return draft_of(read_document(path))


def draft_of(blocks: Sequence[Block]) -> Draft:
    """Return the draft of the lines and tables of a document."""
    blocks = without_page_tables(in_simplified(blocks))
    header, tail = read_header(blocks), read_tail(blocks)
    used = header.used | tail.used
    body = [b for b in blocks if isinstance(b, Table) or (b.number not in used and b.text)]
    root = outline(mended(body))
    return _Assembly(root, facts_of(header, tail, root)).draft()


class _Assembly:
    """Walks the sections of one document and hands each to the recogniser for its kind."""

    def __init__(self, root: Section, facts: Facts) -> None:
        self.facts = facts
        self.issued = year_of(facts)
        self.due = due_year(facts)
        self.root = root
        self.first_leads = first_leads(root.text)
        self.goals = Goals(self.issued)
        self.sections: dict[Kind, list[Section]] = {}
        self.unknown: list[Section] = []
        self.strays: list[NotUnderstood] = []
        self.listed: list[TaskRows] = []

    def draft(self) -> Draft:
        tops, letter = without_letter(regrouped(self._tops(self.root), self.root))
        self.strays += [replace(line, why=_LETTER) for section in letter for line in _all_lines(section)]
        self._sort(tops)
        for section in self.sections.get("goals", []):
            self.goals.read(section, self.due)
        self._loose()
        strategies, tasks = self._tasks()
        phases = [p for s in self.sections.get("phases", []) for p in phases_in(s, year=self.issued)]
        safeguards = [g for s in self.sections.get("safeguards", []) for g in safeguards_in(s)]
        self._tables_elsewhere()
        strategies, tasks = self._with_listed(strategies, tasks)
        self.goals.finish()
        self._lost()
        tasks = [self._assigned(task) for task in tasks]
        self._conditions_in(tasks)
        areas, indicators = self._areas()
        if not indicators:
            indicators = self._from_tasks(areas, tasks)
        self.strays += [NotUnderstood(p.line, p.name, _NO_DATES) for p in phases if p.end is None]
        return Draft(
            self.facts, tuple(areas), tuple(indicators), tuple(strategies), tuple(tasks), tuple(phases),
            tuple(safeguards), self._not_understood(),
        )  # fmt: skip

    def _tops(self, section: Section) -> list[Section]:
        """Return the chapters: below the title where the title is itself a heading."""
        found: list[Section] = []
        for child in section.children:
            title_like = child.shape in {"hash", "bold", "part"} and kind_of(child.title) is None and not child.body
            if (
                title_like
                and child.children
                and (len(section.children) <= 2 or re.search("方案|规划|纲要|意见|计划|通知$", child.title))
            ):
                self.root.parts += child.parts
                found += self._tops(child)
            else:
                found.append(child)
        return found

    def _sort(self, tops: Sequence[Section]) -> None:
        for section in tops:
            kind = kind_of(section.title)
            if kind == "general" or (kind is None and any(kind_of(c.title) == "goals" for c in section.children)):
                for child in section.children:
                    inner = kind_of(child.title)
                    if inner in {"goals", "tasks", "phases", "safeguards"}:
                        self.sections.setdefault(inner, []).append(child)
                self._goals_in_general(section)
            elif kind is None:
                self.unknown.append(section)
            else:
                self.sections.setdefault(kind, []).append(section)

    def _goals_in_general(self, section: Section) -> None:
        """Take the paragraphs of goals that a general chapter holds, and note its other figures."""
        found = [
            piece for inner in [section, *section.children] if _is_general(inner) for piece in goals_within(inner)
        ]
        self.sections.setdefault("goals", []).extend(found)
        taken = [*found, *(one for kind in self.sections for one in self.sections[kind])]
        self.strays += [NotUnderstood(p.line, p.text, _BACKGROUND) for p in figures_within(section, taken)]

    def _tasks(self) -> tuple[list[Strategy], list[Task]]:
        """Return groups and tasks; unknown chapters are the groups where none is called so."""
        known = self.sections.get("tasks", [])
        working = [s for s in self.unknown if s.children or s.passages]
        if known and working and all(is_loosely_tasks(s.title) for s in known):
            working = sorted([*known, *working], key=lambda section: section.line)
        elif known:
            for section in self.unknown:
                self.strays += _all_lines(section)
            return tasks_in(known, grouped=False)
        self.strays += [line for s in self.unknown if s not in working for line in _all_lines(s)]
        return tasks_in(working, grouped=True)

    def _assigned(self, task: Task) -> Task:
        if task.lead or task.deadline:  # a table has said it
            return task
        said = responsible(task.text, year=self.issued, first_leads=self.first_leads)
        return replace(task, lead=said.lead, supporting=said.supporting, deadline=said.deadline)

    def _lost(self) -> None:
        rows = [row for area in self.goals.areas for row in area.rows]
        sections = self.sections.get("goals", [])
        taken = [(row.line, target) for row in rows for target in row.targets]
        listed = [target for row in rows if not row.found for target in row.targets]
        self.strays += lost_figures(sections, taken, listed, self.goals.strays)

    def _loose(self) -> None:
        for part in self.root.parts:
            if isinstance(part, Passage) and not _OPENING.search(part.text):
                self.strays.append(NotUnderstood(part.line, part.text, _LOOSE))

    def _tables_elsewhere(self) -> None:
        """Read the tables that stand outside goals and phases, such as annexes."""
        done = {
            id(t)
            for kind in ("goals", "phases")
            for s in self.sections.get(kind, [])
            for w in s.walk()
            for t in w.tables
        }
        for section in self.root.walk():
            caption = section.title
            for part in section.parts:
                if isinstance(part, Passage):
                    caption = part.text if len(part.text) <= 30 else caption
                elif id(part) in done or self._lists_tasks(part):
                    continue
                elif not self.goals.read_table(part, caption or "指标", self.due):
                    cells = [NotUnderstood(row.number, "｜".join(row.cells), _OTHER_TABLE) for row in part.rows]
                    self.strays += cells

    def _lists_tasks(self, table: Table) -> bool:
        """Keep the tasks that a table lists for later; False when it is no such table."""
        first = 1 + sum(len(rows.strategies) for rows in self.listed)
        rows = task_rows(table, year=self.issued, first=first)
        if rows is not None:
            self.listed.append(rows)
        return rows is not None

    def _with_listed(self, strategies: list[Strategy], tasks: list[Task]) -> tuple[list[Strategy], list[Task]]:
        """Return groups and tasks with what tables of tasks say; their rows are the tasks where there are none."""
        listed = [task for rows in self.listed for task in rows.tasks]
        if not tasks:
            return [one for rows in self.listed for one in rows.strategies] or strategies, listed
        tasks, left = completed(tasks, listed)
        self.strays += [NotUnderstood(task.line, task.text, _LISTED) for task in left]
        return strategies, tasks

    def _areas(self) -> tuple[list[Area], list[Indicator]]:
        drafts = [a for a in self.goals.areas if a.rows or (area_of(a.title) and a.number is not None)]
        codes = _codes(drafts)
        areas = [Area(code, a.number, a.title, "".join(a.texts)) for code, a in zip(codes, drafts, strict=True)]
        indicators = [i for code, a in zip(codes, drafts, strict=True) for i in _indicators(code, a)]
        return areas, indicators

    def _from_tasks(self, areas: list[Area], tasks: Sequence[Task]) -> list[Indicator]:
        """Where a document has no goals of its own, take the conditions inside its tasks."""
        fallback = Goals(self.issued)
        for section in [*self.sections.get("tasks", []), *self.unknown]:
            for inner in section.walk():
                area = AreaDraft(inner.title, inner.ordinal, inner.line)
                fallback.areas.append(area)
                for passage in inner.passages:
                    fallback.read_sentences(passage, area, opening_year(passage.text) or self.due)
        for task in [task for task in tasks if any(task in rows.tasks for rows in self.listed)]:
            fallback.areas.append(AreaDraft(task.title, task.number, task.line))
            due = task.deadline.year if task.deadline else self.due
            fallback.read_sentences(Passage(task.line, task.text), fallback.areas[-1], due)
        fallback.areas = [area for area in fallback.areas if area.rows]
        fallback.finish()
        self.strays = [s for s in self.strays if s.why is not _IN_TASK] + fallback.strays
        codes = _codes(fallback.areas)
        areas += [Area(c, a.number, a.title, "".join(a.texts)) for c, a in zip(codes, fallback.areas, strict=True)]
        return [i for code, a in zip(codes, fallback.areas, strict=True) for i in _indicators(code, a)]

    def _conditions_in(self, tasks: Sequence[Task]) -> None:
        for task in tasks:
            for found in read_conditions(task.text).found:
                self.strays.append(NotUnderstood(task.line, found.clause, _IN_TASK))

    def _not_understood(self) -> tuple[NotUnderstood, ...]:
        strays = [*self.strays, *self.goals.strays]
        unique = {(item.line, item.text): item for item in strays}
        return tuple(sorted(unique.values(), key=lambda item: item.line))


def _is_general(section: Section) -> bool:
    return kind_of(section.title) in {"general", None}


def _all_lines(section: Section) -> list[NotUnderstood]:
    found: list[NotUnderstood] = []
    for inner in section.walk():
        if not inner.body:
            found.append(NotUnderstood(inner.line, inner.title, _UNKNOWN_SECTION))
        found += [NotUnderstood(p.line, p.text, _UNKNOWN_SECTION) for p in inner.passages]
    return found


def _codes(areas: Sequence[AreaDraft]) -> list[str]:
    """Return a code for each area: one of the known five, or its ordinal where none or another has it."""
    known = [area_of(area.title) for area in areas]
    seen: Counter[str] = Counter()
    codes: list[str] = []
    for position, code in enumerate(known, start=1):
        if code is None or seen[code]:
            codes.append(f"area-{position}")
        else:
            codes.append(code)
            seen[code] += 1
    return codes


def _indicators(code: str, area: AreaDraft) -> Iterator[Indicator]:
    """Return the rows of an area with their printed numbers, or counted on where they have none."""
    taken: set[int] = set()
    for row in area.rows:
        if not row.targets:
            continue
        number = row.number if row.number is not None and row.number not in taken else max(taken, default=0) + 1
        taken.add(number)
        yield Indicator(code, area.title, number, row.text, row.targets, row.line, row.responsible)
