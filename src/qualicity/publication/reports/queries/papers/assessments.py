"""The self-assessment report: every point with where it comes from, what is missing, what gains most."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from qualicity.commons.accounts import queries as accounts
from qualicity.engines.documents.official.kinds import Section, self_assessment
from qualicity.engines.documents.official.model import Paragraph
from qualicity.publication.reports.queries.papers.assessment_tables import Tables
from qualicity.publication.reports.queries.papers.binding import bound, tight
from qualicity.publication.reports.queries.papers.pen import Pen, pen

if TYPE_CHECKING:
    from datetime import date

    from qualicity.definitions.plans import Plan
    from qualicity.engines.documents.official.model import Block, Document, Runs
    from qualicity.judgement.assessment.queries import SelfAssessmentReport, VetoState, Whole

PAGE = "/assessment/"


def compose(report: SelfAssessmentReport, plan: Plan) -> Document:
    """Return the report of a self-assessment as an official document."""
    found = report.whole
    with_what = pen(plan, found.as_of)
    voice = with_what.voice
    names = {one.code: one.title_zh for one in accounts.organisations(active_only=False)}
    tables = Tables(with_what, address(found, with_what), names)
    who = (
        voice.plain("self.unit", unit=found.organisation.title_zh)
        if found.organisation
        else voice.plain("self.city", city=with_what.city)
    )
    return self_assessment(
        title=voice.plain("self.title", who=who),
        opening=tuple(Paragraph(one) for one in _summary(found, with_what, tables)),
        sections=(
            Section(voice.text("self.basis"), _basis(found, with_what)),
            Section(voice.text("self.result"), (tables.whole(found),)),
            Section(voice.text("self.details"), (), tuple(_categories(found, with_what, tables))),
            Section(voice.text("self.problems"), _problems(report, with_what, tables)),
            Section(voice.text("self.next"), _next(report, with_what, tables)),
            Section(voice.text("self.evidence"), _evidence(report, with_what)),
        ),
        issue=with_what.issue(signed_on=found.as_of, subject=voice.text("self.subject"), sent=False),
    )


def address(found: Whole, with_what: Pen) -> str:
    """Return the query behind the assessment's pages: which rubric, which unit, which day."""
    query = {"plan": with_what.plan.code, "as_of": found.as_of.isoformat(), "rubric": found.rubric.code}
    return urlencode(query | ({"unit": found.organisation.code} if found.organisation else {}))


def _summary(found: Whole, with_what: Pen, tables: Tables) -> list[Runs]:
    voice = with_what.voice
    points, total = tables.points, found.total
    lines = [
        voice.say(
            "self.summary",
            rubric=found.rubric.title.zh,
            day=voice.day(found.as_of),
            score=points("score", found.score, unit="分"),
            total=points("total", found.rubric.total, unit="分"),
            band=found.band.title.zh.replace(" ", ""),
        ),
        voice.say(
            "self.sure",
            **{
                name: points(name, getattr(total, name), unit="分")
                for name in ("certain", "likely", "at_risk", "open", "lost")
            },
        ),
    ]
    if found.final_band.code != found.band.code:
        lines.append(voice.say("self.vetoed", band=found.final_band.title.zh.replace(" ", "")))
    lines += [_veto(one, with_what) for one in found.vetoes]
    if next_up := _chance(found, with_what, tables):
        lines.append(next_up)
    return lines


def _chance(found: Whole, with_what: Pen, tables: Tables) -> Runs:
    """Return how likely the grade above the present one is, or the present one where there is none above."""
    better = [one for one in found.rubric.bands if one.at_least > found.band.at_least]
    band = min(better, key=lambda one: one.at_least) if better else found.band
    chance = found.chances.get(band.code)
    if chance is None:
        return ()
    figure = with_what.number(
        f"assessment/chance-{band.code}", 100 * chance, unit="%", decimals=1, href=f"{PAGE}?{tables.query}"
    )
    return with_what.voice.say("self.chance", band=band.title.zh.replace(" ", ""), chance=figure)


def _veto(one: VetoState, with_what: Pen) -> Runs:
    key = {True: "self.veto_strikes", False: "self.veto_clear", None: "self.veto_unknown"}[one.strikes]
    href = with_what.at(f"/indicators/{one.veto.indicator}/")
    reason = bound(_years(one.reason.zh), with_what.source(one.veto.indicator, href))
    return with_what.voice.say(key, veto=one.veto.title.zh, reason=reason)


def _years(text: str) -> str:
    head, _, rest = text.partition(" ")
    return f"{head}年{rest}" if head.isdigit() and len(head) == 4 else text


def _basis(found: Whole, with_what: Pen) -> tuple[Block, ...]:
    voice, rubric = with_what.voice, found.rubric
    lines: list[Runs] = [(tight(rubric.note.zh),), (tight(rubric.bands_clause.zh).rstrip("。") + "。",)]
    lines.append((voice.text("self.basis_live"),))
    if found.factor != 1:
        total = with_what.number("assessment/total", rubric.total, unit="分", href=PAGE)
        lines.append(voice.say("self.brought", total=total))
    return tuple(Paragraph(one) for one in lines)


def _categories(found: Whole, with_what: Pen, tables: Tables) -> list[Section]:
    sections = []
    for group in found.categories:
        code, total = group.category.code, group.total
        said = with_what.voice.say(
            "self.category",
            **{
                name: tables.points(f"{code}/{name}", getattr(total, name), unit="分")
                for name in ("full", "points", "lost", "open")
            },
        )
        sections.append(Section(group.category.title.zh, (Paragraph(said), tables.category(group))))
    return sections


def _problems(report: SelfAssessmentReport, with_what: Pen, tables: Tables) -> tuple[Block, ...]:
    voice = with_what.voice
    if not report.needs:
        return (Paragraph((voice.text("self.problems_none"),)),)
    href = f"/assessment/missing/?{tables.query}"
    count = with_what.number("assessment/needs", len(report.needs), unit="项", href=href)
    return Paragraph(voice.say("self.problems_count", count=count)), tables.needs(report.needs)


def _next(report: SelfAssessmentReport, with_what: Pen, tables: Tables) -> tuple[Block, ...]:
    voice = with_what.voice
    useful = tuple(one for one in report.actions if one.in_time and one.kind != "secure")[:10]
    if not useful:
        return (Paragraph((voice.text("self.next_none"),)),)
    href = f"/assessment/actions/?{tables.query}"
    count = with_what.number("assessment/actions", len(useful), unit="项", href=href)
    deadline: date = report.whole.inputs.deadline
    said = voice.say("self.next_count", count=count, deadline=voice.day(deadline))
    return Paragraph(said), tables.actions(useful)


def _evidence(report: SelfAssessmentReport, with_what: Pen) -> tuple[Block, ...]:
    voice, made = with_what.voice, report.package
    if made is None:
        return (Paragraph((voice.text("self.package_none"),)),)
    files = with_what.number("assessment/files", made.files, unit="个", href="/assessment/packages/")
    return (Paragraph(voice.say("self.package", files=files, hash=made.manifest_sha256)),)
