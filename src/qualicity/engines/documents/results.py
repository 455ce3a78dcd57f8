"""What an official document says, as far as it was understood: the draft and its pieces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from qualicity.errors import Text


@dataclass(frozen=True, slots=True)
class Target:
    """One atomic condition; ``op_text`` holds the words that gave its kind.

    ``subject`` is the quantity as the words name it.
    ``measured_as`` is empty for a level, else says what sort of change or place the value is: growth,
    growth_per_year, increase, decrease, points_up, points_down, multiple, rank, difference.
    ``from_value`` is where a change starts, ``upper`` the end of a range such as 3—5个, ``nature`` 约束性 or 预期性.
    ``certainty``: stated (the words say so) · derived (follows from the words) · unclear (a person must look).
    """

    kind: str
    value: float | None = None
    unit: str | None = None
    scope: str | None = None
    every: str | None = None
    year: int | None = None
    base_year: int | None = None
    points: tuple[tuple[int, float], ...] = ()
    op_text: str = ""
    certainty: str = "stated"
    subject: str = ""
    measured_as: str = ""
    from_value: float | None = None
    upper: float | None = None
    nature: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the target as plain values; ``points`` maps years to values."""
        return {
            "kind": self.kind,
            "value": _plain(self.value),
            "unit": self.unit,
            "scope": self.scope,
            "every": self.every,
            "year": self.year,
            "base_year": self.base_year,
            "points": {str(year): _plain(value) for year, value in self.points},
            "op_text": self.op_text,
            "certainty": self.certainty,
            "subject": self.subject or None,
            "measured_as": self.measured_as or None,
            "from_value": _plain(self.from_value),
            "upper": _plain(self.upper),
            "nature": self.nature or None,
        }


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row: a number, its words, its targets, and the line where it stands."""

    area: str
    area_title: str
    number: int
    text: str
    targets: tuple[Target, ...]
    line: int
    responsible: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain values."""
        return {
            "area": self.area,
            "area_title": self.area_title,
            "number": self.number,
            "text": self.text,
            "targets": [target.as_json() for target in self.targets],
            "line": self.line,
            "responsible": list(self.responsible),
        }


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the goals; ``code`` is one of the five known areas, or an ordinal word."""

    code: str
    number: int | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Strategy:
    """A group of tasks."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Task:
    """One task; ``strategy`` is the number of its group, None where the document has no groups.

    ``lead`` and ``supporting`` hold the offices in the document's words, ``deadline`` the last day it names.
    """

    number: int | None
    strategy: int | None
    title: str
    text: str
    line: int
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    deadline: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the task as plain values."""
        return {
            "number": self.number,
            "strategy": self.strategy,
            "title": self.title,
            "text": self.text,
            "lead": list(self.lead),
            "supporting": list(self.supporting),
            "deadline": _iso(self.deadline),
        }


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase; a day is None where the document does not give it."""

    name: str
    start: date | None
    end: date | None
    steps: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Safeguard:
    """One safeguard."""

    number: int | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A line that nobody understood, and why."""

    line: int
    text: str
    why: Text


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands around the plan: number, issuer, day, addressees, who drafted, who gets copies."""

    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    title: str | None = None
    addressees: tuple[str, ...] = ()
    organiser: str | None = None
    supervisor: str | None = None
    copies: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole document as far as it was understood."""

    document: Facts
    areas: tuple[Area, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    tasks: tuple[Task, ...] = ()
    phases: tuple[Phase, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the draft as plain JSON values; what the document does not say is null or an empty list."""
        facts = self.document
        return {
            "document": {
                "number": facts.number,
                "issuer": facts.issuer,
                "issued_on": _iso(facts.issued_on),
                "title": facts.title,
                "addressees": list(facts.addressees),
                "organiser": facts.organiser,
                "supervisor": facts.supervisor,
                "copies": list(facts.copies),
                "attachments": list(facts.attachments),
            },
            "areas": [{"code": a.code, "number": a.number, "title": a.title, "text": a.text} for a in self.areas],
            "indicators": [indicator.as_json() for indicator in self.indicators],
            "strategies": [{"number": s.number, "title": s.title} for s in self.strategies],
            "tasks": [task.as_json() for task in self.tasks],
            "phases": [
                {"name": p.name, "start": _iso(p.start), "end": _iso(p.end), "steps": list(p.steps)}
                for p in self.phases
            ],
            "safeguards": [{"number": s.number, "title": s.title, "text": s.text} for s in self.safeguards],
            "not_understood": [{"line": n.line, "text": n.text, "why": n.why.zh} for n in self.not_understood],
        }


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _plain(value: float | None) -> float | int | None:
    """Return whole numbers as integers, as they were printed."""
    return int(value) if value is not None and value == int(value) else value
