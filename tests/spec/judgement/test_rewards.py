"""What who reported a breach receives: a part of what was taken in, at least a floor, at most a cap.

举报奖励：按罚没款比例计算，不低于下限，不超过上限。
"""

from __future__ import annotations

from datetime import date

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, Text
from qualicity.methods.rewards import reward

TITLE = Text(zh="举报奖励的计算", en="Rewards for reports")

#: level | fine and confiscation (yuan) | reward (yuan) | what decided
ROWS = """
1 | 0 | 5000 | floor
1 | 99999 | 5000 | floor
1 | 100000 | 5000 | rate
1 | 1000000 | 50000 | rate
1 | 19999999 | 999999.95 | rate
1 | 20000000 | 1000000 | cap
1 | 90000000 | 1000000 | cap
2 | 0 | 3000 | floor
2 | 100000 | 3000 | rate
2 | 500000 | 15000 | rate
2 | 40000000 | 1000000 | cap
3 | 50000 | 1000 | floor
3 | 100000 | 1000 | rate
3 | 123456 | 1234.56 | rate
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_the_reward_is_the_rate_between_floor_and_cap(row: str) -> None:
    """Levels of 5, 3 and 1 percent, floors of 5 000, 3 000 and 1 000 yuan, and one million at most.

    三个等级分别为罚没款的5%、3%、1%，不足5000元、3000元、1000元的补足，每案不超过100万元。
    """
    level, taken, expected, by = (part.strip() for part in row.split("|"))
    known = catalogue().enforcement
    assert known is not None
    rules = known.rewards_on(date(2026, 3, 1))
    chosen = rules.level(level)
    found = reward(taken=int(taken) * 100, per_mille=chosen.per_mille, floor=chosen.floor, cap=rules.cap)
    assert (found.amount, found.by) == (round(float(expected) * 100), by)


def test_a_day_without_a_rule_has_no_reward() -> None:
    """Between the trial rule that is our own and the measures of December 2021 nothing is made up.

    自拟试行规则之后、2021年12月1日之前没有已知规则，不推算奖励。
    """
    known = catalogue().enforcement
    assert known is not None
    assert known.rewards_on(date(2014, 3, 1)).certainty == "self_designed"
    assert known.rewards_on(date(2021, 12, 1)).certainty == "excerpt"
    with pytest.raises(NotFoundError):
        known.rewards_on(date(2021, 11, 30))


@pytest.mark.parametrize(("taken", "floor", "cap"), [(-1, 0, 1), (0, 2, 1), (0, -1, 1)])
def test_amounts_that_cannot_be_are_refused(taken: int, floor: int, cap: int) -> None:
    """Money below nothing, or a floor above the cap, is a mistake and no reward.

    金额为负、下限高于上限的，不予计算。
    """
    with pytest.raises(ValueError, match=r"negative|above the cap"):
        reward(taken=taken, per_mille=10, floor=floor, cap=cap)
