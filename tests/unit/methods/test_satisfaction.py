import math

import numpy as np
import pytest

from qualicity.methods.intervals import student
from qualicity.methods.satisfaction import respondent_scores, satisfaction_band, satisfaction_index


def test_a_mean_answer_of_8_is_an_index_of_77_8() -> None:
    result = satisfaction_index(np.array([[8.0, 8.0, 8.0], [7.0, 8.0, 9.0]]))
    assert result.value == pytest.approx(700 / 9)
    assert "1–10" in result.method.zh


def test_questions_are_weighted() -> None:
    assert respondent_scores(np.array([[10.0, 1.0]]), np.array([3.0, 1.0])).tolist() == [75.0]


def test_a_single_question_may_be_flat() -> None:
    assert respondent_scores(np.array([1.0, 10.0, 5.5])).tolist() == [0.0, 100.0, 50.0]


def test_an_answer_left_out_or_off_the_scale_leaves_the_respondent_out() -> None:
    result = satisfaction_index(np.array([[8.0, 8.0], [math.nan, 9.0], [11.0, 3.0], [6.0, 6.0]]))
    assert (result.n, result.incomplete) == (2, 2)
    assert result.value == pytest.approx((700 / 9 + 500 / 9) / 2)


def test_without_weights_the_interval_is_students() -> None:
    answers = np.array([8.0, 9.0, 7.0, 10.0, 6.0])
    scores = respondent_scores(answers)
    result, expected = satisfaction_index(answers), student(5, float(scores.sum()), float((scores**2).sum()))
    assert (result.low, result.high) == (pytest.approx(expected.low), pytest.approx(min(100.0, expected.high)))


def test_weights_of_respondents_repeat_nobody_but_shift_the_mean() -> None:
    answers, weights = np.array([10.0, 1.0, 5.5]), np.array([2.0, 1.0, 1.0])
    result = satisfaction_index(answers, respondent_weights=weights)
    assert result.value == pytest.approx(62.5)
    assert result.method.en.endswith("weighted")


def test_one_or_no_respondent_has_no_interval() -> None:
    assert math.isnan(satisfaction_index(np.array([8.0])).low)
    nobody = satisfaction_index(np.full((2, 3), math.nan))
    assert math.isnan(nobody.value)
    assert nobody.incomplete == 2


@pytest.mark.parametrize(
    ("value", "word"), [(90.0, "非常满意"), (80.0, "满意"), (79.9, "比较满意"), (60.0, "一般"), (59.9, "不满意")]
)
def test_each_band_has_its_word(value: float, word: str) -> None:
    assert satisfaction_band(value).zh == word
