"""What the law of the day asks before a move of a failure, beyond who may make it and from which state."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.inspections.lifecycle import WORDS, Conclusion, SampleState
from qualicity.evidence.inspections.models import LabReport, Sample
from qualicity.evidence.inspections.queries.barring import BarFound, bar_named, bars
from qualicity.evidence.inspections.queries.failures import OBJECTION_CLOCKS
from qualicity.evidence.inspections.queries.settling import last_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.commons.cases.models import Case


@dataclass(frozen=True, slots=True)
class Step:
    """One move about to be made, as the checks look at it and complete it."""

    sample: Sample
    case: Case
    by: Person
    on: date
    reason: str
    laboratory: Organisation | None = None
    evidence: tuple[str, ...] = ()


def drawn_laboratory(sample: Sample) -> Organisation:
    """Return a laboratory other than the first, drawn by SHA-256 of sheet and code: anybody can draw it again."""
    found = [one for one in accounts.organisations().filter(kind="laboratory") if one.pk != sample.laboratory_id]
    if not found:
        raise NotPossibleError(
            "除初检机构外没有可用的检验机构，请先登记复检机构。",
            "There is no laboratory but the first one: register the one that re-inspects.",
        )
    return min(found, key=lambda one: hashlib.sha256(f"{sample.number}:{one.code}".encode()).hexdigest())


def check_period_over(step: Step) -> Step:
    """Raise while the enterprise may still object or ask."""
    for clock in cases.clocks_of(step.case):
        if clock.code in OBJECTION_CLOCKS and clock.due is not None and clock.stand != "stopped":
            last = clock.due.astimezone(cases.zone()).date()
            if step.on <= last:
                raise NotPossibleError(
                    f"异议期至 {last} 止（{clock.clause}），尚未届满。",
                    f"The time to object runs until {last} ({clock.clause}); it is not over.",
                )
    return step


def check_no_bar(step: Step) -> Step:
    """Raise where the law of the day grants no re-inspection, with the clause and the fact."""
    found = bars(step.sample, on=step.on)
    if found:
        raise NotPossibleError(
            "不得受理复检：" + "；".join(f"{one.title.zh}（{one.clause}；{one.fact}）" for one in found) + "。",
            "No re-inspection: " + "; ".join(f"{one.title.en} ({one.clause}; {one.fact})" for one in found) + ".",
        )
    return step


def name_the_bar(step: Step) -> Step:
    """Put the bar's words and clause before the reason of a refusal; without a bar that a text has, raise."""
    found = list(bars(step.sample, on=step.on))
    if not found:
        other = bar_named(step.sample, "unusable", step.reason)
        if other is None:
            raise NotPossibleError(
                "依立案之日有效的规定，没有可以不予受理的事由。",
                "By the rules of the day on which the case was opened nothing bars the re-inspection.",
            )
        if not step.reason:
            raise InputError("请写明备份样品不能用于复检的事实。", "Say why the reserve sample cannot serve.")
        found = [other]
    words = "；".join(f"{one.title.zh}（{one.clause}）{_of(one)}" for one in found)
    return replace(step, reason="。".join(one for one in (words, step.reason) if one))


def check_other_laboratory(step: Step) -> Step:
    """Raise where the re-inspection would go to the laboratory of the first test."""
    assert step.laboratory is not None
    if step.laboratory.pk == step.sample.laboratory_id:
        raise NotPossibleError(
            f"复检机构与初检机构不得为同一机构（{step.laboratory.title_zh}）。",
            f"The re-inspection may not go to the laboratory of the first test ({step.laboratory.title_en}).",
        )
    words = f"复检机构：{step.laboratory.title_zh}"
    return replace(
        step, reason="。".join(one for one in (words, step.reason) if one),
        evidence=(*step.evidence, f"laboratory:{step.laboratory.code}"),
    )  # fmt: skip


def add_reinspection(step: Step) -> Step:
    """Add the report of the re-inspection as evidence, where the laboratory has sent it in."""
    report = _reinspection(step.sample)
    return replace(step, evidence=(*step.evidence, f"report:{report.pk}")) if report else step


def check_upheld(step: Step) -> Step:
    """Raise where the re-inspection's report says that the sample passed."""
    return _check_report(step, Conclusion.UNQUALIFIED)


def check_overturned(step: Step) -> Step:
    """Raise where the re-inspection's report says that the sample failed."""
    return _check_report(step, Conclusion.QUALIFIED)


