"""The words of the report that more than one section says: statuses, courses, and the numbers of one target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualicity.engines.documents.official.model import Figure, Runs, plain
from qualicity.goals.indicators.queries import target_words
from qualicity.methods.judgement import Status

if TYPE_CHECKING:
    from qualicity.definitions.plans import Indicator
    from qualicity.goals.indicators.queries import IndicatorValue
    from qualicity.methods.change import Change
    from qualicity.publication.reports.queries.facts import Facts, TargetFact
    from qualicity.publication.reports.queries.voice import Voice


def title(voice: Voice, fact: TargetFact) -> str:
    """Return the title of a target."""
    return voice.words(fact.review.indicator.title)


def value(voice: Voice, found: IndicatorValue, *, place: str | None = None) -> Figure:
    """Return an indicator's value as a bound number."""
    assert found.value is not None
    return voice.of(
        found.indicator, found.value, place=place or found.place, period=found.period, versions=found.versions
    )


def end_of_interval(voice: Voice, found: IndicatorValue, aspect: str) -> Figure | None:
    """Return the low or high end of a value's interval."""
    known = found.low if aspect == "low" else found.high
    if known is None:
        return None
    return voice.of(
        found.indicator, known, aspect=aspect, place=found.place, period=found.period, versions=found.versions
    )


def interval(voice: Voice, found: IndicatorValue) -> Runs:
    """Return an interval for a table: its two ends without units."""
    ends = [
        voice.of(
            found.indicator, known, aspect=aspect, unit="", place=found.place, period=found.period,
            versions=found.versions,
        )
        for aspect, known in (("low", found.low), ("high", found.high))
        if known is not None
    ]  # fmt: skip
    return (ends[0], "～", ends[1]) if len(ends) == 2 else (voice.text("mark.none"),)


def earlier(voice: Voice, fact: TargetFact, *, unit: str | None = None) -> Figure | None:
    """Return the value of the same span a year earlier."""
    before = fact.review.previous
    if before.value is None:
        return None
    return voice.of(
        fact.review.indicator,
        before.value,
        unit=unit,
        period=fact.review.before_period,
        versions=fact.value.versions,
    )


def step(
    voice: Voice, indicator: Indicator, found: Change, *, signed: bool = False, place: str | None = None
) -> Figure:
    """Return a change as a bound number: its size in words' sentences, with its sign in tables."""
    unit = "个百分点" if indicator.unit == "%" else indicator.unit
    decimals = indicator.target.decimals
    if not signed:
        size = voice.shown(abs(found.difference), decimals, unit)
        return voice.of(indicator, found.difference, aspect="change", unit=unit, place=place, text=size)
    text = voice.shown(found.difference, decimals, "")
    sign = "" if text.startswith("-") or float(text) == 0.0 else "+"
    return voice.of(indicator, found.difference, aspect="change", unit=unit, place=place, text=sign + text)


def points(voice: Voice, indicator: Indicator, size: float, aspect: str, *, extra: int = 0) -> Figure:
    """Return a distance in the unit of an indicator; more decimals where it would be nought."""
    unit = "个百分点" if indicator.unit == "%" else indicator.unit
    decimals = indicator.target.decimals + extra
    while decimals < 4 and size and round(abs(size), decimals) == 0.0:
        decimals += 1
    return voice.of(indicator, size, aspect=aspect, unit=unit, decimals=decimals)


def chance(voice: Voice, code: str, found: float, period_of: IndicatorValue | None = None) -> Figure:
    """Return a p-value as a bound number."""
    text = "p<0.001" if found < 0.001 else f"p={found:.3f}"
    versions = period_of.versions if period_of else {}
    return voice.number(f"{code}/p", found, text=text, versions=versions)


def aim(voice: Voice, fact: TargetFact) -> Figure | None:
    """Return the number that a target states, its comparison in front of it."""
    indicator, found = fact.review.indicator, fact.value
    if found.aim is None:
        return None
    words = voice.words(target_words(indicator.target, voice.unit(indicator.unit), found.aim))
    text = (
        words.replace(" %", "%")
        if voice.english
        else words.replace(" ", "").replace("µg", " µg").replace("dB", " dB")
    )
    return voice.of(indicator, found.aim, aspect="target", text=text)


def aim_in_words(voice: Voice, fact: TargetFact) -> Runs:
    """Return a target as a sentence says it: its comparison in words, its number bound."""
    indicator, found = fact.review.indicator, fact.value
    if found.aim is None:
        return ()
    target = indicator.target
    falling = "trajectory_down" if target.falling else "trajectory_up"
    kind = falling if target.kind == "trajectory" else target.kind
    every = voice.say("aim.every") if target.every == "period" else ()
    return voice.say(
        f"aim.{kind}",
        number=voice.of(indicator, found.aim, aspect="target", decimals=_written(found.aim)),
        year=f"{target.year}年" if not voice.english else str(target.year),
        base=f"{target.base_year}年" if not voice.english else str(target.base_year),
        every=every,
    )


def _written(number: float) -> int:
    """Return how many decimals a stated number has."""
    return len(f"{number:g}".partition(".")[2])


def aim_number(voice: Voice, fact: TargetFact) -> Figure | None:
    """Return the bare number that the value is held against now: the target, or the way to it."""
    found = fact.aim
    return None if found is None else voice.of(fact.review.indicator, found, aspect="aim")


def status(voice: Voice, fact: TargetFact) -> str:
    """Return the status of a target in few words, with how sure it is and how it keeps pace."""
    found = fact.value
    if fact.review.interim and found.status in (Status.met, Status.not_met):
        return voice.text("status.interim")
    words = voice.text(f"status.{found.status}")
    if found.pace is not None and found.status is Status.not_due:
        return plain(voice.say("status.pace", status=words, pace=voice.text(f"pace.{found.pace}")))
    return plain(voice.say("status.edge", status=words)) if fact.uncertain else words


def refused(voice: Voice, found: IndicatorValue) -> Figure:
    """Return how many rows were refused, as a bound number."""
    return voice.of(found.indicator, found.refused, aspect="refused", unit="行", decimals=0, versions=found.versions)


def named_places(voice: Voice, codes: Iterable[str]) -> str:
    """Return the names of places, as a list is written."""
    names = {one.code: voice.words(one.title) for one in voice.plan.places}
    return voice.text("mark.list").join(names[code] for code in codes)


def named_targets(voice: Voice, facts: Iterable[TargetFact]) -> str:
    """Return the titles of targets, as a list is written."""
    return voice.text("mark.list").join(quoted(voice, title(voice, one)) for one in facts)


def ordinal(voice: Voice, facts: Facts, fact: TargetFact) -> Figure:
    """Return the number under which a target stands in the attachments."""
    place = facts.targets.index(fact) + 1
    return voice.of(fact.review.indicator, place, aspect="ordinal", unit="", decimals=0)


def quoted(voice: Voice, words: str) -> str:
    """Return a name for a list: in quotation marks where it holds the mark that lists are written with."""
    return voice.plain("mark.quoted", words=words) if voice.text("mark.list") in words else words


def organisation(voice: Voice, code: str) -> str:
    """Return the name of an organisation of the plan."""
    return voice.words(next(one.title for one in voice.plan.organisations if one.code == code))
