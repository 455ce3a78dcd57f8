"""Reports of laboratories: recorded by rule, corrected only by a new one, left open ones decided by a person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import WORDS, Conclusion, SampleState
from qualicity.evidence.inspections.models import ItemResult, LabReport, Sample
from qualicity.evidence.inspections.queries.judging import (
    JudgedItem,
    Measured,
    conclusion_of,
    judge_measured,
    product_of,
)
from qualicity.evidence.inspections.queries.testing import FIRST, kind_for, named_laboratories

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.evidence.inspections.models import LabFile

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class NewReport:
    """One report as a laboratory sends it: of which sample, its number and day, and what was measured.

    ``reason``: why it replaces the report that counts now; empty for the first one.
    """

    sample: Sample
    number: str
    reported_on: date
    results: tuple[Measured, ...]
    reason: str = ""


def record_report(
    *,
    sample: Sample,
    number: str,
    reported_on: date,
    results: Sequence[Measured],
    by: Person,
    source: str = "page",
    reason: str = "",
    laboratory: Organisation | None = None,
) -> LabReport:
    """Record a laboratory's report on a sample; the rules judge every item, and the sample's conclusion follows.

    The same report again is answered with the one that is there. A report that counts already is replaced only with
    a ``reason``, under a number of its own; the earlier one stays. The laboratory of the first test never does the
    re-inspection. Raises InputError naming every entry that is at fault; then nothing is recorded.
    """
    given = NewReport(sample, number.strip(), reported_on, tuple(results), reason.strip())
    return record_reports(reports=[given], by=by, source=source, laboratory=laboratory)[0]


def record_reports(
    *,
    reports: Sequence[NewReport],
    by: Person,
    source: str,
    laboratory: Organisation | None = None,
    file: LabFile | None = None,
) -> tuple[LabReport, ...]:
    """Record many reports of one laboratory, all or none."""
    bureau = laboratory or by.organisation
    if bureau is None:
        raise InputError("请指明检验机构。", "Say which laboratory it was.")
    accounts.check(by, permissions.TEST, organisation=bureau)
    with transaction.atomic():
        samples = _locked([one.sample.pk for one in reports])
        known = _known(samples)
        kinds = [_kind(samples[one.sample.pk], bureau) for one in reports]
        judged = [_judged(one) for one in reports]
        done = []
        for one, kind, items in zip(reports, kinds, judged, strict=True):
            before = known.get(one.sample.pk, [])
            again = _same(before, one, bureau)
            done.append(again or _prepared(one, kind, items, samples[one.sample.pk], before))
        for report in done:
            report.laboratory = bureau
        fresh = [one for one in done if one.pk is None]
        for report in fresh:
            report.source, report.recorded_by, report.recorded_at, report.file = source, by, registry.moment(), file
        _store(fresh, [items for one, items in zip(done, judged, strict=True) if one.pk is None], known, by)
    return tuple(done)


def decide_report(*, report: LabReport, conclusion: str, reason: str, by: Person) -> LabReport:
    """Decide, with a reason, what the rules left undecided of a report; the sample's conclusion follows."""
    accounts.check(by, permissions.DECIDE, organisation=report.sample.organisation)
    if conclusion not in (Conclusion.QUALIFIED, Conclusion.UNQUALIFIED):
        raise InputError("结论只能是合格或不合格。", "The conclusion is either qualified or unqualified.")
    if not reason.strip():
        raise InputError(
            "请写明判定理由：规则没有判定的项目由您负责。", "Give your reason: what the rules left open is yours."
        )
    with transaction.atomic():
        sample = _locked([report.sample_id])[report.sample_id]
        held = LabReport.objects.select_for_update().get(pk=report.pk)
        if held.conclusion != Conclusion.UNDECIDED or held.replaced_by_id is not None:
            raise NotPossibleError(
                f"报告“{held.number}”的结论是“{WORDS[Conclusion(held.conclusion)].zh}”，不需要或不能再判定。",
                f"“{held.number}” is {WORDS[Conclusion(held.conclusion)].en} or was replaced: nothing to decide.",
            )
        held.conclusion, held.decision = conclusion, reason.strip()[:500]
        held.decided_by, held.decided_at = by, registry.moment()
        held.save(update_fields=["conclusion", "decision", "decided_by", "decided_at"])
        if held.kind == FIRST:
            _conclude(sample, conclusion, timezone.localdate(held.decided_at))
            Sample.objects.bulk_update([sample], ["state", "conclusion", "concluded_on"])
        audit.record(
            by=by, verb="inspections.decide_report", subject=f"sample:{sample.number}",
            detail={"report": held.number, "conclusion": conclusion, "reason": held.decision},
        )  # fmt: skip
    return held


