"""Fictitious factories in two counties, to be drawn from."""

from __future__ import annotations

from qualicity.commons.registry.actions import NewEnterprise

PLACES = {"410122": 12, "410181": 8}
CODES = tuple(f"91{place}{number:09d}X" for place, count in PLACES.items() for number in range(1, count + 1))
"""Their credit codes; the check character is made up."""


def factories() -> list[NewEnterprise]:
    """Return the factories."""
    return [
        NewEnterprise(uscc=code, name=f"模拟工厂{number:03d}", place=code[2:8], industry="C")
        for number, code in enumerate(CODES, 1)
    ]
