"""Reads tables that list tasks: 序号|工作任务|目标要求|牵头单位|配合单位|完成时限."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from qualicity.engines.documents.dates import span
from qualicity.engines.documents.lines import Row, Table
from qualicity.engines.documents.numerals import han_integer
from qualicity.engines.documents.outline import split_title
from qualicity.engines.documents.responsibilities import responsible
from qualicity.engines.documents.results import Strategy, Task
from qualicity.engines.documents.typed_tables import looks_like_heading

Role = Literal["ordinal", "group", "task", "demand", "lead", "answering", "helping", "time", "other"]
_ROLES: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("ordinal", re.compile("^(?:序号|编号|序|号)$")),
    ("time", re.compile("时限|时间|期限|进度|节点")),
    ("lead", re.compile("牵头|主办|主责|主要责任")),
    ("helping", re.compile("配合|协办|参与|协助|参加")),
    ("answering", re.compile("责任|负责|承办|实施单位|完成单位|落实单位")),
    ("group", re.compile("类别|领域|分类|任务类|方面|重点方向")),
    ("demand", re.compile("目标|要求|标准|成果|内容|措施|指标")),
    ("task", re.compile("任务|工作|事项|举措|行动")),
)
_OF_INDICATORS: Final = re.compile(r"^指标(?:名称)?$|目标值|(?:19|20)\d\d年")
_PARTS: Final = re.compile("[、，；,;\\s]+")


@dataclass(frozen=True, slots=True)
class TaskRows:
    """The tasks of one table, with the groups that its rows name."""

    strategies: tuple[Strategy, ...]
    tasks: tuple[Task, ...]


def task_rows(table: Table, *, year: int | None, first: int = 1) -> TaskRows | None:
    """Return the tasks that a table lists, or None when it is no such table; groups count from ``first``."""
    rows = [row for row in table.rows if any(row.cells)]
    while rows and len({cell for cell in rows[0].cells if cell}) == 1:
        rows = rows[1:]
    if len(rows) < 2 or not looks_like_heading(rows[0].cells) or any(map(_OF_INDICATORS.search, rows[0].cells)):
        return None
    roles = [_role(cell) for cell in rows[0].cells]
    if "task" not in roles and "demand" in roles:
        roles[roles.index("demand")] = "task"
    if "task" not in roles or not {"lead", "answering", "time"} & set(roles):
        return None
    return _read(rows[1:], roles, year, first)


def _role(heading: str) -> Role:
    return next((role for role, pattern in _ROLES if pattern.search(heading)), "other")


def _read(rows: Sequence[Row], roles: Sequence[Role], year: int | None, first: int) -> TaskRows:
    groups: dict[str, int] = {}
    group: int | None = None
    tasks: list[Task] = []
    for row in rows:
        filled = list(dict.fromkeys(cell for cell in row.cells if cell))
        named = filled[0] if len(filled) == 1 else "".join(_cells(row, roles, "group"))
        if named:
            title = re.sub("^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)", "", named)
            group = groups.setdefault(title, first + len(groups))
        if len(filled) > 1:
            tasks.append(_task(row, roles, group, year))
    return TaskRows(tuple(Strategy(number, title) for title, number in groups.items()), tuple(tasks))


def _task(row: Row, roles: Sequence[Role], group: int | None, year: int | None) -> Task:
    ordinal = "".join(_cells(row, roles, "ordinal")).strip(".、（）")
    words = "".join(_cells(row, roles, "task"))
    demand = "；".join(_cells(row, roles, "demand"))
    title, _ = split_title(words or demand)
    text = "。".join(piece.rstrip("。") for piece in (words, demand) if piece) + "。"
    lead = _offices(row, roles, "lead")
    answering = _offices(row, roles, "answering")
    helping = _offices(row, roles, "helping")
    said = responsible(text, year=year)
    days = span("；".join(_cells(row, roles, "time")), year=year)
    task = Task(han_integer(ordinal), group, title or text, text, row.number)
    return replace(
        task,
        lead=tuple(lead or answering or said.lead),
        supporting=tuple([*answering, *helping] if lead else helping or said.supporting),
        deadline=days.end if days else said.deadline,
    )


def _cells(row: Row, roles: Sequence[Role], role: Role) -> list[str]:
    pairs = zip(roles, row.cells, strict=False)
    return list(dict.fromkeys(cell for one, cell in pairs if one == role and cell))


def _offices(row: Row, roles: Sequence[Role], role: Role) -> list[str]:
    names = [name for cell in _cells(row, roles, role) for name in _PARTS.split(cell) if name]
    return [name for name in names if name not in {"—", "-", "/", "无"}]


def completed(tasks: Sequence[Task], listed: Sequence[Task]) -> tuple[list[Task], list[Task]]:
    """Return the tasks with what a table adds to those of the same title, and the rows that match none."""
    left = list(listed)
    done: list[Task] = []
    for task in tasks:
        twin = next((row for row in left if _same(task.title, row.title)), None)
        if twin is None:
            done.append(task)
            continue
        left.remove(twin)
        done.append(
            replace(
                task,
                lead=task.lead or twin.lead,
                supporting=task.supporting or twin.supporting,
                deadline=task.deadline or twin.deadline,
            )
        )
    return done, left


def _same(one: str, other: str) -> bool:
    short, long = sorted((re.sub(r"\W", "", one), re.sub(r"\W", "", other)), key=len)
    return len(short) >= 4 and short in long
