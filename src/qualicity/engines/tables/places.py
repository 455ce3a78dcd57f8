"""Places as cells name them: codes of GB/T 2260, development zones by word, and the names that people write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from qualicity.definitions.plans import Place, Plan
from qualicity.engines.tables.headings import normal

Level = Literal["city", "district", "county", "zone", "outside"]

# Six digits that begin with a province, autonomous region, municipality or special region (GB/T 2260-2007), or
# 100000 for the whole country where no more is known.
GB2260 = r"^(?:100000|(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4})$"
_SUFFIXES = ("市", "区", "县")


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one city: what may stand in a place column, and what lies inside.

    ``city``: the code of the whole city; ``levels``: code → kind; ``parents``: code → code above; ``names``: compared
    form of every name and alias → code; ``titles``: code → Chinese name. A code of GB/T 2260 of another city is
    legal everywhere and lies ``outside``.
    """

    city: str
    levels: Mapping[str, Level]
    parents: Mapping[str, str]
    names: Mapping[str, str]
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Places:
        """Return the places of a plan."""
        return cls.from_places(plan.places, city=plan.place)

    @classmethod
    def from_places(cls, places: Iterable[Place], *, city: str) -> Places:
        """Return the places of a list that holds ``city`` and what lies in it."""
        listed = tuple(places)
        return cls(
            city=city,
            levels={place.code: place.kind for place in listed},
            parents={place.code: place.parent or city for place in listed if place.code != city},
            names=_names(listed, city),
            titles={place.code: place.title.zh for place in listed},
        )

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the city and of everything in it, in the plan's order."""
        return tuple(self.levels)

    def find(self, text: str) -> str | None:
        """Return the code that a cell means: a known code or name, or a code outside; None where nothing fits."""
        trimmed = text.strip()
        if trimmed in self.levels:
            return trimmed
        named = self.names.get(normal(trimmed))
        if named is not None:
            return named
        outside = re.match(GB2260, trimmed) and not self.inside_by_digits(trimmed)
        return trimmed if outside else None

    def level_of(self, code: str) -> Level:
        """Return what kind of place a code is."""
        return self.levels.get(code, "outside")

    def within(self, code: str) -> bool:
        """Say whether a place is the city or lies in it."""
        return code in self.levels

    def under(self, code: str) -> tuple[str, ...]:
        """Return the place and everything below it, by code."""
        found = [code]
        for other in self.levels:
            above = self.parents.get(other)
            while above is not None and above != code:
                above = self.parents.get(above)
            if above == code:
                found.append(other)
        return tuple(found)

    def inside_by_digits(self, code: str) -> bool:
        """Say whether a code belongs to this city by its first four digits (then it must be a known one)."""
        return code[:4] == self.city[:4]


def _names(places: tuple[Place, ...], city: str) -> dict[str, str]:
    names: dict[str, str] = {}
    short: dict[str, set[str]] = {}
    whole = next((place.title.zh for place in places if place.code == city), "")
    for place in places:
        for name in (place.code, place.title.zh, place.title.en, *place.aliases):
            names.setdefault(normal(name), place.code)
        names.setdefault(normal(whole + place.title.zh), place.code)
        if place.title.zh.endswith(_SUFFIXES) and len(place.title.zh) > 2:
            short.setdefault(normal(place.title.zh[:-1]), set()).add(place.code)
    for name, codes in short.items():
        # A short name counts only where it can mean one place.
        if len(codes) == 1:
            names.setdefault(name, next(iter(codes)))
    return names