def check_sampling_objection(step: Step) -> Step:
    """Raise where an objection to the sampling came after its time, which counts from the sampling."""
    sampled = timezone.localdate(step.sample.sampled_at)
    found = last_day(step.sample.law, "object_sampling", event=sampled, opened=step.case.opened_on)
    made = [one.on for one in cases.moves_of(step.case) if one.code == "object_sampling"]
    if found and made and made[-1] > found[0]:
        raise NotPossibleError(
            f"对抽样过程的异议应在 {found[0]} 前提出（{found[1]}），已逾期，应不予受理。",
            f"An objection to the sampling was due by {found[0]} ({found[1]}); it is refused.",
        )
    return step


def check_may_recheck(step: Step) -> Step:
    """Raise for a recheck without a report while the time to correct runs."""
    if step.case.state != "correcting":
        return step
    for clock in cases.clocks_of(step.case):
        if clock.code == "correct" and clock.stand == "running" and clock.due is not None:
            last = clock.due.astimezone(cases.zone()).date()
            if step.on <= last:
                raise NotPossibleError(
                    f"改正期限至 {last} 止（{clock.clause}），企业尚未报告改正情况。",
                    f"The time to correct runs until {last} ({clock.clause}), and nothing was reported yet.",
                )
    return step


def check_second_recheck(step: Step) -> Step:
    """Raise where the second recheck would come before the earliest day after the public notice."""
    noticed = [one.on for one in cases.moves_of(step.case) if one.code == "give_notice"]
    found = (
        last_day(step.sample.law, "second_recheck_earliest", event=noticed[-1], opened=step.case.opened_on)
        if noticed
        else None
    )
    if found and step.on <= found[0]:
        raise NotPossibleError(
            f"公告之日起满 {found[0]} 后方可再次复查（{found[1]}）。",
            f"The second recheck may begin only after {found[0]} ({found[1]}).",
        )
    return step


def check_passed(step: Step) -> Step:
    """Raise where the recheck's sample failed."""
    return _check_recheck(step, Conclusion.QUALIFIED)


def check_failed(step: Step) -> Step:
    """Raise where the recheck's sample passed."""
    return _check_recheck(step, Conclusion.UNQUALIFIED)


def _of(bar: BarFound) -> str:
    return f"：{bar.fact}" if bar.code != "unusable" and bar.fact else ""


def _reinspection(sample: Sample) -> LabReport | None:
    return sample.reports.filter(kind="reinspection", replaced_by=None).order_by("-id").first()


def _check_report(step: Step, wanted: Conclusion) -> Step:
    report = _reinspection(step.sample)
    if report is not None and report.conclusion != wanted:
        found = WORDS[Conclusion(report.conclusion)]
        raise InputError(
            f"复检报告 {report.number} 的结论是“{found.zh}”，与本项决定不符。",
            f"The report {report.number} says “{found.en}”: that does not go with this decision.",
        )
    return step


def _check_recheck(step: Step, wanted: Conclusion) -> Step:
    """Hold a decision against the sample of the recheck, and keep it as evidence."""
    recheck = step.sample.rechecks.filter(state=SampleState.CONCLUDED).order_by("-concluded_on", "-id").first()
    if recheck is None:
        if not step.reason:
            raise InputError(
                "没有关联的复查样品结论，请写明复查依据。",
                "No recheck sample with a conclusion is linked: say what the decision rests on.",
            )
        return step
    if recheck.conclusion != wanted:
        found = WORDS[Conclusion(recheck.conclusion)]
        raise InputError(
            f"复查样品 {recheck.number} 的结论是“{found.zh}”，与本项决定不符。",
            f"The recheck sample {recheck.number} was found {found.en}: that does not go with this decision.",
        )
    return replace(step, evidence=(*step.evidence, f"sample:{recheck.number}"))


CHECKS: dict[str, tuple[Callable[[Step], Step], ...]] = {
    "close_period": (check_period_over,),
    "accept_reinspection": (check_no_bar,),
    "refuse_reinspection": (name_the_bar,),
    "name_laboratory": (check_other_laboratory,),
    "receive_reinspection": (add_reinspection,),
    "uphold_result": (check_upheld,),
    "overturn_result": (check_overturned,),
    "accept_objection_sampling": (check_sampling_objection,),
    "start_recheck": (check_may_recheck,),
    "start_second_recheck": (check_second_recheck,),
    "pass_recheck": (check_passed,),
    "pass_second_recheck": (check_passed,),
    "fail_recheck": (check_failed,),
}
"""What is asked before each move."""
