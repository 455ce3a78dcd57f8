"""How serious a penalty is: the first class of a list whose conditions all hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """What a class looks at: kinds, fine in fen, whether lenient, in a vital field, on a person."""

    kinds: frozenset[str]
    fine: int
    is_light: bool
    is_vital: bool
    is_person: bool


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a class asks; what is empty or None asks nothing."""

    only: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()
    vital: bool | None = None
    light: bool | None = None
    most: int | None = None
    most_person: int | None = None


def grade(facts: Facts, classes: Sequence[Conditions]) -> int:
    """Return the number of the first class whose conditions all hold.

    ``classes`` stand from the first to look at to the last; fines are in fen. Raises ValueError where none holds.

    Source: order 107 of the State Administration for Market Regulation, arts. 7 to 9; order 45, arts. 2, 13 to 15.
    """
    for number, one in enumerate(classes):
        if _holds(facts, one):
            return number
    raise ValueError("no class holds: the last one must be without conditions")


def _holds(facts: Facts, one: Conditions) -> bool:
    most = one.most_person if facts.is_person else one.most
    return (
        (not one.only or facts.kinds <= one.only)
        and (not one.any_of or bool(facts.kinds & one.any_of))
        and one.vital in (None, facts.is_vital)
        and one.light in (None, facts.is_light)
        and (most is None or facts.fine <= most)
    )
