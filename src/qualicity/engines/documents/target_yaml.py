"""Writes one target as the YAML of a plan's definition asks for it."""

from __future__ import annotations

from typing import Any

from qualicity.engines.documents.open_questions import ASK
from qualicity.engines.documents.results import Target


def is_change(target: Target) -> bool:
    """Tell whether a target states a growth, points, a multiple or a difference: none of these is a level."""
    return target.measured_as not in {"", "rank"}


def _change(target: Target) -> dict[str, Any]:
    """Return a change as a target without a number of its own: its words stand in the text of the indicator."""
    data: dict[str, Any] = {"kind": "unstated"}
    if target.year is not None:
        data["year"] = target.year
    return data | {"certainty": ASK}


def target_data(target: Target) -> dict[str, Any]:
    """Return the keys of one target; what its kind needs and the document does not say is a question."""
    if is_change(target):
        return _change(target)
    plain = target.as_json()
    data: dict[str, Any] = {"kind": target.kind}
    if target.value is not None:
        data["value"] = plain["value"]
        decimals = len(str(plain["value"]).partition(".")[2])
        if target.kind == "none_of":
            data["decimals"] = 0
        elif decimals > 1:
            data["decimals"] = decimals
    if target.every:
        data["every"] = target.every
    if target.year is not None and target.kind != "below_reference":
        data["year"] = target.year
    if target.points:
        data["points"] = dict(target.points)
        if target.points[-1][1] >= target.points[0][1]:
            data["falling"] = False
    if target.kind == "cut":
        data["base_year"] = target.base_year or ASK
        data.setdefault("year", ASK)
    if target.kind == "below_reference":
        data["points"] = data["source"] = ASK
    if target.certainty != "stated":
        data["certainty"] = "derived" if target.certainty == "derived" else ASK
    return data
