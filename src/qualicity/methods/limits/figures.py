"""Figures as they are written: with powers of ten, marks of thousands, decimal commas, and marks of rounding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

#: A figure in the writing of ``writing.plain``. ``×10`` without a power is taken in, so that its loss is noticed.
NUMBER = (
    r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
    r"(?:[eE][+-]?\d+(?![A-Za-z\d]))?"
    r"(?:\^(?:\{[+-]?\d+\}|[+-]?\d+))?"
    r"(?:×1\d*(?:\^(?:\{[+-]?\d+\}|[+-]?\d+))?)?"
    r"(?:\([+-]\))?"
)
_PARTS = re.compile(
    r"(?P<minus>-?)(?P<digits>[\d.,]+)(?:[eE](?P<e>[+-]?\d+))?(?:\^\{?(?P<power>[+-]?\d+)\}?)?"
    r"(?:×(?P<ten>1\d*)(?:\^\{?(?P<exponent>[+-]?\d+)\}?)?)?(?:\((?P<lean>[+-])\))?"
)
# No quantity that is tested has more than this many powers of ten; a longer one is a slip of the pen.
_MAX_POWER = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, with every value that it can stand for (none: its power of ten was lost).

    ``decimals`` is the last place that is written (−2 for 14×100); ``lean`` is 1 or −1 where the figure is marked as
    rounded down (+) or up (−), by GB/T 8170-2008, 3.3.2.
    """

    written: str
    values: tuple[Decimal, ...]
    decimals: int = 0
    lean: int = 0

    @property
    def value(self) -> Decimal | None:
        """Return the value, where there is only one."""
        return self.values[0] if len(self.values) == 1 else None


def read_figure(text: str, *, decimal_comma: bool | None = None) -> Figure | None:
    """Read one figure from text written by ``plain``; None when it is no figure.

    ``decimal_comma``: whether a comma stands before decimals; None where the file does not say, and then ``1,234``
    stands for both 1234 and 1.234. ``2.5×104`` is 2.5×10⁴ whose 4 came down; nobody multiplies by 104.
    """
    found = _PARTS.fullmatch(text)
    if found is None:
        return None
    digits = _digits(found["digits"], decimal_comma)
    if not digits:
        return None
    factors = _factors(found)
    decimals = _places(digits[0]) - (_exponent(factors[0]) if factors else 0)
    side = -1 if found["minus"] else 1
    values = tuple(dict.fromkeys(side * number * factor for number in digits for factor in factors))
    return Figure(text, values, decimals, {"+": 1, "-": -1}.get(found["lean"] or "", 0))


def exact(value: Decimal | float | str) -> Figure:
    """Return the figure of a number that needs no reading."""
    number = Decimal(str(value))
    return Figure(format(number, "f"), (number,), _places(number))


def _digits(text: str, decimal_comma: bool | None) -> list[Decimal]:
    if text.count(".") > 1 or text in {".", ","}:
        return []
    if "," not in text:
        return [Decimal(text)]
    by_thousands = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", text)
    by_decimals = re.fullmatch(r"\d+,\d+", text)
    found = []
    if by_thousands and not (decimal_comma and by_decimals):
        found.append(Decimal(text.replace(",", "")))
    if by_decimals and decimal_comma is not False:
        found.append(Decimal(text.replace(",", ".")))
    return found


def _factors(found: re.Match[str]) -> list[Decimal]:
    """Return what the written digits are multiplied by; none where the power was lost."""
    one = Decimal(1)
    if found["e"]:
        return _power(int(found["e"]))
    if found["power"]:  # 10⁴ alone
        return _power(int(found["power"]) - 1) if found["digits"] == "10" else []
    ten = found["ten"]
    if not ten:
        return [one]
    if found["exponent"]:
        return _power(int(found["exponent"])) if ten == "10" else []
    if ten == "10":
        return []
    if set(ten[1:]) == {"0"}:
        return [Decimal(ten)]
    return _power(int(ten[2:])) if ten.startswith("10") else []  # 10⁴ whose 4 came down


def _power(exponent: int) -> list[Decimal]:
    return [Decimal(1).scaleb(exponent)] if abs(exponent) <= _MAX_POWER else []


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent


def _exponent(factor: Decimal) -> int:
    return factor.adjusted()
