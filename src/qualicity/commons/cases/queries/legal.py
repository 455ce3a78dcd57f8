"""The last day of a step of a law for an event that no clock runs for: periods, earliest days, publications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from qualicity.commons.cases.queries.running import calendar, zone
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.clocks import Clock, Length, due
from qualicity.errors import NotFoundError

if TYPE_CHECKING:
    from qualicity.definitions.cases import LawStep
    from qualicity.errors import Text


@dataclass(frozen=True, slots=True)
class LegalDay:
    """The last day of a step, the text and clause that set it, and how sure they are."""

    day: date
    text: Text
    clause: str
    certainty: str


def last_day(step: LawStep, *, event: date, under: date) -> LegalDay:
    """Return the last day of a step for an event, by the text in force on the day ``under``.

    Raises NotFoundError where the law has no text for that day, or the text no such step.
    """
    text, found = catalogue().laws[step.law].step(step.step, on=under)
    length = Length(found.number, found.unit, same_day=found.start == "same_day", rolls=text.does_roll(found))
    at = due(Clock(datetime.combine(event, time(12), tzinfo=zone()), length), calendar(), zone()).at
    assert at is not None
    return LegalDay(at.astimezone(zone()).date(), text.title.text, found.clause, text.certainty_of(found))


def last_day_if_any(step: LawStep, *, event: date, under: date) -> LegalDay | None:
    """Return the same, None where the text of that day has no such step; a day without a text is refused."""
    catalogue().laws[step.law].on(under)
    try:
        return last_day(step, event=event, under=under)
    except NotFoundError:
        return None
