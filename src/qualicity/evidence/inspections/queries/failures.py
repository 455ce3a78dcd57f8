"""Failures as the house and as the enterprise concerned see them: where each stands, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import Conclusion, SampleState
from qualicity.evidence.inspections.models import Notice, Sample, Transfer
from qualicity.evidence.inspections.queries.barring import BarFound, bars
from qualicity.evidence.inspections.queries.noticing import failing, sources_of
from qualicity.evidence.inspections.queries.papers import WITH_REASON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Attachment
    from qualicity.commons.cases.queries import AllowedMove, CaseRow, Running
    from qualicity.errors import Text
    from qualicity.evidence.inspections.models import ItemResult

LARGEST = 2**53
OBJECTION_CLOCKS = ("object", "ask_reinspection", "object_other")
"""The clocks within which an enterprise may object or ask for a re-inspection."""
ENTERPRISE_MOVES = (
    "object", "object_sampling", "object_other", "ask_reinspection", "accept_result", "do_formalities",
    "waive_reinspection", "report_correction",
)  # fmt: skip
"""The moves that an enterprise makes itself; of them it sees its own words."""


@dataclass(frozen=True, slots=True)
class FailureRow:
    """One failure in a list: the sample, and how its case stands."""

    sample: Sample
    row: CaseRow


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One entry of a timeline; ``who`` and ``reason`` are empty where they are not for the reader."""

    on: date
    title: Text
    after: Text
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """All of one failure that a page shows."""

    sample: Sample
    row: CaseRow
    allowed: tuple[AllowedMove, ...]
    clocks: tuple[Running, ...]
    papers: tuple[Attachment, ...]
    files: tuple[Attachment, ...]
    trail: tuple[TrailRow, ...]
    items: tuple[ItemResult, ...]
    bars: tuple[BarFound, ...]
    rechecks: tuple[Sample, ...]
    notices: tuple[Notice, ...]
    transfers: tuple[Transfer, ...]


def failures(
    *, by: Person, law: str = "", state: str = "", words: str = "", place: str = "", open_only: bool = False
) -> QuerySet[Sample]:
    """Return the failed samples whose case ``by`` may see, the nearest deadline first."""
    found = _visible(by).filter(failure__isnull=False)
    if law:
        found = found.filter(law=law)
    if state:
        found = found.filter(failure__state=state)
    if place:
        found = found.filter(place=place)
    if words:
        found = found.filter(
            Q(number__icontains=words) | Q(product_name__icontains=words) | Q(sampled_unit__icontains=words)
            | Q(maker__icontains=words)
        )  # fmt: skip
    if open_only:
        found = found.filter(failure__is_open=True)
    return found.order_by("-failure__is_open", "failure__due_sort", "-failure_id")


def waiting_to_open(*, by: Person) -> int:
    """Return how many failed samples that ``by`` may see have no case yet."""
    return (
        _visible(by)
        .filter(state=SampleState.CONCLUDED, conclusion=Conclusion.UNQUALIFIED, failure=None, recheck_of=None)
        .count()
    )


def failure_rows(samples: Sequence[Sample]) -> tuple[FailureRow, ...]:
    """Return failures as a list shows them, in the order given."""
    rows = cases.case_rows([one.failure for one in samples if one.failure is not None])
    return tuple(FailureRow(sample, row) for sample, row in zip(samples, rows, strict=True))


def failure(number: int, *, by: Person) -> Failure:
    """Return one failure by the number of its sample; NotFoundError where it is not there or not for ``by``."""
    sample = _visible(by).filter(pk=number, failure__isnull=False).first() if 0 < number < LARGEST else None
    if sample is None:
        raise permissions.not_there(str(number))
    return _whole(sample, by, inside=True)


def my_failures(*, by: Person) -> QuerySet[Sample]:
    """Return the failures of the enterprise for which ``by`` speaks, the latest first; only what was served."""
    accounts.check(by, permissions.OBJECT)
    return (
        _related().filter(failure__enterprise=by.enterprise or "-")
        .exclude(failure__state="received").order_by("-failure__is_open", "failure__due_sort", "-failure_id")
    )  # fmt: skip


def my_failure(number: int, *, by: Person) -> Failure:
    """Return one failure of one's own enterprise, with what is the enterprise's to know."""
    sample = my_failures(by=by).filter(pk=number).first() if 0 < number < LARGEST else None
    if sample is None:
        raise permissions.not_there(str(number))
    return _whole(sample, by, inside=False)


def file_of_failure(number: int, attachment: int, *, by: Person) -> Attachment:
    """Return one file of a failure that ``by`` may read: the house all, an enterprise papers and its own files."""
    inside = accounts.can(by, permissions.READ)
    found = failure(number, by=by) if inside else my_failure(number, by=by)
    for one in (*found.papers, *found.files):
        if one.pk == attachment:
            return one
    raise permissions.not_there(str(attachment))


def _visible(by: Person) -> QuerySet[Sample]:
    accounts.check(by, permissions.READ)
    found = _related()
    return found if accounts.sees_all(by, permissions.READ) else found.filter(organisation=by.organisation_id or -1)


def _related() -> QuerySet[Sample]:
    return Sample.objects.select_related(
        "organisation", "plan__organisation", "laboratory", "failure__organisation", "failure__opener_organisation",
        "failure__person", "failure__opened_by", "failure__last_by",
    )  # fmt: skip


def _whole(sample: Sample, by: Person, *, inside: bool) -> Failure:
    case = sample.failure
    assert case is not None
    attached = cases.attachments_of(case)
    first = sources_of([sample], first_only=True).results.get(sample.pk, [])
    papers = tuple(one for one in attached if one.note and not one.added_by.enterprise)
    files = tuple(one for one in attached if one not in papers and (inside or one.added_by.enterprise))
    asked = case.state in ("served", "asked")
    clocks = tuple(map(cases.running, cases.clocks_of(case)))
    # What the law does not allow yet is not offered: the time to object must be over first.
    early = any(one.clock.code in OBJECTION_CLOCKS and one.look in ("on_time", "soon") for one in clocks)
    allowed = [one for one in cases.allowed_moves(case, by) if not (early and one.move.code == "close_period")]
    return Failure(
        sample=sample, row=cases.case_rows([case])[0], allowed=tuple(allowed),
        clocks=clocks, papers=papers, files=files,
        trail=_trail(sample, inside=inside), items=tuple(failing(first)),
        bars=bars(sample) if asked else (),
        rechecks=tuple(sample.rechecks.order_by("id")) if inside else (),
        notices=tuple(sample.notices.order_by("id")) if inside else (),
        transfers=tuple(sample.transfers.select_related("by")) if inside else (),
    )  # fmt: skip


def _trail(sample: Sample, *, inside: bool) -> tuple[TrailRow, ...]:
    case = sample.failure
    assert case is not None
    found = []
    for one in reversed(cases.moves_of(case)):
        if one.code in ("attach", "assign"):
            continue
        title, after = cases.move_words(case, one)
        told = inside or one.code in ENTERPRISE_MOVES or one.code in WITH_REASON or one.code == "name_laboratory"
        found.append(TrailRow(one.on, title, after, str(one.by) if inside else "", one.reason if told else ""))
    return tuple(found)
