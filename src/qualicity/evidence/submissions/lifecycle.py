"""The states of a submission and the moves between them: one table, from which code and handbook read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qualicity.errors import NotPossibleError, StaleError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

Verb = Literal["receive", "refuse", "submit", "withdraw", "return", "accept", "accept_good_rows", "supersede"]


class State(TextChoices):
    """Where a submission stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")
    SUPERSEDED = "superseded", _("Superseded")


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: what it is called, from where to where, and the permission that it takes."""

    verb: Verb
    before: State | None
    after: State
    permission: str
    needs_reason: bool = False


MOVES: tuple[Move, ...] = (
    Move("receive", None, State.DRAFT, "submissions.create"),
    # A file with errors is returned by the machine in the moment that it arrives.
    Move("refuse", None, State.RETURNED, "submissions.create"),
    Move("submit", State.DRAFT, State.SUBMITTED, "submissions.submit"),
    Move("withdraw", State.DRAFT, State.RETURNED, "submissions.create", needs_reason=True),
    # The unit's own reviewer, before it leaves the unit; then the office, or the unit calling it back.
    Move("return", State.DRAFT, State.RETURNED, "submissions.review", needs_reason=True),
    Move("return", State.SUBMITTED, State.RETURNED, "submissions.review", needs_reason=True),
    Move("accept", State.SUBMITTED, State.ACCEPTED, "submissions.accept"),
    Move("accept_good_rows", State.RETURNED, State.ACCEPTED, "submissions.accept", needs_reason=True),
    # Nobody supersedes by hand: it happens to a submission when its correction is accepted.
    Move("supersede", State.ACCEPTED, State.SUPERSEDED, "submissions.accept"),
)

WHO_ACTS: dict[State, Text] = {
    State.DRAFT: Text("填报单位审核后提交", "the reporting unit reviews and submits it"),
    State.SUBMITTED: Text("领导小组办公室接收或退回", "the office accepts or returns it"),
    State.RETURNED: Text("填报单位修改后重新报送", "the reporting unit mends it and files it again"),
    State.ACCEPTED: Text(
        "已入台账，如有差错请报送更正", "it is in the register; a mistake is mended by a correction"
    ),
    State.SUPERSEDED: Text("已被更正替代，仅供查阅", "a correction has replaced it; kept to be read"),
}
"""Who acts next on a submission in each state."""

_VERBS: dict[Verb, Text] = {
    "receive": Text("收件", "received"),
    "refuse": Text("自动退回", "returned by the checks"),
    "submit": Text("提交", "submitted"),
    "withdraw": Text("撤回", "withdrawn"),
    "return": Text("退回", "returned"),
    "accept": Text("接收", "accepted"),
    "accept_good_rows": Text("接收合格行", "accepted for its good rows"),
    "supersede": Text("替代", "superseded"),
}

_STATES: dict[State, Text] = {
    State.DRAFT: Text("草稿", "a draft"),
    State.SUBMITTED: Text("已报送", "submitted"),
    State.RETURNED: Text("已退回", "returned"),
    State.ACCEPTED: Text("已接收", "accepted"),
    State.SUPERSEDED: Text("已被更正替代", "superseded"),
}


def move(verb: Verb, state: str | None) -> Move | None:
    """Return the move of that name from a state, or None where it does not exist."""
    return next((one for one in MOVES if one.verb == verb and one.before == state), None)


def can_move(verb: Verb, state: str | None) -> bool:
    """Return whether a submission in this state may make the move."""
    return move(verb, state) is not None


def check_move(verb: Verb, state: str, *, reason: str = "", seen: Iterable[str] = ()) -> Move:
    """Return the move, or raise: NotPossibleError for a wrong state or a missing reason.

    ``seen`` is the state that the person was looking at; where that one would have allowed the move, somebody
    else was faster and the error is a StaleError.
    """
    found = move(verb, state)
    if found is None:
        error = StaleError if any(can_move(verb, one) for one in seen) else NotPossibleError
        verb_text, state_text = _VERBS[verb], _STATES[State(state)]
        raise error(
            f"这份报送{state_text.zh}，不能再{verb_text.zh}。请刷新后查看。",
            f"This submission is {state_text.en}; it cannot be {verb_text.en} now. Look at it again.",
        )
    if found.needs_reason and not reason.strip():
        raise NotPossibleError(f"请写明{_VERBS[verb].zh}的理由。", f"Give the reason why it is {_VERBS[verb].en}.")
    return found


def diagram() -> str:
    """Return the states and moves as a Mermaid state diagram, for the handbook."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {one.before or '[*]'} --> {one.after.value}: {one.verb}" for one in MOVES]
    return "\n".join(lines) + "\n"
