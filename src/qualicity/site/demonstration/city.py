"""The simulated city: its places, stations, sections and levels, read from the scenario and drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import yaml

from qualicity.definitions.catalogue import catalogue

if TYPE_CHECKING:
    from datetime import date

    from qualicity.definitions.plans import Plan

SCENARIO = Path(__file__).with_name("scenario.yaml")


@dataclass(frozen=True, slots=True)
class Site:
    """One county-level place or zone: who reports for it, and its shares of the city's people and industry."""

    code: str
    organisation: str
    title: str
    kind: str
    people: float
    industry: float


@dataclass(frozen=True, slots=True)
class Station:
    """One automatic air station; those in the built-up districts count for the city's daily means."""

    place: str
    title: str
    factor: float
    counts_for_city: bool


@dataclass(frozen=True, slots=True, eq=False)
class City:
    """Everything that the simulation knows; the same seed draws the same city."""

    seed: int
    plan: Plan
    first: date
    last: date
    sites: tuple[Site, ...]
    stations: tuple[Station, ...]
    scenario: dict[str, Any]

    def stream(self, *words: object) -> np.random.Generator:
        """Return the random stream of a subject: independent of every other and of the order of asking."""
        return np.random.default_rng([self.seed, *(crc32(str(word).encode()) for word in words)])

    def levels(self, subject: str, name: str) -> dict[int, Any]:
        """Return a level of the scenario by year."""
        found: dict[int, Any] = self.scenario["levels"][subject][name]
        return found

    def level(self, subject: str, name: str, year: int) -> float:
        """Return a level in a year; the last stated year holds on."""
        by_year = self.levels(subject, name)
        return float(by_year[max(known for known in by_year if known <= year)])

    def site(self, organisation: str) -> Site | None:
        """Return the place that an organisation reports for, None for the city's own departments."""
        return next((site for site in self.sites if site.organisation == organisation), None)


@cache
def city(seed: int) -> City:
    """Draw the city of a seed."""
    scenario: dict[str, Any] = yaml.load(SCENARIO.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    plan = catalogue().plans[scenario["plan"]]
    reporters = {unit.place: unit.code for unit in plan.organisations if unit.kind in {"county", "zone"}}
    sites = tuple(
        Site(
            code=place.code,
            organisation=reporters[place.code],
            title=place.title.zh,
            kind=place.kind,
            people=scenario["places"][place.code]["people"],
            industry=scenario["places"][place.code]["industry"],
        )
        for place in plan.places
        if place.kind != "city"
    )
    return City(
        seed=seed,
        plan=plan,
        first=scenario["first"],
        last=scenario["last"],
        sites=sites,
        stations=_stations(sites, scenario, np.random.default_rng([seed, crc32(b"stations")])),
        scenario=scenario,
    )


def _stations(sites: tuple[Site, ...], scenario: dict[str, Any], random: np.random.Generator) -> tuple[Station, ...]:
    stations: list[Station] = []
    for site in sites:
        for number in range(1, scenario["places"][site.code]["stations"] + 1):
            urban = site.kind == "district"
            factor = float(np.exp(random.normal(0.0 if urban else -0.08, 0.05)))
            stations.append(Station(site.code, f"{site.title}模拟{number}号站", round(factor, 3), urban))
    return tuple(stations)
