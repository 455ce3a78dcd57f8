"""Simulated spot checks: batches of products and food, each with its tested item, result, limit and conclusion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from qualicity.site.demonstration.enterprises import Enterprise, by_trade

if TYPE_CHECKING:
    from qualicity.site.demonstration.city import City

_ELSEWHERE = "模拟外地企业"
_LEVEL = {"national": "GJ", "province": "SJ", "city": "CJ", "county": "XJ"}


@dataclass(frozen=True, slots=True)
class Line:
    """One product line of the scenario: what is tested and how often it passes."""

    product: str
    category: str
    trade: str
    item: str
    unit: str
    limit: float
    key_food: bool
    certified: bool


def of_organisation(city: City, organisation: str, since: date, until: date) -> pl.DataFrame:
    """Return the rows of ``spot_check_batches`` that an organisation reports: one programme for each level."""
    return pl.concat(
        batches(
            city,
            since=since,
            until=until,
            level=programme["level"],
            count=programme["count"],
            food=programme["food"],
            publisher=programme["publisher"],
        )
        for programme in city.scenario["spot_check_programmes"]
        if programme["organisation"] == organisation
    )


def batches(
    city: City, *, since: date, until: date, level: str, count: int, food: bool, publisher: str
) -> pl.DataFrame:
    """Return ``count`` rows of ``spot_check_batches`` of one programme, concluded in a span."""
    random = city.stream("spot checks", level, since.isoformat(), "food" if food else "product")
    lines = [line for line in _lines(city) if line.key_food == food]
    chosen = random.integers(0, len(lines), count)
    line = [lines[position] for position in chosen]
    maker = _makers(city, random, line)
    kinds = random.choice(["routine", "evaluative", "targeted", "special"], size=count, p=[0.62, 0.2, 0.12, 0.06])
    qualified = random.random(count) < _rates(city, line, kinds, since.year, maker)
    undecided = random.random(count) < 0.004
    results = _results(random, line, qualified)
    places = [site.code for site in city.sites]
    days = random.integers(0, (until - since).days + 1, count)
    stamp = f"{_LEVEL[level]}{since:%Y%m}-{'F' if food else 'P'}"
    return pl.DataFrame(
        {
            "place": [one.place if one else str(random.choice(places)) for one in maker],
            "authority_level": [level] * count,
            "sampling_kind": kinds,
            "batch": [f"{stamp}-{number:05d}" for number in range(1, count + 1)],
            "product": [one.product for one in line],
            "product_category": [one.category for one in line],
            "key_food": [one.key_food for one in line],
            "certified": [one.certified for one in line],
            "local_maker": [one is not None for one in maker],
            "maker": [one.name if one else _ELSEWHERE for one in maker],
            "enterprise": [one.code if one else None for one in maker],
            "sampled_unit": [one.name if one else f"模拟商场{number % 40 + 1}号" for number, one in enumerate(maker)],
            "tested_item": [one.item for one in line],
            "result": results,
            "unit": [one.unit for one in line],
            "limit": [f"≤{one.limit:g}" for one in line],
            "conclusion": np.where(undecided, "undecided", np.where(qualified, "qualified", "unqualified")),
            "concluded_on": [since + timedelta(days=int(day)) for day in days],
            "publisher": [publisher] * count,
            "design_weight": pl.Series([None] * count, dtype=pl.Float64),
        }
    )


def _lines(city: City) -> tuple[Line, ...]:
    return tuple(Line(**row) for row in city.scenario["product_lines"])


def _makers(city: City, random: np.random.Generator, line: list[Line]) -> list[Enterprise | None]:
    """Draw a local maker of the right trade for three batches in four; the rest come from elsewhere."""
    makers = by_trade(city)
    local = random.random(len(line)) < 0.75
    picks = random.random(len(line))
    found: list[Enterprise | None] = []
    for one, is_local, pick in zip(line, local, picks, strict=True):
        known = makers.get(one.trade, []) if is_local else []
        found.append(known[int(pick * len(known))] if known else None)
    return found


def _rates(
    city: City, line: list[Line], kinds: npt.NDArray[np.str_], year: int, maker: list[Enterprise | None]
) -> npt.NDArray[np.float64]:
    """Return each batch's chance to pass: by year, line and maker, and lower where the sampling looks for trouble."""
    level = {
        (food, certified): city.level("spot_checks", name, year)
        for food, certified, name in (
            (True, False, "food"),
            (True, True, "food"),
            (False, True, "certified"),
            (False, False, "product"),
        )
    }
    base = np.array([level[one.key_food, one.certified] for one in line])
    usual = np.where(np.isin(kinds, ["targeted", "special"]), base - 0.03, base + 0.006)
    risk = np.array([one.risk if one else 1.0 for one in maker])
    passing: npt.NDArray[np.float64] = 1 - np.minimum((1 - usual) * risk, 1.0)
    return passing


def _results(random: np.random.Generator, line: list[Line], qualified: npt.NDArray[np.bool_]) -> list[str]:
    share = np.where(qualified, random.beta(2.0, 2.5, len(line)) * 0.95, 1.05 + random.gamma(1.5, 0.4, len(line)))
    return [f"{part * one.limit:.3g}" for part, one in zip(share, line, strict=True)]
