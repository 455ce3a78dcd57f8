"""Sentences that another desk counted, as runs: each number in them bound to its value, day and page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.engines.documents.official.model import Figure, Run, Runs

if TYPE_CHECKING:
    from datetime import date

#: A number that was counted; what is quoted, a year, a day, a period and a name such as PM2.5 are none.
_NUMBER = re.compile(
    r"“[^”]*”|《[^》]*》|\d{4}年(?:\d+月)?(?:\d+日)?|\d{4}(?:[HQ]\d|-\d\d(?:-\d\d)?)|（\d{4}）"
    r"|(?<![A-Za-z\d.〕])(\d+(?:\.\d+)?)"
)
_LOOSE = re.compile(r"(?<=[\u4e00-\u9fff，。；：、“”（）]) (?=[\d“])|(?<=[\d%”]) (?=[\u4e00-\u9fff%，。；、（）])")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence was counted: what it is of, which place, on which day, and the page that shows it."""

    code: str
    place: str
    day: date
    href: str


def tight(text: str) -> str:
    """Return words as an official document sets them: no spaces between Chinese and digits."""
    return _LOOSE.sub("", text)


def bound(text: str, source: Source, *, value: float | None = None, unit: str = "") -> Runs:
    """Return a sentence with every number in it bound; the first that shows ``value`` is the fact's own figure."""
    text = tight(text)
    runs: list[Run] = []
    at, others, told = 0, 0, value is None
    for match in _NUMBER.finditer(text):
        if match[1] is None:
            continue
        number, end, own = float(match[1]), match.end(), False
        if not told and value is not None and _shows(match[1], value):
            own = told = True
            rest = text[end:]
            if unit and rest.lstrip().startswith(unit):
                end += len(rest) - len(rest.lstrip()) + len(unit)
        else:
            others += 1
        if match.start() > at:
            runs.append(text[at : match.start()])
        code = source.code if own else f"{source.code}/{others}"
        runs.append(
            Figure(
                code=code,
                place=source.place,
                period=source.day.isoformat(),
                text=text[match.start() : end],
                value=value if own else number,
                unit=unit if own else "",
                href=source.href,
            )
        )
        at = end
    if at < len(text):
        runs.append(text[at:])
    return tuple(runs)


def _shows(text: str, value: float) -> bool:
    decimals = len(text.partition(".")[2])
    return abs(float(text) - value) <= 0.5000001 * 10.0**-decimals
