"""All enterprises scored at once on a day: total, families, class, grade; and each part of one score explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from qualicity.judgement.credit.queries.schemes import rules
from qualicity.methods import credit_scoring as method
from qualicity.methods.credit_scoring import FOREVER, PARTS

if TYPE_CHECKING:
    import numpy.typing as npt

    from qualicity.definitions.credit import CreditScheme

FAMILY = "family."
"""How the columns of family points begin."""
NO_GRADE = ""


@dataclass(frozen=True, slots=True)
class Counting:
    """Events as the method takes them: one element per event and item it counts for, ages on a first day."""

    rows: npt.NDArray[np.int64]
    """The row of the event in the frame."""
    enterprise: npt.NDArray[np.int32]
    item: npt.NDArray[np.int16]
    age: npt.NDArray[np.int32]
    left: npt.NDArray[np.int32]

    def at(self, days: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Return age and days left so many days earlier."""
        return self.age - np.int32(days), np.where(self.left >= FOREVER, self.left, self.left + np.int32(days))


def counting(scheme: CreditScheme, events: pl.DataFrame, day: date) -> Counting:
    """Return what counts of a frame of events; what was found wrong does not."""
    kind = events["source"].to_physical().to_numpy()
    usable = ~events["is_wrong"].to_numpy()
    places = {one.code: number for number, one in enumerate(scheme.events)}
    rows = [np.flatnonzero((kind == places[item.event]) & usable) for _, item in scheme.items]
    item = np.repeat(np.arange(len(rows), dtype=np.int16), [one.size for one in rows])
    where = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    age, left = _ages(events, day)
    return Counting(where, events["position"].to_numpy()[where].astype(np.int32), item, age[where], left[where])


def score_all(
    scheme: CreditScheme, events: pl.DataFrame, enterprises: pl.DataFrame, day: date, *, with_rises: bool = True
) -> pl.DataFrame:
    """Return one row per enterprise in business on the day: score, points of families, class, grade, veto.

    Scores are whole ten-thousandths of a point (``PARTS``). Grades that take years are looked for only where asked.
    """
    counted = counting(scheme, events, day)
    families, items = rules(scheme)
    scored = method.score(
        counted.enterprise, counted.item, *counted.at(0),
        families=families, items=items, enterprises=enterprises.height,
    )  # fmt: skip
    classes, vetoes = _classes(scheme, scored.totals, events, day)
    grades = _grades(scheme, scored.totals, events, day)
    if with_rises:
        grades = _rise(scheme, grades, counted, events, enterprises=enterprises, day=day)
    steps = len(scheme.grades.rises)
    letters = scheme.grades.codes
    return enterprises.select(
        uscc="uscc", place="place", industry="industry",
        score=pl.Series(scored.totals.astype(np.int32)),
        **{f"{FAMILY}{one.code}": pl.Series(scored.families[:, at].astype(np.int32))
           for at, one in enumerate(scheme.families)},
        credit_class=_named(classes, [one.code for one in scheme.classes]),
        grade=_named(grades + steps, letters),
        veto=_named(vetoes, ["", *(one.code for one in scheme.vetoes)]),
        events=pl.Series(np.bincount(counted.enterprise, minlength=enterprises.height).astype(np.int32)),
        in_business=in_business(day),
    ).filter("in_business").drop("in_business")  # fmt: skip


def in_business(day: date) -> pl.Expr:
    """Return which enterprises are in business on a day."""
    begun = pl.col("registered_on").is_null() | (pl.col("registered_on") <= day)
    return begun & (pl.col("closed_on").is_null() | (pl.col("closed_on") > day))


def explain_one(scheme: CreditScheme, events: pl.DataFrame, day: date) -> tuple[tuple[method.Line, ...], Counting]:
    """Return the parts of one enterprise's score; a line's event is a row of the counting."""
    counted = counting(scheme, events, day)
    families, items = rules(scheme)
    return method.explain(counted.item, *counted.at(0), families=families, items=items), counted


