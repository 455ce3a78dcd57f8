"""The schema of penalties: their kinds, by which day's rule they are public for how long, and rewards for reports."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from qualicity.definitions.cases import LawStep
from qualicity.definitions.laws import Certainty
from qualicity.definitions.model import Code, Model, Words
from qualicity.errors import NotFoundError


class Kind(Model):
    """One kind of penalty; ``is_heavy``: heavy whatever its amount; ``limits``: until a day, what one may do."""

    code: Code
    title: Words
    amount: Literal["fine", "confiscation"] | None = None
    is_heavy: bool = False
    limits: bool = False
    clause: str = ""


class Sector(Model):
    """One field of supervision; ``is_vital`` are those whose penalties are public for longer."""

    code: Code
    title: Words
    is_vital: bool = False
    laws: tuple[Code, ...] = ()
    """The laws of spot checks whose failures come into this field; one that no field names comes into the first."""


class Class(Model):
    """How serious a penalty is under one text: the conditions that all must hold, and for how long it is public.

    ``only``: it has no kind but these · ``any_of``: it has one of these · ``vital``: in a vital field ·
    ``light``: set by the lenient or mitigated scale, with a fine of at most ``fine_at_most`` fen for an enterprise
    and ``fine_at_most_person`` for a person. Without conditions: every other penalty.
    """

    code: Code
    title: Words
    only: tuple[Code, ...] = ()
    any_of: tuple[Code, ...] = ()
    vital: bool | None = None
    light: bool | None = None
    fine_at_most: int | None = None
    fine_at_most_person: int | None = None
    published: bool = True
    least: LawStep | None = None
    """After which an early end may be asked for; without it there is none."""
    most: LawStep | None = None
    clause: str = ""


class Publicity(Model):
    """Which classes a text of the law on publicity knows; the first whose conditions hold is a penalty's."""

    text: Code
    classes: tuple[Class, ...] = Field(min_length=1)


class Level(Model):
    """How much a report was worth: which part of what was taken in, in thousandths, and the least, in fen."""

    code: Code
    title: Words
    text: Words
    per_mille: int = Field(gt=0)
    floor: int = Field(ge=0)


class Rewards(Model):
    """One text on rewards: its days, its levels, the most that one case yields, and above what finance has a say."""

    code: Code
    title: Words
    since: date = Field(alias="from")
    until: date | None = None
    certainty: Certainty
    levels: tuple[Level, ...] = Field(min_length=1)
    cap: int = Field(gt=0)
    finance_from: int | None = None
    clause: str = ""

    def level(self, code: str) -> Level:
        """Return the level of that code; KeyError when there is none."""
        for one in self.levels:
            if one.code == code:
                return one
        raise KeyError(code)


class Enforcement(Model):
    """The file ``enforcement.yaml``."""

    law: Code
    """The law on publicity whose texts ``publicity`` speaks of."""
    kinds: tuple[Kind, ...] = Field(min_length=1)
    sectors: tuple[Sector, ...] = Field(min_length=1)
    publicity: tuple[Publicity, ...] = Field(min_length=1)
    rewards: tuple[Rewards, ...] = Field(min_length=1)

    def kind(self, code: str) -> Kind:
        """Return the kind of that code; KeyError when there is none."""
        for one in self.kinds:
            if one.code == code:
                return one
        raise KeyError(code)

    def classes(self, text: str) -> tuple[Class, ...]:
        """Return the classes that a text of the law on publicity knows; KeyError when there are none."""
        for one in self.publicity:
            if one.text == text:
                return one.classes
        raise KeyError(text)

    def rewards_on(self, day: date) -> Rewards:
        """Return the text on rewards in force on a day; NotFoundError when there is none."""
        for one in self.rewards:
            if one.since <= day and (one.until is None or day <= one.until):
                return one
        raise NotFoundError(
            f"{day} 没有可适用的举报奖励规定，奖励金额无法计算。",
            f"There is no rule on rewards for {day}, so none can be worked out.",
        )


__all__ = ["Class", "Enforcement", "Kind", "Level", "Publicity", "Rewards", "Sector"]
