"""Profiles: values that are kept whole and judged by a method - days of air, sections of water."""

from __future__ import annotations

import math
from datetime import date
from typing import TypeAlias

import numpy as np
import polars as pl

from qualicity.definitions.periods import MONTHS
from qualicity.engines.measures.sources import Grain
from qualicity.errors import Text
from qualicity.methods.air import AnnualMean, annual_mean
from qualicity.methods.air.evaluation import FEBRUARY_NEEDS, MONTH_NEEDS
from qualicity.methods.water import UNKNOWN, WORSE_THAN_V, classify, round_items

Key: TypeAlias = tuple[str, date, str | None]


def air_means(days: pl.DataFrame, grain: Grain) -> dict[Key, AnnualMean]:
    """Return the mean of daily values of each place and period: of a year by HJ 663, else by its rule for months."""
    found: dict[Key, AnnualMean] = {}
    for (place, period, part), group in days.group_by(["place", "period", "part"], maintain_order=True):
        dates = group["date"].to_numpy().astype("datetime64[D]")
        values = group["value"].to_numpy().astype(np.float64)
        mean = annual_mean(dates, values) if grain == "year" else _months_mean(dates, values, grain)
        assert isinstance(place, str)
        assert isinstance(period, date)
        found[place, period, None if part is None else str(part)] = mean
    return found


def _months_mean(
    dates: np.ndarray[tuple[int], np.dtype[np.datetime64]],
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
    grain: Grain,
) -> AnnualMean:
    """Return the mean of a month, quarter or half-year, each month of which was measured on enough days."""
    months, counts = np.unique(dates.astype("datetime64[M]"), return_counts=True)
    wanted = MONTHS[grain]
    needs = [FEBRUARY_NEEDS if month.astype(int) % 12 == 1 else MONTH_NEEDS for month in months]
    twice = np.unique(dates).size < dates.size
    if not twice and months.size == wanted and all(counts >= needs):
        return AnnualMean(float(values.mean()), int(values.size), True, None)
    reason = (
        Text("同一天有多个日均值", "a day has more than one daily value")
        if twice
        else Text(f"有效日均值只有{values.size}天，不足以代表该期", f"only {values.size} valid daily values: too few")
    )
    return AnnualMean(math.nan, int(values.size), False, reason)


def worst_sections(sections: pl.DataFrame) -> pl.DataFrame:
    """Return by place and period n sections that could be classified and k of them worse than class V.

    The mean of each item over the period is rounded as published, then classified. Source: 环办〔2011〕22号, 3.1.
    """
    items = [name.removeprefix("n_") for name in sections.columns if name.startswith("n_")]
    means = {}
    for item in items:
        count, total = sections[f"n_{item}"].to_numpy(), sections[f"s_{item}"].to_numpy()
        means[item] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    classes = classify(round_items(means), sections["lake"].to_numpy() > 0)
    graded = sections.with_columns(grade=pl.Series(classes)).filter(pl.col("grade") != UNKNOWN)
    keys = ["place", "period", "part"]
    counted = graded.group_by(keys, maintain_order=True).agg(
        n=pl.len(), k=(pl.col("grade") == WORSE_THAN_V).sum(), members=pl.col("members").explode().unique()
    )
    return counted.sort(keys)
