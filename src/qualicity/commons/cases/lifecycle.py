"""What may happen to a case: read from the table of its type, never written down again in code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, NotPossibleError, Text, nearest

if TYPE_CHECKING:
    from qualicity.definitions.cases import CaseType, Move, State

OFFICE = "office"
"""The role that stands for the office in ``owner: office`` and ``party: office``."""

EVENTS: dict[str, Text] = {
    "open": Text("立项", "Opened"),
    "assign": Text("指定经办人", "Person assigned"),
    "extend": Text("延长时限", "Deadline extended"),
    "suspend": Text("中止计时", "Clock paused"),
    "resume": Text("恢复计时", "Clock resumed"),
    "attach": Text("添加材料", "File added"),
    "seal": Text("封存", "Sealed"),
}
"""What the trail tells of besides the moves of the type's own table."""


def case_type(code: str) -> CaseType:
    """Return the case type of that code; NotFoundError names the nearest."""
    known = catalogue().cases
    if code in known:
        return known[code]
    like = nearest(code, known)
    raise NotFoundError(
        f"没有事项类型“{code}”。" + (f"是否指“{like}”？" if like else ""),
        f"There is no case type “{code}”." + (f" Did you mean “{like}”?" if like else ""),
    )


def case_types() -> tuple[CaseType, ...]:
    """Return every case type, by code."""
    return tuple(one for _code, one in sorted(catalogue().cases.items()))


def state_of(type_code: str, code: str) -> State | None:
    """Return a state of a type; None where the definitions no longer have it."""
    found = catalogue().cases.get(type_code)
    return next((one for one in found.states if one.code == code), None) if found else None


def title_of(type_code: str, code: str) -> Text:
    """Return the words of a state, or its code where the definitions no longer have it."""
    found = state_of(type_code, code)
    return found.title.text if found else Text(code, code)


def move_title(type_code: str, code: str) -> Text:
    """Return the words of a move or of an event of the trail."""
    if code in EVENTS:
        return EVENTS[code]
    found = catalogue().cases.get(type_code)
    move = next((one for one in found.moves if one.code == code), None) if found else None
    return move.title.text if move else Text(code, code)


def check_here(kind: CaseType) -> None:
    """Raise NotPossibleError for a case that only the pages of its own desk move."""
    if kind.desk_only:
        raise NotPossibleError(
            f"“{kind.title.zh}”请在其业务页面办理：办理前须核对抽样、检验等情况。",
            f"“{kind.title.en}” is moved on the pages of its own desk, which look at more than the case.",
        )


def check_move(kind: CaseType, code: str, state: str) -> Move:
    """Return the move of that code; NotFoundError for an unknown one, NotPossibleError for a wrong state."""
    known = [one.code for one in kind.moves]
    if code not in known:
        like = nearest(code, known)
        raise NotFoundError(
            f"“{kind.title.zh}”没有流转“{code}”。" + (f"是否指“{like}”？" if like else ""),
            f"“{kind.title.en}” has no move “{code}”." + (f" Did you mean “{like}”?" if like else ""),
        )
    move = kind.move(code)
    if state in move.before:
        return move
    now, possible = title_of(kind.code, state), kind.moves_from(state)
    zh = "、".join(one.title.zh for one in possible) or "无（已是终点）"
    en = ", ".join(one.title.en for one in possible) or "nothing: it has ended"
    raise NotPossibleError(
        f"该事项现为“{now.zh}”，不能“{move.title.zh}”。现在可以：{zh}。",
        f"This case is at “{now.en}”: “{move.title.en}” is not possible. Possible now: {en}.",
    )
