"""One sheet of cells, however it came: headings, and rows that keep the number that a person sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from qualicity.definitions.profiles import Profile
from qualicity.definitions.registers import Register
from qualicity.engines.tables.findings import Note
from qualicity.engines.tables.headings import Matching, matcher, normal
from qualicity.engines.tables.schemas import ROW

#: Headings are looked for in so many rows from the top: titles and notes may stand above them.
HEADING_ROWS = 30

Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was found: columns by position ("c0", "c1" …) plus the row number, and its headings.

    ``frame``: text or typed cells; ``headings``: one for each position; ``header_row``: its row number, 0 where the
    file has none; ``first_column``: how many empty columns stand left of the headings.
    """

    frame: pl.DataFrame
    headings: tuple[str, ...]
    header_row: int
    name: str = ""
    notes: tuple[Note, ...] = ()
    first_column: int = 0

    def without_empty_rows(self) -> Sheet:
        """Return the sheet without rows that hold nothing at all."""
        cells = [pl.col(name).is_null() for name in self.frame.columns if name != ROW]
        if not cells:
            return self
        empty = self.frame.select(pl.all_horizontal(cells)).to_series()
        return replace(self, frame=self.frame.filter(~empty)) if empty.any() else self


Fit = Callable[[Cells], float]
"""Says how well a row of cells serves as the headings: 0 not at all."""


def fit_of(register: Register, profile: Profile | None) -> Fit:
    """Return the judge of heading rows: by the profile's foreign headings where there is one, else the register's."""
    if profile is None:
        matched = matcher(register)
        return lambda cells: _fit_register(matched(cells))
    wanted = {normal(heading) for derived in profile.columns.values() for heading in derived.headings}
    return lambda cells: float(len(wanted & {normal(cell) for cell in cells if cell}))


def heading_row(rows: Sequence[Cells], fit: Fit) -> int:
    """Return the position of the row that serves best as headings; the first one with cells where none fits."""
    scores = fits(rows[:HEADING_ROWS], fit)
    best = max(range(len(scores)), key=scores.__getitem__, default=0)
    if scores and scores[best] > 0:
        return best
    return next((number for number, cells in enumerate(rows) if any(cells)), 0)


def fits(rows: Iterable[Cells], fit: Fit) -> list[float]:
    """Return how well each row serves, up to the first in which every cell is a heading: no later one is better."""
    scores: list[float] = []
    for cells in rows:
        scores.append(fit(cells))
        if scores[-1] > 1 and scores[-1] >= sum(1 for cell in cells if cell and cell.strip()):
            break
    return scores


def _fit_register(matching: Matching) -> float:
    return len(matching.columns) - 0.01 * len(matching.unknown)
