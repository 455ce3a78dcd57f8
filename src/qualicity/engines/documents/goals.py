"""Reads the goals of a plan: areas, their tables, their numbered rows, and conditions inside sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from qualicity.engines.documents.indicator_tables import TableRow, table_rows
from qualicity.engines.documents.kinds import area_of, kind_of
from qualicity.engines.documents.lines import Passage, Table
from qualicity.engines.documents.outline import Section
from qualicity.engines.documents.responsibilities import responsible
from qualicity.engines.documents.results import NotUnderstood, Target
from qualicity.engines.documents.targets.extraction import Found, joined, read_conditions, same_quantity
from qualicity.engines.documents.targets.rows import with_scopes
from qualicity.engines.documents.targets.years import opening_year, titled_year
from qualicity.errors import Text

_LEAD: Final = re.compile(
    r"^(?![^：。]{0,16}(?:保持|提高|达到|完善|明显|显著|稳步|加强|改善|增强|进一步)[^：。]{0,10}。)"
    r"(?P<lead>[^，。：；、\d]{2,16})(?:[：。]|——|方面，)(?=.)"
)
_LEAD_WORDS: Final = re.compile("质量|产品|工程|服务|环境|基础|品牌|标准|计量|认证|文化|能力|安全|创新")
_CAPTION: Final = re.compile(r"(?:^|。)(?P<caption>[^。，]{2,30}(?:指标|指标表|目标))$")
_COUNTED: Final = re.compile(r"(?:[（(]?(?P<n>\d{1,2})(?:[.．、](?!\d)|[)）])|[①-⑳]|[一二三四五六七八九十]是)\s*")
_LABEL: Final = re.compile(r"^(?:专栏|表|附表|图表)\s*[\d一二三四五六七八九十]*[：:\s]*")
_NUMBER_UNKNOWN: Final = Text("有数字，但看不出要求的是什么", "A number, but not what is asked of it")
_ROW_UNKNOWN: Final = Text(
    "指标表中的一行，看不出目标", "A row of an indicator table without a target that could be read"
)
_NO_TARGET: Final = Text(
    "目标中的一条，看不出可以判断的目标值", "An item of the goals without a target that could be judged"
)
_COUNTING: Final = frozenset({"number", "number_bracket", "number_half", "circle", "dash"})
_CHANGE: Final = Text(
    "目标写的是变化幅度，不是水平，请核对基期和算法",
    "The target states a change, not a level: please check what it is measured against",
)
_NO_KIND: Final = Text(
    "目标的类型或方向不明确，请核对", "The kind or direction of the target is not clear; please check"
)


@dataclass(slots=True)
class RowDraft:
    """One row on its way: ``found`` only where it was read from a sentence."""

    line: int
    number: int | None
    text: str
    targets: tuple[Target, ...]
    found: list[Found] = field(default_factory=list)
    responsible: tuple[str, ...] = ()


@dataclass(slots=True)
class AreaDraft:
    """One area on its way."""

    title: str
    number: int | None
    line: int
    texts: list[str] = field(default_factory=list)
    rows: list[RowDraft] = field(default_factory=list)


@dataclass(slots=True)
class Goals:
    """What the goals of a plan say, and the lines that nobody understood."""

    issued: int | None
    areas: list[AreaDraft] = field(default_factory=list)
    strays: list[NotUnderstood] = field(default_factory=list)

    def read(self, section: Section, year: int | None = None) -> None:
        """Read one section of goals with all that stands in it."""
        self._area(section, section.title, year, top=True)

    def read_table(self, table: Table, title: str, year: int | None = None) -> bool:
        """Read a table of indicators that stands anywhere; False when it is no such table."""
        rows = table_rows(table, issued=self.issued, due=year)
        if rows is None:
            return False
        for row in rows:
            area = self._named(row.group or title, None, row.line)
            area.rows.append(_of_table(row))
            if not row.targets:
                self.strays.append(NotUnderstood(row.line, row.text, _ROW_UNKNOWN))
        return True

    def _named(self, title: str, number: int | None, line: int) -> AreaDraft:
        for area in self.areas:
            if area.title == title:
                return area
        self.areas.append(AreaDraft(title, number, line))
        return self.areas[-1]

    def _area(self, section: Section, title: str, year: int | None, *, top: bool = False) -> None:
        area = self._named(title, None if top else section.ordinal, section.line)
        year = titled_year(title) or year
        for part in ([Passage(section.line, section.body)] if section.body else []) + section.parts:
            if isinstance(part, Table):
                self._table_within(part, self._captioned(section, part, area), year)
                continue
            text = _without_title(part.text, section.title if section.body and part.line == section.line else "")
            lead = _LEAD.match(text)
            if lead and _LEAD_WORDS.search(lead["lead"]) and (top or area_of(lead["lead"])) and lead["lead"] != title:
                inner = self._named(lead["lead"], None, part.line)
                self.read_sentences(
                    Passage(part.line, text[lead.end() :]), inner, opening_year(text[lead.end() :]) or year
                )
                continue
            year = opening_year(text) or year
            self.read_sentences(Passage(part.line, text), area, year)
        for child in section.children:
            self._child(child, area, year, top=top)

    def _child(self, child: Section, area: AreaDraft, year: int | None, *, top: bool) -> None:
        whole = child.body or child.title
        alone = not child.children and not child.parts
        if alone and child.shape in _COUNTING and not read_conditions(whole, row=True).found:
            self.strays.append(NotUnderstood(child.line, whole, _NO_TARGET))
            return
        if not child.children and not child.tables and self._is_row(child):
            reading = read_conditions(whole, year=opening_year(whole) or year, row=True)
            number = child.ordinal if child.shape != "dash" else None
            targets = with_scopes(list(reading.found), whole)
            offices = responsible(whole)
            row = RowDraft(child.line, number, whole.rstrip("；"), targets)
            row.responsible = offices.lead + offices.supporting
            area.rows.append(row)
            self._stray(child.line, reading.strays)
            for passage in child.parts:
                if isinstance(passage, Passage):
                    self.read_sentences(passage, area, year)
        elif top and kind_of(child.title) == "goals" and area_of(child.title) is None:
            self._area(child, child.title, year, top=True)
        elif top or (area_of(child.title) and area_of(area.title) is None):
            self._area(child, child.title, year)
        else:
            self._inside(child, area, year)

    def _inside(self, child: Section, area: AreaDraft, year: int | None) -> None:
        """Read a sub-section that is no area of its own into the area around it."""
        for passage in child.passages:
            text = _without_title(passage.text, child.title if child.body and passage.line == child.line else "")
            self.read_sentences(Passage(passage.line, text), area, opening_year(text) or year)
        for table in child.tables:
            self._table_within(table, area, year)
        for inner in child.children:
            self._child(inner, area, year, top=False)

    def _is_row(self, child: Section) -> bool:
        """Tell whether a numbered paragraph is one row: its first words already hold the condition."""
        head = child.title if child.body else ""
        first = re.split("[。；]", child.body or child.title)[0]
        found = read_conditions(first, row=child.shape != "dash").found
        if not found or (head and area_of(head) and first == head):
            return False
        count = len({item.subject for item in read_conditions(child.body or child.title).found})
        lead = _LEAD.match(child.body)
        return not (lead and _LEAD_WORDS.search(lead["lead"]) and count > 1) and count <= 3

    def _captioned(self, section: Section, table: Table, area: AreaDraft) -> AreaDraft:
        """Return the area of a table: the one around it, unless its caption says that it is of another."""
        before = [part for part in section.parts if isinstance(part, Passage) and part.line < table.number]
        caption = _CAPTION.search(before[-1].text) if before else None
        known = area_of(area.title)
        if caption is None or known is None or area_of(caption["caption"]) == known:
            return area
        same = [one for one in self.areas if area_of(one.title) == area_of(caption["caption"]) is not None]
        return same[0] if same else self._named(_LABEL.sub("", caption["caption"]), None, table.number)

    def _table_within(self, table: Table, area: AreaDraft, year: int | None) -> None:
        rows = table_rows(table, issued=self.issued, due=year)
        if rows is None:
            why = Text("目标一章中的表格，不是指标表", "A table among the goals that is no table of indicators")
            self.strays += [NotUnderstood(row.number, "｜".join(row.cells), why) for row in table.rows]
            return
        for row in rows:
            home = self._named(row.group, None, row.line) if row.group else area
            home.rows.append(_of_table(row))
            if not row.targets:
                self.strays.append(NotUnderstood(row.line, row.text, _ROW_UNKNOWN))

    def read_sentences(self, passage: Passage, area: AreaDraft, year: int | None) -> None:
        """Read the conditions in a paragraph into an area."""
        caption = _CAPTION.search(passage.text)
        text = passage.text[: caption.start("caption")] if caption else passage.text
        if not text.strip():
            return
        area.texts.append(text)
        reading = read_conditions(text, year=year)
        offices = responsible(text)
        for row in _sentence_rows(reading.found, passage.line):
            row.responsible = offices.lead + offices.supporting
            area.rows.append(row)
        self._stray(passage.line, reading.strays)

    def _stray(self, line: int, clauses: Sequence[str]) -> None:
        self.strays += [NotUnderstood(line, clause, _NUMBER_UNKNOWN) for clause in clauses]

    def finish(self) -> None:
        """Join values of one quantity for several years, and drop rows said twice."""
        listed = [row for area in self.areas for row in area.rows if not row.found]
        for area in self.areas:
            area.rows = _joined_rows(area.rows, listed)
        for area in self.areas:
            for row in area.rows:
                unclear = [t for t in row.targets if t.certainty == "unclear"]
                if unclear:
                    why = _CHANGE if all(t.measured_as for t in unclear) else _NO_KIND
                    self.strays.append(NotUnderstood(row.line, row.text, why))


def _of_table(row: TableRow) -> RowDraft:
    return RowDraft(row.line, row.number, row.text, row.targets, responsible=row.responsible)


def _without_title(text: str, title: str) -> str:
    if title and text.startswith(title) and not read_conditions(title, row=True).found:
        return text[len(title) :].lstrip("。：； ")
    return text


def _sentence_rows(found: Sequence[Found], line: int) -> Iterator[RowDraft]:
    """Return one row for each clause that names its own subject; others join the row before."""
    groups: list[list[Found]] = []
    for item in found:
        if groups and (not item.own or item.clause == groups[-1][-1].clause):
            groups[-1].append(item)
        else:
            groups.append([item])
    for group in groups:
        text = "，".join(dict.fromkeys(item.clause for item in group))
        counted = _COUNTED.match(text)
        number = int(counted["n"]) if counted and counted["n"] else None
        text = text[counted.end() :] if counted else text
        yield RowDraft(line, number, text, with_scopes(group, text), group)


def _joined_rows(rows: list[RowDraft], listed: Sequence[RowDraft]) -> list[RowDraft]:
    kept: list[RowDraft] = []
    alike: dict[tuple[object, ...], list[RowDraft]] = {}
    for one in listed:
        alike.setdefault(_said(one), []).append(one)
    singles: dict[str, list[RowDraft]] = {}
    for row in rows:
        single = row.found[0] if len(row.found) == 1 else None
        before = singles.get(single.subject, []) if single and single.subject else []
        twin = next((k for k in before if single and same_quantity(k.found[0], single)), None)
        if twin is None or single is None:
            if not any(_repeats(k, row) for k in alike.get(_said(row), [])):
                kept.append(row)
                if single:
                    singles.setdefault(single.subject, []).append(row)
            continue
        whole = joined(twin.found[0], single)
        twin.found, twin.targets, twin.text = [whole], (whole.target,), whole.clause
    return kept


def _said(row: RowDraft) -> tuple[object, ...]:
    return tuple((target.kind, target.value, target.unit) for target in row.targets)


def _repeats(one: RowDraft, other: RowDraft) -> bool:
    """Tell whether a sentence only repeats what a row of a table says, which states the same values."""
    return bool(other.found) and all(item.subject and item.subject in one.text for item in other.found)
