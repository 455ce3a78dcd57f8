"""Reads of laboratories: what waits for a test, reports with their lines, files that were sent in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import Conclusion, SampleState
from qualicity.evidence.inspections.models import ItemResult, LabFile, LabReport, Sample
from qualicity.evidence.inspections.queries.samples import samples
from qualicity.evidence.inspections.queries.settling import last_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Organisation, Person

FIRST, REINSPECTION = "first", "reinspection"
NAMING = "name_laboratory"
REINSPECTING = "reinspecting"
REPORT_STEP = "report"


@dataclass(frozen=True, slots=True)
class ToTest:
    """One sample that waits for a report: of which kind, by when, and how that stands."""

    sample: Sample
    kind: str
    due: date | None
    clause: str
    look: str


def samples_to_test(*, by: Person, search: str = "") -> QuerySet[Sample]:
    """Return the samples that wait for a report of one's own laboratory, the longest waiting first."""
    accounts.check(by, permissions.TEST)
    counting = LabReport.objects.filter(sample=OuterRef("pk"), replaced_by=None)
    first = Q(laboratory=by.organisation_id, state=SampleState.DELIVERED)
    again = Q(pk__in=_to_reinspect(by)) & ~Exists(counting.filter(kind=REINSPECTION))
    found = Sample.objects.filter(first | again).select_related("organisation", "laboratory", "failure", "plan")
    if search:
        found = found.filter(Q(number__icontains=search) | Q(product_name__icontains=search))
    return found.order_by("delivered_at", "pk")


def to_test(found: Iterable[Sample], *, by: Person) -> tuple[ToTest, ...]:
    """Return what waits with the day by which the law of its day wants the report."""
    day = timezone.localdate(registry.moment())
    return tuple(_to_test(one, by, day) for one in found)


def sample_to_report(number: str, by: Person) -> tuple[Sample, str]:
    """Return a sample of one's own laboratory and the kind of report that is due of it; NotFoundError for others'."""
    accounts.check(by, permissions.TEST)
    sample = (
        Sample.objects.filter(number=number)
        .exclude(state=SampleState.VOID)
        .select_related("organisation", "laboratory", "failure", "plan")
        .first()
    )
    kind = kind_for(sample, by.organisation) if sample is not None else None
    if sample is None or kind is None:
        raise permissions.not_there(number)
    return sample, kind


def kind_for(sample: Sample, laboratory: Organisation | None) -> str | None:
    """Return which report a laboratory owes of a sample: the first, a re-inspection's, or none at all."""
    if laboratory is None:
        return None
    if sample.laboratory_id == laboratory.pk:
        return FIRST
    return REINSPECTION if named_laboratories([sample]).get(sample.pk) == laboratory.code else None


def named_laboratories(found: Iterable[Sample]) -> dict[int, str]:
    """Return, by sample, the code of the laboratory that was named last for its re-inspection."""
    by_case = {one.failure_id: one.pk for one in found if one.failure_id}
    named: dict[int, str] = {}
    for case, trail in cases.trails_of(by_case).items():
        for move in trail:
            if move.code == NAMING:
                refs = [each.get("ref", "") for each in move.evidence]
                codes = [each.removeprefix("laboratory:") for each in refs if each.startswith("laboratory:")]
                named[by_case[case]] = codes[-1] if codes else ""
    return named


def counting_reports(found: Iterable[Sample]) -> dict[int, list[LabReport]]:
    """Return, by sample, the reports that count: the first, then the re-inspection's."""
    reports: dict[int, list[LabReport]] = {}
    for one in LabReport.objects.filter(sample__in=[each.pk for each in found], replaced_by=None).order_by("id"):
        reports.setdefault(one.sample_id, []).append(one)
    return reports


def own_reports(*, by: Person) -> QuerySet[LabReport]:
    """Return the reports of one's own laboratory, the latest first."""
    accounts.check(by, permissions.TEST)
    return _all_reports().filter(laboratory=by.organisation_id)


