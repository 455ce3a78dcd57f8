"""Recalls start within hours and end within days; accidents are reported within the hour.

召回以小时计启动、以日计完成；事故一小时内报告。
"""

from __future__ import annotations

import pytest
from tests.spec.laws.rows import check

from qualicity.errors import Text

TITLE = Text(zh="召回与特种设备的时限", en="Deadlines of recalls and special equipment")

#: law | step | event | length | unit | last day (or moment) | clause | certainty
ROWS = """
consumer_recall | report | 2026-09-24 10:00 | 2 | working_days | 2026-09-29 | 第8条 | full
consumer_recall | tell_maker | 2026-09-24 10:00 | 3 | working_days | 2026-09-30 | 第9条 | full
consumer_recall | object | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第13条 | full
consumer_recall | plan | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第17条 | full
consumer_recall | announce | 2026-09-24 10:00 | 3 | working_days | 2026-09-30 | 第19条 | full
consumer_recall | stage_report | 2026-09-24 10:00 | 3 | months | 2026-12-24 | 第21条 | full
consumer_recall | final_report | 2026-09-24 10:00 | 15 | working_days | 2026-10-22 | 第21条 | full
consumer_recall | keep_records | 2026-09-24 10:00 | 5 | years | 2031-09-24 | - | full
food_recall | start_1 | 2026-09-24 10:00 | 24 | hours | 2026-09-25 10:00 | 第13条 | unverified
food_recall | start_2 | 2026-09-24 10:00 | 48 | hours | 2026-09-26 10:00 | 第13条 | unverified
food_recall | start_3 | 2026-09-24 10:00 | 72 | hours | 2026-09-27 10:00 | 第13条 | unverified
food_recall | finish_1 | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第18条 | unverified
food_recall | finish_2 | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | 第18条 | unverified
food_recall | finish_3 | 2026-09-24 10:00 | 30 | working_days | 2026-11-12 | 第18条 | unverified
food_recall | start_1 | 2026-12-10 16:20 | 24 | hours | 2026-12-11 16:20 | - | full
food_recall | start_2 | 2026-12-10 16:20 | 36 | hours | 2026-12-12 04:20 | - | full
food_recall | start_3 | 2026-12-10 16:20 | 48 | hours | 2026-12-12 16:20 | - | full
food_recall | finish_1 | 2026-12-10 16:20 | 10 | calendar_days | 2026-12-20 | - | full
food_recall | finish_2 | 2026-12-10 16:20 | 20 | calendar_days | 2026-12-30 | - | full
food_recall | finish_3 | 2026-12-10 16:20 | 30 | calendar_days | 2027-01-09 | - | full
food_recall | final_report | 2026-12-10 16:20 | 5 | calendar_days | 2026-12-15 | - | full
food_recall | progress_1 | 2026-12-10 16:20 | 1 | calendar_days | 2026-12-11 | - | full
food_recall | progress_2 | 2026-12-10 16:20 | 5 | calendar_days | 2026-12-15 | - | full
food_recall | progress_3 | 2026-12-10 16:20 | 10 | calendar_days | 2026-12-20 | - | full
special_equipment | register | 2026-09-24 10:00 | 30 | calendar_days | 2026-10-24 | - | full
special_equipment | maintain_lift | 2026-09-24 10:00 | 15 | calendar_days | 2026-10-09 | - | full
special_equipment | hand_over_documents | 2026-09-24 10:00 | 30 | calendar_days | 2026-10-24 | - | full
special_equipment_accidents | unit_report | 2026-09-24 10:00 | 1 | hours | 2026-09-24 11:00 | - | full
special_equipment_accidents | level_report | 2026-09-24 10:00 | 2 | hours | 2026-09-24 12:00 | - | full
special_equipment_accidents | backfill | 2026-09-24 10:00 | 24 | hours | 2026-09-25 10:00 | - | full
special_equipment_accidents | watch_changes | 2026-09-24 10:00 | 30 | calendar_days | 2026-10-24 | - | full
special_equipment_accidents | report_change | 2026-09-24 10:00 | 24 | hours | 2026-09-25 10:00 | - | full
safety_duty | daily | 2026-09-24 10:00 | 1 | calendar_days | 2026-09-25 | - | full
safety_duty | weekly | 2026-09-24 10:00 | 7 | calendar_days | 2026-10-01 | - | full
safety_duty | monthly | 2026-09-24 10:00 | 1 | months | 2026-10-24 | - | full
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_each_step_ends_when_its_clause_says(row: str) -> None:
    """Every deadline of these laws: the event, the length, the last day; a dash where the clause is not recorded.

    以上规则的每个时限：起算事件、长度、最后一日；条款未记录的以“-”标明。
    """
    check(row)
