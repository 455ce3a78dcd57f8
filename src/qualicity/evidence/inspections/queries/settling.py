"""What is settled: which failures nobody can overturn any more, and by which family of rules a sample runs."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from django.utils import timezone

from qualicity.commons.cases import queries as cases
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.clocks import Clock, Length, due
from qualicity.errors import NotFoundError, NotPossibleError

if TYPE_CHECKING:
    from qualicity.definitions.aftermath import Family
    from qualicity.definitions.cases import CaseType
    from qualicity.definitions.laws import Instrument, Step
    from qualicity.evidence.inspections.models import Sample

CONFIRMED = "confirmed"
"""The state of a failure case in which the result is final."""

OVERTURNED = "overturned"


def family_of(law: str) -> Family:
    """Return the rules of what follows a check under a law; NotPossibleError where none are defined."""
    known = catalogue().aftermath
    found = known.family(law) if known else None
    if found is None:
        raise NotPossibleError(
            f"定义 aftermath.yaml 没有规定“{law}”之后的处理。",
            f"aftermath.yaml says nothing of what follows “{law}”.",
        )
    return found


def families() -> tuple[Family, ...]:
    """Return every family of rules."""
    known = catalogue().aftermath
    return known.families if known else ()


def failure_types() -> tuple[str, ...]:
    """Return the case types that follow a failure."""
    return tuple(one.case_type for one in families())


def unsettled(case_type: str) -> frozenset[str]:
    """Return the states from which the result may still be confirmed or overturned."""
    return _before(catalogue().cases[case_type])


def is_settled(sample: Sample) -> bool:
    """Say whether a concluded sample's result is final: it passed, or its failure stands or fell."""
    if sample.conclusion not in ("qualified", "unqualified") or sample.state != "concluded":
        return False
    if sample.failure is None:
        return sample.conclusion == "qualified"
    return sample.failure.state not in unsettled(sample.failure.type)


@cache
def _before(kind: CaseType) -> frozenset[str]:
    found = {CONFIRMED}
    arrows = [(before, one.after) for one in kind.moves for before in one.before]
    while more := {before for before, after in arrows if after in found} - found:
        found |= more
    return frozenset(found - {CONFIRMED})


def enterprise_of(sample: Sample) -> str:
    """Return whom a failure is about: who was sampled, else the maker that the goods name."""
    return sample.sampled_unit_code or sample.maker_code


def text_of(sample: Sample) -> str:
    """Return the code of the text of law in force when a sample was taken; nothing where there was none."""
    day = timezone.localdate(sample.sampled_at)
    try:
        return catalogue().laws[sample.law].on(day).code
    except NotFoundError:
        return ""


def step_of(law: str, step: str, *, on: date) -> tuple[Instrument, Step] | None:
    """Return a step of the text in force on a day; None where that text has none."""
    text = catalogue().laws[law].on(on)
    return next(((text, one) for one in text.steps if one.code == step), None)


def last_day(law: str, step: str, *, event: date, opened: date | None = None) -> tuple[date, str] | None:
    """Return the last day of a step that an event sets going, and its clause; None where the text has no such step.

    ``opened`` is the day whose text counts, by default the event's.
    """
    found = step_of(law, step, on=opened or event)
    if found is None:
        return None
    text, one = found
    length = Length(one.number, one.unit, same_day=one.start == "same_day", rolls=text.does_roll(one))
    return _end(length, event), one.clause


def days_after(event: date, *, number: int, unit: str, rolls: bool = False) -> date:
    """Return the last day of a plain length that begins with a day."""
    return _end(Length(number, unit, rolls=rolls), event)  # type: ignore[arg-type]


def _end(length: Length, event: date) -> date:
    zone = cases.zone()
    at = due(Clock(datetime.combine(event, time(12), tzinfo=zone), length), cases.calendar(), zone).at
    assert at is not None
    return at.astimezone(zone).date()
