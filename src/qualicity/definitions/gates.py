"""The schema of a phase's gate: what must be true before the phase may be called done."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qualicity.definitions.model import Code, Model, Words

Share = Annotated[float, Field(gt=0, le=1)]


class Condition(Model):
    """What every condition says: its words, and the step of the phase that it belongs to."""

    title: Words
    step: int | None = None
    cite: str | None = None


class TasksAssigned(Condition):
    """So large a share of the tasks has a lead whose six fixes are complete."""

    kind: Literal["tasks_assigned"]
    share: Share = 1.0


class TasksClosed(Condition):
    """So large a share of the assignments that are due by the phase's end is closed; ``tasks`` narrows them."""

    kind: Literal["tasks_closed"]
    share: Share = 1.0
    tasks: tuple[int, ...] = ()


class NoRed(Condition):
    """At most so many assignments are red."""

    kind: Literal["no_red"]
    at_most: int = Field(default=0, ge=0)


class ObligationsFiled(Condition):
    """So large a share of what was due from the phase's begin to its end has been handed in."""

    kind: Literal["obligations_filed"]
    share: Share = 1.0


class PlansApproved(Condition):
    """So large a share of the member units has an implementation plan that the office approved."""

    kind: Literal["plans_approved"]
    share: Share = 1.0


class TargetsMet(Condition):
    """So large a share of the targets is met or on the way; ``indicators`` narrows them."""

    kind: Literal["targets_met"]
    share: Share = 1.0
    indicators: tuple[Code, ...] = ()


class MeetingsHeld(Condition):
    """So many joint meetings with minutes were held in the phase."""

    kind: Literal["meetings_held"]
    at_least: int = Field(ge=1)


class DocumentsIssued(Condition):
    """So many documents of a kind were issued in the phase."""

    kind: Literal["documents_issued"]
    document: Literal["circular", "minutes"]
    at_least: int = Field(ge=1)


AnyCondition = Annotated[
    TasksAssigned
    | TasksClosed
    | NoRed
    | ObligationsFiled
    | PlansApproved
    | TargetsMet
    | MeetingsHeld
    | DocumentsIssued,
    Field(discriminator="kind"),
]


class Gate(Model):
    """The gate at the end of a phase."""

    phase: int
    certainty: Literal["self-designed", "stated"]
    conditions: tuple[AnyCondition, ...] = Field(min_length=1)
