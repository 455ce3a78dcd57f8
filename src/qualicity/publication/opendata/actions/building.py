"""From the facts of a day to the tables as they may leave: named fields, persons masked, small groups left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import DefinitionError, IntegrityError
from qualicity.methods.masking import mask_bare_name, mask_name, mask_running_text
from qualicity.methods.suppression import suppress
from qualicity.publication.opendata.queries.sources import SOURCES
from qualicity.publication.opendata.queries.typed import frame_of, ordered

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.open_tables import Mask, OpenTable, Suppression

HIDDEN = "hidden"
"""The field, where a table has it, that says that a row's figures were left out."""


def build(*, day: date, by: Person) -> dict[str, pl.DataFrame]:
    """Return every open table as it may leave on a day."""
    return {code: build_one(table, day=day, by=by) for code, table in catalogue().open_tables.items()}


def build_one(table: OpenTable, *, day: date, by: Person) -> pl.DataFrame:
    """Return one open table as it may leave on a day; an error where its definition and its source do not agree."""
    source = SOURCES.get(table.source)
    if source is None:
        raise DefinitionError(
            f"开放数据表“{table.code}”的来源“{table.source}”不存在；可用：{'、'.join(SOURCES)}。",
            f"The open table “{table.code}” names the source “{table.source}”; there are: {', '.join(SOURCES)}.",
        )
    try:
        frame = frame_of(table, source.read(day, by))
    except KeyError as error:
        raise DefinitionError(
            f"来源“{table.source}”不提供“{table.code}”的字段“{error.args[0]}”。",
            f"The source “{table.source}” does not offer the field “{error.args[0]}” of “{table.code}”.",
        ) from error
    frame = _masked(table, frame)
    if table.ends:
        frame = frame.filter(pl.col(table.ends).is_null() | (pl.col(table.ends) >= day))
    if table.suppress:
        frame = _without_small_groups(table.suppress, frame)
    frame = ordered(table, frame)
    _check_key(table, frame)
    return frame


def _masked(table: OpenTable, frame: pl.DataFrame) -> pl.DataFrame:
    masks = catalogue().masks
    changed = [
        pl.col(one.code).map_elements(_masker(masks[one.mask]), return_dtype=pl.String, skip_nulls=True)
        for one in table.fields
        if one.mask
    ]
    return frame.with_columns(changed) if changed and frame.height else frame


def _masker(mask: Mask) -> Callable[[str], str]:
    if mask.kind == "name":
        return lambda text: mask_name(text, keep=mask.keep, filler=mask.filler)
    if mask.kind == "bare_name":
        return lambda text: mask_bare_name(
            text, designators=mask.designators, longest=mask.longest, keep=mask.keep, filler=mask.filler
        )
    patterns = tuple((one.expression, one.becomes) for one in mask.patterns)
    return lambda text: mask_running_text(text, patterns)


def _without_small_groups(rule: Suppression, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with what is too small, and what would give it away, left empty."""
    hidden = np.zeros(frame.height, dtype=bool)
    counts = frame.get_column(rule.count).fill_null(0).to_numpy()
    for numbers, whole in _tables(rule, frame):
        hidden[numbers] = _hidden_in(counts, numbers, whole, rule.minimum)
    mark = pl.Series(hidden, dtype=pl.Boolean)
    emptied = [pl.when(mark).then(None).otherwise(pl.col(code)).alias(code) for code in rule.hides]
    told = [mark.alias(HIDDEN)] if HIDDEN in frame.columns else []
    return frame.with_columns([*emptied, *told])


def _hidden_in(counts: np.ndarray[Any, Any], numbers: np.ndarray[Any, Any], whole: int, minimum: int) -> Any:
    """Return which rows of one table of groups to leave out; the row of the whole is shown in any case."""
    parts = numbers[numbers != whole] if whole >= 0 else numbers
    values = counts[parts].astype(np.int64)
    total = int(counts[whole]) if whole >= 0 else int(values.sum())
    # what the whole holds beyond its parts is a part that nobody is shown
    rest = max(total - int(values.sum()), 0)
    found = suppress(np.append(values, rest), minimum=minimum, shown=_shown(len(values) + 2, shown_rest=rest == 0))
    marks = np.zeros(len(numbers), dtype=bool)
    marks[np.isin(numbers, parts)] = found.hidden[: len(values)]
    return marks


def _shown(size: int, *, shown_rest: bool) -> Any:
    marks = np.zeros(size, dtype=bool)
    marks[-2] = shown_rest
    return marks


def _tables(rule: Suppression, frame: pl.DataFrame) -> Iterator[tuple[np.ndarray[Any, Any], int]]:
    """Yield for each table of groups the numbers of its rows, and the number of the row of the whole (-1: none)."""
    numbered = frame.with_row_index("_number")
    for part in numbered.partition_by(list(rule.within), maintain_order=True):
        numbers = part.get_column("_number").to_numpy().astype(np.int64)
        whole = -1
        if rule.total:
            marks = pl.all_horizontal([pl.col(code) == value for code, value in rule.total.items()])
            totals = part.filter(marks).get_column("_number").to_list()
            whole = int(totals[0]) if totals else -1
        yield numbers, whole


def _check_key(table: OpenTable, frame: pl.DataFrame) -> None:
    if frame.select(table.key).is_duplicated().any():
        raise IntegrityError(
            f"开放数据表“{table.code}”的主键重复。", f"A key of the open table “{table.code}” occurs twice."
        )
    for one in table.fields:
        if one.required and frame.get_column(one.code).null_count():
            raise IntegrityError(
                f"开放数据表“{table.code}”的必填字段“{one.code}”有空值。",
                f"The field “{one.code}” of the open table “{table.code}” must not be empty, and is.",
            )
