"""The schema of a case type: one table of states, moves and clocks, from which code, pages and handbook read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qualicity.definitions.laws import LengthUnit
from qualicity.definitions.model import Code, Model, Words
from qualicity.definitions.roles import Permission

Party = Literal["opener", "responsible", "office", "role", "enterprise"]
"""``opener``: the organisation that opened it · ``responsible``: the organisation that answers for it · ``office``:
whoever has the role of the office · ``role``: whoever has the role named beside it (of the responsible organisation,
where the role's scope is its own) · ``enterprise``: whoever speaks for the enterprise that the case is about."""

Need = Literal["reason", "evidence", "due", "second_person"]


class State(Model):
    """Where a case may stand, and who acts on it next; an end needs nobody."""

    code: Code
    title: Words
    owner: Party
    role: Code | None = None
    is_end: bool = False


class Who(Model):
    """Who may make a move: a permission, and how the person stands to the case."""

    permission: Permission = "cases.act"
    party: Party
    role: Code | None = None


class Move(Model):
    """One move from some states to another.

    ``needs`` says what it takes: a reason, at least one piece of evidence, a new agreed deadline, a second person.
    ``second_to`` names whom the second person must not be: ``previous`` (who moved it last), ``opener``, or who made
    the last move of that code.
    """

    code: Code
    title: Words
    before: tuple[Code, ...] = Field(alias="from", min_length=1)
    after: Code = Field(alias="to")
    who: tuple[Who, ...] = Field(min_length=1)
    needs: tuple[Need, ...] = ()
    second_to: tuple[Code, ...] = ("previous",)
    is_main: bool = False
    note: Words | None = None


class LawStep(Model):
    """A step of a law: the text in force on the day on which the case was opened sets its length.

    An ``optional`` step is one that not every text of the law has: where the text in force has none, no clock runs.
    """

    law: Code
    step: Code
    optional: bool = False


class PlainLength(Model):
    """A length that the table itself sets."""

    number: int = Field(ge=0)
    unit: LengthUnit = "working_days"
    rolls: bool = False
    source: Words | None = None


class CaseClock(Model):
    """One clock: it starts on entering one of some states, and stops on entering one of others, or at an end.

    Its length comes from exactly one of ``law``, ``length`` and ``agreed`` (the case's own deadline, given when it is
    opened). In the states of ``pauses`` its time does not count. With ``restarts`` it begins anew each time.
    """

    code: Code
    title: Words
    law: LawStep | None = None
    length: PlainLength | None = None
    agreed: bool = False
    starts: tuple[Code, ...] = Field(min_length=1)
    stops: tuple[Code, ...] = ()
    pauses: tuple[Code, ...] = ()
    restarts: bool = False


class Opening(Model):
    """Who may open such a case, over whose things, and what it needs.

    ``enterprise`` is what who speaks for the enterprise concerned needs to open it, where that is not the same.
    """

    permission: Permission = "cases.act"
    enterprise: Permission | None = None
    needs_due: bool = False
    once_per_subject: bool = False


class Steering(Model):
    """Who may assign, extend, pause and resume a case of this type."""

    permission: Permission = "cases.act"
    party: tuple[Party, ...] = ("opener", "office")


class CaseType(Model):
    """One type of case: everything that may happen to it, in one table.

    One that is ``desk_only`` is moved by the pages of its own desk, which ask more than the table can say; the
    general page of cases shows it and moves nothing.
    """

    code: Code
    title: Words
    text: Words
    source: Words | None = None
    opening: Opening = Opening()
    steering: Steering = Steering()
    desk_only: bool = False
    start: Code
    states: tuple[State, ...] = Field(min_length=2)
    moves: tuple[Move, ...] = Field(min_length=1)
    clocks: tuple[CaseClock, ...] = ()

    def state(self, code: str) -> State:
        """Return the state of that code; KeyError when there is none."""
        for one in self.states:
            if one.code == code:
                return one
        raise KeyError(code)

    def move(self, code: str) -> Move:
        """Return the move of that code; KeyError when there is none."""
        for one in self.moves:
            if one.code == code:
                return one
        raise KeyError(code)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """Return the moves that leave a state, in the order of the table."""
        return tuple(one for one in self.moves if state in one.before)

    def diagram(self, language: str = "en") -> str:
        """Return states and moves as a Mermaid state diagram with the words of a language."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {one.code}: {one.title.in_language(language)}" for one in self.states]
        lines.append(f"    [*] --> {self.start}")
        for move in self.moves:
            lines += [f"    {before} --> {move.after}: {move.title.in_language(language)}" for before in move.before]
        lines += [f"    {one.code} --> [*]" for one in self.states if one.is_end]
        return "\n".join(lines) + "\n"


class Rung(Model):
    """One rung of the ladder of reminders: whom it reaches, how many days after (before: below 0) the deadline."""

    code: Code
    title: Words
    days: int
    to: Literal["person", "role"]
    role: Code | None = None


class Urging(Model):
    """The file ``urging.yaml``: when a deadline is near, and the rungs that reminders climb."""

    due_soon_days: int = Field(ge=0)
    rungs: tuple[Rung, ...] = ()
    source: Words | None = None


__all__ = [
    "CaseClock",
    "CaseType",
    "LawStep",
    "Move",
    "Need",
    "Opening",
    "Party",
    "PlainLength",
    "Rung",
    "State",
    "Steering",
    "Urging",
    "Who",
]
