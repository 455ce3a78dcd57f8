"""Periods are read as people write them and written so that they read back the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.definitions.periods import Period, parse, periods
from qualicity.errors import InputError


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("2014年", "2014-01-01", "2014-12-31"),
        ("2014H1", "2014-01-01", "2014-06-30"),
        ("2014h2", "2014-07-01", "2014-12-31"),
        ("2014Q1", "2014-01-01", "2014-03-31"),
        ("2014-Q4", "2014-10-01", "2014-12-31"),
        ("2014-03", "2014-03-01", "2014-03-31"),
        ("2014年3月", "2014-03-01", "2014-03-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2014-03-05", "2014-03-05", "2014-03-05"),
        ("2013-12/2017-01", "2013-12-01", "2017-01-31"),
        (" 2013 / 2014Q1 ", "2013-01-01", "2014-03-31"),
    ],
)
def test_a_period_is_read_as_written(written: str, start: str, end: str) -> None:
    assert parse(written) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("written", ["", "14", "2014-13", "2014Q5", "2014-02-30", "2014/", "soon", "2014-03/2013"])
def test_what_is_no_period_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(InputError):
        parse(written)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 900))
def test_a_label_reads_back_as_the_same_period(start: date, days: int) -> None:
    period = Period(start, start + timedelta(days=days))
    assert parse(period.label) == period
    assert period.text.zh
    assert period.text.en


def test_labels_are_the_shortest() -> None:
    shortest = ["2014", "2014H2", "2014Q3", "2014-05", "2014-05-06", "2013-12/2017-01", "2014-01-02/2014-03"]
    assert [parse(label).label for label in shortest] == shortest


def test_whole_periods_between_two_days_are_listed() -> None:
    assert [one.label for one in periods("quarter", date(2013, 2, 1), date(2014, 3, 31))] == [
        "2013Q2", "2013Q3", "2013Q4", "2014Q1",
    ]  # fmt: skip
    assert [one.label for one in periods("month", date(2013, 11, 1), date(2014, 2, 27))] == [
        "2013-11", "2013-12", "2014-01",
    ]  # fmt: skip
    assert not list(periods("year", date(2014, 1, 1), date(2014, 12, 30)))
