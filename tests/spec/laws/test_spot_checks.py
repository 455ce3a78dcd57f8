"""Objection, re-inspection, correction and recheck after a sample has failed.

样品不合格后的异议、复检、整改和复查时限。
"""

from __future__ import annotations

import pytest
from tests.spec.laws.rows import check

from qualicity.errors import Text

TITLE = Text(zh="抽查检查的时限", en="Deadlines of spot checks and inspections")

#: law | step | event | length | unit | last day (or moment) | clause | certainty
ROWS = """
product_spot_checks | no_repeat | 2026-09-24 10:00 | 6 | months | 2027-03-24 | 第8条 | full
product_spot_checks | object | 2026-09-24 10:00 | 15 | calendar_days | 2026-10-09 | 第36条 | full
product_spot_checks | reinspection_formalities | 2026-09-24 10:00 | 7 | calendar_days | 2026-10-08 | 第38条 | full
product_spot_checks | name_laboratory | 2026-09-24 10:00 | 10 | calendar_days | 2026-10-08 | 第39条 | full
product_spot_checks | correct | 2026-09-24 10:00 | 60 | calendar_days | 2026-11-23 | 第46条 | full
product_spot_checks | recheck | 2026-09-24 10:00 | 75 | calendar_days | 2026-12-08 | 第47条 | full
product_spot_checks | second_recheck_earliest | 2026-09-24 10:00 | 60 | calendar_days | 2026-11-23 | 第48条 | full
product_spot_checks | second_recheck | 2026-09-24 10:00 | 90 | calendar_days | 2026-12-23 | 第48条 | full
product_spot_checks | keep_records | 2026-09-24 10:00 | 2 | years | 2028-09-24 | 第54条 | full
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
food_sampling | decide_sampling | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | 第39条 | full
food_sampling | decide_other | 2026-09-24 10:00 | 30 | working_days | 2026-11-12 | 第39条 | full
food_sampling | follow_up | 2026-09-24 10:00 | 90 | calendar_days | 2026-12-23 | 第45条 | full
food_sampling | keep_records | 2026-09-24 10:00 | 2 | years | 2028-09-24 | - | full
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
