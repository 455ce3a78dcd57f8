"""The chapter on key industries: level, competitiveness and outlook, as far as the registers go."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualicity.engines.documents.official.model import Figure, Runs
from qualicity.publication.reports.queries import wording
from qualicity.publication.reports.queries.analysing import course_of

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.facts import Facts, IndustryFact, IndustryGroup
    from qualicity.publication.reports.queries.parts import Pages
    from qualicity.publication.reports.queries.voice import Voice


def add_industries(pages: Pages, facts: Facts) -> None:
    """Add the chapter on key industries."""
    voice = pages.voice
    pages.heading(1, "head.industries")
    if facts.plan.industries is None or not facts.industries:
        pages.say("industry.none")
        return
    pages.heading(2, "head.industry_level")
    for group in facts.industries:
        key = f"industries/{group.target.code}"
        pages.item(key, wording.title(voice, group.target), _level(voice, group, facts.analysis.places_named))
        _table(pages, group)
    pages.heading(2, "head.competitiveness")
    _recognitions(pages, facts)
    pages.heading(2, "head.outlook")
    runs = [_run(voice, group) for group in facts.industries]
    quarters = max(one.quarters for group in facts.industries for one in group.industries)
    number = voice.count("industries/quarters", quarters, "个")
    pages.say("industry.outlook", quarters=number, list=voice.join(runs, between="mark.clause"))
    if facts.plan.industries.not_in_data:
        pages.heading(2, "head.absent")
        listed = voice.text("mark.clause").join(voice.words(one) for one in facts.plan.industries.not_in_data)
        pages.say("industry.absent", list=listed)


def _level(voice: Voice, group: IndustryGroup, most: int) -> Runs:
    number = voice.of(
        group.target.value.indicator, len(group.industries), aspect=f"{group.column}/groups", unit="", decimals=0
    )
    said = [
        voice.say(
            "industry.level",
            column=group.column_title,
            number=number,
            order=_order(voice, group, most),
        )
    ]
    moved: dict[str, list[IndustryFact]] = {"better": [], "worse": []}
    for one in group.industries:
        way = course_of(group.target.value.indicator, one.change)
        if one.change is not None and way in moved and one.change.is_significant(voice.significance):
            moved[way].append(one)
    if moved["better"]:
        said.append(voice.say("industry.moved", better=_named(voice, group, moved["better"])))
    if moved["worse"]:
        said.append(voice.say("industry.fell", worse=_named(voice, group, moved["worse"])))
    if not moved["better"] and not moved["worse"] and any(one.change for one in group.industries):
        said.append(voice.say("industry.still"))
    return voice.flow(said)


def _order(voice: Voice, group: IndustryGroup, most: int) -> Runs:
    if not group.can_rank:
        return voice.say("industry.unranked")
    half = len(group.industries) / 2.0
    last = [one for one in group.industries if one.best > half]
    if not last or len(last) > most:
        return voice.say("industry.partly")
    return voice.say("industry.last", last=_named(voice, group, last))


def _named(voice: Voice, group: IndustryGroup, found: list[IndustryFact]) -> Runs:
    return voice.join([voice.say("place.named", name=one.title, value=_value(voice, group, one)) for one in found])


def _value(voice: Voice, group: IndustryGroup, one: IndustryFact) -> Figure:
    assert one.estimate.value is not None
    aspect = f"{one.column}:{one.part}"
    return voice.of(
        group.target.value.indicator, one.estimate.value, aspect=aspect, versions=group.target.value.versions
    )


def _table(pages: Pages, group: IndustryGroup) -> None:
    voice = pages.voice
    pages.table(
        voice.plain("caption.industry", title=wording.title(voice, group.target), column=group.column_title),
        (
            pages.column("column.industry", share=2.2),
            pages.column("column.n", align="right", share=0.9),
            pages.column("column.value", align="right", share=1.1),
            pages.column("column.interval", align="right", share=1.6),
            pages.column("column.change", align="right", share=1.0),
            pages.column("column.significance", align="center", share=1.2),
            pages.column("column.rank", align="center", share=0.9),
            pages.column("column.outlook", align="center", share=1.2),
        ),
        [_row(voice, group, one) for one in group.industries],
        note=voice.text("note.industry"),
    )


def _row(voice: Voice, group: IndustryGroup, one: IndustryFact) -> tuple[Runs, ...]:
    indicator, none = group.target.value.indicator, (voice.text("mark.none"),)
    aspect, versions = f"{one.column}:{one.part}", group.target.value.versions
    ends: list[Figure] = [
        voice.of(indicator, known, aspect=f"{aspect}/{name}", unit="", versions=versions)
        for name, known in (("low", one.estimate.low), ("high", one.estimate.high))
        if known is not None
    ]
    step: Runs = none
    certain: Runs = none
    if one.change is not None:
        text = voice.shown(one.change.difference, indicator.target.decimals, "")
        sign = "" if text.startswith("-") or float(text) == 0.0 else "+"
        step = (voice.of(indicator, one.change.difference, aspect=f"{aspect}/change", text=sign + text),)
        said = one.change.is_significant(voice.significance)
        certain = (voice.text("mark.census" if said is None else "mark.yes" if said else "mark.no"),)
    best = voice.of(indicator, one.best, aspect=f"{aspect}/best", unit="", decimals=0)
    worst = voice.of(indicator, one.worst, aspect=f"{aspect}/worst", unit="", decimals=0)
    rank = (
        voice.say("rank.sure", best=best)
        if one.best == one.worst
        else voice.say("rank.range", best=best, worst=worst)
    )
    return (
        (voice.words(one.title),),
        (voice.of(indicator, one.estimate.n, aspect=f"{aspect}/n", unit="", decimals=0, versions=versions),),
        (_value(voice, group, one),),
        (ends[0], "～", ends[1]) if len(ends) == 2 else none,
        step,
        certain,
        rank,
        (voice.text(f"outlook.{one.outlook}"),),
    )


def _recognitions(pages: Pages, facts: Facts) -> None:
    voice = pages.voice
    if not facts.recognitions:
        pages.say("industry.no_recognitions")
        return
    versions = {one.code: one.version for one in facts.tables if one.code == facts.recognised_in}

    def number(part: str, count: int, unit: str = "") -> Figure:
        return voice.number(f"{facts.recognised_in}/{part}", count, unit=unit, versions=versions)

    listed = [
        voice.say(
            "industry.recognition",
            title=one.title,
            number=number(one.part, one.count, "个"),
            before=number(f"{one.part}/before", one.before, "个"),
        )
        for one in facts.recognitions
    ]
    pages.say(
        "industry.recognitions",
        number=number("held", sum(one.count for one in facts.recognitions), "个"),
        before=number("held_before", sum(one.before for one in facts.recognitions), "个"),
        list=voice.join(listed),
    )


def _run(voice: Voice, group: IndustryGroup) -> Runs:
    title = wording.title(voice, group.target)
    counted = Counter(one.outlook for one in group.industries)
    if not counted["improving"] and not counted["worsening"]:
        return voice.say("industry.all_steady", title=title)
    if counted["improving"] and counted["worsening"]:
        indicator = group.target.value.indicator
        return voice.say(
            "industry.run",
            title=title,
            improving=voice.of(indicator, counted["improving"], aspect="improving", unit="个", decimals=0),
            worsening=voice.of(indicator, counted["worsening"], aspect="worsening", unit="个", decimals=0),
        )
    way = "improving" if counted["improving"] else "worsening"
    names = voice.text("mark.list").join(voice.words(one.title) for one in group.industries if one.outlook == way)
    return voice.say("industry.tending", title=title, names=names, way=voice.text(f"outlook.{way}"))
