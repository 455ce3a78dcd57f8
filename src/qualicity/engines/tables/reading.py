"""A stranger's file as a table of one register's columns, with everything noted that was found on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.profiles import Profile, Reads
from qualicity.definitions.registers import Register
from qualicity.engines.tables import findings
from qualicity.engines.tables.delimited import read_delimited
from qualicity.engines.tables.findings import Note, Wording
from qualicity.engines.tables.guards import Kind, inspect
from qualicity.engines.tables.headings import Matching, looks_like, match
from qualicity.engines.tables.places import Places
from qualicity.engines.tables.profiling import LeftOut, derive
from qualicity.engines.tables.schemas import ROW, SUBMISSION
from qualicity.engines.tables.sheets import Sheet, fit_of
from qualicity.engines.tables.workbooks import read_workbook
from qualicity.errors import FileError, Text, WrongFileError


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds for one register.

    ``frame``: text or typed cells under the register's column names, with ``row_number`` as the person sees it;
    ``headings``: as they stand in the file; ``header_row``: 0 where the file has none; ``left_out``: rows that the
    profile keeps out; ``notes``: findings made while reading, in the columns of ``findings``; ``missing``: required
    columns that the file does not have.
    """

    frame: pl.DataFrame
    headings: tuple[str, ...]
    kind: Kind
    sheet: str
    left_out: tuple[LeftOut, ...]
    notes: pl.DataFrame
    header_row: int = 1
    missing: tuple[str, ...] = ()


def read_file(
    path: Path,
    *,
    register: Register,
    profile: Profile | None = None,
    places: Places,
    original_name: str = "",
    max_bytes: int | None = None,
    registers: Iterable[Register] | None = None,
) -> Table:
    """Read a file of any accepted kind for a register, by a profile where its headings are foreign.

    ``places`` is here so that a caller cannot forget it for checking; reading itself asks nothing of it.
    ``registers`` are compared where the file does not fit (default: all that are defined). Raises FileError for what
    cannot be read and WrongFileError for what was made for another register.
    """
    assert places.city, "places of a city are needed to judge the rows later"
    kind = inspect(path, name=original_name, max_bytes=max_bytes)
    _check_format(kind, profile)
    sheet = open_sheet(path, kind, register=register, profile=profile)
    if profile is not None:
        return _by_profile(sheet, kind, profile, register)
    return _by_headings(sheet, kind, register, registers)


def open_sheet(path: Path, kind: Kind, *, register: Register, profile: Profile | None = None) -> Sheet:
    """Return the sheet of a file that ``inspect`` let in, as it stands: no column of the register's chosen yet."""
    reads = profile.reads if profile is not None else Reads()
    fit = fit_of(register, profile)
    if kind == "csv":
        return read_delimited(path, reads=reads, fit=fit)
    if kind == "parquet":
        return _parquet(path)
    names = (register.code, register.title.zh, register.title.en)
    return read_workbook(path, reads=reads, fit=fit, names=names)


def _parquet(path: Path) -> Sheet:
    try:
        frame = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise FileError(
            f"Parquet 文件无法读取（{error}）。", f"The Parquet file cannot be read ({error})."
        ) from error
    headings = tuple(frame.columns)
    nested = [name for name, dtype in frame.schema.items() if dtype.is_nested() or dtype in (pl.Binary, pl.Object)]
    if nested:
        listed = "、".join(nested)
        raise FileError(f"Parquet 列须为单值：{listed}。", f"Columns of a Parquet file must be plain: {listed}.")
    columns = [pl.col(name).alias(f"c{position}") for position, name in enumerate(headings)]
    numbers = pl.int_range(2, frame.height + 2, dtype=pl.Int32()).alias(ROW)
    return Sheet(frame.select(*columns, numbers), headings, 1)


def _check_format(kind: Kind, profile: Profile | None) -> None:
    wanted = profile.reads.format if profile is not None else "any"
    fits = {"any": True, "csv": kind == "csv", "workbook": kind in ("xlsx", "xls"), "parquet": kind == "parquet"}
    if not fits[wanted]:
        assert profile is not None
        raise WrongFileError(
            f"“{profile.title.zh}”读取的是{wanted}文件，这是{kind}文件。",
            f"“{profile.title.en}” reads {wanted} files; this is {kind}.",
        )