def _judged(one: NewReport) -> tuple[JudgedItem, ...]:
    if not one.number:
        raise InputError("请填写检验报告编号。", "The number of the report is missing.")
    if not one.results:
        raise InputError("报告中没有检测结果。", "There are no results in the report.")
    items, faults = judge_measured(product_of(one.sample.product), one.results)
    if faults:
        raise InputError(" ".join(each.sentence.zh for each in faults), " ".join(each.sentence.en for each in faults))
    return items


def _locked(numbers: Sequence[int]) -> dict[int, Sample]:
    found = Sample.objects.select_for_update(of=("self",)).select_related("organisation", "laboratory", "failure")
    return {one.pk: one for one in found.filter(pk__in=numbers).order_by("pk")}


def _known(samples: dict[int, Sample]) -> dict[int, list[LabReport]]:
    known: dict[int, list[LabReport]] = {}
    for one in LabReport.objects.filter(sample__in=list(samples)).order_by("id"):
        known.setdefault(one.sample_id, []).append(one)
    return known


def digest_of(one: NewReport) -> str:
    """Return the digest of what a report says."""
    said = {
        "sample": one.sample.number, "number": one.number, "on": one.reported_on.isoformat(),
        "results": [asdict(each) for each in one.results],
    }  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _same(known: Sequence[LabReport], one: NewReport, laboratory: Organisation) -> LabReport | None:
    """Return the report that was recorded under this number; NotPossibleError where it says something else."""
    for report in known:
        if report.laboratory_id == laboratory.pk and report.number == one.number:
            if report.digest == digest_of(one):
                return report
            raise NotPossibleError(
                f"样品“{one.sample.number}”的报告“{one.number}”已经收到，内容与这次不同。"
                "更正请用新的报告编号并写明理由。",
                f"The report “{one.number}” on “{one.sample.number}” has arrived already and says something else. "
                "A correction needs a number of its own and a reason.",
            )
    return None


def _prepared(
    one: NewReport, kind: str, items: Sequence[JudgedItem], sample: Sample, known: Sequence[LabReport]
) -> LabReport:
    """Return a report that may be recorded, not stored yet; whatever stands in its way is said."""
    counting = next((each for each in known if each.kind == kind and each.replaced_by_id is None), None)
    if sample.state == SampleState.VOID:
        raise NotPossibleError(f"样品“{sample.number}”已作废。", f"“{sample.number}” was made void.")
    if counting is not None and not one.reason:
        raise NotPossibleError(
            f"样品“{sample.number}”已有报告“{counting.number}”。如需更正，请写明理由；原报告保留。",
            f"“{sample.number}” has the report “{counting.number}”. To correct it give a reason; the first stays.",
        )
    today = timezone.localdate(registry.moment())
    taken = timezone.localdate(sample.delivered_at or sample.sampled_at)
    if not taken <= one.reported_on <= today:
        raise InputError(
            f"样品“{sample.number}”的报告日期应在收样（{taken}）之后、今天（{today}）之前，现为 {one.reported_on}。",
            f"The report on “{sample.number}” is dated {one.reported_on}: it should lie between the day on which the "
            f"sample came ({taken}) and today ({today}).",
        )
    conclusion = conclusion_of(items)
    if kind == FIRST and sample.conclusion not in ("", conclusion):
        _check_free(sample)
    return LabReport(
        sample=sample, number=one.number, kind=kind, reported_on=one.reported_on,
        conclusion=conclusion, reason=one.reason[:500] if counting else "", digest=digest_of(one),
    )  # fmt: skip


