"""The vocabulary of units: one symbol per unit, and what may be put together from them."""

from __future__ import annotations

from collections.abc import Collection

from qualicity.definitions.model import Model, Words


class Unit(Model):
    """One unit; ``per`` is true where other units may be given per this one (张/万人)."""

    symbol: str
    title: Words
    per: bool = False


class Units(Model):
    """The file ``units.yaml``."""

    units: tuple[Unit, ...]


def is_known(symbol: str, units: Collection[Unit]) -> bool:
    """Say whether a symbol is a unit of the vocabulary, or one unit per another (``张/万人``)."""
    if any(unit.symbol == symbol for unit in units):
        return True
    above, slash, below = symbol.partition("/")
    if not slash:
        return False
    return any(unit.symbol == above for unit in units) and any(unit.symbol == below and unit.per for unit in units)
