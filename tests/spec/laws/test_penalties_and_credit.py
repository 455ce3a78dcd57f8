"""From the filing of a case to the repair of credit: each deadline with its clause.

从立案到信用修复，每个时限及其条款。
"""

from __future__ import annotations

from datetime import date

import pytest
from tests.spec.laws.rows import KNOWN, check

from qualicity.errors import NotFoundError, Text

TITLE = Text(zh="处罚与信用的时限", en="Deadlines of penalties and credit")

#: law | step | event | length | unit | last day (or moment) | clause | certainty
ROWS = """
administrative_penalties | check_filing | 2019-03-20 10:00 | 15 | calendar_days | 2019-04-04 | - | excerpt
administrative_penalties | decide | 2019-03-20 10:00 | 3 | months | 2019-06-20 | - | excerpt
administrative_penalties | statement | 2019-03-20 10:00 | 3 | calendar_days | 2019-03-25 | 第33条 | excerpt
administrative_penalties | deliver | 2019-03-20 10:00 | 7 | calendar_days | 2019-03-27 | 处罚法第40条 | excerpt
administrative_penalties | pay_fine | 2019-03-20 10:00 | 15 | calendar_days | 2019-04-04 | 处罚法第46条 | excerpt
administrative_penalties | check_filing | 2021-06-05 10:00 | 15 | working_days | 2021-06-28 | - | unverified
administrative_penalties | decide | 2021-06-05 10:00 | 90 | calendar_days | 2021-09-03 | - | unverified
administrative_penalties | audit_file | 2021-06-05 10:00 | 10 | working_days | 2021-06-21 | - | unverified
administrative_penalties | statement | 2021-06-05 10:00 | 3 | working_days | 2021-06-09 | - | unverified
administrative_penalties | deliver | 2021-06-05 10:00 | 7 | calendar_days | 2021-06-15 | - | unverified
administrative_penalties | pay_fine | 2021-06-05 10:00 | 15 | calendar_days | 2021-06-21 | - | unverified
administrative_penalties | check_filing | 2026-09-24 10:00 | 15 | working_days | 2026-10-22 | 第18条 | full
administrative_penalties | decide | 2026-09-24 10:00 | 90 | calendar_days | 2026-12-23 | 第64条 | full
administrative_penalties | audit_file | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第55条 | full
administrative_penalties | statement | 2026-09-24 10:00 | 5 | working_days | 2026-10-09 | 第57条 | full
administrative_penalties | deliver | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第81条 | full
administrative_penalties | pay_fine | 2026-09-24 10:00 | 15 | calendar_days | 2026-10-09 | 第72条 | full
administrative_penalties | close | 2026-09-24 10:00 | 15 | working_days | 2026-10-22 | 第77条 | full
administrative_penalties | assist | 2026-09-24 10:00 | 15 | working_days | 2026-10-22 | - | full
criminal_transfer | approve | 2020-06-05 10:00 | 3 | calendar_days | 2020-06-08 | 第5条 | unverified
criminal_transfer | hand_over | 2020-06-05 10:00 | 24 | hours | 2020-06-06 10:00 | 第5条 | unverified
criminal_transfer | police_decide | 2020-06-05 10:00 | 3 | calendar_days | 2020-06-08 | 第8条 | unverified
criminal_transfer | reconsider | 2020-06-05 10:00 | 3 | calendar_days | 2020-06-08 | 第9条 | unverified
criminal_transfer | hand_over_goods | 2020-06-05 10:00 | 3 | calendar_days | 2020-06-08 | 第12条 | unverified
criminal_transfer | approve | 2026-09-24 10:00 | 3 | calendar_days | 2026-09-27 | 第5条 | full
criminal_transfer | hand_over | 2026-09-24 10:00 | 24 | hours | 2026-09-25 10:00 | 第5条 | full
criminal_transfer | police_decide | 2026-09-24 10:00 | 3 | calendar_days | 2026-09-27 | 第8条 | full
criminal_transfer | reconsider | 2026-09-24 10:00 | 3 | calendar_days | 2026-09-27 | 第9条 | full
criminal_transfer | hand_over_goods | 2026-09-24 10:00 | 3 | calendar_days | 2026-09-27 | 第12条 | full
penalty_publicity | publish | 2014-03-20 10:00 | 20 | working_days | 2014-04-18 | - | self_designed
penalty_publicity | withdraw | 2014-03-20 10:00 | 5 | working_days | 2014-03-27 | - | self_designed
penalty_publicity | period | 2014-03-20 10:00 | 2 | years | 2016-03-20 | - | self_designed
penalty_publicity | publish | 2014-09-24 10:00 | 20 | working_days | 2014-10-27 | - | excerpt
penalty_publicity | period | 2014-09-24 10:00 | 2 | years | 2016-09-24 | - | self_designed
penalty_publicity | publish | 2021-06-05 10:00 | 20 | working_days | 2021-07-05 | - | excerpt
penalty_publicity | period | 2021-06-05 10:00 | 5 | years | 2026-06-05 | - | excerpt
penalty_publicity | publish | 2025-09-24 10:00 | 20 | working_days | 2025-10-28 | 第9条 | full
penalty_publicity | push | 2025-09-24 10:00 | 10 | working_days | 2025-10-14 | 第10条 | full
penalty_publicity | publish_elsewhere | 2025-09-24 10:00 | 10 | working_days | 2025-10-14 | 第10条 | full
penalty_publicity | withdraw | 2025-09-24 10:00 | 3 | working_days | 2025-09-28 | 第11条 | full
penalty_publicity | period_small | 2025-09-24 10:00 | 3 | months | 2025-12-24 | 第13条 | full
penalty_publicity | period | 2025-09-24 10:00 | 3 | years | 2028-09-24 | 第13条 | full
penalty_publicity | publish | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | 第9条 | full
penalty_publicity | push | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第10条 | full
penalty_publicity | publish_elsewhere | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第10条 | full
penalty_publicity | withdraw | 2026-09-24 10:00 | 3 | working_days | 2026-09-30 | 第11条 | full
penalty_publicity | period_small | 2026-09-24 10:00 | 3 | months | 2026-12-24 | 第13条 | full
penalty_publicity | period_least | 2026-09-24 10:00 | 3 | months | 2026-12-24 | 第15条 | full
penalty_publicity | period | 2026-09-24 10:00 | 1 | years | 2027-09-24 | 第15条 | full
penalty_publicity | period_serious_least | 2026-09-24 10:00 | 1 | years | 2027-09-24 | 第14条 | full
penalty_publicity | period_serious | 2026-09-24 10:00 | 3 | years | 2029-09-24 | 第14条 | full
serious_dishonesty | publish | 2016-03-20 10:00 | 20 | working_days | 2016-04-18 | - | self_designed
serious_dishonesty | early_removal | 2016-03-20 10:00 | 1 | years | 2017-03-20 | - | self_designed
serious_dishonesty | removal | 2016-03-20 10:00 | 3 | years | 2019-03-20 | - | self_designed
serious_dishonesty | stop | 2016-03-20 10:00 | 3 | working_days | 2016-03-23 | - | self_designed
serious_dishonesty | object | 2016-03-20 10:00 | 30 | calendar_days | 2016-04-19 | - | self_designed
serious_dishonesty | list | 2021-06-05 10:00 | 10 | working_days | 2021-06-21 | 第8条 | excerpt
serious_dishonesty | removal | 2021-06-05 10:00 | 5 | years | 2026-06-05 | 第9条 | excerpt
serious_dishonesty | object | 2021-06-05 10:00 | 30 | calendar_days | 2021-07-05 | - | excerpt
serious_dishonesty | publish | 2026-09-24 10:00 | 20 | working_days | 2026-10-29 | 第14条 | full
serious_dishonesty | push | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第14条 | full
serious_dishonesty | publish_elsewhere | 2026-09-24 10:00 | 10 | working_days | 2026-10-15 | 第14条 | full
serious_dishonesty | early_removal | 2026-09-24 10:00 | 1 | years | 2027-09-24 | 第16条 | full
serious_dishonesty | removal | 2026-09-24 10:00 | 3 | years | 2029-09-24 | 第21条 | full
serious_dishonesty | stop | 2026-09-24 10:00 | 3 | working_days | 2026-09-30 | 第18条、第19条 | full
credit_repair | accept | 2016-03-20 10:00 | 2 | working_days | 2016-03-22 | - | self_designed
credit_repair | decide | 2016-03-20 10:00 | 15 | working_days | 2016-04-11 | - | self_designed
credit_repair | process | 2016-03-20 10:00 | 3 | working_days | 2016-03-23 | - | self_designed
credit_repair | false_application | 2016-03-20 10:00 | 3 | years | 2019-03-20 | - | self_designed
credit_repair | accept | 2025-09-24 10:00 | 2 | working_days | 2025-09-26 | 总局令第44号第17条 | full
credit_repair | decide | 2025-09-24 10:00 | 15 | working_days | 2025-10-21 | 总局令第44号第17条 | full
credit_repair | process | 2025-09-24 10:00 | 3 | working_days | 2025-09-28 | 总局令第44号第18条 | full
credit_repair | accept | 2025-12-24 10:00 | 2 | working_days | 2025-12-26 | 总局令第44号第17条 | full
credit_repair | decide | 2025-12-24 10:00 | 15 | working_days | 2026-01-15 | 总局令第44号第17条 | full
credit_repair | accept | 2025-12-25 10:00 | 2 | working_days | 2025-12-29 | 第14条 | full
credit_repair | decide | 2025-12-25 10:00 | 7 | working_days | 2026-01-06 | 第16条 | full
credit_repair | process | 2025-12-25 10:00 | 3 | working_days | 2025-12-30 | 第17条 | full
credit_repair | accept | 2026-09-24 10:00 | 2 | working_days | 2026-09-29 | 第14条 | full
credit_repair | decide | 2026-09-24 10:00 | 7 | working_days | 2026-10-12 | 第16条 | full
credit_repair | process | 2026-09-24 10:00 | 3 | working_days | 2026-09-30 | 第17条 | full
credit_repair | publicity_small | 2026-09-24 10:00 | 3 | months | 2026-12-24 | 第7条 | full
credit_repair | publicity_least | 2026-09-24 10:00 | 3 | months | 2026-12-24 | 第9条 | full
credit_repair | publicity_most | 2026-09-24 10:00 | 1 | years | 2027-09-24 | 第9条 | full
credit_repair | publicity_serious_least | 2026-09-24 10:00 | 1 | years | 2027-09-24 | 第8条 | full
credit_repair | publicity_serious_most | 2026-09-24 10:00 | 3 | years | 2029-09-24 | 第8条 | full
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


def test_a_repair_asked_for_on_the_day_of_the_switch_has_seven_working_days_and_the_day_before_fifteen() -> None:
    """Order 107 took effect on 25 December 2025: decided in 7 working days (10 more at most), before that in 15.

    2025年12月25日起申请修复的，受理后7个工作日决定（可延长10个工作日）；此前为15个工作日。
    """
    law = KNOWN.laws["credit_repair"]
    old, new = (law.step("decide", on=date(2025, 12, day)) for day in (24, 25))
    assert (old[0].code, old[1].number, old[1].extension) == ("rules-2021", 15, None)
    assert new[0].code == "order-107"
    assert new[1].number == 7
    assert new[1].extension is not None
    assert new[1].extension.number == 10


@pytest.mark.parametrize(
    ("law", "day"),
    [
        ("serious_dishonesty", date(2011, 12, 31)),
        ("credit_repair", date(2016, 4, 1)),
        ("credit_repair", date(2021, 8, 31)),
        ("penalty_publicity", date(2011, 12, 31)),
        ("administrative_penalties", date(2011, 6, 30)),
    ],
)
def test_a_day_without_a_text_is_refused(law: str, day: date) -> None:
    """Where no rule is known for a day, none is made up: what would run under it is refused.

    某日没有已知规则的，不推定时限，不予立案。
    """
    with pytest.raises(NotFoundError, match="没有可适用的文本"):
        KNOWN.laws[law].on(day)


def test_what_a_city_could_only_have_set_for_itself_says_so() -> None:
    """The trial rules of 2013 to 2016 are our own example: their titles and their certainty say that.

    2013年至2016年间的市级试行规则系自拟示例：名称和把握程度均予标明。
    """
    for code in ("serious_dishonesty", "credit_repair", "penalty_publicity"):
        text = KNOWN.laws[code].on(date(2014, 5, 1))
        assert text.certainty == "self_designed"
        assert "自拟" in text.title.zh
        assert "self-designed" in text.title.en
