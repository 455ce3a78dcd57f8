"""How the credit of an enterprise is scored. The method is exact; families, points and fading are self-designed.

企业质量信用怎样评分。算法精确到万分之一分；指标类、分值、衰减和分数线均为自拟（见信用评分定义），可试算后调整。
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import Text
from qualicity.methods import credit_scoring as credit
from qualicity.methods.code_mapping import by_organisation_code, map_code
from qualicity.methods.credit_scoring import FOREVER, PARTS, Family, Item

TITLE = Text(zh="企业质量信用评分", en="The credit score of an enterprise")
DAY = date(2015, 3, 31)


def parts(items: tuple[Item, ...], families: tuple[Family, ...], *events: tuple[int, int, int]) -> list[int]:
    """Return the parts of every line for events (item, age in days, days left)."""
    item, age, left = (np.array(column) for column in zip(*events, strict=True))
    lines = credit.explain(
        item.astype(np.int16), age.astype(np.int32), left.astype(np.int32), families=families, items=items
    )
    return [line.parts for line in lines]


def test_a_failed_spot_check_halves_every_year() -> None:
    """A failed check takes 25 of the family's 100 points; the family weighs 40 %, so 10 points of the total. A year
    (365 days) later 5 are left, two years later 2.5.

    抽查不合格扣本类 25 分；本类权重 40%，折合总分 10 分。一年（365 天）后余 5 分，两年后余 2.5 分。
    """
    supervision = (Family(weight=40, start=80),)
    failed = (Item(0, -25, "half_life", 1),)
    assert parts(failed, supervision, (0, 0, FOREVER)) == [32 * PARTS, -10 * PARTS]
    assert parts(failed, supervision, (0, 365, FOREVER)) == [32 * PARTS, -5 * PARTS]
    assert parts(failed, supervision, (0, 730, FOREVER)) == [32 * PARTS, -25_000]


def test_a_serious_penalty_is_gone_after_three_years() -> None:
    """A serious penalty takes 40 points at first and fades in a straight line: after 1096 days nothing is left, when
    the longest publicity of a serious penalty is over, too (order 107, articles 7 to 9).

    较重行政处罚起初扣 40 分，直线衰减，满三年（1096 天）归零；
    与较重处罚信息公示最长三年一致（总局令第107号第7—9条）。
    """
    family, item = (Family(weight=40, start=80),), (Item(0, -40, "linear", 3),)
    assert credit.days_of(3) == 1096
    assert [parts(item, family, (0, age, FOREVER))[1] for age in (0, 548, 1095, 1096)] == [-160_000, -80_000, -146, 0]


def test_a_certificate_counts_while_it_is_valid() -> None:
    """A certificate gives its points through its last day, and nothing on the day after.

    证书在有效期最后一日仍计分，次日起不计分。
    """
    family, item = (Family(weight=20, start=60),), (Item(0, 10, "valid"),)
    assert [parts(item, family, (0, 100, left))[1] for left in (1, 0, -1)] == [20_000, 20_000, 0]


def test_every_score_is_the_sum_of_its_lines_exactly() -> None:
    """Four failed checks would take 100 points: the item takes 70 at most, and the line that gives 30 back is shown.

    四次不合格本应扣 100 分，本项累计至多扣 70 分，退回的 30 分单列一行；各行相加与得分分毫不差。
    """
    family, item = (Family(weight=40, start=80),), (Item(0, -25, most=70),)
    lines = parts(item, family, *[(0, 0, FOREVER)] * 4)
    assert lines == [320_000, -100_000, -100_000, -100_000, -100_000, 120_000]
    assert sum(lines) == 4 * PARTS


def test_classes_and_what_forbids_them() -> None:
    """80 points and more are class A, 65 B, 50 C, less D (self-designed). Whoever is on the list of the seriously
    dishonest is in class D whatever the points.

    80 分及以上为 A 类，65 分及以上为 B 类，50 分及以上为 C 类，其余为 D 类（自拟）；
    在严重违法失信名单内的一律为 D 类。
    """
    (scheme,) = catalogue().credit.values()
    bounds = [one.at_least for one in scheme.classes]
    totals = np.array([800_000, 799_999, 650_000, 500_000, 499_999], dtype=np.int64)
    assert credit.band(totals, bounds).tolist() == [0, 1, 1, 2, 3]
    (veto,) = [one for one in scheme.vetoes if one.event == "listed"]
    assert (veto.worst, veto.years) == ("D", None)
    age, left = np.array([10, 10], np.int32), np.array([0, -1], np.int32)
    assert credit.strikes(age, left, years=veto.years).tolist() == [True, False]


def test_grades_that_take_years() -> None:
    """Two years of grade A give the right to apply for AA, one more year for AAA (Jiangsu's practice, an excerpt).

    A 级满两年可申报 AA 级，AA 级再满一年可申报 AAA 级（江苏省做法，摘录）。
    """
    (scheme,) = catalogue().credit.values()
    assert [(one.below, one.to, one.years, one.certainty) for one in scheme.grades.rises] == [
        ("A", "AA", 2, "excerpt"),
        ("AA", "AAA", 1, "excerpt"),
    ]


@pytest.mark.parametrize(
    ("written", "registered", "begins", "uscc", "sureness"),
    [
        ("17000140-1", ["91410000170001401D"], [], "91410000170001401D", "certain"),
        ("17000140-1", [], ["91410000"], "91410000170001401D", "derived"),
        ("17000140-1", [], ["91410000", "91410100"], "", "ambiguous"),
        ("17000140-1", [], [], "", "unknown"),
        ("17000140-2", [], ["91410000"], "", "invalid"),
    ],
)
def test_codes_of_2014(written: str, registered: list[str], begins: list[str], uscc: str, sureness: str) -> None:
    """Evidence of 2014 is keyed by organisation codes. One is certain when a registered credit code holds it in its
    characters 9 to 17, derived when exactly one can be built from authority, kind and region, else left open.

    2014 年的数据以组织机构代码为准：登记的统一社会信用代码第 9—17 位与之相同的为确定；由登记机关、类别和行政区划
    只能推出一个的为推定；推出多个的为不唯一。推定和不唯一的不自动计入档案。
    """
    found = map_code(written, by_organisation_code(registered), begins)
    assert (found.uscc, found.sureness) == (uscc, sureness)
