"""Asking the desks below for everything that a report may say; each desk is asked for whole sets, never in a loop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import polars as pl

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotPossibleError, Text
from qualicity.evidence.submissions import queries as submissions
from qualicity.goals.indicators import queries as indicators
from qualicity.methods.judgement import Status
from qualicity.publication.reports.queries import analysing
from qualicity.publication.reports.queries.facts import (
    AreaFact,
    Asked,
    Cause,
    Facts,
    LateFact,
    PlaceStanding,
    RecognitionFact,
    TableFact,
    TargetFact,
)
from qualicity.publication.reports.queries.industries import industry_groups

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.analysis import Analysis
    from qualicity.definitions.plans import Plan
    from qualicity.goals.indicators.queries import Review

_PLACE = Text("地区", "place")


def analysis() -> Analysis:
    """Return the bounds by which figures are read; NotPossibleError where no definition gives them."""
    found = catalogue().analysis
    if found is None:
        raise NotPossibleError(
            "定义中没有 analysis.yaml，无法撰写质量分析报告。",
            "No analysis.yaml is defined: no report can be written.",
        )
    return found


def gather(asked: Asked) -> Facts:
    """Return the facts of a period; asked in the house's own name, for a report speaks for the whole city."""
    plan, period, bounds, house = asked.plan, asked.period, analysis(), accounts.operator()
    reviews = indicators.review(plan=plan, period=period, known_on=asked.known_on, by=house)
    facts = {one.code: _target(asked, one, bounds, house) for one in reviews}
    areas = tuple(
        AreaFact(
            area.code, area.title.text, tuple(one for one in facts.values() if one.review.indicator.area == area.code)
        )
        for area in plan.areas
    )
    owed = _owed(asked, house)
    return Facts(
        plan=plan,
        period=period,
        analysis=bounds,
        known_on=asked.known_on,
        simulated=registry.is_simulated(),
        areas=areas,
        places=_places(plan, reviews),
        industries=industry_groups(asked, facts, bounds, house),
        recognitions=_recognitions(asked),
        recognised_in=""
        if plan.industries is None or plan.industries.recognitions is None
        else plan.industries.recognitions.register_code,
        tables=_tables(asked, reviews),
        late=tuple(one for one in owed if one.state in ("late", "missing")),
        obligations=len(owed),
        on_time=sum(one.state == "on_time" for one in owed),
    )


def _target(asked: Asked, review: Review, bounds: Analysis, house: Person) -> TargetFact:
    change, reason = analysing.change_of(review.indicator, review.city, review.before.get(review.city.place))
    places, can_rank = analysing.places_of(review)
    aim = review.path if review.city.status is Status.not_due else review.city.aim
    gap = analysing.gap_of(review, aim)
    found = TargetFact(
        review=review,
        change=change,
        course=analysing.course_of(review.indicator, change),
        incomparable=reason,
        places=places,
        can_rank=can_rank,
        gap=gap,
        causes=(),
        near=analysing.is_near(review, aim, bounds.near),
        history=indicators.history(
            review.code,
            plan=asked.plan,
            as_of=asked.period.end,
            known_on=asked.known_on,
            grain=indicators.finest(review.indicator),
            by=house,
        ),
    )
    if gap is None or aim is None or not found.falls_short:
        return found
    return _with_causes(asked, found, aim, house)


def _with_causes(asked: Asked, fact: TargetFact, aim: float, house: Person) -> TargetFact:
    review, names = fact.review, {one.code: one.title.text for one in asked.plan.places}
    causes: list[Cause] = []
    pieces = analysing.pieces_of_places(review.places, names)
    causes += analysing.causes_of(review, aim, pieces, "place", _PLACE)
    for column in review.indicator.breakdown:
        assert review.city.period is not None
        parts = indicators.parts_in(
            review.code, plan=asked.plan, period=review.city.period, column=column, known_on=asked.known_on, by=house
        )
        if parts:
            pieces = analysing.pieces_of_parts(parts)
            causes += analysing.causes_of(review, aim, pieces, column, parts[0].column_title)
    return TargetFact(
        review, fact.change, fact.course, fact.incomparable, fact.places, fact.can_rank, fact.gap, tuple(causes),
        fact.near, fact.history,
    )  # fmt: skip


def _places(plan: Plan, reviews: Sequence[Review]) -> tuple[PlaceStanding, ...]:
    standings = []
    for place in plan.places:
        if place.code == plan.place:
            continue
        known = [one for review in reviews for one in review.places if one.place == place.code]
        judged = [one for one in known if one.status in (Status.met, Status.not_met)]
        missed = tuple(one.code for one in judged if one.status is Status.not_met)
        standings.append(PlaceStanding(place, len(judged) - len(missed), len(judged), missed))
    return tuple(standings)


def _recognitions(asked: Asked) -> tuple[RecognitionFact, ...]:
    """Return how many recognitions of each kind were held on the period's last day and a year earlier."""
    source = None if asked.plan.industries is None else asked.plan.industries.recognitions
    frame = None if source is None else submissions.scan(source.register_code, asked.known_on)
    if source is None or frame is None:
        return ()
    days = {"now": asked.period.end, "before": indicators.year_before(asked.period).end}
    held = [
        ((pl.col(source.start) <= day) & (pl.col(source.end).is_null() | (pl.col(source.end) >= day)))
        .sum()
        .alias(name)
        for name, day in days.items()
    ]
    counted = frame.group_by(source.column).agg(*held).collect()
    known = {row[source.column]: row for row in counted.iter_rows(named=True)}
    column = catalogue().registers[source.register_code].column(source.column)
    return tuple(
        RecognitionFact(one.code, one.title.text, int(known[one.code]["now"]), int(known[one.code]["before"]))
        for one in column.codes
        if one.code in known
    )


def _tables(asked: Asked, reviews: Sequence[Review]) -> tuple[TableFact, ...]:
    """Return the registers that the values stand on, in their versions."""
    used: dict[str, int] = {}
    for review in reviews:
        used.update(review.city.versions)
    held = {one.code: one for one in submissions.pointers()}
    start, end = asked.period.start, asked.period.end
    return tuple(
        TableFact(
            code,
            catalogue().registers[code].title.text,
            version,
            held[code].rows,
            held[code].changed_at,
            sum(
                count
                for first, last, _, count in submissions.refused(code, asked.known_on)
                if first <= end and last >= start
            ),
            catalogue().registers[code].basis,
        )
        for code, version in sorted(used.items())
    )


def _owed(asked: Asked, house: Person) -> tuple[LateFact, ...]:
    """Return every report that was owed for days of the period, and how it stands when the report is written."""
    day = max(day_of(asked), asked.period.end)
    found = submissions.obligations(plan=asked.plan, as_of=day, known_on=asked.known_on, by=house)
    names = catalogue().registers
    return tuple(
        LateFact(
            names[one.register].title.text,
            Text(one.organisation.title_zh, one.organisation.title_en),
            one.period,
            one.due,
            one.state,
            one.handed_in,
        )
        for one in found
        if asked.period.start <= one.period.end <= asked.period.end
    )


def day_of(asked: Asked) -> date:
    """Return the day that the report is written on."""
    known = asked.known_on
    if known is None:
        return registry.today()
    return known.date() if isinstance(known, datetime) else known
