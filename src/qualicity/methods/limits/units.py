"""Units of measured quantities, and what may be converted into what: only within one dimension."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from qualicity.methods.limits.writing import plain


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what dimension it measures, and how many of the dimension's own unit it is.

    ``dimension`` names what stands above and below the stroke, so that mass in mass (mg/kg), mass in volume (mg/L)
    and volume in volume (%vol) are three things, though the first and the last are both mere ratios.
    """

    symbol: str
    dimension: str
    factor: Decimal


def _scaled(
    dimension: str, base: str, prefixes: Mapping[str, str], *, power: int = 1
) -> dict[str, tuple[str, Decimal]]:
    return {prefix + base: (dimension, Decimal(factor) ** power) for prefix, factor in prefixes.items()}


_SMALL = {"": "1", "m": "1E-3", "μ": "1E-6", "n": "1E-9", "p": "1E-12"}
_ATOMS: Mapping[str, tuple[str, Decimal]] = {
    **_scaled("mass", "g", {**_SMALL, "k": "1E3"}),
    "t": ("mass", Decimal("1E6")),
    **_scaled("volume", "L", {"": "1", "d": "0.1", "m": "1E-3", "μ": "1E-6"}),
    "m3": ("volume", Decimal(1000)),
    "dm3": ("volume", Decimal(1)),
    "cm3": ("volume", Decimal("1E-3")),
    "m2": ("area", Decimal(1)),
    "dm2": ("area", Decimal("1E-2")),
    "cm2": ("area", Decimal("1E-4")),
    "mm2": ("area", Decimal("1E-6")),
    **_scaled("length", "m", {**_SMALL, "k": "1E3", "c": "1E-2", "d": "0.1"}),
    **_scaled("amount", "mol", _SMALL),
    "CFU": ("colonies", Decimal(1)),
    "MPN": ("most probable number", Decimal(1)),
    "IU": ("international units", Decimal(1)),
    **_scaled("force", "N", {"": "1", "m": "1E-3", "c": "1E-2", "k": "1E3"}),
    **_scaled("force/area", "Pa", {"": "1", "k": "1E3", "M": "1E6", "G": "1E9"}),
    **_scaled("energy", "J", {"": "1", "m": "1E-3", "k": "1E3", "M": "1E6"}),
    **_scaled("power", "W", {"": "1", "m": "1E-3", "k": "1E3"}),
    **_scaled("current", "A", {"": "1", "m": "1E-3", "μ": "1E-6", "k": "1E3"}),
    **_scaled("voltage", "V", {"": "1", "m": "1E-3", "k": "1E3"}),
    **_scaled("resistance", "Ω", {"": "1", "m": "1E-3", "k": "1E3", "M": "1E6", "G": "1E9"}),
    **_scaled("angle", "rad", {"": "1", "m": "1E-3"}),
    **_scaled("activity", "Bq", {"": "1", "m": "1E-3", "k": "1E3"}),
    **_scaled("frequency", "Hz", {"": "1", "k": "1E3", "M": "1E6"}),
    "s": ("time", Decimal(1)),
    "ms": ("time", Decimal("1E-3")),
    "min": ("time", Decimal(60)),
    "h": ("time", Decimal(3600)),
    "°C": ("temperature in Celsius", Decimal(1)),
    "dB": ("decibels", Decimal(1)),
    "dB(A)": ("decibels, A-weighted", Decimal(1)),
    "NTU": ("turbidity", Decimal(1)),
}
_RATIOS: Mapping[str, tuple[str, str]] = {
    "%": ("mass/mass", "1E-2"),
    "‰": ("mass/mass", "1E-3"),
    "%vol": ("volume/volume", "1E-2"),
    "vol%": ("volume/volume", "1E-2"),
    "%(v/v)": ("volume/volume", "1E-2"),
    "%v/v": ("volume/volume", "1E-2"),
    "w/%": ("mass/mass", "1E-2"),
    "%(m/m)": ("mass/mass", "1E-2"),
    "%(w/w)": ("mass/mass", "1E-2"),
}
_OTHER_NAMES: Mapping[str, str] = {"ug": "μg", "mcg": "μg", "ul": "μL", "um": "μm", "ohm": "Ω", "℃": "°C"}
_FOLDED: Mapping[str, tuple[str, ...]] = {
    folded: tuple(name for name in _ATOMS if name.lower() == folded) for folded in {name.lower() for name in _ATOMS}
}
#: What stands in a unit's cell where a quantity has no unit.
_NONE = {"", "/", "-", "无", "无量纲", "无单位", "ph", "ph值", "ph单位"}
_BASIS = re.compile(r"\((?!A\)|[vmw]/[vmw]\))([^()]*)\)", re.IGNORECASE)


def spelt(text: str) -> tuple[str, str]:
    """Return a unit's text in one spelling, and the basis that stood in brackets with it (``以脂肪计``, ``KOH``)."""
    text = re.sub(r"\^\{?([+-]?\d+)\}?", r"\1", plain(text)).strip(";,.:")
    bases = [found for found in _BASIS.findall(text) if found]
    text = _BASIS.sub("", text)
    if "KOH" in text.upper():
        text, bases = re.sub("KOH", "", text, flags=re.IGNORECASE), [*bases, "KOH"]
    if text.lower() in _NONE:
        return "", ";".join(bases)
    if re.fullmatch(r"[^-]+/[^-]+-pp[mbt]", text):  # mg/kg - ppm
        text = text.rpartition("-")[0]
    return text, ";".join(bases)


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit | None:
    """Read a unit from its text (``g/100mL``, ``cfu/g``, ``mgKOH/g``); None when it is not known.

    Upper and lower case are told apart only where both mean something (mΩ and MΩ).
    """
    symbol, _ = spelt(text)
    if ratio := _RATIOS.get(symbol.lower()):
        return Unit(symbol, ratio[0], Decimal(ratio[1]))
    above, stroke, below = symbol.partition("/")
    if not stroke:
        atom = _atom(above)
        return Unit(symbol, *atom) if atom else None
    per = re.fullmatch(r"(\d+)?([^\d].*)", below)
    over, under = _atom(above), _atom(per[2]) if per else None
    if not per or not over or not under or per[1] == "0":
        return None
    return Unit(symbol, f"{over[0]}/{under[0]}", over[1] / (under[1] * Decimal(per[1] or 1)))


def _atom(name: str) -> tuple[str, Decimal] | None:
    name = _OTHER_NAMES.get(name, _OTHER_NAMES.get(name.lower(), name))
    if name in _ATOMS:
        return _ATOMS[name]
    names = _FOLDED.get(name.lower(), ())
    return _ATOMS[names[0]] if len(names) == 1 else None


def factor(given: Unit, wanted: Unit) -> Decimal | None:
    """Return what a value in the given unit is multiplied by to be one in the wanted unit; None across dimensions."""
    return given.factor / wanted.factor if given.dimension == wanted.dimension else None
