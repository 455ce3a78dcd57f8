"""The customer satisfaction index by GB/T 19039-2009."""

import numpy as np
import pytest

from qualicity.errors import Text
from qualicity.methods.satisfaction import satisfaction_band, satisfaction_index

TITLE = Text(zh="顾客满意度指数", en="The customer satisfaction index")


def test_a_mean_answer_of_8_is_77_8_points() -> None:
    """On a scale of 1 to 10 a mean of 8 lies seven ninths of the way: 77.8 points, fairly satisfied."""
    index = satisfaction_index(np.array([[8.0, 7.0, 9.0], [9.0, 8.0, 7.0]]))
    assert index.value == pytest.approx(700 / 9)
    assert satisfaction_band(index.value).zh == "比较满意"


def test_the_method_stands_with_the_figure() -> None:
    """Because other methods make 80 points of the same answers, the index says how it was computed."""
    assert "0–100" in satisfaction_index(np.array([8.0, 8.0])).method.zh


def test_respondents_can_stand_for_more_or_fewer_people() -> None:
    """A respondent who stands for three with 10 points and one with 1 point make 75 points together."""
    index = satisfaction_index(np.array([10.0, 1.0]), respondent_weights=np.array([3.0, 1.0]))
    assert index.value == 75.0
