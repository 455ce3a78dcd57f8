"""Plans and draws as the command and the API give them out: plain values, nothing that a reader must guess."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.evidence.inspections.models import CheckPlan, Draw, Target
    from qualicity.evidence.inspections.queries.drawing import Hit
    from qualicity.evidence.inspections.queries.plans import LineRow, PlanRow

NINE = 9


def plan_as_plain(row: PlanRow) -> dict[str, Any]:
    """Return a plan with how far it is."""
    plan, progress = row.plan, asdict(row.progress)
    return {
        "code": plan.code,
        "title": plan.title_zh,
        "title_en": plan.title_en,
        "year": plan.year,
        "state": plan.state,
        "organisation": plan.organisation.code,
        "law": plan.law,
        "authority_level": plan.authority_level,
        "sampling_kind": plan.sampling_kind,
        "method": plan.method,
        "lines": row.lines,
        "count": progress.pop("planned"),
        **progress,
    }


def line_as_plain(row: LineRow) -> dict[str, Any]:
    """Return a line of a plan."""
    line = row.line
    return {
        "number": line.number,
        "product": line.product,
        "title": row.product.zh if row.product else line.product,
        "stage": line.stage,
        "places": line.places,
        "count": line.count,
        "drawn": row.drawn,
        "finish_by": line.finish_by.isoformat() if line.finish_by else None,
        "why": line.why,
    }


def hits_as_plain(plan: CheckPlan, seed: str, digest: str, method: str, found: Iterable[Hit]) -> dict[str, Any]:
    """Return a draw that was not stored."""
    targets = [
        {
            "number": one.number,
            "line": one.line.number,
            "product": one.line.product,
            "enterprise": one.enterprise,
            "name": one.name,
            "place": one.place,
            "stratum": one.stratum,
            "probability": round(one.chance, NINE),
            "organisation": one.organisation.code,
            "inspectors": list(one.inspectors),
        }
        for one in found
    ]
    return {"plan": plan.code, "seed": seed, "frame_digest": digest, "method": method, "targets": targets}


def target_as_plain(target: Target) -> dict[str, Any]:
    """Return one stored target."""
    return {
        "number": target.number,
        "line": target.line.number,
        "product": target.line.product,
        "enterprise": target.enterprise,
        "name": target.enterprise_name,
        "place": target.place,
        "stratum": target.stratum,
        "probability": round(target.probability, NINE),
        "organisation": target.organisation.code,
        "inspectors": sorted(one.username for one in target.inspectors.all()),
        "state": target.state,
    }


def draw_as_plain(draw: Draw, targets: Iterable[Target]) -> dict[str, Any]:
    """Return a stored draw with these of its targets."""
    return {**draw_head(draw), "targets": [target_as_plain(one) for one in targets]}


def draw_head(draw: Draw) -> dict[str, Any]:
    """Return a stored draw without its targets."""
    return {
        "draw": draw.pk,
        "plan": draw.plan.code,
        "number": draw.number,
        "seed": draw.seed,
        "announced": draw.commitment.source if draw.commitment else None,
        "recipe": draw.recipe,
        "method": draw.method,
        "risk_release": draw.risk_release,
        "frame_digest": draw.frame_digest,
        "frame_size": draw.frame_size,
        "left_out": draw.left_out,
        "drawn_at": draw.drawn_at.isoformat(),
    }
