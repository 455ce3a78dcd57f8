"""Makes the file of one delivery; runs in a process of its own, so everything is asked again from the seed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import Period, periods
from qualicity.site.demonstration import faults, filing, rows
from qualicity.site.demonstration.city import City, city
from qualicity.site.demonstration.story import Delivery, deliveries

if TYPE_CHECKING:
    from qualicity.definitions.registers import Period as Frequency
    from qualicity.definitions.registers import Register

_FREQUENCY: dict[int, Frequency] = {1: "month", 3: "quarter", 12: "year"}


def make(seed: int, number: int, folder: str) -> str:
    """Write the file of the delivery of that number and return its path."""
    delivery = _told(seed)[number]
    register = catalogue().registers[delivery.register]
    frame = content(city(seed), delivery, register)
    unit = next(one.title.zh for one in city(seed).plan.organisations if one.code == delivery.organisation)
    stem = f"{register.title.zh}-{unit}-{delivery.period.label.replace('/', '至')}"
    target = Path(folder) / f"{number:04d}" / (stem + filing.SUFFIX[delivery.form])
    target.parent.mkdir()
    return str(filing.write(frame, register, target, form=delivery.form))


def content(where: City, delivery: Delivery, register: Register) -> pl.DataFrame:
    """Return the rows of a delivery, with whatever is wrong in it."""
    plain = rows.rows(where, register, organisation=delivery.organisation, period=delivery.period)
    random = where.stream(delivery.content, *delivery.key)
    match delivery.content:
        case "slips":
            return faults.with_slips(plain, register, random)
        case "invented":
            return faults.invented(plain, register, random)
        case "mistaken":
            return faults.mistaken(plain, register)
        case "copied":
            earlier = rows.rows(where, register, organisation=delivery.organisation, period=_before(delivery.period))
            return faults.copied(earlier, register, since=delivery.period.start, until=delivery.period.end)
        case _:
            return plain


@cache
def _told(seed: int) -> tuple[Delivery, ...]:
    return deliveries(city(seed))


def _before(period: Period) -> Period:
    """Return the period of the same length that ends the day before."""
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    earlier = list(periods(_FREQUENCY[months], period.start.replace(year=period.start.year - 1), period.end))
    return earlier[earlier.index(period) - 1]
