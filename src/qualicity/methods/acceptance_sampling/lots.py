"""Single plans for normal inspection of lots by GB/T 2828.1-2012 (ISO 2859-1:1999): code letters, table 2-A."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

from qualicity.errors import InputError, nearest

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
"""Inspection levels: four special ones and three general ones; II where nothing else is said (10.1)."""

AQLS = (
    0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.0,
    15.0, 25.0, 40.0, 65.0, 100.0, 150.0, 250.0, 400.0, 650.0, 1000.0,
)  # fmt: skip
"""Preferred acceptance quality limits: per cent nonconforming up to 10, nonconformities per 100 beyond."""

LETTERS = "ABCDEFGHJKLMNPQR"
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)
LARGEST_LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
"""The largest lot of each row of table 1; beyond the last comes one more row."""

_LETTERS_OF_LEVELS = {
    "S-1": "AAAABBBBCCCCDDD",
    "S-2": "AAABBBCCCDDDEEE",
    "S-3": "AABBCCDDEEFFGGH",
    "S-4": "AABCCDEEFGGHJJK",
    "I": "AABCCDEFGHJKLMN",
    "II": "ABCDEFGHJKLMNPQ",
    "III": "BCDEFGHJKLMNPQR",
}

# Along a diagonal of table 2-A (one letter on, one AQL lower) stands one plan. Counted from the first of them:
_ACCEPTANCE = {0: 0, 3: 1, 4: 2, 5: 3, 6: 5, 7: 7, 8: 10, 9: 14, 10: 21, 11: 30, 12: 44}
_UP, _DOWN = 1, 2
_FIRST = AQLS.index(6.5)  # the AQL at which letter A has the first diagonal
_LAST_OF_ALL = 10  # acceptance numbers over 21 stand only …
_LAST_LARGE = LETTERS.index("E")  # … at the letters A to E


@dataclass(frozen=True, slots=True)
class LotPlan:
    """What to do with one lot: inspect n units, accept with ``ac`` nonconforming or fewer, reject with ``re``.

    ``code_letter``: the letter of lot and level. ``plan_letter``: that of the plan, which differs where an arrow of
    the table was followed. ``table_n``: the sample size of the table; where it is not under the lot the whole lot
    is inspected, ``n`` is the lot and ``inspect_all`` is true.
    """

    code_letter: str
    plan_letter: str
    n: int
    ac: int
    re: int
    table_n: int
    inspect_all: bool


def code_letter(lot: int, level: str = "II") -> str:
    """Return the sample size code letter of a lot of 2 or more units (table 1)."""
    if level not in LEVELS:
        hint = nearest(level.upper(), LEVELS)
        raise InputError(
            f"没有检验水平“{level}”，应为 {'、'.join(LEVELS)} 之一" + (f"，是否指 {hint}？" if hint else "。"),
            f"There is no inspection level “{level}”: it is one of {', '.join(LEVELS)}"
            + (f"; did you mean {hint}?" if hint else "."),
        )
    if lot < 2:
        raise InputError(
            f"批量应不小于 2，得到 {lot}；单件产品直接全检。",
            f"A lot must hold 2 units or more, and it holds {lot}: a single unit is simply inspected.",
        )
    return _LETTERS_OF_LEVELS[level][bisect_left(LARGEST_LOTS, lot)]


def normal_single(letter: str, aql: float) -> tuple[int, int] | str:
    """Return acceptance and rejection number of a field of table 2-A, or ``up`` or ``down`` where it has an arrow."""
    row, column = LETTERS.index(letter), _column(aql)
    diagonal = row + column - _FIRST
    if diagonal < 0:
        return "down"
    if diagonal == _UP:
        return "up" if row else "down"
    if diagonal == _DOWN:
        return "down" if row < len(LETTERS) - 1 else "up"
    last = 12 if row <= _LAST_LARGE and aql > 100 else _LAST_OF_ALL
    return "up" if diagonal > last else (_ACCEPTANCE[diagonal], _ACCEPTANCE[diagonal] + 1)


def lot_plan(lot: int, level: str = "II", aql: float = 1.0) -> LotPlan:
    """Return the single plan of normal inspection for a lot; an arrow leads to the next plan of its column (10.3).

    ``aql``: one of ``AQLS``. Source: GB/T 2828.1-2012, tables 1 and 2-A; ISO 2859-1:1999 with Amd 1:2011.
    """
    letter = code_letter(lot, level)
    place = LETTERS.index(letter)
    field = normal_single(letter, aql)
    while isinstance(field, str):
        place += 1 if field == "down" else -1
        field = normal_single(LETTERS[place], aql)
    size = SIZES[place]
    return LotPlan(
        code_letter=letter,
        plan_letter=LETTERS[place],
        n=min(size, lot),
        ac=field[0],
        re=field[1],
        table_n=size,
        inspect_all=size >= lot,
    )


def _column(aql: float) -> int:
    for place, value in enumerate(AQLS):
        if math.isclose(aql, value, rel_tol=1e-9):
            return place
    near = min(AQLS, key=lambda value: abs(math.log(value / aql))) if aql > 0 and math.isfinite(aql) else AQLS[0]
    listed = " ".join(f"{value:g}" for value in AQLS)
    raise InputError(
        f"AQL {aql:g} 不是标准的优先值，最接近的是 {near:g}；可选：{listed}。",
        f"AQL {aql:g} is none of the standard's preferred values; the nearest is {near:g}. They are: {listed}.",
    )
