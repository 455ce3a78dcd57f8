"""Urban noise by HJ 640-2012.

按 HJ 640-2012 评价城市声环境。
"""

import numpy as np

from qualicity.errors import Text
from qualicity.methods.noise import GRADE_WORDS, regional_grade, regional_mean, road_grade, road_mean

TITLE = Text(zh="城市声环境", en="Urban noise")


def test_the_noise_of_a_city_is_the_mean_of_its_grid_points() -> None:
    """Four grid points of 52, 54, 56 and 58 dB(A) have a mean of 55.0: grade 2.

    四个网格点为 52、54、56、58 dB(A)，平均 55.0，属二级。
    """
    mean = regional_mean(np.array([52.0, 54.0, 56.0, 58.0]))
    assert mean.value == 55.0
    assert GRADE_WORDS[regional_grade(mean.value) - 1].zh == "二级（较好）"


def test_long_roads_count_more_than_short_ones() -> None:
    """Two kilometres at 70 dB(A) and six at 66 make a mean of 67.0: grade 1.

    2 千米道路为 70 dB(A)、6 千米道路为 66 dB(A)，按长度加权平均 67.0，属一级。
    """
    mean = road_mean(np.array([70.0, 66.0]), np.array([2000.0, 6000.0]))
    assert mean.value == 67.0
    assert road_grade(mean.value) == 1


def test_the_edge_of_a_grade_belongs_to_the_better_one() -> None:
    """68.0 dB(A) on roads is still grade 1, 68.1 is grade 2.

    道路交通噪声 68.0 dB(A) 仍属一级，68.1 属二级。
    """
    assert [road_grade(68.0), road_grade(68.1)] == [1, 2]
