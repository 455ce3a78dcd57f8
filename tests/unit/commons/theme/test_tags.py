from __future__ import annotations

import math

import pytest
from django.template import Context, Template
from django.utils import translation

from qualicity.commons.theme.templatetags import theme
from qualicity.errors import Text


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (None, 1, "—"),
        ("", 0, "—"),
        (math.nan, 1, "—"),
        (math.inf, 1, "—"),
        (0, 0, "0"),
        (-0.04, 1, "0.0"),
        (9999, 0, "9999"),
        (12345.678, 2, "12\u2009345.68"),
        (-1234567, 0, "−1\u2009234\u2009567"),
        (95.55, "1", "95.5"),
    ],
)
def test_a_figure_has_fixed_decimals_and_thin_spaces(value: float | None, decimals: int, shown: str) -> None:
    assert theme.figure(value, decimals) == shown


def test_words_follow_the_language() -> None:
    words = Text("质量", "quality")
    with translation.override("zh-hans"):
        assert theme.words(words) == "质量"
    with translation.override("en"):
        assert theme.words(words) == "quality"
    assert theme.words("plain") == "plain"
    assert theme.words(None) == ""


def test_a_sparkline_leaves_a_gap_where_a_value_is_missing() -> None:
    path = theme.sparkline([1, 2, None, 4, 3])
    assert path.count("M") == 2
    assert path.count("L") == 2
    assert theme.sparkline([1]) == ""
    assert theme.sparkline([]) == ""
    assert "nan" not in theme.sparkline([5, 5, 5])
    assert theme.sparkline([math.nan, 1, 2]).count("M") == 1


def test_a_state_is_shown_by_icon_and_word_and_an_unknown_one_by_its_name() -> None:
    html = Template('{% include "theme/components/status.html" with status="met" certainty="uncertain" %}').render(
        Context({})
    )
    assert "state-good" in html
    assert "state-warn" in html
    assert html.count("<svg") == 2
    assert theme.look("never_heard_of").words == "never_heard_of"


def test_whatever_comes_from_people_is_escaped() -> None:
    html = Template("{% load theme %}{{ one|look|plain }}{{ one|words }}").render(Context({"one": "<script>"}))
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("symbol", "language", "words"),
    [
        ("张/万人", "zh-hans", "张/万人"),
        ("张/万人", "en", "number of certificates per ten thousand persons"),
        ("µg/m³", "en", "µg/m³"),
        ("分", "en", "points (0–100)"),
        (None, "en", ""),
    ],
)
def test_units_are_words_where_the_reader_has_no_chinese(symbol: str | None, language: str, words: str) -> None:
    with translation.override(language):
        assert theme.unit(symbol) == words


def test_a_count_needs_no_unit_beside_it_in_english() -> None:
    with translation.override("en"):
        assert [theme.unit_beside(one) for one in ("个", "起", "张/万人", "%")] == [
            "", "events", "certificates per ten thousand persons", "%",
        ]  # fmt: skip
    with translation.override("zh-hans"):
        assert theme.unit_beside("个") == "个"
