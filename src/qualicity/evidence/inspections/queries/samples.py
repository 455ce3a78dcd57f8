"""Reads of field work: targets that wait for a visit, samples with their files, and what happened to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.errors import NotFoundError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import SampleState, TargetState
from qualicity.evidence.inspections.models import Sample, SampleFile, Target, Visit
from qualicity.evidence.submissions.queries.paths import file_path

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person

EVERYTHING = ("plan", "organisation", "laboratory", "sent_by", "target__draw", "target__line", "recheck_of")
VERBS = ("inspections.sample", "inspections.deliver", "inspections.void")


@dataclass(frozen=True, slots=True)
class SamplesWanted:
    """Which samples are asked for; what is empty does not narrow."""

    plan: str = ""
    state: str = ""
    organisation: str = ""
    product: str = ""
    conclusion: str = ""
    search: str = ""
    since: date | None = None
    until: date | None = None
    questioned: bool = False


@dataclass(frozen=True, slots=True)
class SampleStep:
    """One thing that happened to a sample."""

    verb: str
    at: datetime
    username: str
    words: str = ""


def samples(*, by: Person, wanted: SamplesWanted = SamplesWanted()) -> QuerySet[Sample]:
    """Return the samples that a person may see, the latest first."""
    found = _visible(by).select_related(*EVERYTHING)
    exact = {
        "plan__code": wanted.plan, "state": wanted.state, "organisation__code": wanted.organisation,
        "product": wanted.product, "conclusion": wanted.conclusion, "sampled_at__date__gte": wanted.since,
        "sampled_at__date__lte": wanted.until,
    }  # fmt: skip
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.questioned:
        found = found.exclude(questions=[])
    if wanted.search:
        found = found.filter(
            Q(number__icontains=wanted.search) | Q(product_name__icontains=wanted.search)
            | Q(sampled_unit__icontains=wanted.search) | Q(maker__icontains=wanted.search)
        )  # fmt: skip
    return found


def sample(number: str, by: Person) -> Sample:
    """Return one sample by the number of its sheet; NotFoundError for none, and for one that is not for ``by``."""
    found = _visible(by).filter(number=number).select_related(*EVERYTHING).first()
    if found is None:
        raise permissions.not_there(number)
    return found


def files_of(one: Sample | Visit) -> tuple[SampleFile, ...]:
    """Return the photographs and signatures of a sample or visit, in the order in which they came."""
    return tuple(one.files.all())


def sample_file(number: str, file: int, by: Person) -> tuple[SampleFile, Path]:
    """Return a file of a sample and where it lies; only for who may read the sample."""
    found = SampleFile.objects.filter(sample=sample(number, by), pk=file).first()
    if found is None:
        raise permissions.not_there(str(file))
    path = file_path(found.sha256)
    if not path.is_file():
        raise NotFoundError("文件不在服务器上，请从备份恢复。", "The file is not there; restore it from the backup.")
    return found, path


def steps_of(one: Sample) -> tuple[SampleStep, ...]:
    """Return what the trail says of a sample, from its taking on."""
    found = audit.records_of(f"sample:{one.number}")
    return tuple(SampleStep(each.verb, each.at, each.username, str(each.detail.get("reason", ""))) for each in found)


def my_targets(by: Person) -> QuerySet[Target]:
    """Return the targets that wait for a visit of this person, those of the earliest draw first."""
    accounts.check(by, permissions.SAMPLE)
    return (
        Target.objects.filter(inspectors=by, state=TargetState.WAITING)
        .select_related("draw__plan", "line", "organisation")
        .prefetch_related("inspectors")
        .order_by("draw__drawn_at", "draw", "number")
    )


def my_target(number: int, by: Person) -> Target:
    """Return a target of this person, in whatever state; NotFoundError for another's and for none."""
    accounts.check(by, permissions.SAMPLE)
    found = (
        Target.objects.filter(pk=number, inspectors=by)
        .select_related("draw__plan", "line", "organisation")
        .prefetch_related("inspectors")
        .first()
    )
    if found is None:
        raise permissions.not_there(str(number))
    return found


def sample_of(target: Target) -> Sample | None:
    """Return the sample of a target that is not void."""
    return target.samples.exclude(state=SampleState.VOID).first()


def my_samples(by: Person, *, most: int = 20) -> QuerySet[Sample]:
    """Return the latest samples that this person took part in."""
    accounts.check(by, permissions.SAMPLE)
    return Sample.objects.filter(samplers=by).select_related("plan", "organisation", "laboratory")[:most]


def _visible(by: Person) -> QuerySet[Sample]:
    accounts.check(by, permissions.READ)
    if accounts.sees_all(by, permissions.READ):
        return Sample.objects.all()
    return Sample.objects.filter(organisation=by.organisation_id)
