"""Reads what is to be done: groups of tasks with their tasks, phases with their steps, safeguards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qualicity.engines.documents.dates import Span, arabic_dates, span
from qualicity.engines.documents.lines import Passage, Table
from qualicity.engines.documents.outline import Section, split_title
from qualicity.engines.documents.results import Phase, Safeguard, Strategy, Task
from qualicity.engines.documents.tidying import plain_title

_DATED_BRACKET: Final = re.compile(r"（[^（）]*(?:\d|年|月|季度|[上下]半年)[^（）]*）|[\[【][^\]】]*\d[^\]】]*[\]】]")
_STAGE: Final = re.compile(r"^第[一二三四五六七八九十\d]+(?:阶段|步骤?)")
_TIME: Final = re.compile(r"^(?:时间|完成时间|时间安排|起止时间)[：:]")


def tasks_in(sections: Sequence[Section], *, grouped: bool) -> tuple[list[Strategy], list[Task]]:
    """Return groups and tasks; with ``grouped`` each section is itself a group of tasks."""
    strategies: list[Strategy] = []
    tasks: list[Task] = []
    for section in sections:
        flat = len(sections) > 1 and bool(section.children) and not any(map(_numbered, section.children))
        groups = [section] if grouped or (flat and any(map(_has_groups, sections))) else section.children
        if not grouped and not any(_numbered(child) for child in groups):
            tasks += _plain_tasks(section)
            continue
        for group in groups:
            number = _free(group.ordinal, {s.number for s in strategies})
            strategies.append(Strategy(number, group.title))
            tasks += _group_tasks(group, number)
    return strategies, tasks


def _has_groups(section: Section) -> bool:
    return any(_numbered(child) for child in section.children)


def _group_tasks(group: Section, number: int) -> list[Task]:
    inner = _numbered(group)
    if inner:
        return [_task(child, number) for child in inner]
    text = "".join(
        [
            group.body or "",
            *(p.text for p in group.parts if isinstance(p, Passage)),
            *(c.text for c in group.children),
        ]
    )
    return [Task(None, number, group.title, text or group.title, group.line)]


def _numbered(section: Section) -> list[Section]:
    return [child for child in section.children if child.shape != "bold" or child.children or child.parts]


def _plain_tasks(section: Section) -> list[Task]:
    if section.children:
        return [_task(child, None) for child in section.children]
    return [Task(None, None, split_title(p.text)[0], p.text, p.line) for p in section.passages]


def _task(section: Section, strategy: int | None) -> Task:
    text = section.text or section.title
    if section.parts and not section.body:
        text = f"{section.title}。{text}"
    return Task(section.ordinal, strategy, section.title, text, section.line)


def _free(ordinal: int | None, taken: set[int]) -> int:
    if ordinal is not None and ordinal not in taken:
        return ordinal
    return max(taken, default=0) + 1


def phases_in(section: Section, *, year: int | None) -> list[Phase]:
    """Return the phases of a section; ``year`` stands in where only months are given."""
    found: list[Phase] = []
    for table in section.tables:
        found += _table_phases(table, year)
    stages = list(section.children)
    if not stages:
        stages = [_as_section(p) for p in _dated_pieces(section.passages, year)]
    for stage in stages:
        phase = _phase(stage, found[-1].end.year if found and found[-1].end else year)
        found.append(phase)
    return found


def _as_section(passage: Passage) -> Section:
    title, body = split_title(passage.text)
    return Section(99, "prose", None, title, passage.line, body)


def _dated_pieces(passages: Sequence[Passage], year: int | None) -> list[Passage]:
    """Return the paragraphs that open with a day, or the sentences of one that names several spans."""
    found: list[Passage] = []
    for passage in passages:
        pieces = [piece for piece in re.split("[。；]", passage.text) if _dated(piece[:30], year)]
        if len(pieces) > 1:
            found += [Passage(passage.line, piece) for piece in pieces]
        elif _dated(passage.text[:60], year):
            found.append(passage)
    return found


def _dated(text: str, year: int | None) -> Span | None:
    return span(re.sub(r"《[^》]*》|“[^”]*”|[〔\[][12]\d{3}[〕\]]", "", text), year=year)


def _phase(stage: Section, year: int | None) -> Phase:
    dates = _dated(stage.title, year) or _dated(stage.body[: len(stage.title) + 60], year)
    steps = [child.text if child.body else child.title for child in stage.children]
    rest: list[str] = []
    for passage in stage.passages:
        text = passage.text
        if dates is None or _TIME.match(text):
            dates = dates or _dated(text[:60], year)
        if not _TIME.match(text):
            rest.append(text[len(_head(text, stage.title)) :] if stage.body and passage.line == stage.line else text)
    name = _name(stage, dates)
    rest = [_without_days(text, dates) for text in rest] if dates is not None else rest
    if not steps:
        pieces = [piece.strip("；。，： ") for text in rest for piece in re.split("[。；]", _undated(text))]
        steps = [piece for piece in pieces if piece and not _only_repeats(piece, name, dates)]
    return Phase(
        name,
        dates.start if dates else None,
        dates.end if dates else None,
        tuple(s.rstrip("。；") for s in steps if len(s) > 3 or stage.children),
        stage.line,
    )


def _without_days(text: str, dates: Span) -> str:
    """Return a text without the days of its phase, where they stand in front."""
    written = arabic_dates(text)
    return written.removeprefix(dates.words).lstrip("，、：:") if written.startswith(dates.words) else text


def _only_repeats(piece: str, name: str, dates: Span | None) -> bool:
    """Tell whether a piece of a paragraph says no more than the phase's name or days."""
    bare = _DATED_BRACKET.sub("", piece)
    if dates is not None:
        bare = arabic_dates(bare).replace(dates.words, "").strip("，、 ")
    return bare in name


