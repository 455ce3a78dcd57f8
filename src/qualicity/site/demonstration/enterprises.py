"""Fictitious enterprises with valid codes: the bodies are drawn, only the check characters are computed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from qualicity.methods.codes import gtin_check_digit

if TYPE_CHECKING:
    from qualicity.site.demonstration.city import City, Site

#: Registered with the market regulator as an enterprise.
_AUTHORITY_AND_KIND = "91"
_CITY = "410100"
_ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_CREDIT_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)])
#: How far enterprises differ in how often they fail: the standard deviation of the logarithm.
_SPREAD = 0.9
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One fictitious enterprise: its code, name, place and trade, and how much likelier than others it is to fail."""

    code: str
    name: str
    place: str
    trade: str
    risk: float


@cache
def enterprises(city: City) -> tuple[Enterprise, ...]:
    """Return the city's enterprises, spread over the places by their share of industry."""
    found: list[Enterprise] = []
    for site in city.sites:
        found += _of_site(city, site, first=len(found) + 1)
    return tuple(found)


@cache
def by_code(city: City) -> dict[str, Enterprise]:
    """Return each enterprise under its credit code."""
    return {one.code: one for one in enterprises(city)}


@cache
def by_place(city: City) -> dict[str, list[Enterprise]]:
    """Return the enterprises of each place."""
    found: dict[str, list[Enterprise]] = {}
    for one in enterprises(city):
        found.setdefault(one.place, []).append(one)
    return found


@cache
def by_trade(city: City) -> dict[str, list[Enterprise]]:
    """Return the enterprises of each trade."""
    found: dict[str, list[Enterprise]] = {}
    for one in enterprises(city):
        found.setdefault(one.trade, []).append(one)
    return found


def gtin(random: np.random.Generator, count: int) -> list[str]:
    """Return ``count`` different 13-digit article numbers of the prefix 695 with valid check digits."""
    stems = [f"695{body:09d}" for body in random.choice(10**9, size=count, replace=False)]
    return [stem + gtin_check_digit(stem) for stem in stems]


def _of_site(city: City, site: Site, *, first: int) -> list[Enterprise]:
    random = city.stream("enterprises", site.code)
    words = city.scenario["enterprises"]
    count = round(words["count"] * site.industry / 1000)
    trades = list(words["trades"])
    shares = np.array([words["trades"][trade] for trade in trades], dtype=np.float64)
    drawn = random.choice(trades, size=count, p=shares / shares.sum())
    syllables = random.choice(words["syllables"], size=(count, 2))
    codes = _credit_codes(random, site.code, count, turn=city.sites.index(site), turns=len(city.sites))
    risks = np.minimum(random.lognormal(-(_SPREAD**2) / 2, _SPREAD, count), 6.0)
    return [
        Enterprise(
            code=code,
            name=f"模拟{one}{two}{trade}有限公司{first + number:05d}号",
            place=site.code,
            trade=str(trade),
            risk=float(risk),
        )
        for number, (code, trade, (one, two), risk) in enumerate(zip(codes, drawn, syllables, risks, strict=True))
    ]


def _credit_codes(random: np.random.Generator, place: str, count: int, *, turn: int, turns: int) -> list[str]:
    """Return different valid codes of digits only, save for the check character (GB 32100, GB 11714).

    Each place takes every ``turns``-th number, so that no organisation code is given twice in the city.
    """
    bodies = np.unique(random.integers(0, 10**8 // turns, 2 * count + 20)) * turns + turn
    digits = bodies[:, None] // 10 ** np.arange(7, -1, -1) % 10
    rest = digits @ _ORGANISATION_WEIGHTS % 11
    # A remainder of 1 is written X; those bodies are passed over.
    kept = random.permutation(np.flatnonzero(rest != 1))[:count]
    checks = np.where(rest == 0, 0, 11 - rest)[kept]
    region = [int(digit) for digit in _AUTHORITY_AND_KIND + (place if place.isdigit() else _CITY)]
    stems = np.column_stack([np.tile(region, (count, 1)), digits[kept], checks])
    last = -(stems @ _CREDIT_WEIGHTS) % 31
    return ["".join(map(str, stem)) + _ALPHABET[check] for stem, check in zip(stems.tolist(), last, strict=True)]
