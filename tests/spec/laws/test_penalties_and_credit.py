"""From the filing of a case to the repair of credit: each deadline with its clause.

从立案到信用修复，每个时限及其条款。
"""

from __future__ import annotations

import pytest
from tests.spec.laws.rows import check

from qualicity.errors import Text

TITLE = Text(zh="处罚与信用的时限", en="Deadlines of penalties and credit")

#: law | step | event | length | unit | last day (or moment) | clause | certainty
ROWS = """
administrative_penalties | check_filing | 2026-09-24 10:00 | 15 | working_days | 2026-10-22 | 第18条 | full
administrative_penalties | decide | 2026-09-24 10:00 | 90 | calendar_days | 2026-12-23 | 第64条 | full
administrative_penalties | audit_file | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第55条 | full
administrative_penalties | statement | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | - | full
administrative_penalties | deliver | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第81条 | full
administrative_penalties | pay_fine | 2026-09-24 10:00 | 15 | calendar_days | 2026-10-09 | 第72条 | full
administrative_penalties | assist | 2026-09-24 10:00 | 15 | working_days | 2026-10-22 | - | full
penalty_publicity | publish | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | - | full
penalty_publicity | push | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | - | full
penalty_publicity | publish_elsewhere | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | - | full
penalty_publicity | withdraw | 2026-09-24 10:00 | 3 | working_days | 2026-09-30 | - | full
serious_dishonesty | publish | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | 第14条 | full
serious_dishonesty | push | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第14条 | full
serious_dishonesty | publish_elsewhere | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第14条 | full
serious_dishonesty | early_removal | 2026-09-24 10:00 | 1 | years | 2027-09-24 | 第16条 | full
serious_dishonesty | removal | 2026-09-24 10:00 | 3 | years | 2029-09-24 | 第21条 | full
credit_repair | accept | 2025-09-25 09:30 | 2 | working_days | 2025-09-28 | - | full
credit_repair | decide | 2025-09-25 09:30 | 15 | working_days | 2025-10-22 | - | full
credit_repair | accept | 2026-09-24 10:00 | 2 | working_days | 2026-09-29 | 第14条 | full
credit_repair | decide | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第16条 | full
credit_repair | process | 2026-09-24 10:00 | 3 | working_days | 2026-09-30 | 第17条 | full
credit_repair | publicity_small | 2026-09-24 10:00 | 3 | months | 2026-12-24 | 第7条至第9条 | full
credit_repair | publicity_least | 2026-09-24 10:00 | 3 | months | 2026-12-24 | 第7条至第9条 | full
credit_repair | publicity_most | 2026-09-24 10:00 | 1 | years | 2027-09-24 | 第7条至第9条 | full
credit_repair | publicity_serious_least | 2026-09-24 10:00 | 1 | years | 2027-09-24 | 第7条至第9条 | full
credit_repair | publicity_serious_most | 2026-09-24 10:00 | 3 | years | 2029-09-24 | 第7条至第9条 | full
credit_repair | false_application | 2026-09-24 10:00 | 3 | years | 2029-09-24 | 第23条 | full
abnormal_operation | list | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | - | full
abnormal_operation | publish_other | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | - | full
abnormal_operation | object | 2026-09-24 10:00 | 30 | calendar_days | 2026-10-24 | - | full
abnormal_operation | accept_objection | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | - | full
abnormal_operation | verify_objection | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | - | full
social_credit_henan | check_data | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | - | full
social_credit_henan | objection | 2026-09-24 10:00 | 3 | working_days | 2026-09-30 | - | full
social_credit_henan | disclosure | 2026-09-24 10:00 | 5 | years | 2031-09-24 | - | full
credit_codes | tell_duplicate | 2026-09-24 10:00 | 1 | working_days | 2026-09-28 | - | full
commodity_barcodes | first_review | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | - | full
commodity_barcodes | second_review | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | - | full
commodity_barcodes | validity | 2026-09-24 10:00 | 2 | years | 2028-09-24 | - | full
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_each_step_ends_when_its_clause_says(row: str) -> None:
    """Every deadline of these laws: the event, the length, the last day; a dash where the clause is not recorded.

    以上规则的每个时限：起算事件、长度、最后一日；条款未记录的以“-”标明。
    """
    check(row)
