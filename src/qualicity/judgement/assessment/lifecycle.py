"""The states of an assessment and the moves between them: one table, from which code and handbook read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qualicity.errors import NotPossibleError, Text

Verb = Literal["open", "adopt", "reopen", "finish"]


class State(TextChoices):
    """Where an assessment stands."""

    OPEN = "open", _("Being assessed")
    ADOPTED = "adopted", _("Adopted, open to objection")
    FINAL = "final", _("Final")


class ObjectionState(TextChoices):
    """Where an objection stands."""

    WAITING = "waiting", _("Waiting for a decision")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: from where to where, the permission that it takes, and whether it needs a reason."""

    verb: Verb
    before: State | None
    after: State
    permission: str
    needs_reason: bool = False


MOVES: tuple[Move, ...] = (
    Move("open", None, State.OPEN, "assessment.manage"),
    Move("adopt", State.OPEN, State.ADOPTED, "assessment.manage"),
    Move("reopen", State.ADOPTED, State.OPEN, "assessment.manage", needs_reason=True),
    Move("finish", State.ADOPTED, State.FINAL, "assessment.manage"),
)

WHO_ACTS: dict[State, Text] = {
    State.OPEN: Text(
        "各单位补齐材料，专家评分，办公室确认得分", "units file what is missing, experts score, the office adopts"
    ),
    State.ADOPTED: Text(
        "被考核单位可提一次异议，办公室定稿", "the assessed may object once; the office makes it final"
    ),
    State.FINAL: Text("已定稿，仅供查阅", "final; kept to be read"),
}
"""Who acts next on an assessment in each state."""

_STATES = {
    State.OPEN: Text("考核进行中", "being assessed"),
    State.ADOPTED: Text("已确认", "adopted"),
    State.FINAL: Text("已定稿", "final"),
}


def check_move(verb: Verb, state: str, *, reason: str = "") -> Move:
    """Return the move, or raise NotPossibleError for a wrong state or a missing reason."""
    found = next((one for one in MOVES if one.verb == verb and one.before == state), None)
    if found is None:
        words = _STATES[State(state)]
        raise NotPossibleError(
            f"这次考核{words.zh}，不能这样办理。请刷新后查看。",
            f"This assessment is {words.en}; that cannot be done now. Look at it again.",
        )
    if found.needs_reason and not reason.strip():
        raise NotPossibleError("请写明理由。", "Give the reason.")
    return found


def check_open(state: str) -> None:
    """Raise NotPossibleError unless an assessment can still be worked on."""
    if state != State.OPEN:
        words = _STATES[State(state)]
        raise NotPossibleError(
            f"这次考核{words.zh}，材料和评分不能再改。",
            f"This assessment is {words.en}; evidence and scores can no longer be changed.",
        )


def moves(state: str) -> tuple[Move, ...]:
    """Return the moves that a state allows."""
    return tuple(one for one in MOVES if one.before == state)


def diagram() -> str:
    """Return the states and moves as a Mermaid state diagram, for the handbook."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {one.before or '[*]'} --> {one.after.value}: {one.verb}" for one in MOVES]
    return "\n".join([*lines, "    final --> [*]"]) + "\n"
