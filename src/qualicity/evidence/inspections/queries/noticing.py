"""What a notice will show: the fields of a settled sample, picked by the whitelist and by nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qualicity.commons.cases import queries as cases
from qualicity.commons.cases.lifecycle import move_title, title_of
from qualicity.evidence.inspections.models import ItemResult, LabReport
from qualicity.evidence.inspections.queries.settling import CONFIRMED, OVERTURNED, last_day, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qualicity.commons.cases.models import CaseMove
    from qualicity.definitions.aftermath import PublicPart
    from qualicity.errors import Text
    from qualicity.evidence.inspections.models import Sample

TOLD = (
    "order_correction", "report_correction", "start_recheck", "pass_recheck", "fail_recheck", "give_notice",
    "start_second_recheck", "pass_second_recheck", "suspend_business", "pass_last_recheck", "transfer_finally",
    "close_follow_up", "note_ceased",
)  # fmt: skip
"""The moves of which the public is told; never their reasons, which are free words."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What notices are read from: by sample the tested items and who recorded them, by case the trail."""

    results: dict[int, list[ItemResult]]
    recorders: dict[int, int]
    trails: dict[int, list[CaseMove]]

    def trail(self, sample: Sample) -> list[CaseMove]:
        """Return the trail of a sample's failure; nothing where it has none."""
        return self.trails.get(sample.failure_id or 0, [])

    def decided_by(self, sample: Sample) -> int | None:
        """Return who decided last of a sample, of the house's own people: moves of its failure, else its report."""
        own = [one for one in self.trail(sample) if one.code != "attach" and not one.by.enterprise]
        people = [one.by_id for one in own if not one.by.is_operator]
        return people[-1] if people else self.recorders.get(sample.pk)


def sources_of(samples: Sequence[Sample], *, first_only: bool = False) -> Sources:
    """Return what notices of samples are read from; the items of a re-inspection, if any, replace the first's."""
    numbers = [one.pk for one in samples]
    reports = LabReport.objects.filter(sample__in=numbers, replaced_by=None).order_by("sample", "id")
    if first_only:
        reports = reports.filter(kind="first")
    last = {one.sample_id: one for one in reports}
    by_report: dict[tuple[int, int], list[ItemResult]] = {}
    rows = ItemResult.objects.filter(report__in=reports).select_related("report__sample")
    for row in rows.order_by("report", "number"):
        by_report.setdefault((row.report.sample_id, row.report_id), []).append(row)
    results = {sample: by_report[sample, report] for sample, report in sorted(by_report)}
    return Sources(
        results=results,
        recorders={sample: one.recorded_by_id for sample, one in last.items()},
        trails=cases.trails_of(one.failure_id for one in samples if one.failure_id),
    )


def settled_on(kind: str, sample: Sample, trail: Sequence[CaseMove]) -> date:
    """Return the day on which a result became final, or on which its case ended."""
    moves = [one for one in trail if one.before != one.after or one.code == "open"]
    if kind == "follow_up" and moves:
        return moves[-1].on
    final = [one.on for one in moves if one.after in (CONFIRMED, OVERTURNED)]
    assert sample.concluded_on is not None
    return final[0] if final else sample.concluded_on


def clause_of(sample: Sample, part: PublicPart, due_clause: str) -> str:
    """Return the clause of what is published, by the text of the day of sampling, and that of the legal day."""
    what = part.clauses.get(text_of(sample), "")
    return "；".join(one for one in (what, due_clause) if one)[:200]


def fields_of(sample: Sample, part: PublicPart, sources: Sources) -> dict[str, Any]:
    """Return what a notice of a sample shows: the whitelisted fields that have a value."""
    wanted = part.passed if sample.conclusion == "qualified" else part.failed
    results, trail = sources.results.get(sample.pk, []), sources.trail(sample)
    found = {name: _FIELDS[name](sample, results, trail) for name in wanted}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


@lru_cache(maxsize=4096)
def due_on(law: str, step: str, settled_on: date) -> tuple[date, str]:
    """Return the legal day of a notice, and the clause that sets it; without a text the day itself."""
    return last_day(law, step, event=settled_on) or (settled_on, "")


def failing(results: Sequence[ItemResult]) -> list[ItemResult]:
    """Return the items that did not pass."""
    return [one for one in results if one.verdict == "unqualified"]


def _failing_items(
    _sample: Sample, results: Sequence[ItemResult], _trail: Sequence[CaseMove]
) -> list[dict[str, Any]]:
    return [
        {"title": one.title, "values": [str(value) for value in one.values], "unit": one.unit, "limit": one.limit,
         "standard": one.standard}
        for one in failing(results)
    ]  # fmt: skip


def _measures(_sample: Sample, _results: Sequence[ItemResult], trail: Sequence[CaseMove]) -> list[dict[str, Any]]:
    return [
        {"on": one.on.isoformat(), "what": _both(move_title(one.case.type, one.code))}
        for one in trail
        if one.code in TOLD
    ]


def _outcome(sample: Sample) -> dict[str, str] | None:
    return _both(title_of(sample.failure.type, sample.failure.state)) if sample.failure else None


def _closed(sample: Sample) -> str | None:
    at = sample.failure.closed_at if sample.failure else None
    return timezone.localdate(at).isoformat() if at else None


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


_FIELDS: dict[str, Any] = {
    "product": lambda sample, _r, _t: sample.product_name,
    "brand": lambda sample, _r, _t: sample.brand,
    "specification": lambda sample, _r, _t: sample.specification,
    "batch": lambda sample, _r, _t: sample.batch_number,
    "produced_on": lambda sample, _r, _t: _iso(sample.produced_on),
    "conclusion": lambda sample, _r, _t: sample.conclusion,
    "failing_items": _failing_items,
    "maker": lambda sample, _r, _t: sample.maker,
    "sampled_unit": lambda sample, _r, _t: sample.sampled_unit,
    "sampled_address": lambda sample, _r, _t: sample.address,
    "place": lambda sample, _r, _t: sample.place,
    "stage": lambda sample, _r, _t: sample.stage,
    "sampled_on": lambda sample, _r, _t: _iso(timezone.localdate(sample.sampled_at)),
    "concluded_on": lambda sample, _r, _t: _iso(sample.concluded_on),
    "authority": lambda sample, _r, _t: {
        "zh": sample.plan.organisation.title_zh, "en": sample.plan.organisation.title_en,
    },
    "outcome": lambda sample, _r, _t: _outcome(sample),
    "measures": _measures,
    "closed_on": lambda sample, _r, _t: _closed(sample),
}  # fmt: skip
"""How each public field is read from the house."""
