"""A measured value against its limit: read as laboratories write it, compared by rule, undecided rather than guessed.

检测结果与限量值：照检验机构的写法读，按规则比较，读不懂的不猜。
"""

import pytest

from qualicity.errors import Text
from qualicity.methods.limits import Conclusion, Rule, judge

TITLE = Text(zh="检测结果与限量", en="Results and their limits")


def conclusion(value: str, limit: str, unit: str = "") -> str:
    """Return the conclusion alone."""
    return judge(value=value, unit=unit, limit=limit).conclusion.value


#: GB/T 8170-2008, 4.3.4, table of examples: limit, measured value, by whole values, by rounded values.
EXAMPLES = [
    ("≥14×100", "1349", False, False),
    ("≥14×100", "1351", False, True),
    ("≥14×100", "1400", True, True),
    ("≥14×100", "1402", True, True),
    ("≥97.0", "97.01", True, True),
    ("≥97.0", "97.00", True, True),
    ("≥97.0", "96.96", False, True),
    ("≥97.0", "96.94", False, False),
    ("≤0.5", "0.452", True, True),
    ("≤0.5", "0.500", True, True),
    ("≤0.5", "0.549", False, True),
    ("≤0.5", "0.551", False, False),
    ("1.2~1.6", "1.151", False, True),
    ("1.2~1.6", "1.200", True, True),
    ("1.2~1.6", "1.649", False, True),
    ("1.2~1.6", "1.651", False, False),
    ("10.0±0.1", "9.89", False, True),
    ("10.0±0.1", "9.85", False, False),
    ("10.0±0.1", "10.10", True, True),
    ("10.0±0.1", "10.16", False, False),
    ("10.0±0.1(不含0.1)", "9.94", True, False),
    ("10.0±0.1(不含0.1)", "9.96", True, True),
    ("10.0±0.1(不含0.1)", "10.06", True, False),
    ("10.0±0.1(不含0.1)", "10.05", True, True),
    ("10.0±0.1(不含+0.1)", "9.94", True, True),
    ("10.0±0.1(不含+0.1)", "9.86", False, True),
    ("10.0±0.1(不含+0.1)", "10.06", True, False),
    ("10.0±0.1(不含+0.1)", "10.05", True, True),
    ("10.0±0.1(不含-0.1)", "9.94", True, False),
    ("10.0±0.1(不含-0.1)", "9.86", False, False),
    ("10.0±0.1(不含-0.1)", "10.06", True, True),
    ("10.0±0.1(不含-0.1)", "10.05", True, True),
]


@pytest.mark.parametrize(("limit", "value", "whole", "rounded"), EXAMPLES)
def test_whole_and_rounded_values_are_compared_as_the_standard_shows(
    limit: str, value: str, whole: bool, rounded: bool
) -> None:
    """Whole values are compared unless the limit says rounded: 0.549 does not keep ≤0.5, but 0.5 after rounding does.

    没有特殊规定时用全数值比较法：0.549 不符合 ≤0.5；写明修约值比较时修约为 0.5，符合。
    """
    words = {True: "qualified", False: "unqualified"}
    assert conclusion(value, limit) == words[whole]
    assert conclusion(value, f"{limit}（修约值比较法）") == words[rounded]


def test_a_unit_is_converted_within_one_quantity_only() -> None:
    """0.19 g/kg keeps ≤200 mg/kg; a value in mg/L is no value in mg/kg, nor are MPN and CFU the same.

    0.19 g/kg 换算后符合 ≤200 mg/kg；mg/L 与 mg/kg、MPN 与 CFU 不是同一个量，不换算，列为待定。
    """
    assert conclusion("0.19", "≤200mg/kg", "g/kg") == "qualified"
    assert conclusion("0.21", "≤200mg/kg", "g/kg") == "unqualified"
    verdict = judge(value="0.05", unit="mg/L", limit="≤0.05mg/kg")
    assert (verdict.conclusion, verdict.rule) == (Conclusion.undecided, Rule.unit_differs)
    assert "mg/L" in verdict.reason.zh
    assert "mg/kg" in verdict.reason.en
    assert conclusion("5", "≤10CFU/g", "MPN/g") == "undecided"


