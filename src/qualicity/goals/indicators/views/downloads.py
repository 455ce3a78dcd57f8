"""Tables of the pages as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from qualicity.goals.indicators import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.goals.indicators.queries import IndicatorValue


def of_values(found: Iterable[IndicatorValue]) -> pl.DataFrame:
    """Return values as a table, one row for each, lists joined."""
    rows = []
    for one in found:
        plain = queries.as_plain(one)
        target, reason = plain.pop("target"), plain.pop("reason")
        plain |= {
            "target": queries.target_words(one.target, one.unit, one.aim).zh,
            "target_kind": target["kind"],
            "target_value": target["value"],
            "reason": reason["zh"] if reason else None,
            "missing": " ".join(plain["missing"]),
            "failed": " ".join(plain["failed"]),
            "versions": " ".join(f"{code}@{version}" for code, version in plain["versions"].items()),
        }
        plain.pop("trend")
        rows.append(plain)
    return pl.DataFrame(rows, infer_schema_length=None)