def _kind(sample: Sample, laboratory: Organisation) -> str:
    kind = kind_for(sample, laboratory)
    if kind == FIRST and sample.state == SampleState.TAKEN:
        kind = None
    if kind is None:
        raise permissions.not_there(sample.number)
    if kind == FIRST and named_laboratories([sample]).get(sample.pk) == laboratory.code:
        raise NotPossibleError(
            "复检机构与初检机构不得为同一机构。",
            "The re-inspection may not be done by the laboratory of the first test.",
        )
    return kind


def _check_free(sample: Sample) -> None:
    """Raise where something rests on the conclusion already, so that a corrected report may not change it."""
    rests = {
        ("后处理事项", "the case that follows its failure"): sample.failure_id is not None,
        ("台账中的批次", "its row in the register"): sample.submission is not None,
        ("已经公布的结果", "a published notice"): sample.notices.exclude(state="due").exists(),
    }
    held = [words for words, is_there in rests.items() if is_there]
    if held:
        raise NotPossibleError(
            f"更正会改变样品“{sample.number}”的结论，而{'、'.join(zh for zh, _en in held)}已以原结论为依据。"
            "请先在该处处理。",
            f"The correction would change the conclusion of “{sample.number}”, on which rests "
            f"{', '.join(en for _zh, en in held)}. Settle that first.",
        )


def _store(
    reports: Sequence[LabReport], items: Sequence[Sequence[JudgedItem]], known: dict[int, list[LabReport]], by: Person
) -> None:
    """Store reports with their lines, let them take the place of earlier ones, and let the samples follow."""
    replaced = _replaced(reports, known)
    # One report of a kind counts: the earlier one leaves that place first, pointing at itself until its heir is in.
    for old in replaced.values():
        old.replaced_by_id = old.pk
    LabReport.objects.bulk_update(list(replaced.values()), ["replaced_by"])
    stored = LabReport.objects.bulk_create(reports)
    for report in stored:
        if (report.sample_id, report.kind) in replaced:
            replaced[report.sample_id, report.kind].replaced_by = report
    LabReport.objects.bulk_update(list(replaced.values()), ["replaced_by"])
    ItemResult.objects.bulk_create(
        _line(report, number, item)
        for report, its in zip(stored, items, strict=True)
        for number, item in enumerate(its, 1)
    )
    first = [report for report in stored if report.kind == FIRST]
    for report in first:
        _conclude(report.sample, report.conclusion, report.reported_on)
    Sample.objects.bulk_update([report.sample for report in first], ["state", "conclusion", "concluded_on"])
    for report in stored:
        before = replaced.get((report.sample_id, report.kind))
        audit.record(
            by=by, verb="inspections.replace_report" if before else "inspections.report",
            subject=f"sample:{report.sample.number}",
            detail={"report": report.number, "kind": report.kind, "conclusion": report.conclusion}
            | ({"replaces": before.number, "reason": report.reason} if before else {}),
        )  # fmt: skip


def _replaced(reports: Sequence[LabReport], known: dict[int, list[LabReport]]) -> dict[tuple[int, str], LabReport]:
    wanted = {(report.sample_id, report.kind) for report in reports}
    return {
        (old.sample_id, old.kind): old
        for each in known.values()
        for old in each
        if old.replaced_by_id is None and (old.sample_id, old.kind) in wanted
    }


def _line(report: LabReport, number: int, item: JudgedItem) -> ItemResult:
    return ItemResult(
        report=report, number=number, item=item.item, title=item.title, method=item.method, standard=item.standard,
        values=list(item.values), unit=item.unit, limit=item.limit, verdict=item.verdict.conclusion.value,
        rule=item.verdict.rule.value, why_zh=item.why.zh[:_LONGEST], why_en=item.why.en[:_LONGEST],
    )  # fmt: skip


def _conclude(sample: Sample, conclusion: str, day: date) -> None:
    """Let a sample follow its first report: concluded, or tested and waiting for a person's decision."""
    if conclusion == Conclusion.UNDECIDED:
        sample.state, sample.conclusion, sample.concluded_on = SampleState.TESTED, "", None
    else:
        sample.state, sample.conclusion, sample.concluded_on = SampleState.CONCLUDED, conclusion, day
