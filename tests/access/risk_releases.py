"""A release of the risk model for the small city, from invented checks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from qualicity.commons.registry import queries as registry
from qualicity.evidence.inspections.models import RiskRelease
from qualicity.evidence.inspections.queries.risk_report import as_json, make

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

SINCE = date(2012, 1, 1)


def checks(count: int = 1200) -> pl.DataFrame:
    """Return checks, one or two a day, of which those fail more often that have failed before."""
    return pl.DataFrame(
        {
            "concluded_on": SINCE + timedelta(days=number * 700 // count),
            "day": number * 700 // count,
            "failed": float(number % (4 if number % 3 == 0 else 19) == 0),
            "failures_before": float(number % 3 == 0),
            "failed_last": number % 6 == 0,
            "never_checked": number % 9 == 0,
            "checks_before": 1.0,
            "years_since": (number % 7) / 7,
            "age": 2.0 + number % 5,
            "not_registered": False,
            "local_maker": True,
            "key_food": False,
            "certified": number % 2 == 0,
            "production": number % 2 == 0,
            "stage": "production" if number % 2 == 0 else "circulation",
            "place": ("410122", "410181")[number % 2],
            "industry": "C",
            "category": ("电线电缆", "建筑材料")[number // 2 % 2],
        }
        for number in range(count)
    )


def kept(*, by: Person) -> RiskRelease:
    """Keep a release that may be switched on."""
    model, report = make(checks(), seed=1)
    assert report.is_useful
    return RiskRelease.objects.create(
        code="risk-20140101-1", as_of=date(2014, 1, 1), seed=1, table_version=1, digest="0" * 64, made_by=by,
        made_at=registry.moment(), model=as_json(model), report=as_json(report),
    )  # fmt: skip
