"""How many to check: for a pass rate at a wanted precision, and shared out over districts.

检查多少个：按合格率估计所需精度确定样本量，再分配到各县（市、区）。
"""

import pytest

from qualicity.errors import InputError, NotPossibleError, Text
from qualicity.methods.intervals import clopper_pearson, wilson
from qualicity.methods.sample_size import allocate_neyman, allocate_proportional, for_proportion

TITLE = Text(zh="样本量及其分配", en="Sizes of samples, and sharing them out")


def test_five_points_to_either_side_take_385() -> None:
    """1.96² · 0.25 / 0.05² = 384.1, so 385; out of 1 000 units 278 are enough; a pass rate near 95 % needs 73.

    误差 5 个百分点：1.96²×0.25÷0.05² = 384.1，取 385；总体只有 1000 时 278 个即可；预计合格率 95% 时只需 73 个。
    """
    assert for_proportion(0.05) == 385
    assert for_proportion(0.05, population=1000) == 278
    assert for_proportion(0.05, expected=0.95) == 73


def test_the_interval_that_will_be_shown_is_the_one_that_is_held_against_the_margin() -> None:
    """Wilson's and the exact interval at 95 % near 97 % pass: with one unit fewer the margin is missed.

    预计合格率 97%、误差 2 个百分点：按威尔逊区间和精确区间求得的样本量，少一个就达不到。
    """
    for method, interval in (("wilson", wilson), ("exact", clopper_pearson)):
        n = for_proportion(0.02, expected=0.97, method=method)
        inside, outside = interval(0.97 * n, n), interval(0.97 * (n - 1), n - 1)
        assert (inside.high - inside.low) / 2 <= 0.02 < (outside.high - outside.low) / 2


def test_districts_get_their_share_and_a_least_number() -> None:
    """100 checks over four districts of 600, 300, 90 and 10 shops, five at the least: 57, 29, 9 and 5.

    100 次检查分给有 600、300、90、10 家店的四个县区，每处至少 5 次：57、29、9、5。
    """
    sizes = {"a": 600, "b": 300, "c": 90, "d": 10}
    assert allocate_proportional(100, sizes) == {"a": 60, "b": 30, "c": 9, "d": 1}
    assert allocate_proportional(100, sizes, minimum=5) == {"a": 57, "b": 29, "c": 9, "d": 5}


def test_neyman_sends_more_to_where_less_is_known() -> None:
    """Two districts of 500, pass rates 50 % and 99 %: 100 checks go 83 to 17, and lower the variance by a third.

    两个各 500 家的县区，合格率分别约 50% 和 99%：100 次检查按 83 比 17 分配，方差比平均分配小三分之一。
    """
    deviations = {"a": 0.5, "b": (0.99 * 0.01) ** 0.5}
    found = allocate_neyman(100, {"a": 500, "b": 500}, deviations)
    assert found == {"a": 83, "b": 17}

    def variance(a: int, b: int) -> float:
        return 0.25 * (0.25 * (1 / a - 1 / 500) + 0.0099 * (1 / b - 1 / 500))

    assert variance(83, 17) / variance(50, 50) == pytest.approx(0.657, abs=0.001)


def test_what_cannot_be_shared_out_is_refused() -> None:
    """Too few for the least number of each, more than there are, a margin of nothing.

    总数不够每层最低数、超过全部对象、误差为零：都明确拒绝。
    """
    with pytest.raises(NotPossibleError, match="need 10"):
        allocate_proportional(9, {"a": 50, "b": 50}, minimum=5)
    with pytest.raises(NotPossibleError, match="all 100 units"):
        allocate_proportional(101, {"a": 50, "b": 50})
    with pytest.raises(InputError, match="margin"):
        for_proportion(0.0)
