"""Findings that need the register's history or the profile: doubled keys, rows left out; and all in one frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from qualicity.engines.tables.findings import FINDING_SCHEMA

if TYPE_CHECKING:
    from qualicity.definitions.registers import Register
    from qualicity.engines.tables.places import Places
    from qualicity.engines.tables.reading import Table

_ORDER = {"error": 0, "warning": 1, "note": 2}


def in_one_frame(*frames: pl.DataFrame) -> pl.DataFrame:
    """Return all findings in one frame: errors first, then warnings, then notes; each by row."""
    whole = (
        pl.concat([frame.select(_typed(frame)) for frame in frames if frame.height], how="vertical")
        if any(frame.height for frame in frames)
        else pl.DataFrame(schema=FINDING_SCHEMA)
    )
    rank = pl.col("severity").replace_strict(_ORDER, default=3)
    return whole.sort(rank, "row", "rule", nulls_last=True, maintain_order=True)


def _typed(frame: pl.DataFrame) -> list[pl.Expr]:
    return [
        (pl.col(name) if name in frame.columns else pl.lit(None).alias(name)).cast(dtype)
        for name, dtype in FINDING_SCHEMA.items()
    ]


def doubled_keys(rows: pl.DataFrame, register: Register, history: pl.LazyFrame | None) -> pl.DataFrame:
    """Return a warning for each row whose key stands in the register already."""
    if history is None or rows.is_empty():
        return pl.DataFrame(schema=FINDING_SCHEMA)
    keys = list(register.key)
    known = history.select(*keys, pl.col("submission_id").alias("_known")).unique(subset=keys, keep="first")
    hits = rows.lazy().select(*keys, "row_number").join(known, on=keys, how="inner", nulls_equal=True).collect()
    if hits.is_empty():
        return pl.DataFrame(schema=FINDING_SCHEMA)
    key = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in keys], separator=" · ")
    number = pl.col("_known").cast(pl.String)
    return hits.select(
        rule=pl.lit("doubled_key"),
        severity=pl.lit("warning"),
        row=pl.col("row_number").cast(pl.Int32),
        key=key,
        column=pl.lit(keys[0]),
        value=key,
        expected_zh=pl.lit("台账中没有的主键"),
        expected_en=pl.lit("a key that is not in the register yet"),
        why_zh=pl.lit("这一行的主键已由报送 ") + number + pl.lit(" 报过，接收后会重复计数。"),
        why_en=pl.lit("Submission ") + number + pl.lit(" already filed this key; accepted twice, it counts twice."),
        mend_zh=pl.lit("如是修改原数据，请改为更正该报送；如确为两条记录，请书面说明。"),
        mend_en=pl.lit("To change what was filed, file a correction; if both are real, explain in writing."),
    )


def rows_of_others(rows: pl.DataFrame, register: Register, own: str, places: Places) -> pl.DataFrame:
    """Return an error for each row of a place of the city that is neither the unit's own nor inside it.

    ``own`` is the unit's place, empty for one that answers for the whole city; places outside the city are kept.
    """
    if not own or rows.is_empty():
        return pl.DataFrame(schema=FINDING_SCHEMA)
    others = sorted(set(places.codes) - set(places.under(own)))
    place = pl.col(register.place)
    key = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in register.key], separator=" · ")
    title = places.titles.get(own, own)
    return rows.filter(place.is_in(others)).select(
        rule=pl.lit("place_of_another"),
        severity=pl.lit("error"),
        row=pl.col("row_number").cast(pl.Int32),
        key=key,
        column=pl.lit(register.place),
        value=place,
        expected_zh=pl.lit(f"本地区：{title}（{own}）"),
        expected_en=pl.lit(f"the unit's own place: {own}"),
        why_zh=pl.lit("县（市、区）只报送本地区的数据，这一行属于其他地区。"),
        why_en=pl.lit("A county reports its own data; this row is another place's."),
        mend_zh=pl.lit("删去这一行，或改正地区；其他地区的数据由该地区报送。"),
        mend_en=pl.lit("Take the row out or mend its place; the other place reports its own."),
    )


def left_out_rows(table: Table) -> pl.DataFrame:
    """Return a note for each row that the profile leaves out, with its reason."""
    if not table.left_out:
        return pl.DataFrame(schema=FINDING_SCHEMA)
    count = len(table.left_out)
    blank = [""] * count
    return pl.DataFrame(
        {
            "rule": ["left_out"] * count,
            "severity": ["note"] * count,
            "row": [one.row for one in table.left_out],
            "key": blank,
            "column": blank,
            "value": blank,
            "expected_zh": blank,
            "expected_en": blank,
            "why_zh": [one.why.zh for one in table.left_out],
            "why_en": [one.why.en for one in table.left_out],
            "mend_zh": blank,
            "mend_en": blank,
        },
        schema=FINDING_SCHEMA,
    )
