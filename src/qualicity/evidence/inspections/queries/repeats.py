"""Who was checked too lately to be checked again: by the law of the day, for those laws that say so."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import polars as pl
from django.utils import timezone

from qualicity.commons.cases import queries as cases
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.clocks import Clock, Length, due
from qualicity.evidence.inspections.lifecycle import LEVELS, Conclusion, SampleState
from qualicity.evidence.inspections.models import Sample
from qualicity.evidence.inspections.queries.products import product_titles
from qualicity.evidence.submissions import queries as registers

if TYPE_CHECKING:
    from collections.abc import Collection

    from qualicity.definitions.frames import NoRepeat
    from qualicity.definitions.laws import Instrument, Step
    from qualicity.evidence.inspections.models import CheckPlan

LONGEST = timedelta(days=800)
"""No step is longer: what lies further back need not be looked at."""


def rule_of(plan: CheckPlan, *, on: date) -> tuple[NoRepeat, Instrument, Step] | None:
    """Return the rule against checking twice that binds a plan on a day, with the law's text and step; or None."""
    known = catalogue()
    text = known.laws[plan.law].on(on)
    for rule in known.frames.no_repeat:
        if (rule.law, rule.text) == (plan.law, text.code) and plan.sampling_kind not in rule.except_kinds:
            return rule, text, text.step(rule.step)
    return None


def checked_lately(plan: CheckPlan, products: Collection[str], *, on: date) -> dict[str, frozenset[str]]:
    """Return for each product the makers, by credit code, that may not be checked again on a day.

    Looked at are the samples of the house and, for checks of higher levels, the register of batches as well.
    """
    found = rule_of(plan, on=on)
    if found is None:
        return {}
    rule, text, step = found
    first = _first_day(text, step, on)
    makers: dict[str, set[str]] = {product: set() for product in products}
    for product, maker in _sampled(plan, rule, products, first, on):
        makers[product].add(maker)
    if rule.checks_of == "higher_levels":
        for product, maker in _registered(plan, rule, products, first, on):
            makers[product].add(maker)
    return {product: frozenset(found) for product, found in makers.items()}


def _first_day(text: Instrument, step: Step, on: date) -> date:
    """Return the earliest day on which a check still bars another one on ``on``."""
    length = Length(step.number, step.unit, same_day=step.start == "same_day", rolls=text.does_roll(step))
    calendar, zone = cases.calendar(), timezone.get_current_timezone()
    low, high = on - LONGEST, on  # the later a check was, the later its time ends
    while low < high:
        middle = low + (high - low) // 2
        end = due(Clock(datetime.combine(middle, time(12), tzinfo=zone), length), calendar, zone).at
        assert end is not None
        low, high = (low, middle) if end.date() >= on else (middle + timedelta(days=1), high)
    return low


def _sampled(
    plan: CheckPlan, rule: NoRepeat, products: Collection[str], first: date, on: date
) -> list[tuple[str, str]]:
    zone = timezone.get_current_timezone()
    begin, end = (datetime.combine(day, time.min, tzinfo=zone) for day in (first, on + timedelta(days=1)))
    found = Sample.objects.filter(
        product__in=list(products), sampled_at__gte=begin, sampled_at__lt=end, recheck_of=None
    ).exclude(state=SampleState.VOID)
    if rule.checks_of == "same_authority":
        found = found.filter(plan__organisation=plan.organisation_id)
    else:
        found = found.filter(plan__authority_level__in=_higher(plan))
    if rule.only_qualified:
        found = found.filter(conclusion=Conclusion.QUALIFIED)
    return list(found.exclude(maker_code="").order_by().values_list("product", "maker_code").distinct())


def _registered(
    plan: CheckPlan, rule: NoRepeat, products: Collection[str], first: date, on: date
) -> list[tuple[str, str]]:
    """Return the same from the register of batches: it tells a product by its name, and when it was concluded."""
    rows = registers.scan("spot_check_batches")
    if rows is None:
        return []
    titles = {words.zh: code for code, words in product_titles().items() if code in products}
    found = rows.filter(
        pl.col("authority_level").is_in(_higher(plan))
        & pl.col("concluded_on").is_between(first, on)
        & pl.col("product").is_in(list(titles))
        & (pl.col("enterprise").str.len_chars() == 18)
    )
    if rule.only_qualified:
        found = found.filter(pl.col("conclusion") == Conclusion.QUALIFIED.value)
    pairs = found.select("product", "enterprise").unique().collect()
    return [(titles[name], maker) for name, maker in pairs.iter_rows()]


def _higher(plan: CheckPlan) -> tuple[str, ...]:
    return LEVELS[: LEVELS.index(plan.authority_level)]
