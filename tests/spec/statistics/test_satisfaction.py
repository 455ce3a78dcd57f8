"""The customer satisfaction index by GB/T 19039-2009.

按 GB/T 19039-2009 计算顾客满意度指数。
"""

import numpy as np
import pytest

from qualicity.errors import Text
from qualicity.methods.satisfaction import satisfaction_band, satisfaction_index

TITLE = Text(zh="顾客满意度指数", en="The customer satisfaction index")


def test_a_mean_answer_of_8_is_77_8_points() -> None:
    """On a scale of 1 to 10 a mean of 8 lies seven ninths of the way: 77.8 points, fairly satisfied.

    1 至 10 分量表的平均分 8 处在全程的九分之七，即 77.8 分，比较满意。
    """
    index = satisfaction_index(np.array([[8.0, 7.0, 9.0], [9.0, 8.0, 7.0]]))
    assert index.value == pytest.approx(700 / 9)
    assert satisfaction_band(index.value).zh == "比较满意"


def test_the_method_stands_with_the_figure() -> None:
    """Because other methods make 80 points of the same answers, the index says how it was computed.

    同样的答卷用别的方法会得 80 分，所以指数须注明算法。
    """
    assert "0–100" in satisfaction_index(np.array([8.0, 8.0])).method.zh


def test_respondents_can_stand_for_more_or_fewer_people() -> None:
    """A respondent who stands for three with 10 points and one with 1 point make 75 points together.

    代表三人的受访者打 10 分、代表一人的打 1 分，合计 75 分。
    """
    index = satisfaction_index(np.array([10.0, 1.0]), respondent_weights=np.array([3.0, 1.0]))
    assert index.value == 75.0
