"""Tables too short for statistics: whether one was filed before as it stands, under another date."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from qualicity.engines.tables.findings import Wording, empty, on_file
from qualicity.engines.tables.schemas import ROW, SUBMISSION
from qualicity.errors import Text
from qualicity.methods.integrity import filed_again

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.definitions.registers import Register

#: How far back rows are compared: a year and the month before it, so that last year's figures count as "before".
LOOK_BACK = timedelta(days=400)
ASK = Text("请核实；情况属实的，书面说明后再报送。", "Please look; if it is so, explain it in writing and submit.")


def examine(rows: pl.DataFrame, register: Register, *, history: pl.LazyFrame | None) -> pl.DataFrame:
    """Return one warning where all measured figures of a small file stand in one earlier submission of its places.

    Only in registers whose definition asks for it (``integrity.repeats``), and not in a stock, where stating again
    what is still in force is what is wanted.
    """
    names = measured(register)
    if not names or history is None or register.grain == "stock" or rows.is_empty():
        return empty()
    earlier = before(rows, register, history, names)
    if earlier is None:
        return empty()
    ours, days = _figures(rows, names), _days(rows, register)
    for filed in earlier.partition_by(SUBMISSION, maintain_order=True):
        if filed.height != rows.height or _days(filed, register) == days or _places(filed, register) != _places(
            rows, register
        ):  # fmt: skip
            continue
        found = filed_again(ours, _figures(filed, names))
        if found.is_suspicious():
            return _question(rows, names[0], filed[SUBMISSION][0], found.evidence)
    return empty()


def measured(register: Register) -> list[str]:
    """Return the columns whose figures are measured anew each time: numbers that do not tell rows apart."""
    numbers = [one.name for one in register.columns if one.type in ("number", "integer")]
    return [name for name in numbers if name not in register.key] if register.integrity.repeats else []


def before(
    rows: pl.DataFrame, register: Register, history: pl.LazyFrame, columns: Iterable[str]
) -> pl.DataFrame | None:
    """Return the rows reported before, of the same places and not too long ago, in the order they were filed."""
    start = rows[register.date].min()
    if start is None:
        return None
    wanted = sorted({*columns, register.date, register.place, SUBMISSION, ROW})
    since = pl.lit(start).cast(pl.Date) - LOOK_BACK
    kept = history.filter(
        pl.col(register.date).cast(pl.Date) >= since,
        pl.col(register.place).is_in(rows[register.place].unique().to_list()),
    )
    return kept.select(wanted).sort(SUBMISSION, ROW).collect()


def _figures(frame: pl.DataFrame, names: list[str]) -> npt.NDArray[np.float64]:
    return np.asarray(frame.select(pl.col(names).cast(pl.Float64).fill_null(np.nan)).to_numpy(), dtype=np.float64)


def _days(frame: pl.DataFrame, register: Register) -> list[object]:
    return frame[register.date].sort().to_list()


def _places(frame: pl.DataFrame, register: Register) -> list[object]:
    return frame[register.place].sort().to_list()


def _question(rows: pl.DataFrame, column: str, number: int, evidence: Text) -> pl.DataFrame:
    numbers = rows[ROW].sort()
    first, last = int(numbers[0]), int(numbers[-1])
    return on_file(
        rule="filed_again",
        severity="warning",
        row=first,
        column=column,
        value=f"{first}–{last}",
        wording=Wording(
            Text("每期重新统计的数", "figures counted anew for each period"),
            Text(
                f"{evidence.zh}（报送 {number}），只有日期不同",
                f"{evidence.en} as in submission {number}; only the dates differ",
            ),
            ASK,
        ),
    )
