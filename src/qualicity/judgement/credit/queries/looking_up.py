"""Looking enterprises up: by words, class, place and industry, a page at a time, each with how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import polars as pl

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.queries import runs
from qualicity.judgement.credit.queries.files import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.registry.models import Enterprise
    from qualicity.judgement.credit.models import ScoreRun
    from qualicity.judgement.credit.queries.runs import Standing

MOST_FOUND = 5_000
"""Words that find more enterprises than this are narrowed by further words, not by class."""
BATCH = 5_000
"""How many codes one question to the database names."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, and one class, place or industry."""

    words: str = ""
    credit_class: str = ""
    place: str = ""
    industry: str = ""
    order: str = "code"
    """``code``, ``worst`` or ``best``."""


@dataclass(frozen=True, slots=True)
class Row:
    """One enterprise as a list shows it; ``standing`` is None where the last run did not score it."""

    enterprise: Enterprise
    standing: Standing | None


class Found:
    """The enterprises that were found, in order; only what is asked for is read."""

    def __init__(self, codes: Sequence[str] | pl.Series, run: ScoreRun | None) -> None:
        self.codes, self.run = codes, run

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        """Return one row or some rows, read at once."""
        if isinstance(at, int):
            return self[at : at + 1][0]
        codes = list(self.codes[at])
        known = {
            one.uscc: one
            for first in range(0, len(codes), BATCH)
            for one in registry.enterprises().filter(uscc__in=codes[first : first + BATCH])
        }
        standings = runs.standings(self.run, codes) if self.run is not None else {}
        return tuple(Row(known[code], standings.get(code)) for code in codes if code in known)


def look_up(wanted: Wanted, *, by: Person) -> Found:
    """Return the enterprises that are looked for and that a person may see; a county sees its own."""
    accounts.check(by, permissions.READ)
    run = runs.latest()
    own = permissions.own_place(by)
    if run is None:
        return Found(_by_words(wanted, by), None)
    if wanted.words.strip():
        codes = _by_words(wanted, by, most=MOST_FOUND)
        if not wanted.credit_class and wanted.order == "code":
            return Found(codes, run)
        table = runs.scores(run).filter(pl.col("uscc").is_in(codes))
    else:
        table = runs.scores(run)
    keep = [pl.col("place") == one for one in (own, wanted.place) if one]
    if wanted.industry:
        keep.append(pl.col("industry") == wanted.industry)
    if wanted.credit_class:
        keep.append(pl.col("credit_class").cast(pl.String) == wanted.credit_class)
    table = table.filter(*keep) if keep else table
    if wanted.order in ("worst", "best"):
        table = table.sort("score", "uscc", descending=[wanted.order == "best", False])
    return Found(table["uscc"], run)


def _by_words(wanted: Wanted, by: Person, *, most: int | None = None) -> list[str]:
    found = find(wanted.words, by=by)
    if wanted.place:
        found = found.filter(place=wanted.place)
    if wanted.industry:
        found = found.filter(industry=wanted.industry)
    return list(found.order_by("uscc").values_list("uscc", flat=True)[:most])