def _by_profile(sheet: Sheet, kind: Kind, profile: Profile, register: Register) -> Table:
    if sheet.frame.is_empty():
        raise _only_headings()
    derived = derive(sheet, profile, register)
    notes = [findings.from_notes(sheet.notes), derived.findings]
    return Table(
        frame=derived.frame,
        headings=sheet.headings,
        kind=kind,
        sheet=sheet.name,
        left_out=derived.left_out,
        notes=findings.together(notes),
        header_row=sheet.header_row,
    )


def _by_headings(sheet: Sheet, kind: Kind, register: Register, registers: Iterable[Register] | None) -> Table:
    matching = match(sheet.headings, register)
    if matching.missing:
        _check_register(sheet, matching, register, registers)
    if matching.doubled:
        listed = "、".join(register.column(name).title.zh for name in matching.doubled)
        raise FileError(
            f"有重复的列：{listed}。请只保留一列。", f"Columns stand there twice: {listed}. Keep one of each."
        )
    if sheet.frame.is_empty():
        raise _only_headings()
    columns = [pl.col(f"c{position}").alias(name) for name, position in matching.columns.items()]
    notes = [*sheet.notes, *_unknown(sheet, matching), *_missing(sheet, matching, register)]
    return Table(
        frame=sheet.frame.select(*columns, ROW),
        headings=sheet.headings,
        kind=kind,
        sheet=sheet.name,
        left_out=(),
        notes=findings.from_notes(notes),
        header_row=sheet.header_row,
        missing=matching.missing,
    )


def _check_register(
    sheet: Sheet, matching: Matching, register: Register, registers: Iterable[Register] | None
) -> None:
    """Refuse a file that another register fits whole, or that does not fit this one by half."""
    others = catalogue().registers.values() if registers is None else registers
    like = looks_like(sheet.headings, (other for other in others if other.code != register.code))
    if like is None and matching.fits:
        return
    hint_zh = f"看起来像“{like.title.zh}”（{like.code}）。" if like else "请下载本台账的模板对照。"
    hint_en = (
        f"It looks like “{like.title.en}” ({like.code})." if like else "Compare it with this register's template."
    )
    missing = "、".join(register.column(name).title.zh for name in matching.missing)
    missing_en = ", ".join(register.column(name).title.en for name in matching.missing)
    raise WrongFileError(
        f"这个文件不是“{register.title.zh}”：缺少必填列{missing}。{hint_zh}",
        f"This file is not “{register.title.en}”: it lacks the required columns {missing_en}. {hint_en}",
    )


def _unknown(sheet: Sheet, matching: Matching) -> list[Note]:
    wording = Wording(
        Text("模板中的列名", "a heading of the template"),
        Text("这个台账没有这一列，内容未读取", "the register has no such column; what stands in it was not read"),
        Text("核对列名；多余的列可以删去", "check the heading; a column that is not needed may go"),
    )
    return [
        Note("unknown_heading", "warning", sheet.header_row or None, heading, heading, wording)
        for _, heading in matching.unknown
        if heading not in (SUBMISSION, ROW)  # our own exports bring these along
    ]


def _missing(sheet: Sheet, matching: Matching, register: Register) -> list[Note]:
    notes = []
    for name in matching.missing:
        title = register.column(name).title
        wording = Wording(
            Text(f"列“{title.zh}”", f"a column “{title.en}”"),
            Text("缺少必填列，所有行都不能接收", "a required column is missing: no row can be taken"),
            Text("补上这一列，列名照模板", "add the column under the template's heading"),
        )
        notes.append(Note("missing_heading", "error", sheet.header_row or None, name, "", wording))
    return notes


def _only_headings() -> FileError:
    return FileError(
        "文件只有表头，没有数据行。确无数据的，请由办公室关闭本期并说明原因。",
        "There are headings but no rows. If there is nothing to report, have the office close the period.",
    )
