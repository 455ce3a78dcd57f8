"""Tables of results as they come: every row judged by rule, and held against what the table itself concludes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.laboratory import Laboratory
from qualicity.definitions.profiles import Reads
from qualicity.engines.tables.delimited import read_delimited
from qualicity.engines.tables.guards import inspect
from qualicity.engines.tables.headings import normal, without_brackets
from qualicity.engines.tables.schemas import ROW
from qualicity.engines.tables.sheets import Cells, Sheet
from qualicity.engines.tables.workbooks import read_workbook
from qualicity.errors import WrongFileError
from qualicity.methods.limits import Conclusion, Verdict, judge

#: Without these a table holds nothing to judge; unit and stated conclusion may be lacking.
_NEEDED = ("item", "value", "limit")
#: 0,18 is written so only where a comma stands before decimals; 1,234 is written so in either case.
_DECIMAL_COMMA = re.compile(r"[<>≤≥＜＞]?\s*-?0,\d+(?:\s*[±\sa-zA-Zμµ%].*)?")


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One row: what stands in it, what the rules say, and what the table says (None where it says nothing known)."""

    row: int
    item: str
    value: str
    unit: str
    limit: str
    stated: Conclusion | None
    verdict: Verdict

    @property
    def agrees(self) -> bool | None:
        """Say whether the rules and the table agree; None where either says nothing."""
        if self.stated is None or self.verdict.conclusion is Conclusion.undecided:
            return None
        return self.verdict.conclusion is self.stated


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """All rows of a table, in order."""

    rows: tuple[JudgedRow, ...]

    @property
    def compared(self) -> tuple[JudgedRow, ...]:
        """Return the rows that have an item, a limit and a result: there is something to compare."""
        return tuple(row for row in self.rows if row.item and _given(row.limit) and _given(row.value))

    def counts(self) -> dict[str, int]:
        """Return how many rows: all, comparable, decided, agreeing, disagreeing, undecided."""
        compared = self.compared
        answers = Counter(row.agrees for row in compared)
        decided = sum(row.verdict.conclusion is not Conclusion.undecided for row in compared)
        return {
            "rows": len(self.rows),
            "comparable": len(compared),
            "decided": decided,
            "agree": answers[True],
            "disagree": answers[False],
            "undecided": len(compared) - decided,
        }

    def undecided(self) -> dict[str, int]:
        """Return why how many rows of the whole table stayed undecided, the most frequent reason first."""
        rules = (row.verdict.rule.value for row in self.rows if row.verdict.conclusion is Conclusion.undecided)
        return dict(Counter(rules).most_common())


def judge_file(path: Path, *, original_name: str = "") -> JudgedFile:
    """Judge every row of a table of results (.csv in UTF-8 or GB 18030, .xlsx, .xls).

    Raises FileError for what cannot be read and WrongFileError where the columns of a table of results are missing.
    """
    said = catalogue().laboratory
    assert said is not None, "laboratory.yaml is shipped"
    kind = inspect(path, name=original_name)
    names = {normal(name): column for name, column in said.headings.known().items()}

    def fit(cells: Cells) -> float:
        return float(len({names.get(normal(cell)) for cell in cells if cell} - {None}))

    if kind == "csv":
        sheet = read_delimited(path, reads=Reads(), fit=fit)
    elif kind in ("xlsx", "xls"):
        sheet = read_workbook(path, reads=Reads(), fit=fit, names=())
    else:
        raise WrongFileError(
            f"检测结果表须是 CSV 或 Excel 文件，这是 {kind}。", f"A table of results is CSV or Excel; this is {kind}."
        )
    return _judged(sheet, _positions(sheet, names, said), said)


def _positions(sheet: Sheet, names: Mapping[str, str], said: Laboratory) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, heading in enumerate(sheet.headings):
        column = names.get(normal(heading)) or names.get(without_brackets(heading))
        if column is not None:
            found.setdefault(column, position)
    missing = [column for column in _NEEDED if column not in found]
    if missing:
        listed = "、".join(getattr(said.headings, column)[0] for column in missing)
        standing = "、".join(sheet.headings[:20])
        raise WrongFileError(
            f"这不是检测结果表：缺少列{listed}。文件里的列是：{standing}。请核对列名。",
            f"This is no table of results: it lacks the columns {listed}. It has: {standing}. Check the headings.",
        )
    return found


def _judged(sheet: Sheet, positions: Mapping[str, int], said: Laboratory) -> JudgedFile:
    columns = ["item", "value", "unit", "limit", "stated"]
    texts = {
        column: [_text(cell) for cell in sheet.frame.get_column(f"c{positions[column]}")]
        if column in positions
        else [""] * sheet.frame.height
        for column in columns
    }
    comma = True if any(_DECIMAL_COMMA.fullmatch(text) for text in (*texts["value"], *texts["limit"])) else None
    words = dict.fromkeys(said.stated.qualified, Conclusion.qualified)
    words |= dict.fromkeys(said.stated.unqualified, Conclusion.unqualified)
    rows = []
    for number, *cells in zip(sheet.frame.get_column(ROW), *(texts[column] for column in columns), strict=True):
        item, value, unit, limit, stated = cells
        verdict = _judge(value, unit, limit, not said.may_be_least(item), comma)
        rows.append(JudgedRow(number, item, value, unit, limit, words.get(stated), verdict))
    return JudgedFile(tuple(rows))


@lru_cache(maxsize=20_000)
def _judge(value: str, unit: str, limit: str, bare_is_most: bool, comma: bool | None) -> Verdict:
    """Judge once what stands in many rows."""
    return judge(value=value, unit=unit, limit=limit, bare_is_most=bare_is_most, decimal_comma=comma)


def _text(cell: object) -> str:
    """Return a cell as text; a whole number of a workbook without the decimals that it does not show."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()


def _given(text: str) -> bool:
    return text not in {"", "/", "-", "—", "--", "——"}
