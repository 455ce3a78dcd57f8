import math

import numpy as np
import pytest

from qualicity.methods.noise import GRADE_WORDS, regional_grade, regional_mean, road_grade, road_mean


def test_areas_have_the_plain_mean_of_their_points() -> None:
    result = regional_mean(np.array([54.0, 56.0, math.nan, 58.0]))
    assert (result.value, result.n) == (56.0, 3)


def test_roads_are_weighted_by_their_length() -> None:
    result = road_mean(np.array([70.0, 66.0, 60.0, 99.0]), np.array([1.0, 3.0, 0.0, math.nan]))
    assert (result.value, result.n, result.length) == (67.0, 2, 4.0)


def test_no_point_has_no_mean() -> None:
    assert math.isnan(regional_mean(np.array([])).value)
    assert math.isnan(road_mean(np.array([70.0]), np.array([0.0])).value)
    assert regional_grade(math.nan) == 0


@pytest.mark.parametrize(
    ("level", "grade"), [(50.0, 1), (50.04, 1), (50.06, 2), (55.0, 2), (55.1, 3), (60.1, 4), (65.0, 4), (65.1, 5)]
)
def test_areas_are_graded_on_the_level_to_one_decimal(level: float, grade: int) -> None:
    assert regional_grade(level) == grade


def test_roads_and_nights_have_scales_of_their_own() -> None:
    assert [road_grade(68.0), road_grade(68.1), road_grade(74.1)] == [1, 2, 5]
    assert [regional_grade(40.1, night=True), road_grade(58.0, night=True)] == [2, 1]
    assert GRADE_WORDS[road_grade(68.0) - 1].zh == "一级（好）"
