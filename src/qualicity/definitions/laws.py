"""The schema of a law's deadlines: dated texts, each with its steps, clauses and how sure we are of them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from qualicity.definitions.model import Code, Model, Words
from qualicity.errors import NotFoundError, nearest

Certainty = Literal["full", "excerpt", "unverified", "self_designed"]
"""``full``: read in the full text · ``excerpt``: an excerpt or second-hand · ``unverified``: general knowledge ·
``self_designed``: our own, where no rule was found that a city could have gone by; the title says so (自拟)."""

LengthUnit = Literal["working_days", "calendar_days", "months", "years", "hours", "minutes"]


class Extension(Model):
    """By how much a step may be extended, in its own unit, and on whose word."""

    number: int = Field(gt=0)
    needs: Words | None = None
    clause: str = ""


class Step(Model):
    """One deadline: what sets it going, how long it is, how its days are counted, and the clause that says so.

    ``start`` is ``next_day`` (the day of the event does not count) or ``same_day``; hours run from the event itself.
    ``rolls``: a last day that is no working day moves to the next working day. ``suspended_by`` names what stops the
    clock. ``every`` marks a length that comes round again.
    """

    code: Code
    title: Words
    trigger: Words
    number: int = Field(ge=0)
    unit: LengthUnit
    start: Literal["next_day", "same_day"] = "next_day"
    rolls: bool | None = None
    extension: Extension | None = None
    suspended_by: Words | None = None
    every: bool = False
    clause: str = ""
    certainty: Certainty | None = None
    note: Words | None = None


class Instrument(Model):
    """One text of a law and the days on which it is in force; what is true of its steps unless they say otherwise."""

    code: Code
    title: Words
    since: date = Field(alias="from")
    until: date | None = None
    certainty: Certainty
    dates: Certainty | None = None
    """How sure the first and last day are, where less sure than the text."""
    rolls: bool = False
    steps: tuple[Step, ...] = Field(min_length=1)

    def step(self, code: str) -> Step:
        """Return the step of that code; KeyError when there is none."""
        for one in self.steps:
            if one.code == code:
                return one
        raise KeyError(code)

    def certainty_of(self, step: Step) -> Certainty:
        """Return how sure a step is."""
        return step.certainty or self.certainty

    def does_roll(self, step: Step) -> bool:
        """Say whether a step's last day moves to a working day."""
        return self.rolls if step.rolls is None else step.rolls


class Law(Model):
    """One family of rules through its texts, one after the other."""

    code: Code
    title: Words
    texts: tuple[Instrument, ...] = Field(min_length=1)

    def on(self, day: date) -> Instrument:
        """Return the text in force on a day; NotFoundError says which texts there are."""
        for one in self.texts:
            if one.since <= day and (one.until is None or day <= one.until):
                return one
        zh = "；".join(
            f"{one.title.zh}（{one.since} 起{f'，至 {one.until}' if one.until else ''}）" for one in self.texts
        )
        en = "; ".join(
            f"{one.title.en} (from {one.since}{f' until {one.until}' if one.until else ''})" for one in self.texts
        )
        raise NotFoundError(
            f"“{self.title.zh}”在 {day} 没有可适用的文本，时限无法计算。现有：{zh}。",
            f"“{self.title.en}” has no text for {day}, so no deadline can be set. There are: {en}.",
        )

    def step(self, code: str, *, on: date) -> tuple[Instrument, Step]:
        """Return the text in force on a day with its step; NotFoundError names the nearest step."""
        text = self.on(on)
        try:
            return text, text.step(code)
        except KeyError:
            like = nearest(code, [one.code for one in text.steps])
            raise NotFoundError(
                f"{text.title.zh}没有规定“{code}”这一步。" + (f"是否指“{like}”？" if like else ""),
                f"{text.title.en} has no step “{code}”." + (f" Did you mean “{like}”?" if like else ""),
            ) from None

    @property
    def step_codes(self) -> tuple[str, ...]:
        """Return the code of every step of any text, each once."""
        return tuple(dict.fromkeys(step.code for text in self.texts for step in text.steps))


__all__ = ["Certainty", "Extension", "Instrument", "Law", "LengthUnit", "Step"]
