"""Objection, re-inspection, correction and recheck after a sample has failed.

样品不合格后的异议、复检、整改和复查时限。
"""

from __future__ import annotations

from datetime import date

import pytest
from tests.spec.laws.rows import KNOWN, check

from qualicity.errors import Text

TITLE = Text(zh="抽查检查的时限", en="Deadlines of spot checks and inspections")

#: law | step | event | length | unit | last day (or moment) | clause | certainty
ROWS = """
product_spot_checks | no_repeat | 2014-09-24 10:00 | 6 | months | 2015-03-24 | 第9条 | full
product_spot_checks | confirm_sample | 2014-09-24 10:00 | 15 | calendar_days | 2014-10-09 | 第25条 | full
product_spot_checks | object | 2014-09-24 10:00 | 15 | calendar_days | 2014-10-09 | 第35条 | full
product_spot_checks | answer_reinspection | 2014-09-24 10:00 | 10 | calendar_days | 2014-10-08 | 第36条 | full
product_spot_checks | return_failed_sample | 2014-09-24 10:00 | 3 | months | 2014-12-24 | 第33条 | full
product_spot_checks | correct | 2014-09-24 10:00 | 30 | calendar_days | 2014-10-24 | 第40条 | full
product_spot_checks | recheck_after_report | 2014-09-24 10:00 | 15 | calendar_days | 2014-10-09 | 第42条 | full
product_spot_checks | suspension | 2014-09-24 10:00 | 30 | calendar_days | 2014-10-24 | 第50条 | full
product_spot_checks | no_repeat | 2026-09-24 10:00 | 6 | months | 2027-03-24 | 第8条 | full
product_spot_checks | object | 2026-09-24 10:00 | 15 | calendar_days | 2026-10-09 | 第36条 | full
product_spot_checks | reinspection_formalities | 2026-09-24 10:00 | 7 | calendar_days | 2026-10-08 | 第38条 | full
product_spot_checks | name_laboratory | 2026-09-24 10:00 | 10 | calendar_days | 2026-10-08 | 第39条 | full
product_spot_checks | correct | 2026-09-24 10:00 | 60 | calendar_days | 2026-11-23 | 第46条 | full
product_spot_checks | recheck | 2026-09-24 10:00 | 75 | calendar_days | 2026-12-08 | 第47条 | full
product_spot_checks | second_recheck_earliest | 2026-09-24 10:00 | 60 | calendar_days | 2026-11-23 | 第48条 | full
product_spot_checks | second_recheck | 2026-09-24 10:00 | 90 | calendar_days | 2026-12-23 | 第48条 | full
product_spot_checks | keep_records | 2026-09-24 10:00 | 2 | years | 2028-09-24 | 第54条 | full
food_sampling | object_other | 2014-09-24 10:00 | 15 | calendar_days | 2014-10-09 | 第35条 | unverified
food_sampling | ask_reinspection | 2014-09-24 10:00 | 15 | calendar_days | 2014-10-09 | 第35条 | unverified
food_sampling | answer_reinspection | 2014-09-24 10:00 | 10 | calendar_days | 2014-10-08 | 第36条 | unverified
food_sampling | correct | 2014-09-24 10:00 | 30 | calendar_days | 2014-10-24 | 第40条 | unverified
food_sampling | recheck_after_report | 2014-09-24 10:00 | 15 | calendar_days | 2014-10-09 | 第42条 | unverified
food_sampling | report | 2015-09-24 10:00 | 20 | working_days | 2015-10-28 | 第26条 | full
food_sampling | submit_pass | 2015-09-24 10:00 | 10 | working_days | 2015-10-14 | 第28条 | full
food_sampling | submit_fail | 2015-09-24 10:00 | 2 | working_days | 2015-09-28 | 第28条 | full
food_sampling | keep_pass | 2015-09-24 10:00 | 3 | months | 2015-12-24 | 第27条 | full
food_sampling | keep_fail | 2015-09-24 10:00 | 6 | months | 2016-03-24 | 第27条 | full
food_sampling | ask_reinspection | 2015-09-24 10:00 | 5 | working_days | 2015-10-08 | 第34条 | full
food_sampling | hand_over | 2015-09-24 10:00 | 3 | working_days | 2015-09-29 | 第35条 | full
food_sampling | reinspection_formalities | 2015-09-24 10:00 | 3 | working_days | 2015-09-29 | 第35条 | full
food_sampling | reinspect | 2015-09-24 10:00 | 10 | working_days | 2015-10-14 | 第35条 | full
food_sampling | submit_reinspection | 2015-09-24 10:00 | 20 | working_days | 2015-10-28 | 第36条 | full
food_sampling | object_other | 2015-09-24 10:00 | 5 | working_days | 2015-10-08 | 第38条 | full
food_sampling | keep_records | 2015-09-24 10:00 | 2 | years | 2017-09-24 | 第21条 | full
food_sampling | deliver_sample | 2020-09-24 10:00 | 5 | working_days | 2020-09-30 | 第20条 | unverified
food_sampling | report | 2020-09-24 10:00 | 20 | working_days | 2020-10-28 | 第24条 | unverified
food_sampling | submit_pass | 2020-09-24 10:00 | 7 | working_days | 2020-10-10 | 第26条 | unverified
food_sampling | submit_fail | 2020-09-24 10:00 | 2 | working_days | 2020-09-27 | 第26条 | unverified
food_sampling | keep_pass | 2020-09-24 10:00 | 3 | months | 2020-12-24 | 第25条 | unverified
food_sampling | keep_fail | 2020-09-24 10:00 | 6 | months | 2021-03-24 | 第25条 | unverified
food_sampling | serve_result | 2020-09-24 10:00 | 5 | working_days | 2020-09-30 | 第29条 | unverified
food_sampling | ask_reinspection | 2020-09-24 10:00 | 7 | working_days | 2020-10-10 | 第30条 | unverified
food_sampling | accept_reinspection | 2020-09-24 10:00 | 5 | working_days | 2020-09-30 | 第32条 | unverified
food_sampling | choose_laboratory | 2020-09-24 10:00 | 5 | working_days | 2020-09-30 | 第32条 | unverified
food_sampling | hand_over | 2020-09-24 10:00 | 3 | working_days | 2020-09-28 | 第33条 | unverified
food_sampling | reinspect | 2020-09-24 10:00 | 10 | working_days | 2020-10-14 | 第35条 | unverified
food_sampling | tell_reinspection | 2020-09-24 10:00 | 5 | working_days | 2020-09-30 | 第35条 | unverified
food_sampling | object_sampling | 2020-09-24 10:00 | 7 | working_days | 2020-10-10 | 第37条 | unverified
food_sampling | object_other | 2020-09-24 10:00 | 7 | working_days | 2020-10-10 | 第37条 | unverified
food_sampling | accept_objection | 2020-09-24 10:00 | 5 | working_days | 2020-09-30 | 第38条 | unverified
food_sampling | decide_sampling | 2020-09-24 10:00 | 20 | working_days | 2020-10-28 | 第39条 | unverified
food_sampling | decide_other | 2020-09-24 10:00 | 30 | working_days | 2020-11-11 | 第39条 | unverified
food_sampling | follow_up | 2020-09-24 10:00 | 90 | calendar_days | 2020-12-23 | 第45条 | unverified
food_sampling | keep_records | 2020-09-24 10:00 | 2 | years | 2022-09-24 | 第19条 | unverified
food_sampling | deliver_sample | 2023-09-22 10:00 | 5 | working_days | 2023-10-07 | 第20条 | unverified
food_sampling | report | 2023-09-22 10:00 | 20 | working_days | 2023-10-26 | 第24条 | unverified
food_sampling | submit_pass | 2023-09-22 10:00 | 7 | working_days | 2023-10-09 | 第26条 | unverified
food_sampling | submit_fail | 2023-09-22 10:00 | 2 | working_days | 2023-09-26 | 第26条 | unverified
food_sampling | keep_pass | 2023-09-22 10:00 | 3 | months | 2023-12-22 | 第25条 | unverified
food_sampling | keep_fail | 2023-09-22 10:00 | 6 | months | 2024-03-22 | 第25条 | unverified
food_sampling | serve_result | 2023-09-22 10:00 | 5 | working_days | 2023-10-07 | 第29条 | unverified
food_sampling | ask_reinspection | 2023-09-22 10:00 | 7 | working_days | 2023-10-09 | 第30条 | unverified
food_sampling | accept_reinspection | 2023-09-22 10:00 | 5 | working_days | 2023-10-07 | 第32条 | unverified
food_sampling | choose_laboratory | 2023-09-22 10:00 | 5 | working_days | 2023-10-07 | 第32条 | excerpt
food_sampling | hand_over | 2023-09-22 10:00 | 3 | working_days | 2023-09-27 | 第33条 | unverified
food_sampling | reinspect | 2023-09-22 10:00 | 10 | working_days | 2023-10-12 | 第35条 | unverified
food_sampling | tell_reinspection | 2023-09-22 10:00 | 5 | working_days | 2023-10-07 | 第35条 | unverified
food_sampling | object_sampling | 2023-09-22 10:00 | 7 | working_days | 2023-10-09 | 第37条 | unverified
food_sampling | object_other | 2023-09-22 10:00 | 7 | working_days | 2023-10-09 | 第37条 | unverified
food_sampling | accept_objection | 2023-09-22 10:00 | 5 | working_days | 2023-10-07 | 第38条 | unverified
food_sampling | decide_sampling | 2023-09-22 10:00 | 20 | working_days | 2023-10-26 | 第39条 | unverified
food_sampling | decide_other | 2023-09-22 10:00 | 30 | working_days | 2023-11-09 | 第39条 | unverified
food_sampling | follow_up | 2023-09-22 10:00 | 90 | calendar_days | 2023-12-21 | 第45条 | unverified
food_sampling | keep_records | 2023-09-22 10:00 | 2 | years | 2025-09-22 | 第19条 | unverified
food_sampling | deliver_sample | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | 第20条 | full
food_sampling | report | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | 第24条 | full
food_sampling | submit_pass | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第26条 | full
food_sampling | submit_fail | 2026-09-24 10:00 | 2 | working_days | 2026-09-29 | 第26条 | full
food_sampling | keep_pass | 2026-09-24 10:00 | 3 | months | 2026-12-24 | 第25条 | full
food_sampling | keep_fail | 2026-09-24 10:00 | 6 | months | 2027-03-24 | 第25条 | full
food_sampling | serve_result | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | 第29条 | full
food_sampling | ask_reinspection | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第30条 | full
food_sampling | accept_reinspection | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | 第32条 | full
food_sampling | choose_laboratory | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | 第32条 | full
food_sampling | hand_over | 2026-09-24 10:00 | 3 | working_days | 2026-09-30 | 第33条 | full
food_sampling | reinspect | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第35条 | full
food_sampling | tell_reinspection | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | 第35条 | full
food_sampling | object_sampling | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第37条 | full
food_sampling | object_other | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第37条 | full
food_sampling | accept_objection | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | 第38条 | full
food_sampling | decide_sampling | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | 第39条 | full
food_sampling | decide_other | 2026-09-24 10:00 | 30 | working_days | 2026-11-12 | 第39条 | full
food_sampling | follow_up | 2026-09-24 10:00 | 90 | calendar_days | 2026-12-23 | 第45条 | full
food_sampling | keep_records | 2026-09-24 10:00 | 2 | years | 2028-09-24 | 第19条 | full
food_inspections | publish | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | - | full
food_inspections | full_check | 2026-09-24 10:00 | 2 | years | 2028-09-24 | - | full
food_inspections | no_repeat | 2026-09-24 10:00 | 3 | months | 2026-12-24 | - | full
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_each_step_ends_when_its_clause_says(row: str) -> None:
    """Every deadline of these laws: the event, the length, the last day; a dash where the clause is not recorded.

    以上规则的每个时限：起算事件、长度、最后一日；条款未记录的以“-”标明。
    """
    check(row)


def test_a_sample_of_2014_and_one_of_2026_fail_under_different_orders() -> None:
    """Order 133: 30 days to correct, 15 to recheck after the report; order 18: 60, and 75 from the order.

    令第133号：整改30日、接到复查申请后15日内复查；令第18号：改正60日、自责令之日起75日内复查。
    """
    law = KNOWN.laws["product_spot_checks"]
    old, new = law.on(date(2019, 12, 31)), law.on(date(2020, 1, 1))
    assert (old.code, old.step("correct").number, old.step("recheck_after_report").number) == ("order-133", 30, 15)
    assert (new.code, new.step("correct").number, new.step("recheck").number) == ("order-18", 60, 75)
    assert old.step("correct").extension is not None
    assert new.step("correct").extension is None


@pytest.mark.parametrize(
    ("day", "text", "days"),
    [
        (date(2015, 1, 31), "order-133-food", (15, "calendar_days")),
        (date(2015, 2, 1), "order-11", (5, "working_days")),
        (date(2019, 9, 30), "order-11", (5, "working_days")),
        (date(2019, 10, 1), "order-15", (7, "working_days")),
        (date(2025, 3, 18), "order-15-2025", (7, "working_days")),
    ],
)
def test_the_time_to_ask_for_a_reinspection_of_food_follows_the_day(
    day: date, text: str, days: tuple[int, str]
) -> None:
    """Before February 2015 fifteen days (unverified for food), then five working days, from October 2019 seven.

    食品复检申请期限：2015年2月前15日（是否适用于食品未核实），此后5个工作日，2019年10月起7个工作日。
    """
    found, step = KNOWN.laws["food_sampling"].step("ask_reinspection", on=day)
    assert found.code == text
    assert (step.number, step.unit) == days
