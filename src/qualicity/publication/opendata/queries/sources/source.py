"""What a source of an open table is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

Row = Mapping[str, Any]
Reader = Callable[[date, "Person | None"], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Source:
    """One source: how it is read for a day, and how readers know that one of its rows may have ended before its day.

    ``ended_by``: the beginnings of the verbs that may end a row; where there are none, a row that was let out stays
    out. ``version``, where a desk gives one, is another word whenever what is public has changed.
    """

    read: Reader
    ended_by: tuple[str, ...] = ()
    version: Callable[[date], Hashable] | None = None

    @property
    def may_end(self) -> bool:
        """Say whether a row may end before the day that it holds."""
        return bool(self.ended_by)