def standing_veto(scheme: CreditScheme, events: pl.DataFrame, day: date) -> str:
    """Return the code of the veto that holds one enterprise in its class, "" without one."""
    _, vetoes = _classes(scheme, np.array([100 * PARTS], dtype=np.int64), events, day)
    return ["", *(one.code for one in scheme.vetoes)][int(vetoes[0])]


def class_of(scheme: CreditScheme, parts: int, veto: str) -> str:
    """Return the class of a total under a veto."""
    at = int(method.band(np.array([parts], dtype=np.int64), [one.at_least for one in scheme.classes])[0])
    codes = [one.code for one in scheme.classes]
    worst = next((codes.index(one.worst) for one in scheme.vetoes if one.code == veto), 0)
    return codes[max(at, worst)]


def _ages(events: pl.DataFrame, day: date) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    today = (day - date(1970, 1, 1)).days
    age = today - events["day"].to_physical().to_numpy()
    until = events["until"].to_physical().fill_null(today + FOREVER).to_numpy()
    return age.astype(np.int32), (until - today).astype(np.int32)


def _struck(
    scheme: CreditScheme, events: pl.DataFrame, day: date, scale: list[str], enterprises: int
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """Return the worst place on a scale that a veto holds each enterprise in, and which veto (0: none)."""
    worst, which = np.zeros(enterprises, dtype=np.int8), np.zeros(enterprises, dtype=np.int8)
    kind = events["source"].to_physical().to_numpy()
    usable = ~events["is_wrong"].to_numpy()
    places = {one.code: number for number, one in enumerate(scheme.events)}
    age, left = _ages(events, day)
    position = events["position"].to_numpy()
    for number, veto in enumerate(scheme.vetoes, start=1):
        if veto.worst not in scale:
            continue
        rows = np.flatnonzero((kind == places[veto.event]) & usable)
        hit = position[rows[method.strikes(age[rows], left[rows], years=veto.years)]]
        harder = hit[worst[hit] < scale.index(veto.worst)]
        worst[harder], which[harder] = scale.index(veto.worst), number
    return worst, which


def _classes(
    scheme: CreditScheme, totals: npt.NDArray[np.int64], events: pl.DataFrame, day: date
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    codes = [one.code for one in scheme.classes]
    worst, which = _struck(scheme, events, day, codes, totals.size)
    return np.maximum(method.band(totals, [one.at_least for one in scheme.classes]), worst), which


def _grades(
    scheme: CreditScheme, totals: npt.NDArray[np.int64], events: pl.DataFrame, day: date
) -> npt.NDArray[np.int8]:
    codes = [one.code for one in scheme.grades.grades]
    worst, _ = _struck(scheme, events, day, codes, totals.size)
    return np.maximum(method.band(totals, [one.at_least for one in scheme.grades.grades]), worst)


def _rise(
    scheme: CreditScheme,
    grades: npt.NDArray[np.int8],
    counted: Counting,
    events: pl.DataFrame,
    *,
    enterprises: pl.DataFrame,
    day: date,
) -> npt.NDArray[np.int8]:
    """Return grades with those that are held without a break for years; below 0 for each step of rising.

    Looked at every few months back: whoever was not of the best grade on one of those days, or not registered yet,
    begins anew after it.
    """
    families, items = rules(scheme)
    risen = grades.copy()
    held = grades == 0
    months = 0
    for step, rise in enumerate(scheme.grades.rises, start=1):
        until = months + round(rise.years * 12)
        while months < until and held.any():
            months = min(months + scheme.grades.every_months, until)
            before = months_before(day, months)
            days = (day - before).days
            scored = method.score(
                counted.enterprise, counted.item, *counted.at(days),
                families=families, items=items, enterprises=enterprises.height,
            )  # fmt: skip
            there = enterprises.select(pl.col("registered_on").le(before).fill_null(value=False)).to_series()
            held &= (_grades(scheme, scored.totals, events, before) == 0) & there.to_numpy()
        months = until
        risen[held] = -step
    return risen


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last day of that month where it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(years, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _named(places: npt.NDArray[np.int8], codes: list[str] | tuple[str, ...]) -> pl.Series:
    return pl.Series(places.astype(np.uint8)).cat.to(pl.Enum(list(codes)))