def reports_on(sample: Sample, *, by: Person) -> tuple[LabReport, ...]:
    """Return every report on a sample that a person may see, replaced ones too, in the order in which they came."""
    accounts.check(by, permissions.READ)
    return tuple(_all_reports().filter(sample__in=samples(by=by).filter(pk=sample.pk)).order_by("id"))


def report(number: int, by: Person) -> LabReport:
    """Return a report of one's own laboratory, or on a sample that one may see; NotFoundError for any other."""
    if accounts.can(by, permissions.READ):
        seen = _all_reports().filter(sample__in=samples(by=by).values("pk"))
    else:
        seen = own_reports(by=by)
    return _one(seen, number)


def own_report(number: int, by: Person) -> LabReport:
    """Return a report of one's own laboratory; NotFoundError for none, and for another's."""
    return _one(own_reports(by=by), number)


def report_to_decide(number: int, by: Person) -> LabReport:
    """Return a report on a sample over which a person decides; NotFoundError for any other."""
    accounts.check(by, permissions.DECIDE)
    seen = _all_reports()
    if not accounts.sees_all(by, permissions.DECIDE):
        seen = seen.filter(sample__organisation=by.organisation_id)
    return _one(seen, number)


def _all_reports() -> QuerySet[LabReport]:
    everything = ("sample__organisation", "laboratory", "recorded_by", "decided_by", "replaced_by", "file")
    return LabReport.objects.select_related(*everything).order_by("-id")


def _one(seen: QuerySet[LabReport], number: int) -> LabReport:
    found = seen.filter(pk=number).first()
    if found is None:
        raise permissions.not_there(str(number))
    return found


def lines_of(one: LabReport) -> tuple[ItemResult, ...]:
    """Return the lines of a report in order."""
    return tuple(one.results.order_by("number"))


def earlier(one: LabReport) -> tuple[LabReport, ...]:
    """Return the reports that this one replaced, the latest first."""
    return tuple(LabReport.objects.filter(replaced_by=one).select_related("recorded_by").order_by("-id"))


def can_decide(one: LabReport, by: Person) -> bool:
    """Say whether a person may decide what the rules left undecided of a report."""
    open_still = one.conclusion == Conclusion.UNDECIDED and one.replaced_by_id is None
    return open_still and accounts.can(by, permissions.DECIDE, organisation=one.sample.organisation)


def can_replace(one: LabReport, by: Person) -> bool:
    """Say whether a person may replace a report by a corrected one."""
    return one.replaced_by_id is None and accounts.can(by, permissions.TEST, organisation=one.laboratory)


def lab_files(*, by: Person) -> QuerySet[LabFile]:
    """Return the files of one's own laboratory, the latest first."""
    accounts.check(by, permissions.TEST)
    return LabFile.objects.filter(laboratory=by.organisation_id).select_related("sent_by")


def lab_file(number: int, by: Person) -> LabFile:
    """Return one file of one's own laboratory; NotFoundError for none, and for another's."""
    found = lab_files(by=by).filter(pk=number).first()
    if found is None:
        raise permissions.not_there(str(number))
    return found


def _to_reinspect(by: Person) -> list[int]:
    """Return the samples for whose re-inspection one's own laboratory was named."""
    if by.organisation is None:
        return []
    found = list(Sample.objects.filter(failure__state=REINSPECTING).only("pk", "failure"))
    named = named_laboratories(found)
    return [one.pk for one in found if named.get(one.pk) == by.organisation.code]


def _to_test(sample: Sample, by: Person, day: date) -> ToTest:
    kind = FIRST if sample.laboratory_id == by.organisation_id else REINSPECTION
    due = None
    if kind == FIRST and sample.delivered_at is not None:
        due = last_day(
            sample.law, REPORT_STEP, event=timezone.localdate(sample.delivered_at),
            opened=timezone.localdate(sample.sampled_at),
        )  # fmt: skip
    if due is None:
        return ToTest(sample, kind, None, "", "case_none")
    left = (due[0] - day).days
    soon = catalogue().urging.due_soon_days
    look = "case_overdue" if left < 0 else "case_soon" if left < soon else "case_on_time"
    return ToTest(sample, kind, due[0], due[1], look)
