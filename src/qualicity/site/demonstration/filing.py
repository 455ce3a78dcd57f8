"""Writes rows into the kinds of file that offices really send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.definitions.registers import Register

Format = Literal["csv", "gb18030", "parquet", "xlsx"]
SUFFIX: dict[Format, str] = {"csv": ".csv", "gb18030": ".csv", "parquet": ".parquet", "xlsx": ".xlsx"}


def write(frame: pl.DataFrame, register: Register, target: Path, *, form: Format) -> Path:
    """Write rows under the register's headings (machine names in Parquet) and return the file."""
    if form == "parquet":
        frame.write_parquet(target, compression="zstd", compression_level=1)
        return target
    headed = frame.rename(
        {column.name: column.title.zh for column in register.columns if column.name in frame.columns}
    )
    if form == "xlsx":
        # Times as text: a workbook's number formats are the one thing that offices differ in most.
        headed.with_columns(pl.selectors.datetime().dt.strftime("%Y-%m-%d %H:%M")).write_excel(
            target, worksheet=register.title.zh[:31], autofit=False
        )
        return target
    text = headed.write_csv(datetime_format="%Y-%m-%d %H:%M", date_format="%Y-%m-%d")
    target.write_bytes(text.encode("gb18030" if form == "gb18030" else "utf-8-sig"))
    return target
