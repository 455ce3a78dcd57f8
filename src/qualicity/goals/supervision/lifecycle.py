"""The states of meetings, circulars and good practice, and the moves between them: one table each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qualicity.errors import NotPossibleError, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class MeetingState(TextChoices):
    """Where a joint meeting stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    MINUTED = "minuted", _("Minutes issued")


class CircularState(TextChoices):
    """Where a circular stands."""

    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")
    DROPPED = "dropped", _("Dropped")


class PracticeState(TextChoices):
    """Where good practice stands."""

    WRITTEN = "written", _("Written up")
    SHARED = "shared", _("Shared")


class Kind(TextChoices):
    """What a circular is."""

    PRAISE = "praise", _("Praise")
    CRITICISM = "criticism", _("Criticism")
    LETTER = "letter", _("Supervision letter")


ANSWERED_KINDS = (Kind.CRITICISM, Kind.LETTER)
"""Which kinds an organisation must answer."""


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: its words, from which states, to which."""

    title: Text
    before: tuple[str, ...]
    after: str


MEETING_MOVES: Mapping[str, Move] = {
    "hold": Move(Text("记录召开情况", "record as held"), (MeetingState.PLANNED,), MeetingState.HELD),
    "minute": Move(Text("印发纪要", "issue the minutes"), (MeetingState.HELD,), MeetingState.MINUTED),
}
CIRCULAR_MOVES: Mapping[str, Move] = {
    "change": Move(Text("修改", "change"), (CircularState.DRAFT,), CircularState.DRAFT),
    "issue": Move(Text("印发", "issue"), (CircularState.DRAFT,), CircularState.ISSUED),
    "drop": Move(Text("撤稿", "drop"), (CircularState.DRAFT,), CircularState.DROPPED),
}
PRACTICE_MOVES: Mapping[str, Move] = {
    "share": Move(Text("推广", "share"), (PracticeState.WRITTEN,), PracticeState.SHARED),
}


def check(moves: Mapping[str, Move], verb: str, state: str, *, title: str) -> Move:
    """Return a move; NotPossibleError where the state does not allow it."""
    move = moves[verb]
    if state in move.before:
        return move
    raise NotPossibleError(
        f"“{title}”现在不能{move.title.zh}（状态：{state}）。",
        f"“{title}” cannot {move.title.en} now (it is {state}).",
    )


def can(moves: Mapping[str, Move], verb: str, state: str) -> bool:
    """Return whether a state allows a move."""
    return state in moves[verb].before
