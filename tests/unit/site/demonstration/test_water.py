from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from qualicity.methods.water import CLASS_CODES, WORSE_THAN_V, classify, mean_then_class
from qualicity.site.demonstration.water import readings

ITEMS = ("ph", "dissolved_oxygen", "permanganate_index", "ammonia_nitrogen", "total_phosphorus", "total_nitrogen")


def columns(frame: pl.DataFrame) -> dict[str, np.ndarray]:
    return {name: frame[name].fill_null(np.nan).to_numpy() for name in ITEMS}


def worse_than_five(frame: pl.DataFrame) -> int:
    built_up = frame.filter("built_up")
    means = mean_then_class(columns(built_up), built_up["section"].to_numpy(), built_up["lake"].to_numpy())
    return int((means.classes == WORSE_THAN_V).sum())


@pytest.fixture(scope="module")
def years(where) -> dict[int, pl.DataFrame]:
    return {year: readings(where, date(year, 1, 1), date(year, 12, 31)) for year in (2013, 2014)}


def test_the_published_class_is_the_one_that_the_values_give(years):
    frame = years[2013]
    classes = np.array(CLASS_CODES)[classify(columns(frame), frame["lake"].to_numpy())]
    assert (classes == frame["published_class"].fill_null("").to_numpy()).all()


def test_every_section_has_six_readings_a_day(years, where):
    assert years[2013].height == 365 * 6 * len(where.scenario["sections"])
    assert years[2013].select("section", "time").is_unique().all()


def test_black_sections_of_the_built_up_area_are_being_cleaned(years):
    assert worse_than_five(years[2013]) == 3
    assert worse_than_five(years[2014]) == 1
