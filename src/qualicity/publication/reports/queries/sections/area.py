"""The section of one area: its targets in a table, one by one, by place, by cause, and what may go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.engines.documents.official.model import Runs
from qualicity.methods.judgement import Status
from qualicity.publication.reports.queries import wording
from qualicity.publication.reports.queries.sections import charts, counties, sentences
from qualicity.publication.reports.queries.sections.risks import risks_of

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.facts import AreaFact, Facts, TargetFact
    from qualicity.publication.reports.queries.parts import Pages
    from qualicity.publication.reports.queries.voice import Voice

#: How many targets of an area are drawn.
_DRAWN = 2


def add_area(pages: Pages, facts: Facts, area: AreaFact) -> None:
    """Add the section of one area."""
    pages.heading(1, "head.area", title=area.title)
    pages.heading(2, "head.level")
    pages.paragraph(f"{area.code}/level", _level(pages.voice, area))
    pages.paragraph(f"{area.code}/warnings", _warnings(pages.voice, facts, area))
    _table(pages, facts, area)
    pages.heading(2, "head.targets")
    for fact in area.targets:
        pages.item(f"{area.code}/{fact.code}", wording.title(pages.voice, fact), _about(pages.voice, facts, fact))
    _charts(pages, area)


def _about(voice: Voice, facts: Facts, fact: TargetFact) -> Runs:
    """Return the paragraph of one target: how it stands, how places compare, what carries what it lacks."""
    bounds = facts.analysis
    said = [sentences.about(voice, fact, bounds.places_named), counties.counties(voice, fact, bounds.places_named)]
    if fact.falls_short and fact.gap is not None:
        said.append(counties.causes(voice, fact, bounds.causes_named) or voice.say("causes.undivided"))
    return voice.flow(said)


def _charts(pages: Pages, area: AreaFact) -> None:
    for fact in _drawn(area, _DRAWN):
        charts.add_target(pages, fact)


def statuses(voice: Voice, area: AreaFact) -> Runs:
    """Return how many targets of an area have which status, as a list is written; stages on the way by themselves."""
    counted = [
        voice.say(
            "summary.counted",
            status=voice.text(f"status.{status}"),
            number=voice.count(f"{area.code}/{status}", number, "项"),
        )
        for status in Status
        if (number := area.count(status))
    ]
    if area.interim:
        stages = voice.count(f"{area.code}/interim", area.interim, "项")
        counted.append(voice.say("summary.counted", status=voice.text("status.interim"), number=stages))
    return voice.join(counted)


def _level(voice: Voice, area: AreaFact) -> Runs:
    courses = [one.course for one in area.targets if one.course is not None]
    moved: Runs = ()
    if courses:
        moved = voice.say(
            "area.moved",
            better=voice.count(f"{area.code}/better", courses.count("better"), "项"),
            worse=voice.count(f"{area.code}/worse", courses.count("worse"), "项"),
            same=voice.count(f"{area.code}/same", courses.count("same"), "项"),
        )
    sampled = [one.change for one in area.targets if one.change is not None and one.change.p_value is not None]
    if sampled:
        number = sum(bool(one.is_significant(voice.significance)) for one in sampled)
        words = voice.say("area.significant", number=voice.count(f"{area.code}/significant", number, "项"))
        moved = voice.flow([moved, words])
    alike = [
        one for one in area.targets if not one.can_rank and any(here.value.low is not None for here in one.places)
    ]
    if alike:
        moved = voice.flow([moved, voice.say("area.unranked", list=wording.named_targets(voice, alike))])
    every = voice.count(f"{area.code}/all", len(area.targets), "项")
    return voice.say("area.level", area=area.title, all=every, list=statuses(voice, area), moved=moved)


def _table(pages: Pages, facts: Facts, area: AreaFact) -> None:
    voice, none = pages.voice, (pages.voice.text("mark.none"),)
    rows = []
    for fact in area.targets:
        known = fact.value.value is not None
        target = wording.aim(voice, fact)
        rows.append(
            (
                (wording.ordinal(voice, facts, fact),),
                (wording.title(voice, fact),),
                (target,) if target else none,
                (wording.value(voice, fact.value),) if known else none,
                wording.interval(voice, fact.value) if known else none,
                (wording.step(voice, fact.review.indicator, fact.change, signed=True),) if fact.change else none,
                (wording.status(voice, fact),),
            )
        )
    pages.table(
        voice.plain("caption.area", area=area.title),
        (
            pages.column("column.number", align="center", share=0.9),
            pages.column("column.title", share=3.9),
            pages.column("column.target", align="center", share=2.1),
            pages.column("column.value", align="right", share=1.8),
            pages.column("column.interval", align="right", share=1.8),
            pages.column("column.change", align="right", share=1.1),
            pages.column("column.status", align="center", share=2.0),
        ),
        rows,
        note=voice.text("note.area"),
    )


def _drawn(area: AreaFact, most: int) -> list[TargetFact]:
    """Return the targets whose course is drawn: what falls short, else the one that most needs watching."""
    known = [
        one
        for one in area.targets
        if sum(period.estimate.value is not None for period in one.history) >= 4 and not counties.is_counted(one)
    ]
    ordered = sorted(known, key=lambda one: (not one.falls_short, not one.uncertain, not one.near))
    return [one for one in ordered if one.falls_short][:most] or ordered[:1]


def _warnings(voice: Voice, facts: Facts, area: AreaFact) -> Runs:
    found = [one for one in risks_of(voice, facts) if one.area == area.code]
    if not found:
        return voice.say("warnings.none")
    kinds: dict[str, list[str]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(wording.quoted(voice, one.title))
    listed = [
        voice.say("warning.item", kind=kind, titles=voice.text("mark.list").join(titles))
        for kind, titles in kinds.items()
    ]
    return voice.say("warning.list", list=voice.join(listed, between="mark.clause"))
