"""How places compare in one target, and which parts carry what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualicity.definitions.measures import Count, WorstClass
from qualicity.engines.documents.official.model import Runs
from qualicity.methods.judgement import Status
from qualicity.publication.reports.queries import wording
from qualicity.publication.reports.queries.analysing import wants_less

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.facts import Cause, PlaceFact, TargetFact
    from qualicity.publication.reports.queries.voice import Voice


def counties(voice: Voice, fact: TargetFact, most: int) -> Runs:
    """Say how the places compare; where intervals do not tell them apart, no order is given."""
    if len(fact.places) < 2:
        return ()
    missed = [one for one in fact.places if one.value.status is Status.not_met]
    earlier = [one for one in missed if one.value.value is not None and fact.reaches(one.value.value)]
    now = [one for one in missed if one not in earlier]
    said = [_order(voice, fact, most)]
    if now or not earlier:
        said.append(_missed(voice, fact, now, most))
    if earlier:
        names = wording.named_places(voice, (one.value.place for one in earlier))
        said.append(voice.say("place.missed_earlier", names=names))
    return voice.flow(said)


def _order(voice: Voice, fact: TargetFact, most: int) -> Runs:
    sampled = any(one.value.low is not None for one in fact.places)
    if not fact.can_rank or not (fact.falls_short or fact.uncertain or fact.near):
        return ()
    last_rank = len(fact.places)
    first = [one for one in fact.places if one.best == 1 and one.worst < last_rank]
    last = [one for one in fact.places if one.best > 1 and one.worst == last_rank]
    if not first or not last or len(first) > most or len(last) > most:
        return voice.say("place.partly") if sampled else ()
    return voice.say(
        "place.sure" if sampled else "place.counted", first=_named(voice, first), last=_named(voice, last)
    )


def _missed(voice: Voice, fact: TargetFact, missed: Sequence[PlaceFact], most: int) -> Runs:
    indicator = fact.review.indicator
    if not missed:
        judged = any(one.value.status is Status.met for one in fact.places)
        return voice.say("place.all_reach") if judged else ()
    worst = sorted(missed, key=lambda one: one.value.value or 0.0, reverse=wants_less(indicator))[:most]
    number = voice.of(indicator, len(missed), aspect="places_missed", unit="个", decimals=0)
    key = "place.missed" if len(missed) <= most else "place.missed_most"
    return voice.say(key, number=number, names=_named(voice, worst))


def _named(voice: Voice, found: Sequence[PlaceFact]) -> Runs:
    names = {one.code: one.title for one in voice.plan.places}
    return voice.join(
        [
            voice.say("place.named", name=names[one.value.place].text, value=wording.value(voice, one.value))
            for one in found
        ]
    )


def causes(voice: Voice, fact: TargetFact, most: int) -> Runs:
    """Say which parts carry most of a shortfall, by each column that tells parts apart."""
    said = []
    for column in dict.fromkeys(one.column for one in fact.causes):
        parts = [one for one in fact.causes if one.column == column and one.contribution > 0.0][:most]
        if parts:
            said.append(_carried(voice, fact, parts))
    return voice.flow(said)


def is_counted(fact: TargetFact) -> bool:
    """Return whether a target counts things of which there ought to be none: its parts are counts themselves."""
    return isinstance(fact.review.indicator.measure, Count | WorstClass)


def _carried(voice: Voice, fact: TargetFact, parts: Sequence[Cause]) -> Runs:
    assert fact.gap is not None
    key = "cause.counted_part" if is_counted(fact) else "cause.part"
    listed = [
        voice.say(
            key,
            name=one.title,
            weight=weight(voice, fact, one),
            value=level(voice, fact, one),
            part=carried(voice, fact, one),
        )
        for one in parts
    ]
    return voice.say(
        "cause.counted" if is_counted(fact) else "cause.gap",
        column=parts[0].column_title,
        gap=wording.points(voice, fact.review.indicator, fact.gap, "gap"),
        parts=voice.join(listed, between="mark.phrase"),
    )


def weight(voice: Voice, fact: TargetFact, cause: Cause) -> Runs:
    """Return a part's share of the whole as a bound number."""
    aspect = f"{cause.column}:{cause.part}/weight"
    return (voice.of(fact.review.indicator, cause.weight * 100.0, aspect=aspect, unit="%", decimals=1),)


def level(voice: Voice, fact: TargetFact, cause: Cause) -> Runs:
    """Return a part's own value as a bound number."""
    aspect = f"{cause.column}:{cause.part}"
    return (voice.of(fact.review.indicator, cause.value, aspect=aspect, versions=fact.value.versions),)


def carried(voice: Voice, fact: TargetFact, cause: Cause) -> Runs:
    """Return what a part carries of the gap as a bound number."""
    aspect = f"{cause.column}:{cause.part}/contribution"
    indicator = fact.review.indicator
    extra = 0 if is_counted(fact) else 1
    return (wording.points(voice, indicator, cause.contribution, aspect, extra=extra),)
