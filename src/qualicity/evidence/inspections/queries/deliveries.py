"""By when a sample must be at the laboratory, by the law under which it was taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.engines import clocks

if TYPE_CHECKING:
    from datetime import datetime

    from qualicity.errors import Text
    from qualicity.evidence.inspections.models import Sample


@dataclass(frozen=True, slots=True)
class DeliveryDue:
    """The last moment at which a sample may reach the laboratory, and what says so."""

    at: datetime
    title: Text
    clause: str
    certainty: str
    look: str
    """How it stands, in the words of the theme: in time, due soon, overdue, ended."""


def delivery_due(sample: Sample) -> DeliveryDue | None:
    """Return by when a sample must be at the laboratory; None where the law of its day sets no day."""
    rules = catalogue().field_work
    zone = cases.zone()
    text = catalogue().laws[sample.law].on(sample.sampled_at.astimezone(zone).date())
    asked = rules.of(sample.law, text.code) if rules else None
    if asked is None or asked.deliver is None:
        return None
    step = text.step(asked.deliver)
    length = clocks.Length(
        number=step.number, unit=step.unit, same_day=step.start == "same_day", rolls=text.does_roll(step)
    )
    due = clocks.due(clocks.Clock(sample.sampled_at, length), cases.calendar(), zone)
    if due.at is None:
        return None
    return DeliveryDue(due.at, text.title.text, step.clause, text.certainty_of(step), _look(sample, due.at))


def _look(sample: Sample, at: datetime) -> str:
    if sample.delivered_at is not None:
        return "late" if sample.delivered_at > at else "on_time"
    now = registry.moment()
    if at < now:
        return "case_overdue"
    soon = catalogue().urging.due_soon_days
    return "case_soon" if (at - now).days < soon else "case_on_time"
