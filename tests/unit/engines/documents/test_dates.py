from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.engines.documents.dates import day, span


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2014年3月至2014年5月", "2014-03-01", "2014-05-31"),
        ("2014年3月—5月", "2014-03-01", "2014-05-31"),
        ("2014年3月1日至5月31日", "2014-03-01", "2014-05-31"),
        ("2014年上半年", "2014-01-01", "2014-06-30"),
        ("2014年第一季度至第三季度", "2014-01-01", "2014-09-30"),
        ("2014.3-2014.5", "2014-03-01", "2014-05-31"),
        ("2014年10月至2015年2月底", "2014-10-01", "2015-02-28"),
        ("2014—2015年", "2014-01-01", "2015-12-31"),
        ("二〇一四年三月至五月", "2014-03-01", "2014-05-31"),
        ("2014年3月上旬", "2014-03-01", "2014-03-10"),
        ("2016年2月", "2016-02-01", "2016-02-29"),
        ("自2015年1月起至年底", "2015-01-01", "2015-12-31"),
    ],
)
def test_a_span_has_a_first_and_a_last_day(text: str, start: str, end: str) -> None:
    found = span(text)
    assert found is not None
    assert (str(found.start), str(found.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "end"), [("2014年底前", "2014-12-31"), ("到2015年底", "2015-12-31"), ("2014年6月底前完成", "2014-06-30")]
)
def test_a_deadline_has_no_first_day(text: str, end: str) -> None:
    found = span(text)
    assert found is not None
    assert (found.start, str(found.end)) == (None, end)


def test_months_alone_need_a_year() -> None:
    assert span("4月至6月") is None
    found = span("4月至6月", year=2014)
    assert found is not None
    assert found.end == date(2014, 6, 30)


@pytest.mark.parametrize("text", ["", "13月45日", "2014年13月", "第一批", "三个阶段", "2015年2月30日"])
def test_no_day_is_made_up(text: str) -> None:
    found = span(text)
    assert found is None or found.start is None or found.start <= found.end
    assert day(text) is None


@settings(deadline=None)
@given(first=st.dates(date(1990, 1, 1), date(2060, 1, 1)), last=st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_any_two_days_written_out_are_read_back(first: date, last: date) -> None:
    first, last = sorted((first, last))
    words = [f"{d.year}年{d.month}月{d.day}日" for d in (first, last)]
    found = span("至".join(words))
    assert found is not None
    assert (found.start, found.end) == (first, last)
