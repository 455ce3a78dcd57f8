"""What bars a re-inspection: by the text of law under which the failure runs, each bar with its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.evidence.inspections.queries.noticing import failing, sources_of
from qualicity.evidence.inspections.queries.settling import days_after, family_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualicity.commons.cases.models import Case, CaseClock
    from qualicity.errors import Text
    from qualicity.evidence.inspections.models import ItemResult, Sample

MICROBES = re.compile(
    "菌|霉|酵母|微生物|沙门|葡萄球|李斯特|大肠|阪崎|弧菌|志贺|商业无菌|coliform|salmonella|mo[u]?ld|yeast|plate count"
    "|listeria|staphylococcus|bacteri",
    re.IGNORECASE,
)
"""How a microbiological item is known by its title, where the catalogue of items does not say."""
NOT_MICROBES = re.compile("毒素|抗菌|防霉|抑菌|toxin", re.IGNORECASE)
"""What sounds like microbes and is chemistry: toxins, preservatives."""
PLAN = re.compile(r"n\s*=\s*\d+\s*[,，;；]\s*c\s*=", re.IGNORECASE)
"""A limit of GB 4789 and GB 29921 with its plan: n samples, of which c may lie between m and M."""
SHELF = re.compile(r"(\d+)\s*(天|日|个月|月|年|days?|months?|years?)", re.IGNORECASE)
UNITS = {"天": "calendar_days", "日": "calendar_days", "个月": "months", "月": "months", "年": "years"}


@dataclass(frozen=True, slots=True)
class BarFound:
    """One bar that holds: its code, its words, the clause, and what of the sample it rests on."""

    code: str
    title: Text
    clause: str
    fact: str


def bars(sample: Sample, *, on: date | None = None) -> tuple[BarFound, ...]:
    """Return the bars to a re-inspection that the house can see by itself, on a day (today)."""
    failure = sample.failure
    if failure is None:
        return ()
    text = catalogue().laws[sample.law].on(failure.opened_on).code
    day = on or registry.today()
    found = []
    for one in family_of(sample.law).bars:
        fact = _fact(one.code, sample, failure, day) if text in one.clauses else None
        if fact is not None:
            found.append(BarFound(one.code, one.title.text, one.clauses[text], fact))
    return tuple(found)


def bar_named(sample: Sample, code: str, reason: str) -> BarFound | None:
    """Return a bar that only a person can see, such as a spoilt reserve sample, where the text of the day has it."""
    failure = sample.failure
    if failure is None:
        return None
    text = catalogue().laws[sample.law].on(failure.opened_on).code
    found = next((one for one in family_of(sample.law).bars if one.code == code and text in one.clauses), None)
    return BarFound(code, found.title.text, found.clauses[text], reason) if found else None


def expires_on(sample: Sample) -> date | None:
    """Return the last day of a sample's shelf life, None where it has none that can be read."""
    found = SHELF.search(sample.shelf_life)
    if sample.produced_on is None or found is None:
        return None
    unit = UNITS.get(found[2]) or {"d": "calendar_days", "m": "months", "y": "years"}[found[2][0].lower()]
    return days_after(sample.produced_on, number=int(found[1]), unit=unit)


def is_microbe(result: ItemResult) -> bool:
    """Say whether an item is a microbiological one: the catalogue of products knows, else its title or its plan."""
    product = catalogue().products.get(result.report.sample.product)
    known = product.item(result.item) if product and result.item else None
    if known is not None:
        return known.kind == "microbiology"
    by_title = bool(MICROBES.search(result.title)) and not NOT_MICROBES.search(result.title)
    return by_title or bool(PLAN.search(result.limit))


def _fact(code: str, sample: Sample, failure: Case, day: date) -> str | None:
    if code == "microbes":
        failed = failing(sources_of([sample], first_only=True).results.get(sample.pk, []))
        return "、".join(one.title for one in failed) if failed and all(is_microbe(one) for one in failed) else None
    if code == "expired":
        last = expires_on(sample)
        return last.isoformat() if last is not None and last < day else None
    if code == "late":
        return _late(cases.clocks_of(failure), sample, day)
    return None


def _late(clocks: Sequence[CaseClock], sample: Sample, day: date) -> str | None:
    """Return the last day to ask where the request came later."""
    asking = next((one for one in clocks if one.code in ("ask_reinspection", "object")), None)
    if asking is None or asking.due is None:
        return None
    assert sample.failure is not None
    asked = [one.on for one in cases.moves_of(sample.failure) if one.code == "ask_reinspection"]
    last = asking.due.astimezone(cases.zone()).date()
    return last.isoformat() if (asked[-1] if asked else day) > last else None
