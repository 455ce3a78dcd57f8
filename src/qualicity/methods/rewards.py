"""The reward for who reported a breach: a part of what was taken in, not below a floor and not above a cap."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reward:
    """What a report yields, in fen, and which of its three bounds decided."""

    amount: int
    by: str
    """``rate``, ``floor`` or ``cap``."""


def reward(*, taken: int, per_mille: int, floor: int, cap: int) -> Reward:
    """Return the reward ``min(max(rate · taken, floor), cap)`` for what was taken in.

    ``taken`` is fine and confiscation together, ``floor`` and ``cap`` are the bounds, all in fen; ``per_mille`` is
    the rate in thousandths. A part of a fen is dropped. Raises ValueError for a negative number or a floor above the
    cap.

    Source: interim measures on rewards for reports of grave breaches (国市监稽规〔2021〕4号), arts. 11 and 12.
    """
    if min(taken, floor, cap) < 0 or per_mille <= 0:
        raise ValueError("money is not negative, and the rate is above 0")
    if floor > cap:
        raise ValueError(f"the floor {floor} is above the cap {cap}")
    share = taken * per_mille // 1000
    if share >= cap:
        return Reward(cap, "cap")
    return Reward(share, "rate") if share >= floor else Reward(floor, "floor")
