"""Opening what follows a failure: one case for each sample that failed, under the law of the day it was concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases.actions import NewCase
from qualicity.errors import NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import Conclusion, SampleState
from qualicity.evidence.inspections.models import Sample
from qualicity.evidence.inspections.queries.settling import enterprise_of, families, family_of

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case


@transaction.atomic
def open_failure(*, sample: Sample, by: Person) -> Case:
    """Open the case that follows a failed sample, on the day on which it was concluded.

    Raises NotPossibleError for a sample that did not fail, has its case already, or is the recheck of another one.
    """
    fresh = _locked(sample)
    accounts.check(by, permissions.DECIDE, organisation=fresh.organisation)
    if fresh.failure_id is not None:
        raise NotPossibleError(
            f"样品“{fresh}”已立案（第 {fresh.failure_id} 号）。",
            f"“{fresh}” has its case already ({fresh.failure_id}).",
        )
    if fresh.recheck_of_id is not None:
        raise NotPossibleError(
            "复查样品不另立案，其结论用于原样品的后处理。",
            "A recheck opens no case of its own; it settles the one of the first sample.",
        )
    if fresh.state != SampleState.CONCLUDED or fresh.conclusion != Conclusion.UNQUALIFIED:
        raise NotPossibleError(
            f"样品“{fresh}”不是结论为不合格的样品，不能立案。", f"“{fresh}” was not concluded to fail."
        )
    new = _new(fresh)
    fresh.failure = cases.open_case(
        type=family_of(fresh.law).case_type, subject=new.subject, title_zh=new.title_zh, title_en=new.title_en,
        organisation=new.organisation, place=new.place, enterprise=new.enterprise, by=by, on=fresh.concluded_on,
    )  # fmt: skip
    fresh.save(update_fields=["failure"])
    sample.failure = fresh.failure
    return fresh.failure


@transaction.atomic
def open_failures(*, by: Person) -> int:
    """Open the cases of all failed samples that have none, over which ``by`` may decide; return how many."""
    accounts.check(by, permissions.DECIDE)
    found = Sample.objects.select_for_update(of=("self",)).filter(
        state=SampleState.CONCLUDED, conclusion=Conclusion.UNQUALIFIED, failure=None, recheck_of=None,
        law__in=[one.law for one in families()],
    )  # fmt: skip
    if not accounts.sees_all(by, permissions.DECIDE):
        found = found.filter(organisation=by.organisation)
    groups: dict[tuple[str, date], list[Sample]] = {}
    for sample in found.select_related("organisation").order_by("pk"):
        assert sample.concluded_on is not None
        groups.setdefault((family_of(sample.law).case_type, sample.concluded_on), []).append(sample)
    for (case_type, day), samples in groups.items():
        opened = cases.open_many(type=case_type, items=[_new(one) for one in samples], by=by, on=day)
        for sample, case in zip(samples, opened, strict=True):
            sample.failure = case
        Sample.objects.bulk_update(samples, ["failure"], batch_size=1000)
    count = sum(len(samples) for samples in groups.values())
    if count:
        audit.record(by=by, verb="inspections.open_failures", subject="samples", detail={"count": count})
    return count


def _new(sample: Sample) -> NewCase:
    return NewCase(
        subject=f"sample:{sample.number}", title_zh=f"{sample.sampled_unit}“{sample.product_name}”不合格后处理"[:300],
        title_en=f"{sample.product_name} of {sample.sampled_unit} failed"[:300], organisation=sample.organisation,
        place=sample.place, enterprise=enterprise_of(sample),
    )  # fmt: skip


def _locked(sample: Sample) -> Sample:
    return (
        Sample.objects.select_for_update(of=("self",))
        .select_related("organisation", "failure", "plan__organisation", "laboratory")
        .get(pk=sample.pk)
    )
