"""Reads of field work: targets that wait for a visit, samples with their files, and what happened to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.cases import queries as cases
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, Text
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import SampleState, TargetState
from qualicity.evidence.inspections.models import Sample, SampleFile, Target, Visit
from qualicity.evidence.submissions.queries.paths import file_path

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.field_work import SamplingRules
    from qualicity.definitions.laws import Instrument
    from qualicity.definitions.products import Product

EVERYTHING = ("plan", "organisation", "laboratory", "sent_by", "target__draw", "target__line", "recheck_of")
VERBS = {
    "inspections.sample": Text("收到抽样单", "The sheet arrived"),
    "inspections.deliver": Text("送达检验机构", "At the laboratory"),
    "inspections.void": Text("作废", "Made void"),
    "inspections.record": Text("录入检验报告", "A report was entered"),
    "inspections.conclude": Text("作出结论", "Concluded"),
}
"""What the trail's verbs are called; another desk's are shown as they are."""


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
    title: Text
    at: datetime
    person: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class RulesShown:
    """The text of a law and what it asks of whoever takes a sample."""

    text: Instrument
    rules: SamplingRules | None


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
    found = list(audit.records_of(f"sample:{one.number}"))
    names = accounts.names(each.username for each in found)
    return tuple(
        SampleStep(
            each.verb, VERBS.get(each.verb, Text(each.verb, each.verb)), each.at,
            names.get(each.username, each.username),
            str(each.detail.get("reason", "")),
        )
        for each in found
    )  # fmt: skip


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


def samplers_of_unit(unit: Organisation) -> list[Person]:
    """Return the people of a unit who may take samples."""
    return [one for one in unit.people.filter(is_active=True) if accounts.can(one, permissions.SAMPLE)]


def product(code: str) -> Product | None:
    """Return a product of the catalogue by its code; None for one that is there no longer."""
    return catalogue().products.get(code)


def product_title(code: str, language: str) -> str:
    """Return what a product of the catalogue is called; its code where the catalogue has it no longer."""
    found = product(code)
    return found.title.in_language(language) if found else code


def rules_of(law: str, at: datetime) -> RulesShown:
    """Return the text of a law that is in force at a moment, and what it asks of whoever takes a sample."""
    rules = catalogue().field_work
    text = catalogue().laws[law].on(at.astimezone(cases.zone()).date())
    return RulesShown(text, rules.of(law, text.code) if rules else None)
