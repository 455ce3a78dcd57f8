"""Every move of a failure: what the table of its case allows, what the law of its day asks besides, and its paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases import lifecycle
from qualicity.commons.cases import queries as known
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.actions.asking import CHECKS, Step, drawn_laboratory
from qualicity.evidence.inspections.actions.noticing import make_notices
from qualicity.evidence.inspections.lifecycle import GROUNDS, Conclusion, SampleState
from qualicity.evidence.inspections.models import Sample, Transfer
from qualicity.evidence.inspections.queries.papers import (
    FORMS,
    WITH_CLOCKS,
    Paper,
    compose,
    has_paper,
    rendered_paper,
    title_of_paper,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.commons.cases.actions.attaching import Evidence
    from qualicity.commons.cases.models import Attachment, Case


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives with a move: words, files or references, the laboratory of a re-inspection, the day."""

    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    laboratory: Organisation | None = None
    on: date | None = None
    seen: int | None = None


NOTHING = Given()


@transaction.atomic
def proceed(*, sample: Sample, move: str, by: Person, given: Given = NOTHING) -> Case:
    """Make one move of a sample's failure, with its paper and its notice; return the case as it is then.

    Raises NotPossibleError where the law of the day bars it, naming the clause, and what a move of a case raises.
    """
    fresh, case = _locked(sample)
    day = given.on or registry.today()
    laboratory = given.laboratory
    if move == "name_laboratory" and laboratory is None:
        laboratory = drawn_laboratory(fresh)
    step = Step(fresh, case, by, day, given.reason.strip(), laboratory)
    allowed = {one.move.code for one in known.allowed_moves(case, by)}
    for check in CHECKS.get(move, ()) if move in allowed else ():  # else the move itself says why it may not be
        step = check(step)
    evidence: list[Evidence] = [*given.evidence, *step.evidence]
    paper = Paper(move, fresh, case, day, step.reason, laboratory.title_zh if laboratory else "")
    makes_paper = has_paper(move) and accounts.can(by, permissions.DECIDE)
    if makes_paper and move not in WITH_CLOCKS:
        evidence += _attach(paper, by)
    moved = cases.move(
        case=case, move=move, by=by, reason=step.reason, evidence=evidence, seen=given.seen, on=given.on
    )
    fresh.failure = moved
    _conclude(fresh, move, day)
    if makes_paper and move in WITH_CLOCKS:  # its deadlines run from the move on
        _attach(replace(paper, case=moved), by)
    make_notices(by=by, samples=[fresh.pk])
    sample.refresh_from_db()
    moved.refresh_from_db()
    return moved


def object_to(*, sample: Sample, reason: str, by: Person, about: str = "other", given: Given = NOTHING) -> Case:
    """Object to a result as the enterprise concerned: to the sampling (``about="sampling"``) or anything else."""
    case = sample.failure
    if case is None:
        raise _no_case(sample)
    codes = {one.code for one in lifecycle.case_type(case.type).moves}
    move = "object" if "object" in codes else f"object_{about}"
    return proceed(sample=sample, move=move, by=by, given=_with(given, reason))


def ask_reinspection(*, sample: Sample, reason: str, by: Person, given: Given = NOTHING) -> Case:
    """Ask for a re-inspection as the enterprise concerned."""
    return proceed(sample=sample, move="ask_reinspection", by=by, given=_with(given, reason))


def report_correction(*, sample: Sample, evidence: Sequence[Evidence], by: Person, reason: str = "") -> Case:
    """Report as the enterprise concerned what was corrected, with the evidence."""
    return proceed(
        sample=sample, move="report_correction", by=by, given=Given(reason=reason, evidence=tuple(evidence))
    )


@transaction.atomic
def transfer(*, sample: Sample, grounds: str, reason: str, by: Person, on: date | None = None) -> Transfer:
    """Hand a failure to enforcement while its own case goes on; with its letter. Each grounds once for a sample."""
    fresh, case = _locked(sample)
    accounts.check(by, permissions.DECIDE, organisation=fresh.organisation)
    if grounds not in GROUNDS:
        raise InputError(f"没有移送事由“{grounds}”。", f"There are no grounds “{grounds}”.")
    if not reason.strip():
        raise InputError("请写明移送的事实和理由。", "Give the facts and the reason of the transfer.")
    if Transfer.objects.filter(sample=fresh, grounds=grounds).exists():
        raise NotPossibleError("该样品已按同一事由移送。", "This sample was handed over on the same grounds before.")
    if fresh.conclusion != Conclusion.UNQUALIFIED:
        raise NotPossibleError(
            "样品不是不合格，不能移送。", "The sample did not fail: there is nothing to hand over."
        )
    made = Transfer.objects.create(
        sample=fresh, case=case, grounds=grounds, reason=reason.strip()[:1000], on=on or registry.today(), by=by,
        at=registry.moment(),
    )  # fmt: skip
    audit.record(
        by=by, verb="inspections.transfer", subject=f"sample:{fresh.number}",
        detail={"grounds": grounds, "reason": made.reason, "case": case.pk},
    )  # fmt: skip
    if case.is_open:
        _attach(Paper("transfer", fresh, case, made.on, made.reason), by)
    return made


def _locked(sample: Sample) -> tuple[Sample, Case]:
    fresh = (
        Sample.objects.select_for_update(of=("self",))
        .select_related("organisation", "failure__organisation", "plan__organisation", "laboratory")
        .get(pk=sample.pk)
    )
    if fresh.failure is None:
        raise _no_case(fresh)
    return fresh, fresh.failure


def _no_case(sample: Sample) -> NotPossibleError:
    return NotPossibleError(f"样品“{sample}”尚未立案。", f"“{sample}” has no case yet.")


def _with(given: Given, reason: str) -> Given:
    return Given(reason, given.evidence, given.laboratory, given.on, given.seen)


def _conclude(sample: Sample, move: str, day: date) -> None:
    """Let a sample's conclusion follow what was decided of it."""
    if move == "overturn_result":
        sample.conclusion, sample.concluded_on = Conclusion.QUALIFIED, day
    elif move == "uphold_objection":
        sample.state, sample.conclusion = SampleState.VOID, Conclusion.UNDECIDED
    else:
        return
    sample.save(update_fields=["state", "conclusion", "concluded_on"])


def _attach(paper: Paper, by: Person) -> list[Attachment]:
    """Make a paper as DOCX and PDF and keep it with the case, so that what was served can be read as it was."""
    document, made = compose(paper), []
    title = title_of_paper(paper.code)
    with TemporaryDirectory() as folder:
        for form in FORMS:
            path = Path(folder) / f"paper.{form}"
            path.write_bytes(rendered_paper(document, form).data)
            name = f"{title}-{paper.sample.number}-{paper.on:%Y%m%d}.{form}"
            made.append(cases.attach(case=paper.case, file=path, by=by, name=name, note=title))
    return made
