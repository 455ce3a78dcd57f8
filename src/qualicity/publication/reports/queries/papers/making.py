"""Which papers can be made from what other desks hold, and one of them made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError, Text, nearest
from qualicity.goals.supervision import queries as supervision
from qualicity.judgement.assessment import queries as assessing
from qualicity.publication.reports import permissions
from qualicity.publication.reports.queries.papers import applications, assessments, circulars, meetings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan
    from qualicity.engines.documents.official.model import Document
    from qualicity.judgement.assessment.models import Assessment

Kind = Literal["circular", "minutes", "self-assessment", "application"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TITLES = {
    "circular": Text("通报、督办单", "Circulars and letters"),
    "minutes": Text("会议纪要", "Minutes"),
    "self-assessment": Text("自查报告", "Self-assessments"),
    "application": Text("申报表", "Application forms"),
}
_DRAFT, _ISSUED = Text("草稿", "draft"), Text("已印发", "issued")
_OPEN, _ADOPTED = Text("自查中", "under way"), Text("已认定", "adopted")
_CITY = Text("全市自查报告", "Self-assessment of the city")


@dataclass(frozen=True, slots=True)
class Paper:
    """One document that can be made: its kind, what from, of which day, how far that has come; ``page`` shows it.

    ``title`` is what its own desk calls it, in the language that it was written in.
    """

    kind: Kind
    number: int
    name: Text
    title: Text
    mark: str
    day: date
    state: Text
    page: str


def papers(*, plan: Plan, by: Person, kind: str = "") -> tuple[Paper, ...]:
    """Return the documents that a person may make, the latest first; what they may not see is not there."""
    accounts.check(by, permissions.READ)
    sources: dict[Kind, Callable[[], Iterable[Paper]]] = {
        "circular": lambda: _circulars(plan, by),
        "minutes": lambda: _minutes(plan, by),
        "self-assessment": lambda: _assessments(plan, by),
        "application": lambda: _applications(plan, by),
    }
    found: list[Paper] = []
    for code, source in sources.items():
        if kind in ("", code):
            try:
                found += source()
            except NotAllowedError:
                continue
    return tuple(sorted(found, key=lambda one: (one.day, one.number), reverse=True))


def made(kind: str, number: int, *, by: Person) -> Document:
    """Return one paper composed from what its desk holds now; who may not see that may not have the paper either."""
    accounts.check(by, permissions.READ)
    if kind not in KINDS:
        like = nearest(kind, KINDS)
        raise NotFoundError(
            f"没有“{kind}”这种公文，可用：{'、'.join(KINDS)}。",
            f"There is no document of kind “{kind}”"
            + (f"; did you mean “{like}”?" if like else f": {', '.join(KINDS)}."),
        )
    if kind == "circular":
        view = supervision.circular(number=number, by=by)
        return circulars.compose(view, registry.plan(view.plan))
    if kind == "minutes":
        meeting = supervision.meeting(number=number, by=by)
        return meetings.compose(meeting, registry.plan(meeting.plan))
    one = assessing.assessment(number, by=by)
    plan = registry.plan(one.plan)
    if cast("Kind", kind) == "application":
        _check_city(one)
        return applications.compose(assessing.filled(one, assessing.form_of(), by=by), plan, day=_day(one))
    report = assessing.self_assessment_report(
        plan=plan, as_of=_day(one), rubric=one.rubric, organisation=one.organisation, by=by
    )
    return assessments.compose(report, plan)


def newest(kind: str, *, plan: Plan, by: Person) -> int:
    """Return the number of the latest paper of a kind; InputError where there is nothing to make it of."""
    found = papers(plan=plan, by=by, kind=kind)
    if not found:
        raise NotPossibleError(
            f"还没有可以生成“{TITLES[kind].zh}”的内容。", f"There is nothing yet to make “{TITLES[kind].en}” of."
        )
    return found[0].number


def _check_city(one: Assessment) -> None:
    if one.organisation_id is not None:
        raise InputError(
            "申报表只用于全市的考核，不用于单位考核。",
            "The application form goes with the city's assessment, not a unit's.",
        )


def _day(one: Assessment) -> date:
    """Return the day that an assessment speaks of: that of its adoption, else today as far as it reaches."""
    return one.as_of or max(one.since, min(registry.today(), one.deadline))


def _circulars(plan: Plan, by: Person) -> Iterable[Paper]:
    for one in supervision.circulars(plan=plan, by=by):
        state = _ISSUED if one.issued_on else _DRAFT
        title = Text(one.title, one.title)
        page = f"/supervision/circulars/{one.number}/"
        yield Paper("circular", one.number, one.name, title, one.mark.zh, one.issued_on or one.as_of, state, page)


def _minutes(plan: Plan, by: Person) -> Iterable[Paper]:
    for one in supervision.meetings(plan=plan, by=by):
        if one.minutes:
            title, page = Text(one.title, one.title), f"/supervision/meetings/{one.pk}/"
            yield Paper("minutes", one.pk, Text("会议纪要", "minutes"), title, "", one.held_on, _ISSUED, page)


def _assessments(plan: Plan, by: Person) -> Iterable[Paper]:
    for one in assessing.assessments(by=by, plan=plan.code):
        unit = one.organisation
        whose = Text(f"{unit.title_zh}自查报告", f"Self-assessment of {unit.title_en}") if unit else _CITY
        page = f"/assessment/?rubric={one.rubric}" + (f"&unit={unit.code}" if unit else "")
        yield _paper("self-assessment", Text("自查报告", "self-assessment"), one, whose, page)


def _applications(plan: Plan, by: Person) -> Iterable[Paper]:
    form = assessing.form_of()
    title = Text(form.title.zh, form.title.en)
    for one in assessing.assessments(by=by, plan=plan.code):
        if one.organisation_id is None:
            yield _paper("application", Text("申报表", "application form"), one, title, "/assessment/application/")


def _paper(kind: Kind, name: Text, one: Assessment, title: Text, page: str) -> Paper:
    return Paper(kind, one.pk, name, title, "", _day(one), _OPEN if one.as_of is None else _ADOPTED, page)
