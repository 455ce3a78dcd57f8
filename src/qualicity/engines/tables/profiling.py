"""A profile at work: foreign cells become a register's columns, some rows stay out, what is known dirty is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

import polars as pl

from qualicity.definitions.profiles import Derived, Doubt, Profile, Test
from qualicity.definitions.registers import Column, Register
from qualicity.engines.tables.conditions import filter_expression
from qualicity.engines.tables.findings import FINDING_COLUMNS, Wording, on_rows
from qualicity.engines.tables.headings import normal
from qualicity.engines.tables.schemas import ROW
from qualicity.engines.tables.sheets import Sheet
from qualicity.errors import Text, WrongFileError

_DIGEST_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One row that does not belong into the register, and why."""

    row: int
    why: Text


@dataclass(frozen=True, slots=True)
class Derivation:
    """A foreign sheet as rows of a register: its columns and row number, the rows left out, findings."""

    frame: pl.DataFrame
    left_out: tuple[LeftOut, ...]
    findings: pl.DataFrame


def derive(sheet: Sheet, profile: Profile, register: Register) -> Derivation:
    """Apply a profile to a sheet.

    Raises WrongFileError naming the headings that the profile needs and the file has not.
    """
    foreign = _named(sheet, profile)
    kept, left_out = _leave_out(foreign, profile)
    columns = [_column(derived, kept, register.column(name)).alias(name) for name, derived in profile.columns.items()]
    frame = kept.select(*columns, pl.col(ROW))
    findings = [_doubt(doubt, kept, frame, register) for doubt in profile.findings]
    together = pl.concat(findings) if findings else pl.DataFrame()
    return Derivation(frame, left_out, together.select(FINDING_COLUMNS) if findings else together)


def needed(profile: Profile) -> tuple[tuple[str, ...], ...]:
    """Return the headings that a file must have: of each group, one."""
    groups: list[tuple[str, ...]] = []
    for derived in profile.columns.values():
        if derived.optional:
            continue
        if isinstance(derived.heading, tuple):
            groups.append(derived.heading)
        else:
            groups.extend((heading,) for heading in derived.headings)
    return tuple(dict.fromkeys(groups))


def _named(sheet: Sheet, profile: Profile) -> pl.DataFrame:
    """Return the sheet with its foreign headings as column names, text trimmed, empty text empty."""
    present: dict[str, int] = {}
    for position, heading in enumerate(sheet.headings):
        present.setdefault(normal(heading), position)
    missing = [group for group in needed(profile) if not any(normal(name) in present for name in group)]
    if missing:
        zh = "、".join("或".join(group) for group in missing)
        en = ", ".join(" or ".join(group) for group in missing)
        raise WrongFileError(
            f"这个文件不合“{profile.title.zh}”：缺少列{zh}。请换用别的导入格式，或核对文件。",
            f"The file does not fit “{profile.title.en}”: it has no {en}. Choose another profile or check the file.",
        )
    wanted = [heading for derived in profile.columns.values() for heading in derived.headings]
    wanted += [heading for test in (*profile.leave_out, *profile.findings) for heading in test.headings]
    used = {heading: present[normal(heading)] for heading in wanted if normal(heading) in present}
    others = {
        heading or f"c{position}": position
        for position, heading in enumerate(sheet.headings)
        if position not in used.values()
    }
    absent = [heading for heading in dict.fromkeys(wanted) if heading not in used]
    positions = used | {heading: position for heading, position in others.items() if heading not in used}
    return sheet.frame.select(
        *(_trimmed(f"c{position}", profile.reads.missing).alias(name) for name, position in positions.items()),
        *(pl.lit(None, dtype=pl.String()).alias(heading) for heading in absent),
        pl.col(ROW),
    )


def _trimmed(name: str, missing: tuple[str, ...]) -> pl.Expr:
    text = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(~text.is_in(["", *missing])).then(text)


def _leave_out(foreign: pl.DataFrame, profile: Profile) -> tuple[pl.DataFrame, tuple[LeftOut, ...]]:
    left_out: list[LeftOut] = []
    for test in profile.leave_out:
        meant = foreign.select(ROW, meant=_meant(test, foreign), first=_first(test, foreign))
        for row, _, first in meant.filter(pl.col("meant")).iter_rows():
            named = Text(f"{test.why.zh}（第{first}行）", f"{test.why.en} (row {first})")
            left_out.append(LeftOut(row, named if test.repeats else test.why.text))
        foreign = foreign.filter(~meant.get_column("meant"))
    return foreign, tuple(sorted(left_out, key=lambda one: one.row))


