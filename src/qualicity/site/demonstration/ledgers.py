"""Simulated ledgers: things that exist for years and are recorded again when something about them changes."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from qualicity.site.demonstration.enterprises import enterprises, gtin

if TYPE_CHECKING:
    from qualicity.definitions.periods import Period
    from qualicity.site.demonstration.city import City

Days = npt.NDArray[np.datetime64]

#: Days before the end of a certificate on which the next one is issued.
_RENEWED_BEFORE = 100
_NEVER = np.datetime64("2099-12-31", "D")
_INDUSTRY = {"食品": "C", "饮料": "C", "商贸": "F", "餐饮": "H", "物流": "G", "建筑": "E", "软件": "I"}


def enterprise_files(city: City, period: Period) -> pl.DataFrame:
    """Return the rows of ``enterprises`` recorded in the period: new, with a file now, or closed."""
    return _recorded(
        city, _enterprise_files(city), period, begins="registered_on", changes="file_opened_on", ends="closed_on"
    ).select(
        "enterprise", "place", "name", "industry", "registered_on", "closed_on", "file_opened_on",
        pl.when(pl.col("file_opened_on").is_not_null()).then("file_number").alias("file_number"), "recorded_on",
    )  # fmt: skip


def prepackaged(city: City, period: Period) -> pl.DataFrame:
    """Return the rows of ``prepackaged_products`` recorded in the period."""
    return _recorded(
        city, _prepackaged(city), period, begins="on_sale_from", changes="file_opened_on", ends="on_sale_until"
    ).select(
        "gtin", "place", "product", "enterprise", "on_sale_from", "on_sale_until", "file_opened_on", "recorded_on"
    )


def licences(city: City, period: Period) -> pl.DataFrame:
    """Return the rows of ``product_licences`` recorded in the period: the opening stock, then what is issued."""
    whole = _licences(city)
    opening = period.start == city.first
    dated = pl.when(pl.lit(opening) & (pl.col("issued_on") < period.start)).then(pl.lit(period.start))
    recorded = dated.otherwise(pl.coalesce("issued_on", "due_from"))
    fresh = whole.with_columns(recorded_on=pl.max_horizontal(recorded, pl.lit(city.first)))
    return fresh.filter(pl.col("recorded_on").is_between(period.start, period.end)).unique(
        ["item", "recorded_on"], keep="last", maintain_order=True
    )


def certificates(city: City, period: Period) -> pl.DataFrame:
    """Return the rows of ``professional_certificates`` issued in the period."""
    frames = []
    years = range(period.start.year, period.end.year + 1)
    for site in city.sites:
        for year in years:
            random = city.stream("certificates", site.code, year)
            count = max(1, round(city.level("certificates", "issued", year) * site.people / 1000))
            issued = _between(random, date(year, 3, 1), date(year, 12, 20), count)
            frames.append(
                pl.DataFrame(
                    {
                        "certificate": [f"ZL-{site.code}-{year}-{number:04d}" for number in range(1, count + 1)],
                        "place": [site.code] * count,
                        "grade": random.choice(["junior", "intermediate", "senior"], size=count, p=[0.35, 0.6, 0.05]),
                        "specialty": random.choice(["质量工程", "计量", "认证审核"], size=count),
                        "issued_on": issued,
                        "expires_on": pl.Series([None] * count, dtype=pl.Date),
                    }
                )
            )
    return pl.concat(frames)


def employment(city: City, period: Period) -> pl.DataFrame:
    """Return the rows of ``employment`` at the end of the period."""
    total = city.level("employment", "employed", period.end.year)
    rows = []
    for site in city.sites:
        random = city.stream("employment", site.code, period.label)
        employed = round(total * site.people / 1000 * float(random.normal(1.0, 0.004)))
        rows.append({"place": site.code, "date": period.end, "employed": employed})
    return pl.DataFrame(rows)


@cache
def _enterprise_files(city: City) -> pl.DataFrame:
    known = enterprises(city)
    random = city.stream("enterprise files")
    count = len(known)
    registered = _arrivals(city, random, count)
    opened = np.maximum(_reached(city, random, count, "credit_files"), registered + 20)
    closed = np.where(random.random(count) < 0.02, _between(random, city.first, city.last, count), _NEVER)
    closed = np.where(closed > np.maximum(registered, opened) + 30, closed, _NEVER)
    return _dated(
        {
            "enterprise": [one.code for one in known],
            "place": [one.place for one in known],
            "name": [one.name for one in known],
            "industry": [_INDUSTRY.get(one.trade, "C") for one in known],
            "file_number": [f"XY-{one.code[8:17]}" for one in known],
        },
        registered_on=registered,
        file_opened_on=opened,
        closed_on=closed,
    )


@cache
def _prepackaged(city: City) -> pl.DataFrame:
    random = city.stream("prepackaged")
    makers = [one for one in enterprises(city) if one.trade in city.scenario["prepackaged"]["trades"]]
    count = city.scenario["prepackaged"]["count"]
    chosen = [makers[place] for place in random.integers(0, len(makers), count)]
    begins = _arrivals(city, random, count)
    opened = np.maximum(_reached(city, random, count, "product_files"), begins + 10)
    ends = np.where(random.random(count) < 0.04, _between(random, city.first, city.last, count), _NEVER)
    ends = np.where(ends > np.maximum(begins, opened) + 30, ends, _NEVER)
    return _dated(
        {
            "gtin": gtin(random, count),
            "place": [one.place for one in chosen],
            "product": [f"模拟{one.trade}{number % 37 + 1}号" for number, one in enumerate(chosen)],
            "enterprise": [one.code for one in chosen],
        },
        on_sale_from=begins,
        file_opened_on=opened,
        on_sale_until=ends,
    )


@cache
def _licences(city: City) -> pl.DataFrame:
    """Return every state of every item: its first certificate, and the one that renews it after five years."""
    random = city.stream("licences")
    schemes = city.scenario["licences"]["schemes"]
    holders = [one for one in enterprises(city) if one.trade in schemes][: city.scenario["licences"]["count"]]
    count = len(holders)
    due = _arrivals(city, random, count)
    first = np.where(
        due < np.datetime64(city.first), _between(random, date(2008, 7, 1), date(2012, 12, 1), count), due
    )
    late = random.random(count) < city.scenario["licences"]["share_late"]
    issued = np.where(late, np.maximum(first, due) + random.integers(90, 500, count), first)
    due = np.minimum(due, issued)
    never = random.random(count) < city.scenario["licences"]["share_never"]
    fixed = {
        "item": [f"{one.code[8:17]}-0001" for one in holders],
        "place": [one.place for one in holders],
        "enterprise": [one.code for one in holders],
        "name": [one.name for one in holders],
        "product": [one.trade for one in holders],
        "scheme": [schemes[one.trade] for one in holders],
        "due_until": pl.Series([None] * count, dtype=pl.Date),
    }
    lasts = 5 * 365
    original = _licence_states(fixed, due, np.where(never | (late & (first > due)), _NEVER, issued), lasts)
    renewed = _licence_states(fixed, due, np.where(never, _NEVER, issued + lasts - _RENEWED_BEFORE), lasts)
    known = pl.col("issued_on").is_not_null() & (pl.col("issued_on") <= city.last)
    return pl.concat([original, renewed.filter(known)]).select(
        "item", "place", "enterprise", "name", "product", "scheme", "due_from", "due_until", "certificate_number",
        "issued_on", "expires_on",
    )  # fmt: skip


def _licence_states(fixed: dict[str, object], due: Days, issued: Days, lasts: int) -> pl.DataFrame:
    frame = _dated(
        fixed, due_from=due, issued_on=issued, expires_on=np.where(issued < _NEVER, issued + lasts, _NEVER)
    )
    held = pl.col("issued_on").is_not_null()
    number = pl.lit("XK") + pl.col("item").str.slice(0, 9) + pl.col("issued_on").dt.strftime("%Y")
    return frame.with_columns(certificate_number=pl.when(held).then(number))


def _dated(fixed: dict[str, object], **days: Days) -> pl.DataFrame:
    frame = pl.DataFrame({**fixed, **{name: values.astype("datetime64[D]") for name, values in days.items()}})
    return frame.with_columns(
        pl.when(pl.col(name) < pl.lit(_NEVER.item())).then(pl.col(name)).alias(name) for name in days
    )


def _recorded(
    city: City, frame: pl.DataFrame, period: Period, *, begins: str, changes: str, ends: str
) -> pl.DataFrame:
    """Return the state of each thing at the last change inside the period; what lies ahead is not known yet.

    The first period also records everything that was there before.
    """
    opening = period.start == city.first
    moments = [
        pl.when(pl.col(name).is_between(period.start, period.end)).then(pl.col(name))
        for name in (begins, changes, ends)
    ]
    there_before = pl.lit(opening) & (pl.col(begins) < period.start)
    moments.append(pl.when(there_before).then(pl.lit(period.start)))
    known = [pl.when(pl.col(name) <= period.end).then(pl.col(name)).alias(name) for name in (changes, ends)]
    return (
        frame.with_columns(recorded_on=pl.max_horizontal(*moments))
        .filter(pl.col("recorded_on").is_not_null())
        .with_columns(known)
    )


def _arrivals(city: City, random: np.random.Generator, count: int) -> Days:
    """Return first days: most things were there before the simulation began."""
    before = _between(random, date(2003, 1, 1), date(2012, 12, 20), count)
    during = _between(random, city.first, city.last, count)
    return np.where(random.random(count) < 0.9, before, during)


def _reached(city: City, random: np.random.Generator, count: int, subject: str) -> Days:
    """Return the day on which each thing is covered, so that the share covered climbs along the scenario's line."""
    begin, end = city.scenario["levels"]["covered"][subject]
    span = (city.last - city.first).days
    share = random.random(count)
    day = np.where(share < begin, -random.integers(30, 700, count), (share - begin) / (end - begin) * span)
    return np.where(share < end, np.datetime64(city.first) + day.astype(int), _NEVER)


def _between(random: np.random.Generator, first: date, last: date, count: int) -> Days:
    return np.datetime64(first) + random.integers(0, (last - first).days + 1, count)