def test_what_was_not_detected_is_below_its_detection_limit() -> None:
    """“Not detected (<0.05)” keeps ≤0.1, and decides nothing about ≤0.02.

    “未检出（<0.05）”符合 ≤0.1；对 ≤0.02 不能下结论。
    """
    assert conclusion("未检出(<0.05mg/kg)", "≤0.1mg/kg") == "qualified"
    assert conclusion("未检出(<0.05mg/kg)", "≤0.02mg/kg") == "undecided"
    assert conclusion("ND", "不得检出") == "qualified"
    assert conclusion("0.0527", "不得使用", "g/kg") == "unqualified"


def test_five_samples_are_judged_by_n_c_m_and_M() -> None:
    """n=5, c=2, m=10, M=100: two results between m and M pass, three do not, and none may be above M (GB 4789.1).

    n=5、c=2、m=10、M=100：允许两个样品在 m 与 M 之间，第三个就不合格；任何一个超过 M 都不合格。
    """
    plan = "n=5，c=2，m=10，M=10²CFU/g"
    assert conclusion("＜10；10；20；100；＜10", plan, "CFU/g") == "qualified"
    assert conclusion("＜10；11；20；100；＜10", plan, "CFU/g") == "unqualified"
    assert conclusion("＜10；＜10；＜10；1.1×10²；＜10", plan, "CFU/g") == "unqualified"
    assert conclusion("＜10；＜10；20", plan, "CFU/g") == "undecided"
    assert conclusion("未检出；未检出；未检出；检出；未检出", "n=5,c=0,m=0/25g") == "unqualified"
    assert conclusion("未检出；未检出；未检出；未检出；未检出", "n=5,c=0,m=0/25g") == "qualified"


def test_cells_that_a_reader_cut_apart_are_put_together_again() -> None:
    """“3.50” beside “×10²mg/kg” is 350 mg/kg; “4.1” beside “×10⁴，8.6×10⁴…” is the first of five results.

    “3.50”与“×10²mg/kg”合为 350 mg/kg；“4.1”与“×10⁴，8.6×10⁴……”是五个样品的结果，缺数的地方补回。
    """
    assert conclusion("3.50", "≤200mg/kg", "×10²mg/kg") == "unqualified"
    verdict = judge(
        value="4.1", unit="×10⁴，8.6×10⁴，×10⁴，6.9×10⁴，7.6×10⁴CFU/g", limit="n=5,c=2,m=2.5×10⁴,M=10⁵CFU/g"
    )
    assert verdict.conclusion is Conclusion.unqualified
    assert "4.1×10⁴ CFU/g、8.6×10⁴ CFU/g、4.1×10⁴ CFU/g" in verdict.reason.zh
    assert "5个超过m（允许2个），0个超过M" in verdict.reason.zh


def test_a_lost_power_of_ten_is_said_and_not_guessed() -> None:
    """“1.3×10” without its raised figure has no value; but a plan may be decided by the rest.

    “1.3×10”丢了上标，数值不明，列为待定；若其余结果已足以判定，则照判。
    """
    verdict = judge(value="1.3", unit="×10", limit="≤200mg/kg")
    assert (verdict.conclusion, verdict.rule) == (Conclusion.undecided, Rule.power_lost)
    assert conclusion("45", "n=5，c=2，m=10CFU/g，M=10", "CFU/g；27CFU/g；54CFU/g；10CFU/g；20CFU/g") == "unqualified"


def test_what_can_be_read_in_two_ways_is_decided_only_if_both_agree() -> None:
    """“1,234” is above 1 however it is read, but it may be above or below 1000.

    “1,234”怎么读都大于 1；是否大于 1000 则说不清，列为待定。
    """
    assert conclusion("1,234", "≤1CFU/g", "CFU/g") == "unqualified"
    assert conclusion("1,234", "≤1000CFU/g", "CFU/g") == "undecided"
    assert conclusion("0.80", "≥99%") == "unqualified"
    assert conclusion("0.992", "≥99%") == "undecided"