def _head(text: str, title: str) -> str:
    """Return the opening of a paragraph that its title was made of, with its stop."""
    for stop in re.finditer("[。：；，]", text):
        if plain_title(text[: stop.start()]) == title:
            return text[: stop.end()]
    return ""


def _undated(text: str) -> str:
    return _DATED_BRACKET.sub("", text) if _DATED_BRACKET.match(text) else text


def _name(stage: Section, dates: Span | None) -> str:
    name = _DATED_BRACKET.sub("", stage.title)
    name = (
        name
        if dates is None
        else re.sub(re.escape(dates.words), "", arabic_dates(name))
        if dates.words in arabic_dates(name)
        else name
    )
    name = plain_title(re.sub("^(?:底|末)?(?:以前|之前|前)(?=，)", "", name.strip("，、：；。（） ")).strip("，"))
    after = _STAGE.match(name)
    if after and len(name) == after.end() and stage.body:
        body = _DATED_BRACKET.sub("", stage.body[len(_head(stage.body, stage.title)) :])
        body = _without_days(body, dates) if dates is not None else body
        more = re.match(r"[^，。：；]{2,14}(?=[。：；（]|$)", body)
        name = f"{name} {plain_title(more.group(0))}" if more else name
    return name or stage.title


def _table_phases(table: Table, year: int | None) -> list[Phase]:
    headings = table.rows[0].cells
    where = {word: i for word in ("阶段", "时间", "内容") for i, cell in enumerate(headings) if word in cell}
    if "内容" not in where:
        columns = [
            i for i, cell in enumerate(headings) if re.search("工作|任务|要求|措施", cell) and i not in where.values()
        ]
        where |= {"内容": columns[0]} if columns else {}
    if "时间" not in where or not ("阶段" in where or "内容" in where):
        return []
    found = []
    for row in table.rows[1:]:
        cells = dict(enumerate(row.cells))
        dates = _dated(cells.get(where["时间"], ""), year)
        work = cells.get(where.get("内容", -1), "")
        steps = tuple(s.strip("；。 ") for s in re.split("[。；]", work) if len(s) > 3)
        name = cells.get(where.get("阶段", -1), "") or work
        found.append(Phase(name, dates.start if dates else None, dates.end if dates else None, steps, row.number))
    return found


def safeguards_in(section: Section) -> list[Safeguard]:
    """Return the safeguards of a section."""
    if section.children:
        return [Safeguard(c.ordinal, c.title, c.text or c.title) for c in section.children]
    return [Safeguard(None, split_title(p.text)[0], p.text) for p in section.passages]
