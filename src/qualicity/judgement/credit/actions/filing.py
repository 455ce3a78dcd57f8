"""Opening credit files: a number for every enterprise without one, handed in through the ordinary door."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry.queries import moment
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import parse
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.submissions import actions as submissions
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.queries.filing import ENTERPRISES, KEYS, lacking

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.submissions.models import Submission


def open_files(
    *, organisation: str, by: Person, place: str = "", register: str = ENTERPRISES, on: date | None = None
) -> Submission:
    """Open a file for everything without one, as a submission of ``organisation`` that others still accept.

    The number of a file is the place and the organisation code, so that opening twice gives the same. A county opens
    its own. NotPossibleError where nothing lacks a file; what ``receive`` raises otherwise.
    """
    if register not in KEYS:
        raise InputError(f"台账“{register}”没有建档。", f"The register “{register}” has no files to open.")
    unit = accounts.organisation(organisation)
    accounts.check(by, permissions.MANAGE, organisation=unit)
    day = on or moment().date()
    found = lacking(register=register, place=unit.place if unit.is_local else place, on=day, by=by)
    if found.is_empty():
        raise NotPossibleError("没有尚未建档的对象。", "There is nothing without a file.")
    opened = {"file_opened_on": pl.lit(day), "recorded_on": pl.lit(day)}
    if register == ENTERPRISES:
        older = pl.col("enterprise").str.replace_all("-", "", literal=True)
        inner = pl.when(older.str.len_chars() == 18).then(older.str.slice(8, 9)).otherwise(older)
        opened["file_number"] = pl.col("file_number").fill_null(pl.concat_str("place", pl.lit("-"), inner))
    titles = {one.name: one.title.zh for one in catalogue().registers[register].columns}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "files.csv"
        found.with_columns(**opened).rename(titles).write_csv(path, include_bom=True)
        period = parse(f"{day.year}Q{(day.month + 2) // 3}")
        return submissions.receive(
            register=register, organisation=unit, period=period, file=path, name=f"建档-{unit.code}-{day}.csv",
            by=by, channel="page",
        )  # fmt: skip
