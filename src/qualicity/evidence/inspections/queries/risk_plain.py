"""Releases of the risk model as plain values, for the API and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualicity.evidence.inspections.queries.risk import risk_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.evidence.inspections.models import RiskRelease
    from qualicity.evidence.inspections.queries.risk import Explanation, Part, Release


def risk_in_short(stored: RiskRelease) -> dict[str, Any]:
    """Return a release without its model, with the three figures that matter most."""
    plain = stored.report["plain"]
    return {
        "code": stored.code, "as_of": stored.as_of, "made_at": stored.made_at, "digest": stored.digest,
        "in_use": stored.in_use, "switched_at": stored.switched_at, "reason": stored.reason,
        "auc": plain["auc"], "draw_gain": plain["draw_gain"], "days_earlier": plain["order"]["days_earlier"],
    }  # fmt: skip


def risk_as_plain(found: Release) -> dict[str, Any]:
    """Return a release with its report as it was stored and every line of its model."""
    return risk_in_short(found.stored) | {
        "report": found.stored.report,
        "lines": _parts(risk_lines(found.model)),
    }


def risk_explained_as_plain(found: Explanation) -> dict[str, Any]:
    """Return why an enterprise has its score."""
    return {
        "enterprise": found.uscc, "name": found.name, "day": found.day, "score": found.score,
        "average": found.average, "rank": found.rank, "parts": _parts(found.parts),
    }  # fmt: skip


def _parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [
        {"zh": one.title.zh, "en": one.title.en, "level": one.level, "value": one.value, "factor": one.factor}
        for one in parts
    ]
