"""Penalties as one frame of events, for whoever counts them over all enterprises."""

from __future__ import annotations

import polars as pl
from django.db.models import Count, Max

from qualicity.judgement.enforcement.models import Penalty

FEED = pl.Schema(
    {
        "enterprise": pl.String,
        "number": pl.String,
        "day": pl.Date,
        "until": pl.Date,
        "about": pl.String,
        "issuer": pl.String,
        "document": pl.String,
        "severity": pl.String,
    }
)
"""One row per penalty: credit code, its number here, day, open end, what for, who, number, how serious."""


def penalty_events() -> pl.DataFrame:
    """Return every penalty of an enterprise that stands; ``severity`` is ``heavy``, ``ordinary`` or ``slight``."""
    rows = (
        Penalty.objects.filter(annulled_on=None)
        .exclude(enterprise="")
        .order_by("pk")
        .values_list(
            "enterprise",
            "pk",
            "decided_on",
            "violation",
            "organisation__code",
            "number",
            "is_heavy",
            "is_light",
            "level",
        )
    )
    return pl.DataFrame(
        [
            (code, str(pk), day, None, about, issuer, number, _severity(heavy, light, level))
            for code, pk, day, about, issuer, number, heavy, light, level in rows.iterator(chunk_size=5000)
        ],
        schema=FEED,
        orient="row",
    )


def penalty_version() -> str:
    """Return what changes when the frame does."""
    found = Penalty.objects.aggregate(count=Count("pk"), last=Max("pk"), annulled=Count("annulled_on"))
    return f"{found['count']}-{found['last'] or 0}-{found['annulled']}"


def _severity(heavy: bool, light: bool, level: str) -> str:
    if heavy:
        return "heavy"
    return "slight" if light or level.startswith(("slight", "unpublished")) else "ordinary"
