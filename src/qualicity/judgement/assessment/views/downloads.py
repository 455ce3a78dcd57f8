"""Tables of the pages as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.utils.translation import get_language

from qualicity.judgement.assessment.queries.plain import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.judgement.assessment.queries import Action, UnitScore, Whole


def of_scored(found: Whole) -> pl.DataFrame:
    """Return every criterion with its points and what explains them."""
    language = get_language() or "zh-hans"
    rows = [
        {
            "criterion": one.code, "title": one.criterion.title.in_language(language), "points": one.points,
            "full": one.criterion.points, "applies": one.applies,
            **{name: getattr(one.marks, name) for name in PARTS},
            "input": one.shown.in_language(language), "bound": one.bound.in_language(language),
            "rule": one.rule.in_language(language), "reason": one.reason.in_language(language),
            "clause": one.criterion.clause.in_language(language), "lead": one.lead,
        }
        for one in found.scored
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def of_actions(listed: Iterable[Action]) -> pl.DataFrame:
    """Return actions with gain and gap."""
    language = get_language() or "zh-hans"
    rows = [
        {
            "criterion": one.criterion, "kind": one.kind, "who": one.who, "text": one.text.in_language(language),
            "gap": one.gap.in_language(language), "gain": one.gain, "in_time": one.in_time,
            "why": one.why.in_language(language), "score_then": one.then,
        }
        for one in listed
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def of_units(rows: Iterable[UnitScore]) -> pl.DataFrame:
    """Return the units with their scores."""
    language = get_language() or "zh-hans"
    listed = [
        {
            "rank": one.rank, "organisation": one.organisation.code, "title": one.organisation.title(language),
            "kind": one.kind, "score": one.score, "band": one.band.code, "applicable": one.total.full,
            **{name: getattr(one.total, name) for name in PARTS},
        }
        for one in rows
    ]  # fmt: skip
    return pl.DataFrame(listed, infer_schema_length=None)