def _meant(test: Test, foreign: pl.DataFrame) -> pl.Expr:
    asked = filter_expression(test.when)
    for heading, pattern in test.matching.items():
        asked &= pl.col(heading).str.contains(pattern).fill_null(value=False)
    if test.same:
        left, right = test.same
        asked &= (pl.col(left) == pl.col(right)).fill_null(value=False)
    if test.repeats:
        asked &= pl.col(ROW) != _first(test, foreign)
    return asked


def _first(test: Test, foreign: pl.DataFrame) -> pl.Expr:
    """Return the number of the first row that is equal in every cell (the row itself where none is asked)."""
    if not test.repeats:
        return pl.col(ROW)
    cells = [name for name in foreign.columns if name != ROW and name not in test.ignoring]
    return pl.col(ROW).min().over(cells)


def _column(derived: Derived, foreign: pl.DataFrame, column: Column) -> pl.Expr:
    text = _source(derived, foreign)
    if derived.missing:
        text = pl.when(~text.is_in(list(derived.missing))).then(text)
    if derived.strip:
        text = text.str.replace_all(derived.strip, "")
    if derived.extract:
        text = text.str.extract(derived.extract, 1)
    if derived.values:
        text = _mapped(text, derived.values, keep=derived.otherwise == "keep")
    if derived.matching:
        text = _matched(text, derived.matching)
    value = _typed(text, derived, column)
    if derived.default is not None:
        value = value.fill_null(pl.lit(_spelt(derived.default)))
    return value


def _source(derived: Derived, foreign: pl.DataFrame) -> pl.Expr:
    if derived.constant is not None:
        return pl.lit(_spelt(derived.constant))
    if derived.join:
        # A part that is missing makes the whole missing: a date without its hour is no time.
        return pl.concat_str(list(derived.join), separator=derived.separator, ignore_nulls=False)
    if derived.digest:
        cells = pl.concat_str([pl.col(name).fill_null("") for name in derived.digest], separator=_DIGEST_SEPARATOR)
        return cells.map_batches(_digests, return_dtype=pl.String())
    return next(
        (pl.col(name) for name in derived.headings if not _absent(foreign, name)), pl.col(derived.headings[0])
    )


def _absent(foreign: pl.DataFrame, name: str) -> bool:
    return foreign.get_column(name).null_count() == foreign.height


def _digests(cells: pl.Series) -> pl.Series:
    """Return a stable key of each text: the same on every machine and with every version of polars."""
    return pl.Series(cells.name, [blake2b(text.encode(), digest_size=8).hexdigest() for text in cells.to_list()])


def _mapped(text: pl.Expr, values: Mapping[str, str | bool | float | None], *, keep: bool) -> pl.Expr:
    known, meanings = list(values), [None if value is None else _spelt(value) for value in values.values()]
    default = text if keep else None
    return text.replace_strict(known, meanings, default=default, return_dtype=pl.String())


def _matched(text: pl.Expr, patterns: Mapping[str, str | bool | float]) -> pl.Expr:
    result = pl.lit(None, dtype=pl.String())
    for pattern, value in reversed(list(patterns.items())):
        result = pl.when(text.str.contains(pattern)).then(pl.lit(_spelt(value))).otherwise(result)
    return result


def _typed(text: pl.Expr, derived: Derived, column: Column) -> pl.Expr:
    """Return dates by the profile's formats and numbers in the register's unit; other text as it is."""
    if derived.formats and column.type in {"date", "datetime"}:
        moments = [text.str.to_datetime(form, strict=False, time_unit="us") for form in derived.formats]
        # What fits no format stays text, so that checking can name it.
        written = "%Y-%m-%d" if column.type == "date" else "%Y-%m-%d %H:%M:%S"
        return pl.coalesce(moments).dt.strftime(written).fill_null(text)
    if derived.factor is not None:
        number = text.cast(pl.Float64, strict=False) * derived.factor
        return number.round(12).cast(pl.String).fill_null(text)
    return text


def _spelt(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _doubt(doubt: Doubt, foreign: pl.DataFrame, frame: pl.DataFrame, register: Register) -> pl.DataFrame:
    shown = [*doubt.matching, *(doubt.same or ()), *doubt.when][:2]
    value = pl.concat_str([pl.col(name).fill_null("") for name in shown] or [pl.lit("")], separator=" | ")
    key = pl.concat_str([pl.col(name).fill_null("") for name in register.key], separator=" · ")
    rows = foreign.select(ROW, value.alias("value"), meant=_meant(doubt, foreign))
    failed = rows.with_columns(frame.select(key.alias("key"))).filter(pl.col("meant"))
    wording = Wording(doubt.expected.text, doubt.why.text, doubt.mend.text)
    return on_rows(failed, rule=doubt.code, severity=doubt.severity, column=doubt.column or shown[0], wording=wording)
