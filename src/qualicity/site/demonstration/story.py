"""Who sends what and when: every obligation of the plan becomes a delivery, and the scenario lets some go wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from qualicity.definitions.periods import Period, parse, periods

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from qualicity.site.demonstration.city import City
    from qualicity.site.demonstration.filing import Format

Content = Literal["plain", "slips", "copied", "invented", "mistaken"]
Outcome = Literal["accepted", "returned", "refused", "good_rows", "pending"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file that an organisation sends: when, what is in it, and what becomes of it."""

    register: str
    organisation: str
    period: Period
    received: datetime
    decided: datetime
    form: Format
    content: Content = "plain"
    outcome: Outcome = "accepted"
    explanation: str = ""
    reason: str = ""
    corrects: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what the delivery answers: register, organisation, period."""
        return self.register, self.organisation, self.period.label


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation in one period."""

    register: str
    organisation: str
    period: Period
    due: date


def duties(city: City) -> tuple[Duty, ...]:
    """Return everything that the plan asks for in the span of the simulation."""
    return tuple(
        Duty(one.register_code, organisation, period, period.end + timedelta(days=one.due_days))
        for one in city.plan.obligations
        for period in periods(one.period, max(one.start, city.first), min(one.end or city.last, city.last))
        for organisation in one.organisations
    )


def quiet(city: City) -> tuple[Duty, ...]:
    """Return the duties of periods in which there is nothing to report; the office closes them and says why."""
    known = city.scenario["recognitions"]
    return tuple(
        duty
        for duty in duties(city)
        if duty.register == "recognitions"
        and duty.due <= city.last
        and not any(
            duty.period.start <= row["granted_on"] <= duty.period.end and row["organisation"] == duty.organisation
            for row in known
        )
    )


def deliveries(city: City) -> tuple[Delivery, ...]:
    """Return every delivery up to the last day, in the order in which the files come in."""
    found: list[Delivery] = []
    fates = _fates(city)
    nothing = set(quiet(city))
    for duty in duties(city):
        if duty in nothing:
            continue
        found += _deliver(city, duty, fates.get((duty.register, duty.organisation, duty.period.label), {}))
    for one in city.scenario["extra"]:
        period = parse(str(one["period"]))
        found += _deliver(
            city, Duty(one["register"], one["organisation"], period, one["day"]), {"what": "on the day"}
        )
    closing = datetime.combine(city.last, time(18))
    told = [one if one.decided <= closing else replace(one, outcome="pending") for one in found]
    return tuple(sorted((one for one in told if one.received <= closing), key=lambda one: (one.received, one.key)))


def _fates(city: City) -> dict[tuple[str, str, str], dict[str, str]]:
    """Return what befalls which duty: the told incidents first, then the usual share of slips, delays and gaps."""
    told = {
        (one["register"], one["organisation"], parse(str(one["period"])).label): dict(one)
        for one in city.scenario["incidents"]["told"]
    }
    usual = city.scenario["incidents"]["usual"]
    registers = set(city.scenario["incidents"]["registers"])
    open_to_fate = [
        key
        for duty in duties(city)
        if duty.register in registers
        and duty.due <= city.last
        and (key := (duty.register, duty.organisation, duty.period.label)) not in told
    ]
    order = city.stream("fates").permutation(len(open_to_fate))
    names = [name for name, count in usual.items() for _ in range(count)]
    assert len(names) <= len(open_to_fate), "the scenario has more incidents than duties"
    return told | {open_to_fate[place]: {"what": name} for place, name in zip(order, names, strict=False)}


def _deliver(city: City, duty: Duty, fate: dict[str, str]) -> Iterator[Delivery]:
    random = city.stream("delivery", duty.register, duty.organisation, duty.period.label)
    what = fate.get("what", "")
    if what == "missing":
        return
    if what == "late":
        day = duty.due + timedelta(days=int(random.integers(4, 24)))
    else:
        day = duty.due - timedelta(days=int(random.integers(0, 6)) if what != "on the day" else 0)
        # Whoever is in time does not leave it to the Monday after.
        day -= timedelta(days=max(0, day.weekday() - 4))
    day = max(day, duty.period.end + timedelta(days=1))
    received = _moment(random, day)
    plain = Delivery(
        register=duty.register,
        organisation=duty.organisation,
        period=duty.period,
        received=received,
        decided=_moment(random, received.date() + timedelta(days=int(random.integers(1, 4)))),
        form=_form(city, duty, random),
        explanation=fate.get("explanation", ""),
    )
    yield from _with_fate(plain, fate, random)


def _with_fate(plain: Delivery, fate: dict[str, str], random: np.random.Generator) -> Iterator[Delivery]:
    again = _on(plain, random, plain.decided.date() + timedelta(days=1))
    reason = fate.get("reason", "")
    match fate.get("what", ""):
        case "slips":
            yield replace(plain, content="slips", outcome="refused", form="xlsx")
            yield again
        case "good_rows":
            yield replace(plain, content="slips", outcome="good_rows", reason=reason)
        case "copied":
            yield replace(plain, content="copied", outcome="returned", reason=reason)
            yield again
        case "copied_waits":
            yield replace(plain, content="copied", outcome="pending")
        case "invented":
            yield replace(plain, content="invented")
        case "waits":
            yield replace(plain, outcome="pending")
        case "corrected":
            yield replace(plain, content="mistaken")
            day = plain.decided.date() + timedelta(days=int(fate.get("after_days", 30)))
            yield replace(_on(plain, random, day), corrects=True)
        case _:
            yield plain


def _on(delivery: Delivery, random: np.random.Generator, day: date) -> Delivery:
    """Return the same delivery coming in on another day, decided some days after it."""
    received = _moment(random, day)
    return replace(delivery, received=received, decided=_moment(random, received.date() + timedelta(days=2)))


def _moment(random: np.random.Generator, day: date) -> datetime:
    """Return a moment in office hours; what falls on a weekend is done on Monday."""
    workday = day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)
    return datetime.combine(workday, time(9)) + timedelta(seconds=int(random.integers(0, 8 * 3600)))


def _form(city: City, duty: Duty, random: np.random.Generator) -> Format:
    """Return the kind of file: exports of systems are large and in Parquet or CSV, offices also send workbooks."""
    if duty.register in city.scenario["files"]["parquet"]:
        return "parquet"
    drawn = random.random()
    if duty.register in city.scenario["files"]["large"]:
        return "csv"
    return "xlsx" if drawn < 0.15 else "gb18030" if drawn < 0.27 else "csv"
