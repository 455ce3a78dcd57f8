"""From the cells of places to sums of whole places: which rows speak for a county, a zone and the city."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import polars as pl

from qualicity.definitions.measures import Cut, Index, Mean, Measure, Per10k, Ratio, Share, WorstClass
from qualicity.definitions.plans import Place

#: What tells the sums of one estimate apart; ``part`` is null where rows are not told apart.
KEYS = ("place", "period", "part")


@dataclass(frozen=True, slots=True)
class Members:
    """Which places' rows speak for which place: pairs of a place and the place that it belongs to (or is)."""

    pairs: pl.DataFrame
    known: frozenset[str]

    def of(self, place: str) -> tuple[str, ...]:
        """Return the places whose rows speak for a place, in order."""
        return tuple(sorted(self.pairs.filter(pl.col("place") == place)["member"].to_list()))


def members(places: Iterable[Place], *, kinds: Collection[str] = (), alone: bool = False) -> Members:
    """Return who speaks for whom: a place for itself and for those that hold it.

    ``kinds`` narrows the members to districts, counties or zones. ``alone``: nobody speaks for others (the air of
    a city is measured for the city; it is no sum of its counties).
    """
    every = {place.code: place for place in places}
    pairs: list[tuple[str, str]] = []
    for place in every.values():
        if kinds and place.kind not in kinds:
            continue
        pairs.append((place.code, place.code))
        above = place.parent
        while above is not None and not alone:
            pairs.append((place.code, above))
            above = every[above].parent if above in every else None
    frame = pl.DataFrame(pairs, schema={"member": pl.String, "place": pl.String}, orient="row")
    return Members(frame, frozenset(every))


def is_alone(measure: Measure) -> bool:
    """Return whether a measure's places cannot be added up."""
    return isinstance(measure, Mean) and measure.method == "annual_air"


def outside(cells: pl.DataFrame, who: Members) -> pl.DataFrame:
    """Return by period how many rows lie in places that the plan does not know: ``period``, ``outside``."""
    strange = cells.filter(~pl.col("place").is_in(list(who.known)))
    return strange.group_by("period").agg(outside=_rows(cells.columns).cast(pl.Int64)).sort("period")


def _rows(columns: Collection[str]) -> pl.Expr:
    """Return how many rows some cells stand for."""
    if "denominator_rows" in columns:
        return pl.max_horizontal("numerator_rows", "denominator_rows").sum()
    counted = [name for name in ("rows", "n") if name in columns]
    return pl.col(counted[0]).sum() if counted else pl.len()


def roll_up(measure: Measure, cells: pl.DataFrame, who: Members) -> pl.DataFrame:
    """Return the cells summed for each place: KEYS, what else tells them apart, and the sums of the kind.

    Shares, means, indices and counts add up as they are. Where two sides meet (ratio, cut) places that reported only
    one of them are left out, unless no place reported both: then the sides stand at different levels and each is
    summed by itself.
    """
    frame = cells if "part" in cells.columns else cells.with_columns(part=pl.lit(None, pl.String))
    if isinstance(measure, Cut):
        frame = _with_base(frame, measure)
    elif isinstance(measure, Ratio | Per10k):
        frame = _with_sides(frame, counts=measure.numerator.column is None)
    frame = frame.rename({"place": "member"}).join(who.pairs, on="member", how="inner")
    if "both" in frame.columns:
        frame = frame.filter(pl.col("both") | ~pl.col("both").any().over(KEYS))
    if is_alone(measure):
        return frame.drop("member")
    apart = [*KEYS, *_apart(measure)]
    sums = [name for name in frame.columns if name not in {*apart, "member", "both", "lake"}]
    totals = [pl.col(name).sum() for name in sums]
    lake = [pl.col("lake").max()] if "lake" in frame.columns else []
    return frame.group_by(apart).agg(*totals, *lake, members=pl.col("member").unique()).sort(apart)


def _apart(measure: Measure) -> tuple[str, ...]:
    if isinstance(measure, WorstClass):
        return ("section",)
    weighted = isinstance(measure, Share | Index) and (measure.weight is not None or measure.stratum is not None)
    if weighted or (isinstance(measure, Mean) and measure.method == "weighted"):
        return ("stratum",)
    return ()


def _known(prefix: str) -> pl.Expr:
    """Return whether a total is known: rows were reported, and of those that it keeps some have a value."""
    rows = pl.col(f"{prefix}_rows") > 0
    return rows & ((pl.col(f"{prefix}_hits") == 0) | (pl.col(f"{prefix}_n") > 0))


def _with_sides(cells: pl.DataFrame, *, counts: bool) -> pl.DataFrame:
    """Mark cells that know both sides; where rows are counted, a place without rows has none of them.

    That holds in periods for which the register speaks at all: missing is not zero.
    """
    above = _known("numerator")
    if counts:
        above |= (pl.col("numerator_rows").sum().over("period") > 0) & (pl.col("numerator_rows") == 0)
    frame = cells.with_columns(numerator_known=above, denominator_known=_known("denominator"))
    frame = frame.filter(pl.col("numerator_known") | pl.col("denominator_known"))
    return frame.with_columns(both=pl.col("numerator_known") & pl.col("denominator_known"))


def _with_base(cells: pl.DataFrame, measure: Cut) -> pl.DataFrame:
    """Put the same period of the base year beside each period."""
    known = cells.rename({"rows": "amount_rows"}).filter(_known("amount"))
    base = known.filter(pl.col("period").dt.year() == measure.base_year)
    base = base.select(
        "place", "part", month=pl.col("period").dt.month(), base=pl.col("amount"), base_known=pl.lit(True)
    )
    frame = known.with_columns(month=pl.col("period").dt.month(), amount_known=pl.lit(True))
    joined = frame.join(base, on=["place", "part", "month"], how="left", nulls_equal=True).drop("month")
    # A place that had emissions in the base year and reports none now is not one without emissions.
    return joined.with_columns(
        pl.col("base").fill_null(0.0),
        pl.col("base_known").fill_null(False),
        both=pl.col("base_known").fill_null(False),
    )
