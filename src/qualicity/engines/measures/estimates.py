"""Estimates: a value with its interval, what it rests on and how it was computed, for each place and period."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias

import numpy as np
import polars as pl

from qualicity.definitions.measures import Count, Coverage, Cut, Index, Mean, Measure, Per10k, Ratio, Share
from qualicity.engines.measures.profiles import air_means, worst_sections
from qualicity.engines.measures.rollup import KEYS, Members, is_alone, roll_up
from qualicity.engines.measures.sources import Grain
from qualicity.engines.measures.strata import StratumSums, effective_size, mean_interval, share_interval
from qualicity.engines.measures.words import method_words, unweighted_words, weighted_words
from qualicity.errors import Text
from qualicity.methods.intervals import Interval, proportion_bounds, student

Origin = Literal["rows", "reported", "mixed"]
Key: TypeAlias = tuple[str, date, str | None]

_SUMS = ("n", "w", "wy", "ww", "wwy", "wwyy")
NO_ROWS = Text("该期没有数据", "there is no evidence for this period")
NOTHING_DUE = Text("该期没有应计对象，分母为零", "nothing was due in this period: the denominator is zero")
_UNSAID = Text("", "")
ONE_SIDE = Text("只有分子或分母一方有数据", "only the numerator or the denominator is known")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of one place in one period, in the unit of the indicator.

    ``low`` and ``high`` only for samples; ``n`` is the number of rows (of sections, of days) behind the value;
    ``reason`` says why there is no value. ``members`` are the places whose evidence speaks in it.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    numerator: float | None = None
    denominator: float | None = None
    method: Text = _UNSAID
    source: Origin | None = None
    reason: Text | None = None
    members: tuple[str, ...] = ()
    weighted: bool = False
    """Whether numerator and denominator are sums of design weights, to which counts cannot be added."""


NOTHING = Estimate(None, reason=NO_ROWS)


@dataclass(frozen=True, slots=True)
class Scale:
    """How a quotient becomes a figure: 100 for per cent, 10 000 for per 10 000; whether rows are a sample."""

    factor: float
    sample: bool


def scale_of(measure: Measure, *, unit: str, sample: bool) -> Scale:
    """Return the scale of a measure in the unit of its indicator."""
    if isinstance(measure, Per10k):
        return Scale(10_000.0, sample)
    per_cent = unit == "%" and isinstance(measure, Share | Ratio | Coverage | Cut)
    return Scale(100.0 if per_cent else 1.0, sample)


def estimates(
    measure: Measure, cells: pl.DataFrame, *, who: Members, scale: Scale, grain: Grain
) -> dict[Key, Estimate]:
    """Return the estimate of every place, period and part for which there are cells."""
    if cells.is_empty():
        return {}
    rolled = roll_up(measure, cells, who)
    if is_alone(measure):
        return air_estimates(measure, rolled, grain)
    if "section" in rolled.columns:
        rolled = worst_sections(rolled)
    if "stratum" in rolled.columns:
        return _strata_estimates(measure, rolled, scale)
    if scale.sample and isinstance(measure, Share):
        # All intervals at once: one by one they would take most of the time.
        low, high = proportion_bounds(rolled["k"].to_numpy(), rolled["n"].to_numpy())
        rolled = rolled.with_columns(low=pl.Series(low), high=pl.Series(high))
    return {
        (row["place"], row["period"], row["part"]): _one(measure, row, scale) for row in rolled.iter_rows(named=True)
    }


def air_estimates(measure: Measure, days: pl.DataFrame, grain: Grain) -> dict[Key, Estimate]:
    """Return the means of daily air values that the standard lets stand."""
    words = method_words(measure, sample=False)
    found: dict[Key, Estimate] = {}
    for key, mean in air_means(days, grain).items():
        value = None if math.isnan(mean.value) else settle(mean.value)
        found[key] = Estimate(
            value, n=mean.n_days, method=words, source="rows", reason=mean.reason, members=(key[0],)
        )
    return found


def settle(value: float) -> float:
    """Return the value without the trace that the order of adding leaves in its last binary digits.

    Sums of the same rows differ there from run to run; a tie in the rounding of a figure must not.
    """
    return float(f"{value:.12g}")


def _one(measure: Measure, row: Mapping[str, Any], scale: Scale) -> Estimate:
    """Return the estimate of one row of sums."""
    numerator, denominator, n = _quotient(measure, row)
    source: Origin = "rows"
    base = Estimate(
        None, n=n, numerator=numerator, denominator=denominator, source=source, members=tuple(sorted(row["members"]))
    )
    words = method_words(measure, sample=False)
    if denominator is None and not _is_count(measure):
        return replace(base, method=words, reason=ONE_SIDE)
    if numerator is None:
        return replace(base, method=words, reason=ONE_SIDE)
    value = quotient_value(measure, numerator, denominator, scale)
    if value is None:
        return replace(base, method=words, reason=NOTHING_DUE)
    if not scale.sample:
        return replace(base, value=value, method=words)
    ends, words = _interval(measure, row, numerator, denominator)
    return _with_interval(replace(base, value=value, method=words), ends, scale.factor)


def _is_count(measure: Measure) -> bool:
    return isinstance(measure, Count) or measure.kind == "worst_class"


def quotient_value(measure: Measure, numerator: float, denominator: float | None, scale: Scale) -> float | None:
    """Return the value of a quotient on its scale; None where the denominator is zero."""
    if _is_count(measure):
        return settle(numerator)
    if not denominator:
        return None
    share = numerator / denominator
    return settle((1.0 - share if isinstance(measure, Cut) else share) * scale.factor)


def _quotient(measure: Measure, row: Mapping[str, Any]) -> tuple[float | None, float | None, int]:
    """Return numerator, denominator and n of one row of sums; None for a side that is not known."""
    if isinstance(measure, Ratio | Per10k):
        above = row["numerator"] if row["numerator_known"] else None
        below = row["denominator"] if row["denominator_known"] else None
        return above, below, int(row["denominator_n"])
    if isinstance(measure, Cut):
        return row["amount"], row["base"] if row["base_known"] else None, int(row["amount_n"])
    if isinstance(measure, Mean | Index):
        return row["y"], float(row["n"]), int(row["n"])
    return float(row["k"]), float(row["n"]), int(row["n"])


def _interval(
    measure: Measure, row: Mapping[str, Any], numerator: float, denominator: float | None
) -> tuple[Interval | None, Text]:
    if isinstance(measure, Share) and denominator:
        words = method_words(measure, sample=True, n=denominator, k=numerator)
        return Interval(row["low"], row["high"]), words
    if isinstance(measure, Mean | Index):
        return student(row["n"], row["y"], row["yy"]), method_words(measure, sample=True)
    return None, method_words(measure, sample=False)


def _strata_estimates(measure: Measure, rolled: pl.DataFrame, scale: Scale) -> dict[Key, Estimate]:
    sums = [name for name in ("k", "missing", *_SUMS) if name in rolled.columns]
    listed = rolled.group_by(KEYS, maintain_order=True).agg(*sums, members=pl.col("members").explode().unique())
    found: dict[Key, Estimate] = {}
    plain: list[dict[str, Any]] = []
    for row in listed.iter_rows(named=True):
        if sum(row.get("missing") or ()):
            plain.append(row)
            continue
        strata = StratumSums(*(np.asarray(row[name], dtype=np.float64) for name in _SUMS))
        known = Estimate(
            settle(strata.mean * scale.factor),
            n=int(strata.n.sum()),
            numerator=float(strata.wy.sum()),
            denominator=float(strata.w.sum()),
            method=method_words(measure, sample=scale.sample),
            source="rows",
            members=tuple(sorted(row["members"])),
            weighted=True,
        )
        if "missing" in sums:
            known = replace(known, method=weighted_words(effect=known.n / effective_size(strata)))
        if scale.sample:
            ends = share_interval(strata) if isinstance(measure, Share) else mean_interval(strata)
            known = _with_interval(known, ends, scale.factor)
        found[row["place"], row["period"], row["part"]] = _within(measure, known)
    return found | _unweighted(measure, plain, scale) if plain else found


def _unweighted(measure: Measure, rows: list[dict[str, Any]], scale: Scale) -> dict[Key, Estimate]:
    """Return plain estimates of shares with rows that have no weight; where only some have none, it is said."""
    plain = measure.model_copy(update={"weight": None, "weight_when": "given"})
    n, k, missing = (np.array([int(sum(row[name])) for row in rows]) for name in ("n", "k", "missing"))
    low, high = proportion_bounds(k, n)
    found: dict[Key, Estimate] = {}
    for at, row in enumerate(rows):
        words = method_words(plain, sample=scale.sample, n=float(n[at]), k=float(k[at]))
        known = Estimate(
            settle(float(k[at] / n[at]) * scale.factor), n=int(n[at]), numerator=float(k[at]),
            denominator=float(n[at]), source="rows", members=tuple(sorted(row["members"])),
            method=words if missing[at] == n[at] else unweighted_words(words),
        )  # fmt: skip
        ends = Interval(float(low[at]), float(high[at])) if scale.sample else None
        found[row["place"], row["period"], row["part"]] = _with_interval(known, ends, scale.factor)
    return found


def _within(measure: Measure, known: Estimate) -> Estimate:
    """Keep the interval of an index on its scale."""
    if not isinstance(measure, Index) or known.low is None or known.high is None:
        return known
    return replace(known, low=max(0.0, known.low), high=min(100.0, known.high))


def _with_interval(known: Estimate, ends: Interval | None, factor: float) -> Estimate:
    if ends is None or math.isnan(ends.low) or math.isnan(ends.high):
        return known
    return replace(known, low=settle(ends.low * factor), high=settle(ends.high * factor))
