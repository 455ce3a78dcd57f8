"""What a risk model may know of a check before it is made. Who sampled, tested or published it is not read at all.

Chicago's own model owed more than half of its gain to knowing who would inspect; such a score ranks inspectors, not
enterprises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl
from django.db.models import F, Q

from qualicity.commons.registry import queries as registry
from qualicity.errors import Text
from qualicity.evidence.submissions import queries as submissions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

READ = (
    "batch", "place", "product_category", "key_food", "certified", "local_maker", "maker", "enterprise",
    "sampled_unit", "conclusion", "concluded_on",
)  # fmt: skip
"""The columns of the register that are read. ``batch`` only keeps the order the same; whether the sampled unit is the
maker tells the stage."""

NUMBERS = ("checks_before", "failures_before", "years_since", "age")
FLAGS = ("failed_last", "never_checked", "not_registered", "local_maker", "key_food", "certified", "production")
CHOICES = ("place", "industry", "category")
LOGARITHMS = frozenset({"checks_before", "failures_before", "age"})
"""Numbers of which the logarithm of 1 + the number is taken: the tenth failure tells less than the first."""
FEATURES = (*NUMBERS, *FLAGS, *CHOICES)

OF_THE_CHECK = frozenset({"key_food", "certified", "production", "category", "local_maker"})
"""What belongs to the product and stage of a check: alike for all that are drawn for one line of a plan."""

TITLES: Mapping[str, Text] = {
    "checks_before": Text("近年检查次数（每过一年折半）", "checks in recent years (halved with each year)"),
    "failures_before": Text("近年不合格次数（每过一年折半）", "failures in recent years (halved with each year)"),
    "years_since": Text("距上次检查的年数（至多 3 年）", "years since the last check (3 at most)"),
    "age": Text("成立年数", "years in business"),
    "failed_last": Text("上次检查不合格", "failed at the last check"),
    "never_checked": Text("从未检查过", "never checked"),
    "not_registered": Text("企业库中没有", "not in the register of enterprises"),
    "local_maker": Text("本市生产企业", "local maker"),
    "key_food": Text("重点食品", "key food"),
    "certified": Text("CCC 获证产品", "holds a CCC certificate"),
    "production": Text("生产环节抽样", "sampled at the maker's"),
    "place": Text("地区", "place"),
    "industry": Text("行业", "industry"),
    "category": Text("产品类别", "product category"),
}
"""What the features are called."""

HALF_LIFE, LONGEST = 365.0, 3.0
FEWEST = 30
"""How many checks a place, industry or category needs for a column of its own."""
OLDER_CODE, FEW_CODES = 9, 10_000
"""Length of an organisation code, and how many a database is asked for by name."""
_EPOCH = 719163  # date(1970, 1, 1).toordinal(): polars counts days from there


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns in a fixed order: for each feature of FEATURES one, or one for each of its ``levels``."""

    levels: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """Return ``feature`` or ``feature=level`` for each column."""
        return (*NUMBERS, *FLAGS, *(f"{one}={level}" for one in CHOICES for level in self.levels[one]))

    @property
    def flags(self) -> npt.NDArray[np.bool_]:
        """Return which columns are 0 or 1."""
        return np.array([name not in NUMBERS for name in self.names])

    def values(self, frame: pl.DataFrame) -> npt.NDArray[np.float64]:
        """Return rows by columns; NaN where a number is not known."""
        asked = [pl.col(one).cast(pl.Float64) for one in (*NUMBERS, *FLAGS)]
        asked += [
            (pl.col(one) == level).fill_null(value=False).cast(pl.Float64).alias(f"{one}={level}")
            for one in CHOICES
            for level in self.levels[one]
        ]
        return frame.select(asked).to_numpy().astype(np.float64)


def columns_for(frame: pl.DataFrame) -> Columns:
    """Return the columns that a model gets which is fitted to these checks."""
    return Columns(
        {
            one: tuple(
                sorted(
                    level
                    for level, n in frame.select(one).drop_nulls().to_series().value_counts().iter_rows()
                    if n >= FEWEST
                )
            )
            for one in CHOICES
        }
    )


def checks(*, until: date) -> pl.DataFrame:
    """Return the concluded checks up to a day, the earliest first, each with what was known before its day.

    ``failed`` is 1 or 0; beside the features stand ``concluded_on``, ``day`` (a whole number) and ``stage``.
    """
    rows = _rows(until)
    asked = rows.select("row", "uscc", "day")
    known = _of_enterprises(rows.join(_history(rows, asked), on="row"), _enterprises())
    return known.sort("day", "batch", maintain_order=True)


def enterprises_on(day: date, *, only: str = "", every: int = 1) -> pl.DataFrame:
    """Return every enterprise, or one and each n-th beside it, with what is known of it before a day."""
    rows, found = _rows(day), _enterprises(only, every)
    asked = found.select(
        "uscc", pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        pl.lit(day.toordinal() - _EPOCH, dtype=pl.Int64).alias("day"), pl.col("at").alias("place"),
    )  # fmt: skip
    return _of_enterprises(asked.join(_history(rows, asked.select("row", "uscc", "day")), on="row"), found)


