"""Charts are one specification, drawn alike for page and paper."""

from __future__ import annotations

from qualicity.engines.charts import drawing, specifications
from qualicity.engines.charts.specifications import Point

POINTS = (
    Point("2014Q1", 94.0, 92.0, 96.0, 95.0, "not_met"),
    Point("2014Q2", 95.5, 93.9, 97.0, 95.0, "met"),
    Point("2014Q3", None, aim=95.0),
)


def _marks(specification: specifications.Specification) -> list[str]:
    return [layer["mark"]["type"] for layer in specification["layer"]]


def test_a_trend_of_a_sample_has_a_band_a_target_and_a_line() -> None:
    assert _marks(specifications.trend(POINTS, unit="%", aim_label="≥ 95 %")) == ["area", "line", "text", "line"]


def test_a_trend_of_a_census_has_no_band() -> None:
    census = [Point("2013", 98.0), Point("2014", 99.0)]
    assert _marks(specifications.trend(census, unit="%", aim_label="")) == ["line"]


def test_places_have_whiskers_only_where_there_are_intervals() -> None:
    assert _marks(specifications.places(POINTS, unit="%", aim_label="")) == ["rule", "point", "rule"]
    assert _marks(specifications.places([Point("中牟县", 3.0)], unit="个", aim_label="")) == ["point"]


def test_the_same_chart_is_always_written_in_the_same_words() -> None:
    one, other = (drawing.written(specifications.trend(POINTS, unit="%", aim_label="≥ 95 %")) for _ in range(2))
    assert one == other


def test_a_chart_is_drawn_with_its_chinese_words() -> None:
    chart = specifications.places([Point("中牟县", 3.0, aim=2.0)], unit="个", aim_label="≥ 2")
    drawn = drawing.svg(chart)
    assert drawn.startswith("<svg")
    assert "中牟县" in drawn
    assert "style=" not in drawn, "the content-security policy of a page would strip it"
    assert drawing.png(chart).startswith(b"\x89PNG")
