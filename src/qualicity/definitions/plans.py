"""The schema of a plan: areas, indicators with targets, tasks, phases, organisations, places, obligations."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from qualicity.definitions.gates import Gate
from qualicity.definitions.measures import Measure
from qualicity.definitions.model import Code, Model, RegisterCode, Words
from qualicity.definitions.registers import Period

AreaCode = Literal["product", "works", "service", "environment", "foundation"]
TargetKind = Literal[
    "at_least",
    "above",
    "at_most",
    "below",
    "equals",
    "none_of",
    "cut",
    "trajectory",
    "below_reference",
    "unstated",
]
Certainty = Literal["stated", "derived", "excerpt", "unverified"]


class Document(Model):
    """The official document that a plan stands on."""

    number: str
    issuer: str
    issued_on: date
    title: Words


class Area(Model):
    """One area of the plan."""

    code: AreaCode
    title: Words


class Target(Model):
    """One atomic condition; ``points`` are the stated values by year of a trajectory or of a reference."""

    kind: TargetKind
    value: float | None = None
    unit: str | None = None
    decimals: int = Field(default=1, ge=0, le=6)
    every: Literal["period"] | None = None
    year: int | None = None
    base_year: int | None = None
    points: dict[int, float] = {}
    falling: bool = True
    source: Words | None = None
    certainty: Certainty = "stated"


class Indicator(Model):
    """One atomic target of a numbered row (or of a task), with the measure that gives its value."""

    code: Code
    area: AreaCode
    row: int | None = None
    task: int | None = None
    title: Words
    text: Words
    cite: str
    unit: str
    lead: Code
    supporting: tuple[Code, ...] = ()
    measure: Measure
    period: Period = "year"
    place_kinds: tuple[Literal["district", "county", "zone"], ...] = ()
    level: Literal["city", "county"] = "county"
    breakdown: tuple[Code, ...] = ()
    minimum_n: int = Field(default=0, ge=0)
    target: Target
    responsibility: Certainty = "derived"


class Strategy(Model):
    """A group of tasks."""

    number: int
    title: Words


class Task(Model):
    """One numbered task of the plan, in our own words."""

    number: int
    strategy: int
    title: Words
    text: Words
    lead: Code
    supporting: tuple[Code, ...] = ()
    responsibility: Certainty = "derived"


class Step(Model):
    """One step of a phase."""

    number: int
    title: Words


class Phase(Model):
    """One phase, first day to last day, with its steps."""

    number: int
    title: Words
    start: date
    end: date
    steps: tuple[Step, ...]


class Safeguard(Model):
    """One safeguard of the plan."""

    number: int
    title: Words
    text: Words


class Organisation(Model):
    """A member unit: who reports, who leads, who reviews."""

    code: Code
    title: Words
    kind: Literal["office", "department", "county", "zone", "other"]
    place: str | None = None
    member: bool = True
    certainty: Certainty = "derived"


class Place(Model):
    """A place by GB/T 2260, or a development zone that has no such code (then a word)."""

    code: str = Field(pattern=r"^([0-9]{6}|[a-z][a-z-]+)$")
    title: Words
    kind: Literal["city", "district", "county", "zone"]
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    tile: tuple[int, int] | None = None
    extent: tuple[float, float, float, float] | None = None
    """The box around it in degrees: west, south, east, north. A position outside is questioned, never refused."""
    aliases: tuple[str, ...] = ()


class Obligation(Model):
    """Who owes which register, how often, and how many days after the period's end."""

    register_code: RegisterCode
    organisations: tuple[Code, ...] = Field(min_length=1)
    period: Period
    due_days: int = Field(ge=1, le=366)
    start: date
    end: date | None = None


class Correspondence(Model):
    """How the office of the leading group signs what it issues: letterhead, the word before a document's number."""

    letterhead: Words
    number_word: str = Field(min_length=1, max_length=20)
    signer: Words
    addressees: Words
    copies: Words | None = None
    printed_by: Words | None = None
    certainty: Certainty = "derived"


class IndustrySource(Model):
    """A column by which an indicator tells industries apart: how well each of them does."""

    indicator: Code
    column: Code


class StandingSource(Model):
    """A register of recognitions, counted by a column: how competitive products and services are."""

    register_code: RegisterCode
    column: Code
    start: Code
    end: Code


class Industries(Model):
    """What the report says of key industries: their level, their recognitions, and what no register holds."""

    levels: tuple[IndustrySource, ...] = Field(min_length=1)
    recognitions: StandingSource | None = None
    not_in_data: tuple[Words, ...] = ()


class Plan(Model):
    """One whole plan: what a government issued, as a city loads it."""

    code: Code
    title: Words
    document: Document
    place: str
    start: date
    end: date
    areas: tuple[Area, ...]
    indicators: tuple[Indicator, ...]
    strategies: tuple[Strategy, ...]
    tasks: tuple[Task, ...]
    tasks_due: date | None = None
    implementation_plans_due: date | None = None
    phases: tuple[Phase, ...]
    safeguards: tuple[Safeguard, ...] = ()
    organisations: tuple[Organisation, ...]
    places: tuple[Place, ...]
    obligations: tuple[Obligation, ...] = ()
    gates: tuple[Gate, ...] = ()
    leading_group: tuple[Code, ...] = ()
    office: Code
    correspondence: Correspondence | None = None
    industries: Industries | None = None

    def indicator(self, code: str) -> Indicator:
        """Return the indicator of that code; KeyError when there is none."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)
