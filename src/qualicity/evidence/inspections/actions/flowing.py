"""Settled results go into the register of batches by the door of every file: each once, changes as corrections."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.errors import InputError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import Conclusion, SampleState
from qualicity.evidence.inspections.models import Sample
from qualicity.evidence.inspections.queries.batches import REGISTER, as_csv, digest_of, rows_of
from qualicity.evidence.submissions import actions as submissions
from qualicity.evidence.submissions import queries as filed
from qualicity.evidence.submissions.lifecycle import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.periods import Period
    from qualicity.evidence.submissions.models import Submission

EXPLANATION = "由监督抽查业务按已生效结论自动汇总，疑问行已与检验报告核对一致。"


@dataclass(frozen=True, slots=True)
class Flowed:
    """What went into the register: the submission of new batches, the corrections, and how many rows each held."""

    filed: Submission | None
    rows: int
    corrections: tuple[Submission, ...]
    corrected: int
    """How many rows differ from what was filed before."""


@transaction.atomic
def flow(*, period: Period, by: Person, organisation: Organisation | str | None = None) -> Flowed:
    """File the settled samples of a period that were not filed yet, and correct what changed since it was.

    The file is an ordinary submission of the organisation whose plan it was (by default one's own), handed in for
    acceptance. Undecided results stay out until they are final.
    """
    unit = accounts.organisation(organisation) if isinstance(organisation, str) else organisation or by.organisation
    if unit is None:
        raise InputError("请指明以哪个单位的名义报送。", "Say for which organisation this is filed.")
    accounts.check(by, permissions.DECIDE, organisation=unit)
    _free(unit)
    changed = _correct(unit, period, by)
    fresh = list(
        _samples(unit).filter(
            state=SampleState.CONCLUDED, conclusion__in=[Conclusion.QUALIFIED, Conclusion.UNQUALIFIED],
            submission=None, concluded_on__gte=period.start, concluded_on__lte=period.end,
        )
    )  # fmt: skip
    rows = rows_of(fresh)
    new = [one for one in fresh if one.pk in rows]
    made = _file(new, rows, unit, period, by) if new else None
    corrections = tuple(one for one, _count in changed)
    if made is not None or corrections:
        audit.record(
            by=by, verb="inspections.flow", subject=f"register:{REGISTER}",
            detail={"period": period.label, "organisation": unit.code, "rows": len(new),
                    "filed": made.pk if made else None, "corrections": [one.pk for one in corrections]},
        )  # fmt: skip
    return Flowed(made, len(new), corrections, sum(count for _one, count in changed))


def _samples(unit: Organisation) -> QuerySet[Sample]:
    """Return the first samples of a unit's plans; a recheck is no batch of its own."""
    return (
        Sample.objects.select_for_update(of=("self",))
        .filter(plan__organisation=unit, recheck_of=None)
        .select_related("plan__organisation", "failure", "organisation")
        .order_by("number")
    )


def _filed_in(unit: Organisation) -> tuple[Submission, ...]:
    """Return the submissions in which samples of a unit's plans were filed."""
    found = Sample.objects.filter(plan__organisation=unit, submission__isnull=False)
    numbers = set(found.values_list("submission", flat=True))
    return filed.by_numbers(one for one in numbers if one is not None)


def _free(unit: Organisation) -> None:
    """Let samples whose file was returned be filed again."""
    gone = [one.pk for one in _filed_in(unit) if one.state == State.RETURNED]
    Sample.objects.filter(submission__in=gone).update(submission=None, filed_as="")


def _correct(unit: Organisation, period: Period, by: Person) -> list[tuple[Submission, int]]:
    """File anew, as corrections, the accepted files some of whose samples are no longer what they were."""
    accepted = [
        one
        for one in _filed_in(unit)
        if one.state == State.ACCEPTED and (one.period.start, one.period.end) == (period.start, period.end)
    ]
    made: list[tuple[Submission, int]] = []
    for one in accepted:
        members = list(_samples(unit).filter(submission=one.pk))
        rows = rows_of(members)
        within = {
            each.pk
            for each in members
            if each.concluded_on and period.start <= each.concluded_on <= period.end and each.pk in rows
        }
        count = sum(each.pk not in within or digest_of(rows[each.pk]) != each.filed_as for each in members)
        if count == 0 or not within:
            continue
        Sample.objects.filter(pk__in=[each.pk for each in members]).update(submission=None, filed_as="")
        kept = [each for each in members if each.pk in within]
        made.append((_file(kept, rows, unit, period, by, corrects=one), count))
    return made


def _file(
    samples: Sequence[Sample],
    rows: dict[int, dict[str, object]],
    unit: Organisation,
    period: Period,
    by: Person,
    *,
    corrects: Submission | None = None,
) -> Submission:
    data = as_csv([rows[one.pk] for one in samples])
    name = f"{REGISTER}-{unit.code}-{period.label.replace('/', '_')}.csv"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        made = submissions.receive(
            register=REGISTER, organisation=unit, period=period, file=path, name=name, by=by, corrects=corrects,
            channel="desk",
        )  # fmt: skip
    for one in samples:
        one.submission, one.filed_as = made.pk, digest_of(rows[one.pk])
    Sample.objects.bulk_update(samples, ["submission", "filed_as"], batch_size=1000)
    if made.state == State.DRAFT and accounts.can(by, "submissions.submit", organisation=unit):
        made = submissions.submit(submission=made, by=by, explanation=EXPLANATION)
    return made
