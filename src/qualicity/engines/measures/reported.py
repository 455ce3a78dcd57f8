"""Reported values: numerators and denominators from units that hold only totals, where no rows speak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import ibis
import polars as pl

from qualicity.definitions.measures import Coverage, Cut, Index, Mean, Measure, Per10k, Ratio, Share
from qualicity.definitions.periods import Period
from qualicity.definitions.registers import Register
from qualicity.engines.measures.estimates import Estimate, Key, Scale, quotient_value, settle
from qualicity.engines.measures.rollup import Members, is_alone
from qualicity.engines.measures.sources import own, source
from qualicity.engines.measures.tables import Tables
from qualicity.engines.measures.words import method_words
from qualicity.errors import Text
from qualicity.methods.intervals import proportion

#: The register that holds them.
REGISTER = "reported_values"
_WORDS = Text("上报数，未附明细", "reported value without its rows")
_MIXED = Text("，其中部分地区为上报数", ", of some places reported values")


def reported_rows(tables: Tables, register: Register) -> pl.DataFrame:
    """Return the reported values: indicator, place, start, end, numerator, denominator; the last filed counts."""
    table = source(register)
    names = {"start": "period_start", "end": "period_end"}
    plain = ("indicator", "place", "numerator", "denominator", "submission_id", "row_number")
    asked = table.select(
        **{name: table[own(name)] for name in plain}, **{name: table[own(column)] for name, column in names.items()}
    )
    frame = tables.fetch(str(ibis.to_sql(asked, dialect=tables.dialect)), reads=(register.code,))
    key = ["indicator", "place", "start", "end"]
    return frame.sort("submission_id", "row_number").unique(key, keep="last", maintain_order=True).sort(key)


def of_periods(
    measure: Measure, reported: pl.DataFrame, spans: Iterable[Period]
) -> dict[tuple[str, date], tuple[float, float | None]]:
    """Return what was reported by place and first day of a period: numerator and denominator.

    A value for exactly the period counts; else, where sums may be added, the values for parts of it.
    """
    found: dict[tuple[str, date], tuple[float, float | None]] = {}
    for span in spans:
        inside = reported.filter((pl.col("start") >= span.start) & (pl.col("end") <= span.end))
        for (place,), rows in inside.group_by(["place"], maintain_order=True):
            exact = rows.filter((pl.col("start") == span.start) & (pl.col("end") == span.end))
            chosen = exact if exact.height else rows
            if not exact.height and not _adds_up(measure):
                continue
            below = chosen["denominator"]
            total = None if below.null_count() else float(below.sum())
            if total is None and chosen.height > 1:
                continue
            found[str(place), span.start] = (float(chosen["numerator"].sum()), total)
    return found


def with_reported(
    measure: Measure,
    found: Mapping[Key, Estimate],
    reported: Mapping[tuple[str, date], tuple[float, float | None]],
    *,
    who: Members,
    scale: Scale,
) -> dict[Key, Estimate]:
    """Return the estimates with reported values where no rows speak.

    A place with rows keeps them; members of it without rows are added. A place without any rows takes the value
    reported for it, else the sum of those reported for its members.
    """
    merged = dict(found)
    if not reported:
        return merged
    above = who.pairs.group_by("place").agg("member")
    members = {place: set(inside) for place, inside in above.iter_rows()}
    for place, inside in members.items():
        for period in {start for _, start in reported}:
            known = merged.get((place, period, None))
            filed = {code: reported[code, period] for code in sorted(inside) if (code, period) in reported}
            # What a place says of itself is the whole; it must not be added to its own parts.
            whole = filed.pop(place, None)
            if known is not None and (known.value is not None or (known.source == "rows" and known.n)):
                rest = {code: value for code, value in filed.items() if code not in known.members}
                joined = _joined(measure, known, rest, scale)
            else:
                joined = _alone(measure, {place: whole} if whole is not None else filed, scale)
            if joined is not None:
                merged[place, period, None] = joined
    return merged


def _adds_up(measure: Measure) -> bool:
    return isinstance(measure, Share | Ratio | Mean | Index) and not is_alone(measure)


def _joined(
    measure: Measure, known: Estimate, rest: Mapping[str, tuple[float, float | None]], scale: Scale
) -> Estimate | None:
    """Add what other members reported to an estimate from rows; None where the two cannot be added."""
    usable = {code: value for code, value in rest.items() if value[1] is not None or _is_count(measure)}
    weighted = known.weighted or (isinstance(measure, Share) and not measure.may_be_plain)
    weighted |= isinstance(measure, Index) and (measure.weight is not None or measure.stratum is not None)
    if not usable or weighted or is_alone(measure) or known.numerator is None:
        return None
    numerator = known.numerator + sum(value[0] for value in usable.values())
    denominator = (known.denominator or 0.0) + sum(value[1] or 0.0 for value in usable.values())
    value = quotient_value(measure, numerator, denominator, scale)
    words = Text(known.method.zh + _MIXED.zh, known.method.en + _MIXED.en)
    members = tuple(sorted({*known.members, *usable}))
    grown = replace(
        known,
        value=value,
        numerator=numerator,
        denominator=denominator,
        method=words,
        source="mixed",
        members=members,
    )
    return _proportion(measure, replace(grown, low=None, high=None), scale)


def _alone(measure: Measure, filed: Mapping[str, tuple[float, float | None]], scale: Scale) -> Estimate | None:
    """Return an estimate from reported values only."""
    if not filed:
        return None
    numerator = sum(value[0] for value in filed.values())
    known = [value[1] for value in filed.values() if value[1] is not None]
    whole = len(known) == len(filed)
    if whole and not _is_count(measure):
        value = quotient_value(measure, numerator, sum(known), scale)
    elif len(filed) == 1 or _is_count(measure):
        # Without a denominator the figure itself was reported.
        value = settle(numerator)
    else:
        return None
    denominator = float(sum(known)) if whole else None
    rows = round(denominator) if whole and denominator and isinstance(measure, Share | Coverage) else 0
    estimate = Estimate(
        value,
        n=rows,
        numerator=numerator,
        denominator=denominator,
        method=Text(
            f"{method_words(measure, sample=False).zh}；{_WORDS.zh}",
            f"{method_words(measure, sample=False).en}; {_WORDS.en}",
        ),
        source="reported",
        members=tuple(sorted(filed)),
    )
    return _proportion(measure, estimate, scale)


def _proportion(measure: Measure, estimate: Estimate, scale: Scale) -> Estimate:
    """Give a plain share of a sample its interval: counts are all that it needs."""
    plain = isinstance(measure, Share) and measure.may_be_plain
    if not (plain and scale.sample and estimate.numerator is not None and estimate.denominator):
        return estimate
    ends = proportion(estimate.numerator, estimate.denominator)
    return replace(estimate, low=settle(ends.low * scale.factor), high=settle(ends.high * scale.factor))


def _is_count(measure: Measure) -> bool:
    return not isinstance(measure, Share | Ratio | Mean | Coverage | Cut | Per10k | Index)
