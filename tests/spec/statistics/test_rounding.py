"""Rounding of figures before they are judged, by GB/T 8170-2008.

判定之前按 GB/T 8170-2008 修约。
"""

from qualicity.errors import Text
from qualicity.methods.rounding import round_half_even

TITLE = Text(zh="数值修约", en="Rounding of figures")


def test_four_goes_down_and_six_goes_up() -> None:
    """12.1498 becomes 12.1 and 10.502 becomes 11: what lies off the middle goes to the nearer figure.

    12.1498 修约为 12.1，10.502 修约为 11：不在正中的取较近者。
    """
    assert round_half_even(12.1498, 1) == 12.1
    assert round_half_even(10.502, 0) == 11


def test_five_goes_to_the_even_figure() -> None:
    """1.050 becomes 1.0 and 0.35 becomes 0.4: a five with nothing after it leaves an even last digit.

    1.050 修约为 1.0，0.35 修约为 0.4：五后无数字时，末位取偶。
    """
    assert round_half_even(1.050, 1) == 1.0
    assert round_half_even(0.35, 1) == 0.4


def test_figures_below_nothing_are_rounded_like_those_above() -> None:
    """-355 and -325 become -360 and -320 in tens.

    −355 和 −325 修约到十位为 −360 和 −320。
    """
    assert round_half_even(-355.0, -1) == -360
    assert round_half_even(-325.0, -1) == -320


def test_the_figure_that_is_read_is_the_one_that_is_rounded() -> None:
    """2.675 becomes 2.68, though the nearest number that a computer holds is a little less than 2.675.

    2.675 修约为 2.68，尽管计算机内存储的数略小于 2.675。
    """
    assert round_half_even(2.675, 2) == 2.68
