"""How long an office has for a complaint, under the order in force when it came in; and for citizens' questions.

投诉按收到之日有效的办法计算时限；另列热线和信息公开的时限。
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.spec.laws.rows import CALENDAR, KNOWN, ZONE, check

from qualicity.engines.clocks import Clock, Length, Pause, due
from qualicity.errors import NotFoundError, Text

TITLE = Text(zh="投诉举报与公众服务的时限", en="Deadlines of complaints and public services")

#: law | step | event | length | unit | last day (or moment) | clause | certainty
ROWS = """
complaints | accept | 2025-09-25 09:30 | 7 | working_days | 2025-10-11 | 第14条 | full
complaints | mediate | 2025-09-25 09:30 | 45 | working_days | 2025-12-03 | 第21条第5项 | full
complaints | terminate | 2025-09-25 09:30 | 7 | working_days | 2025-10-11 | - | full
complaints | check_clue | 2025-09-25 09:30 | 15 | working_days | 2025-10-22 | - | full
complaints | jurisdiction | 2025-09-25 09:30 | 7 | working_days | 2025-10-11 | - | full
complaints | tell_reporter | 2025-09-25 09:30 | 5 | working_days | 2025-10-09 | 第31条 | full
complaints | accept | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第15条 | full
complaints | mediate | 2026-09-24 10:00 | 60 | calendar_days | 2026-11-23 | 第23条第5项、第22条 | full
complaints | terminate | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第23条 | full
complaints | check_clue | 2026-09-24 10:00 | 15 | working_days | 2026-10-22 | 第27条 | full
complaints | jurisdiction | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第33条 | full
consumer_rights | accept | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | - | full
consumer_rights | mediate | 2026-09-24 10:00 | 60 | calendar_days | 2026-11-23 | - | full
hotline | consult | 2026-09-24 10:00 | 1 | working_days | 2026-09-28 | - | unverified
hotline | ordinary | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | - | unverified
hotline | complex | 2026-09-24 10:00 | 15 | working_days | 2026-10-22 | - | unverified
hotline | return_dispatch | 2026-09-24 10:00 | 1 | working_days | 2026-09-28 | - | unverified
mayor_hotline_zhengzhou | urgent | 2026-09-24 10:00 | 30 | minutes | 2026-09-24 10:30 | - | excerpt
mayor_hotline_zhengzhou | quick | 2026-09-24 10:00 | 2 | hours | 2026-09-24 12:00 | - | excerpt
government_information | publish | 2014-09-24 10:00 | 20 | working_days | 2014-10-27 | 第18条 | unverified
government_information | answer | 2014-09-24 10:00 | 15 | working_days | 2014-10-20 | 第24条 | unverified
government_information | publish | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | 第26条 | full
government_information | correct_request | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第30条 | full
government_information | third_party | 2026-09-24 10:00 | 15 | working_days | 2026-10-22 | 第32条 | full
government_information | answer | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | 第33条 | full
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_each_step_ends_when_its_clause_says(row: str) -> None:
    """Every deadline of these laws: the event, the length, the last day; a dash where the clause is not recorded.

    以上规则的每个时限：起算事件、长度、最后一日；条款未记录的以“-”标明。
    """
    check(row)


def test_the_order_changes_between_two_days_and_a_case_keeps_the_one_it_began_under() -> None:
    """A complaint of 14 April 2026 has 45 working days of mediation; one of the next day has 60 calendar days.

    2026年4月14日收到的投诉，调解期限为45个工作日；4月15日起为60个自然日。
    """
    law = KNOWN.laws["complaints"]
    old, new = law.step("mediate", on=date(2026, 4, 14)), law.step("mediate", on=date(2026, 4, 15))
    assert (old[0].code, old[1].number, old[1].unit) == ("order-20", 45, "working_days")
    assert (new[0].code, new[1].number, new[1].unit) == ("order-121", 60, "calendar_days")


def test_a_day_before_every_text_is_refused_and_says_which_texts_there_are() -> None:
    """No text of the measures is known for 2014: no deadline is invented.

    2014年没有可适用的文本：不推定时限，并说明现有哪些文本。
    """
    with pytest.raises(NotFoundError, match=r"2020-01-01 起，至 2026-04-14.*2026-04-15 起"):
        KNOWN.laws["complaints"].on(date(2014, 6, 1))


def test_time_of_testing_does_not_count() -> None:
    """Mediation that waited ten days for a test ends ten days later; the day on which the test began is left out.

    调解期间送检十日的，期限顺延十日；送检当日不计，取回结果之日恢复计算。
    """
    began = datetime(2026, 5, 6, 9, tzinfo=ZONE)
    length = Length(60, "calendar_days", rolls=True)
    test = Pause(datetime(2026, 5, 20, 14, tzinfo=ZONE), datetime(2026, 5, 30, 11, tzinfo=ZONE))
    without = due(Clock(began, length), CALENDAR, ZONE).at
    with_test = due(Clock(began, length, pauses=(test,)), CALENDAR, ZONE).at
    assert without is not None
    assert with_test is not None
    assert (without.date(), with_test.date()) == (date(2026, 7, 6), date(2026, 7, 15))
