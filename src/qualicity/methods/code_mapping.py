"""From the codes of 2014 to those of today: which enterprise an organisation code means, and whose a bar code is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qualicity.methods.codes import (
    gtin_is_valid,
    organisation_code_is_valid,
    uscc_check_character,
    uscc_is_valid,
)

Sureness = Literal["certain", "derived", "ambiguous", "unknown", "invalid"]
"""``certain``: a registered credit code holds it · ``derived``: none is registered, exactly one can be built ·
``ambiguous``: several are registered, or several can be built · ``unknown``: none · ``invalid``: no such code."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a code maps to: one credit code or "", how sure that is, and what it could be."""

    code: str
    uscc: str
    sureness: Sureness
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VendorRange:
    """Bar codes whose first three digits lie between two numbers, and how many digits name the vendor in them."""

    first: int
    last: int
    vendor_digits: int


@dataclass(frozen=True, slots=True)
class BarCode:
    """What the digits of a GTIN say: whether they check, and the vendor's part where a range knows its length."""

    gtin: str
    is_valid: bool
    is_in_range: bool
    vendor: str
    item: str


def by_organisation_code(registered: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return organisation code → the registered credit codes that hold it in characters 9 to 17.

    Credit codes and inner codes with a wrong check character are passed over. Source: GB 32100-2015, 5.
    """
    held: dict[str, list[str]] = {}
    codes = list(registered)
    if not codes:
        return {}
    inner = [one[8:17] for one in codes]
    good = uscc_is_valid(codes) & organisation_code_is_valid(inner)
    for uscc, older, is_good in zip(codes, inner, good, strict=True):
        if is_good and uscc not in held.setdefault(older, []):
            held[older].append(uscc)
    return {older: tuple(found) for older, found in held.items()}


def map_code(code: str, held: Mapping[str, tuple[str, ...]], beginnings: Sequence[str] = ()) -> Mapped:
    """Return what one code means: a credit code is itself, an organisation code is looked up, then built.

    ``held`` comes from ``by_organisation_code``; ``beginnings`` are the eight characters (authority, kind, region)
    that a credit code of this enterprise may begin with. Hyphen, blanks and small letters are forgiven.
    Source: GB 32100-2015 and GB 11714-1997.
    """
    plain = "".join(code.split()).replace("-", "").upper()
    if uscc_is_valid(plain):
        return Mapped(code, plain, "certain", (plain,))
    if len(plain) != 9 or not organisation_code_is_valid(plain):
        return Mapped(code, "", "invalid")
    if known := held.get(plain, ()):
        return _only(code, known, "certain")
    built = tuple(dict.fromkeys(found for one in beginnings if (found := complete(one, plain))))
    return _only(code, built, "derived") if built else Mapped(code, "", "unknown")


def complete(beginning: str, organisation_code: str) -> str:
    """Return the credit code of eight characters and an organisation code; "" where it cannot be one.

    An organisation code with one of the letters I, O, S, V, Z has no credit code. Source: GB 32100-2015.
    """
    first = f"{beginning}{organisation_code}"
    whole = f"{first}{uscc_check_character(first)}"
    return whole if uscc_is_valid(whole) else ""


def read_gtin(gtin: str, ranges: Sequence[VendorRange]) -> BarCode:
    """Return the parts of a GTIN of 13 digits (or 14, 12, 8: without parts where no range fits).

    A GTIN-14 is read without its indicator digit, as the GTIN-13 inside. Source: GB 12904-2008.
    """
    good = bool(gtin_is_valid(gtin))
    digits = gtin[1:] if len(gtin) == 14 else gtin
    if not good or len(digits) != 13:
        return BarCode(gtin, good, is_in_range=False, vendor="", item="")
    start = int(digits[:3])
    for one in ranges:
        if one.first <= start <= one.last:
            return BarCode(
                gtin, good, is_in_range=True, vendor=digits[: one.vendor_digits], item=digits[one.vendor_digits : 12]
            )
    return BarCode(gtin, good, is_in_range=False, vendor="", item="")


def _only(code: str, found: tuple[str, ...], sureness: Sureness) -> Mapped:
    if len(found) == 1:
        return Mapped(code, found[0], sureness, found)
    return Mapped(code, "", "ambiguous", found)