def _rows(until: date) -> pl.DataFrame:
    """Return the concluded batches up to a day, with the code of the enterprise that the registry knows."""
    scanned = submissions.scan("spot_check_batches")
    if scanned is None:
        return _rows_of(pl.LazyFrame(schema=dict.fromkeys(READ, pl.String)), until).clear()
    return _rows_of(scanned, until)


def _rows_of(scanned: pl.LazyFrame, until: date) -> pl.DataFrame:
    rows = (
        scanned.select(READ)
        .with_columns(
            pl.col("concluded_on").cast(pl.Date), pl.col(["local_maker", "key_food", "certified"]).cast(pl.Boolean)
        )
        .filter(pl.col("concluded_on") <= until, pl.col("conclusion").is_in(["qualified", "unqualified"]))
        .collect()
        .sort("concluded_on", "batch")
    )
    older = pl.col("enterprise").str.len_chars() == OLDER_CODE
    codes = _codes(rows.filter(older)["enterprise"].unique().to_list())
    return (
        rows.join(codes, left_on="enterprise", right_on="old", how="left", maintain_order="left")
        .with_columns(uscc=pl.when(older).then("uscc").otherwise("enterprise"))
        .with_columns(
            failed=(pl.col("conclusion") == "unqualified").cast(pl.Float64),
            day=pl.col("concluded_on").cast(pl.Int32).cast(pl.Int64),
            category=pl.col("product_category"),
            production=(pl.col("maker") == pl.col("sampled_unit")).fill_null(value=False),
            row=pl.int_range(pl.len(), dtype=pl.UInt32),
        )
        .with_columns(
            stage=pl.when(pl.col("sampled_unit").is_null())
            .then(pl.lit("unknown"))
            .otherwise(pl.when("production").then(pl.lit("production")).otherwise(pl.lit("circulation")))
        )
    )


def _history(rows: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """Return for each row of ``asked`` (row, uscc, day) what earlier days told of its enterprise."""
    first = rows["day"].min() if rows.height else 0
    grown = (2.0 ** ((pl.col("day") - first) / HALF_LIFE)).alias("grown")
    events = (
        rows.filter(pl.col("uscc").is_not_null())
        .group_by("uscc", "day")
        .agg(pl.len().alias("n"), pl.col("failed").sum().alias("bad"))
        .sort("uscc", "day")
        .with_columns(grown)
        .select(
            "uscc", pl.col("day").alias("last_day"), (pl.col("bad") > 0).alias("failed_last"),
            (pl.col("n") * pl.col("grown")).cum_sum().over("uscc").alias("n"),
            (pl.col("bad") * pl.col("grown")).cum_sum().over("uscc").alias("bad"),
        )
        .sort("last_day", "uscc")
    )  # fmt: skip
    found = (
        asked.with_columns((pl.col("day") - 1).alias("before"), grown)
        .sort("before", "row")
        .join_asof(events, left_on="before", right_on="last_day", by="uscc", check_sortedness=False)
    )
    return found.select(
        "row",
        checks_before=(pl.col("n") / pl.col("grown")).fill_null(0.0).log1p(),
        failures_before=(pl.col("bad") / pl.col("grown")).fill_null(0.0).log1p(),
        years_since=((pl.col("day") - pl.col("last_day")) / 365.0).clip(0.0, LONGEST).fill_null(0.0),
        failed_last=pl.col("failed_last").fill_null(value=False),
        never_checked=pl.col("last_day").is_null(),
    )


def _of_enterprises(frame: pl.DataFrame, enterprises: pl.DataFrame) -> pl.DataFrame:
    """Add what the registry knows of the enterprise of each row; an age that is not known stays empty."""
    joined = frame.join(enterprises, on="uscc", how="left", maintain_order="left")
    years = (pl.col("day") - pl.col("registered")).clip(0, None) / 365.0
    return joined.with_columns(age=years.log1p(), not_registered=pl.col("at").is_null())


def _enterprises(only: str = "", every: int = 1) -> pl.DataFrame:
    """Return the registry: code, place, industry section, day of registration; see ``enterprises_on``."""
    asked = registry.enterprises()
    if every > 1:
        asked = asked.alias(turn=F("pk") % every).filter(Q(turn=0) | Q(uscc=only))
    found = asked.values_list("uscc", "place", "industry", "registered_on")
    schema = {"uscc": pl.String, "at": pl.String, "industry": pl.String, "registered_on": pl.Date}
    return pl.DataFrame(list(found.iterator(chunk_size=20_000)), schema=schema, orient="row").select(
        "uscc",
        "at",
        pl.col("industry").str.slice(0, 1),
        registered=pl.col("registered_on").cast(pl.Int32).cast(pl.Int64),
    )


def _codes(older: list[str]) -> pl.DataFrame:
    """Return the credit code for each organisation code of before 2015 that one enterprise alone has."""
    asked = registry.enterprises()
    if len(older) <= FEW_CODES:
        asked = asked.filter(organisation_code__in=older)
    schema = {"old": pl.String, "uscc": pl.String}
    found = list(asked.values_list("organisation_code", "uscc").iterator(chunk_size=20_000)) if older else []
    return pl.DataFrame(found, schema=schema, orient="row").filter(pl.col("old") != "").unique("old", keep="none")
