"""How facts become sentences: templates in both languages, filled with words and bound numbers, never digits.

Every number is a ``Figure``: its code names the indicator, and after a stroke what of it is meant
(``product-2/low``); a code without a stroke is the indicator's value itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import TYPE_CHECKING, Protocol, TypeAlias
from urllib.parse import urlencode

from qualicity.engines.documents.official.model import Figure, Run, Runs, plain
from qualicity.errors import Text
from qualicity.methods.rounding import round_half_even

if TYPE_CHECKING:
    from qualicity.definitions.periods import Period
    from qualicity.definitions.plans import Indicator, Plan
    from qualicity.definitions.sentences import Template

#: What a slot of a template takes: words of one language, of both, a number, or any run of them.
Slot: TypeAlias = "str | Text | Figure | Runs | None"


class InBoth(Protocol):
    """Words in both languages, as definitions and messages carry them."""

    @property
    def zh(self) -> str: ...  # noqa: D102
    @property
    def en(self) -> str: ...  # noqa: D102


_COUNTED = ("个", "起", "项", "行", "家", "份", "批次")
_ENGLISH_UNITS = {
    "分": "points",
    "个百分点": "percentage points",
    "人/万台": "per 10 000",
    "张/万人": "per 10 000",
} | dict.fromkeys(_COUNTED, "")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August")
_LATER = ("September", "October", "November", "December")


@dataclass(frozen=True, slots=True)
class Voice:
    """One report's language, plan, period and place: what every sentence and number of it has in common."""

    language: str
    sentences: Mapping[str, Template]
    plan: Plan
    period: Period
    query: Mapping[str, str]
    significance: float

    @property
    def english(self) -> bool:
        """Return whether the report is written in English."""
        return self.language.startswith("en")

    def words(self, text: InBoth) -> str:
        """Return the words of this report's language."""
        return text.en if self.english else text.zh

    def text(self, key: str) -> str:
        """Return the words of a sentence that has no slots."""
        return self.words(self.sentences[key])

    def say(self, key: str, **slots: Slot) -> Runs:
        """Return a sentence with its slots filled; a slot that holds nothing leaves nothing."""
        runs: list[Run] = []
        for literal, name, _, _ in Formatter().parse(self.text(key)):
            _append(runs, literal)
            if name is not None:
                for run in self.runs(slots[name]):
                    _append(runs, run)
        return tuple(runs)

    def plain(self, key: str, **slots: Slot) -> str:
        """Return a sentence as words alone: for captions and headings."""
        return plain(self.say(key, **slots))

    def runs(self, slot: Slot) -> Runs:
        """Return what a slot holds as runs."""
        if slot is None:
            return ()
        if isinstance(slot, Text):
            return (self.words(slot),)
        return (slot,) if isinstance(slot, str | Figure) else slot

    def join(self, parts: Sequence[Runs], *, between: str = "mark.list") -> Runs:
        """Return parts one after the other, as a list is written: 、 or a comma."""
        mark = self.text(between)
        runs: list[Run] = []
        for number, part in enumerate(parts):
            if number:
                _append(runs, mark)
            for run in part:
                _append(runs, run)
        return tuple(runs)

    def flow(self, sentences: Iterable[Runs]) -> Runs:
        """Return sentences one after the other, as a paragraph is written."""
        return self.join([one for one in sentences if one], between="mark.sentence")

    def day(self, day: date) -> str:
        """Return a day as people write it."""
        if self.english:
            return f"{day.day} {(*_MONTHS, *_LATER)[day.month - 1]} {day.year}"
        return f"{day.year}年{day.month}月{day.day}日"

    def when(self, period: Period) -> str:
        """Return a period as people write it."""
        return self.words(period.text)

    def unit(self, unit: str) -> str:
        """Return a unit in the report's language."""
        return _ENGLISH_UNITS.get(unit, unit) if self.english else unit

    def shown(self, value: float, decimals: int, unit: str) -> str:
        """Return a number as it stands in a sentence: rounded by GB/T 8170, its unit behind it."""
        number = f"{round_half_even(value, decimals):.{decimals}f}"
        word = self.unit(unit)
        apart = " " if word and word != "%" and (self.english or word[0].isascii() or word[0] == "µ") else ""
        return f"{number}{apart}{word}"

    def number(
        self,
        code: str,
        value: float,
        *,
        decimals: int = 0,
        unit: str = "",
        place: str | None = None,
        period: Period | None = None,
        versions: Mapping[str, int] | None = None,
        text: str | None = None,
        href: str = "",
    ) -> Figure:
        """Return a bound number; ``unit`` is shown behind it, ``text`` replaces both."""
        return Figure(
            code=code,
            place=place or self.plan.place,
            period=(period or self.period).label,
            text=text or self.shown(value, decimals, unit),
            value=value,
            unit=unit,
            versions=tuple(sorted((versions or {}).items())),
            href=href,
        )

    def count(self, code: str, value: int, unit: str = "") -> Figure:
        """Return a bound count of things that the report itself counted."""
        return self.number(code, value, unit=unit, href=f"/?{urlencode(self.query)}")

    def of(
        self,
        indicator: Indicator,
        value: float,
        *,
        aspect: str = "",
        unit: str | None = None,
        decimals: int | None = None,
        place: str | None = None,
        period: Period | None = None,
        versions: Mapping[str, int] | None = None,
        text: str | None = None,
    ) -> Figure:
        """Return a bound number of an indicator: its value, or another aspect of it."""
        where = {"place": place or self.plan.place, "as_of": (period or self.period).end.isoformat()}
        return self.number(
            f"{indicator.code}/{aspect}" if aspect else indicator.code,
            value,
            decimals=indicator.target.decimals if decimals is None else decimals,
            unit=indicator.unit if unit is None else unit,
            place=place,
            period=period,
            versions=versions,
            text=text,
            href=f"/indicators/{indicator.code}/?{urlencode(dict(self.query) | where)}#computed",
        )


def _append(runs: list[Run], run: Run) -> None:
    if isinstance(run, str) and not run:
        return
    if isinstance(run, str) and runs and isinstance(runs[-1], str):
        runs[-1] += run
    else:
        runs.append(run)
