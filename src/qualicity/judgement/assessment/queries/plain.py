"""An assessment as plain data: what the command line prints, the API answers and an archive holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.goals.indicators.queries import IndicatorValue
    from qualicity.judgement.assessment.queries.marking import Need, Scored
    from qualicity.judgement.assessment.queries.sensitivity import Action
    from qualicity.judgement.assessment.queries.whole import Whole

METHOD = Text(
    "各档概率：把各评分点视为相互独立，对合计作正态近似；样本区间的标准误取 95% 区间宽度除以 2×1.96",
    "chances of bands: criteria taken as independent, normal approximation of their sum; standard error of a value "
    "is the width of its 95 % interval over 2 × 1.96",
)
"""How the chances come about."""

PARTS = ("certain", "likely", "at_risk", "within_reach", "open", "lost")


def words(text: Text) -> dict[str, str]:
    """Return words in both languages."""
    return {"zh": text.zh, "en": text.en}


def scored_as_plain(one: Scored) -> dict[str, Any]:
    """Return one criterion with its points and what explains them."""
    return {
        "code": one.code,
        "category": one.category.code,
        "item": one.item.code,
        "title": words(one.criterion.title.text),
        "clause": words(one.criterion.clause.text),
        "certainty": one.criterion.certainty,
        "lead": one.lead,
        "applies": one.applies,
        "points": one.points,
        "full": one.criterion.points,
        **{name: getattr(one.marks, name) for name in PARTS},
        "expected": round(one.marks.expected, 4),
        "probability": None if one.marks.probability is None else round(one.marks.probability, 4),
        "rule": {"kind": one.criterion.rule.kind, **words(one.rule)},
        "source": words(one.source),
        "input": words(one.shown),
        "bound": words(one.bound),
        "reason": words(one.reason),
        "indicator": None if one.value is None else _value(one.value),
        "documents": [
            {
                "code": document.code,
                "title": words(document.title),
                "points": document.points,
                "stand": document.stand,
                "name": document.file.name if document.file else None,
                "sha256": document.file.sha256 if document.file else None,
            }
            for document in one.documents
        ],
        "needs": [need_as_plain(need) for need in one.needs],
    }


def _value(value: IndicatorValue) -> dict[str, Any]:
    return {
        "code": value.code,
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "n": value.n,
        "period": value.period.label if value.period else None,
        "status": str(value.status),
        "certainty": None if value.certainty is None else str(value.certainty),
        "pace": None if value.pace is None else str(value.pace),
        "aim": value.aim,
        "source": value.source,
        "versions": value.versions,
    }


def need_as_plain(need: Need) -> dict[str, Any]:
    """Return one thing that is missing."""
    return {
        "kind": need.kind,
        "criterion": need.criterion,
        "item": need.item or None,
        "who": need.who,
        "points": need.points,
        "text": words(need.text),
    }


def whole_as_plain(found: Whole) -> dict[str, Any]:
    """Return the whole assessment: score, bands, parts, every criterion."""
    return {
        "rubric": found.rubric.code,
        "self_designed": found.rubric.certainty == "self_designed",
        "title": words(found.rubric.title.text),
        "plan": found.plan.code,
        "organisation": found.organisation.code if found.organisation is not None else None,
        "assessment": found.assessment.pk if found.assessment else None,
        "as_of": found.as_of.isoformat(),
        "since": found.inputs.since.isoformat(),
        "deadline": found.inputs.deadline.isoformat(),
        "score": found.score,
        "of": found.rubric.total,
        "applicable": found.total.full,
        "band": found.band.code,
        "final_band": found.final_band.code,
        **{name: getattr(found.total, name) for name in PARTS},
        "expected": round(found.total.expected * found.factor, 2),
        "chances": {code: round(chance, 4) for code, chance in found.chances.items()},
        "method": words(METHOD),
        "vetoes": [
            {
                "code": one.veto.code,
                "title": words(one.veto.title.text),
                "strikes": one.strikes,
                "band": one.veto.band,
                "reason": words(one.reason),
                "clause": words(one.veto.clause.text),
                "certainty": one.veto.certainty,
            }
            for one in found.vetoes
        ],
        "categories": [
            {
                "code": group.category.code,
                "title": words(group.category.title.text),
                "points": group.total.points,
                "full": group.category.points,
                **{name: getattr(group.total, name) for name in PARTS},
            }
            for group in found.categories
        ],
        "criteria": [scored_as_plain(one) for one in found.scored],
    }


def action_as_plain(one: Action) -> dict[str, Any]:
    """Return one action of the sensitivity."""
    return {
        "kind": one.kind,
        "criterion": one.criterion,
        "title": words(one.title),
        "who": one.who,
        "text": words(one.text),
        "gap": words(one.gap),
        "gain": one.gain,
        "points_per_unit": one.per_unit,
        "in_time": one.in_time,
        "why": words(one.why),
        "score_then": one.then,
        "band_then": one.band.code if one.band else None,
    }
