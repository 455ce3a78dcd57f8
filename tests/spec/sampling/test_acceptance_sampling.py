"""Acceptance sampling against R AcceptanceSampling 1.0.11, and the tables of GB/T 2828.1.

计数和计量抽样方案，与 R 程序包 AcceptanceSampling 1.0.11 及 GB/T 2828.1 的抽样表对照。
"""

import csv
from pathlib import Path

import pytest

from qualicity.errors import InputError, NotPossibleError, Text
from qualicity.methods.acceptance_sampling import (
    AQLS,
    LEVELS,
    AttributesPlan,
    Risks,
    VariablesPlan,
    acceptance,
    code_letter,
    course,
    double_plan,
    find_attributes_plan,
    find_variables_plan,
    lot_plan,
    normal_single,
    outgoing_limit,
    single_plan,
    variables_acceptance,
)

TITLE = Text(zh="批的抽样方案及其接收概率", en="Plans for lots and how often they accept")
FOLDER = "data/09_acceptance_sampling"


def _rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / FOLDER / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_a_lot_of_five_thousand_at_level_two() -> None:
    """5 000 units, level II: letter L; AQL 1.0: 200 units, accept with 5, reject with 6.

    批量 5000、检验水平 II 的字码为 L；AQL 1.0 时抽 200 件，不合格 5 件以内接收，6 件以上拒收。
    """
    plan = lot_plan(5000, "II", 1.0)
    assert (plan.code_letter, plan.n, plan.ac, plan.re) == ("L", 200, 5, 6)


def test_an_arrow_is_followed_to_the_next_plan() -> None:
    """150 units, level II, AQL 1.5: letter F has an arrow down to G: 32 units, 1, 2, and not 20 units.

    批量 150、水平 II、AQL 1.5：字码 F 处为向下箭头，改用 G 的方案，抽 32 件（1，2），而不是 20 件。
    """
    plan = lot_plan(150, "II", 1.5)
    assert (plan.code_letter, plan.plan_letter, plan.n, plan.ac, plan.re) == ("F", "G", 32, 1, 2)
    up = lot_plan(150, "II", 0.65)
    assert (up.code_letter, up.plan_letter, up.n, up.ac, up.re) == ("F", "F", 20, 0, 1)
    assert lot_plan(150, "II", 100).plan_letter == "E"


def test_a_sample_as_large_as_the_lot_is_the_lot() -> None:
    """5 units, AQL 1.0: the table leads to 13 units, so that all 5 are inspected.

    批量 5、AQL 1.0：按表应抽 13 件，超过批量，故全数检验 5 件。
    """
    plan = lot_plan(5, "II", 1.0)
    assert (plan.n, plan.table_n, plan.inspect_all) == (5, 13, True)


def test_beyond_the_last_lot_of_the_table_stands_one_more_row() -> None:
    """Lots over 500 000: D, E, H, K, N, Q, R.

    批量超过 500000 时，各检验水平的字码依次为 D、E、H、K、N、Q、R。
    """
    assert [code_letter(500_001, level) for level in LEVELS] == list("DEHKNQR")
    assert [code_letter(500_000, level) for level in LEVELS] == list("DEGJMPQ")


def test_large_acceptance_numbers_stand_only_with_small_samples() -> None:
    """30 and 44 stand at the letters A to E in the columns from 150 on; F leads back up to E.

    接收数 30 和 44 只出现在 AQL 150 以上、字码 A 至 E；字码 F 的箭头指回 E。
    """
    assert [normal_single("E", aql) for aql in (100, 150, 250, 400)] == [(21, 22), (30, 31), (44, 45), "up"]
    assert {normal_single("F", aql) for aql in AQLS if aql >= 100} == {"up"}


@pytest.mark.shared
def test_every_code_letter_and_field_of_the_tables(shared: Path) -> None:
    """All 14 ranges of lots at 7 levels, and all 336 fields of 16 letters and 21 AQLs.

    全部 14 个批量范围、7 个检验水平的字码，以及 16 个字码、21 个 AQL 共 336 格。
    """
    ranges = _rows(shared, "gb2828_code_letters.csv")
    assert len(ranges) == 14
    for row in ranges:
        for end in ("lot_min", "lot_max"):
            assert [code_letter(int(row[end]), level) for level in LEVELS] == [row[level] for level in LEVELS]
    fields = _rows(shared, "gb2828_normal_single_table.csv")
    assert len(fields) == 336
    for row in fields:
        arrow = row["rule_ac"] in {"up", "down"}
        expected = row["rule_ac"] if arrow else (int(row["rule_ac"]), int(row["rule_re"]))
        assert normal_single(row["code"], float(row["aql"])) == expected


@pytest.mark.shared
def test_the_curves_are_those_of_r(shared: Path) -> None:
    """2 280 binomial and Poisson points and 66 of finite lots, to 1e-11.

    二项和泊松分布共 2280 组、有限批 66 个点的接收概率，误差在 1e-11 以内。
    """
    rows = _rows(shared, "ref_OC2c_single_binomial_poisson.csv")
    assert len(rows) == 2280
    for row in rows:
        plan, quality = single_plan(int(row["n"]), int(row["c"])), [float(row["pd"])]
        assert acceptance(plan, quality)[0] == pytest.approx(float(row["paccept_binomial"]), abs=1e-11)
        assert acceptance(plan, quality, "poisson")[0] == pytest.approx(float(row["paccept_poisson"]), abs=1e-11)
    for row in _rows(shared, "ref_OC2c_single_hypergeom.csv"):
        plan = single_plan(int(row["n"]), int(row["c"]))
        found = acceptance(plan, [float(row["pd"])], "hypergeom", int(row["N"]))[0]
        assert found == pytest.approx(float(row["paccept"]), abs=1e-13)


@pytest.mark.shared
def test_the_smallest_plans_are_those_of_r(shared: Path) -> None:
    """72 pairs of risks by five distributions: the same n and c; k to 1e-12 (unknown deviation: R's own 1e-4).

    72 组两类风险、五种分布：n 与 c 完全相同；k 值误差 1e-12（标准差未知时 R 自身只精确到 1e-4）。
    """
    rows = _rows(shared, "ref_find_plan.csv")
    assert len(rows) == 72
    for row in rows:
        risks = Risks(float(row["prp"]), 1 - float(row["prpa"]), float(row["crp"]), float(row["crpa"]))
        for kind, lot, name in (("binomial", 0, "bin"), ("poisson", 0, "poi"), ("hypergeom", 1000, "hyp1000")):
            plan = find_attributes_plan(risks, kind, lot)
            assert (plan.n[0], plan.c[0]) == (int(row[f"{name}_n"]), int(row[f"{name}_c"]))
        known, unknown = (find_variables_plan(risks, sigma_known=one) for one in (True, False))
        assert (known.n, unknown.n) == (int(row["varknown_n"]), int(row["varunk_n"]))
        assert known.k == pytest.approx(float(row["varknown_k"]), abs=1e-12)
        assert unknown.k == pytest.approx(float(row["varunk_k"]), abs=1e-4)


def test_a_double_plan_by_hand() -> None:
    """36 units, accept with 0; else 59 more, accept with 3 in all; rejected with 4. At 5 % nonconforming 0.3488.

    先抽 36 件，0 件不合格接收；1 至 3 件则再抽 59 件，累计不超过 3 件接收。不合格品率 5% 时接收概率为 0.3488。
    """
    plan = double_plan((36, 59), (0, 3))
    assert acceptance(plan, [0.01, 0.05, 0.10]) == pytest.approx([0.986539, 0.348789, 0.030773], abs=1e-6)
    # The second sample is needed with 1, 2 or 3 found: the average is 36 + 59 · P(1 ≤ x ≤ 3)
    assert course(plan, [0.0]).asn[0] == 36.0
    assert course(plan, [0.05]).asn[0] == pytest.approx(79.57397707, abs=1e-8)


def test_a_plan_by_variables_by_hand() -> None:
    """n = 14, k = 1.205: at the quality whose limit lies k deviations off, the lot is accepted in one case of two.

    n = 14、k = 1.205、标准差已知：当规格限恰好离均值 k 个标准差（不合格品率 11.41%）时，接收概率正好一半。
    """
    plan = VariablesPlan(14, 1.205, sigma_known=True)
    assert variables_acceptance(plan, [0.0, 0.1141, 1.0]) == pytest.approx([1.0, 0.5, 0.0], abs=1e-4)
    # 1 - Φ((1.205 + Φ⁻¹(0.05)) · √14) = 1 - Φ(-1.64579)
    assert variables_acceptance(plan, [0.05])[0] == pytest.approx(0.950096, abs=1e-6)


def test_the_worst_quality_let_through() -> None:
    """n = 200, c = 5 out of 5 000, rejected lots mended: at worst 1.52 % goes out, when 2.17 % comes in.

    批量 5000、n = 200、c = 5，拒收批全检并替换：进厂不合格品率 2.17% 时，平均出厂质量最差，为 1.52%。
    """
    worst, at = outgoing_limit(single_plan(200, 5), 5000)
    assert (worst, at) == pytest.approx((0.0152327, 0.0216923), abs=1e-6)


def test_what_cannot_be_is_said_in_words() -> None:
    """An unknown level, an AQL between two, a lot of one, risks that cross, a lot too small to tell two qualities.

    检验水平写错、AQL 不是优先值、批量为 1、两类风险相互矛盾、批太小分不清两种质量：都说明原因。
    """
    with pytest.raises(InputError, match="S-1, S-2"):
        code_letter(100, "IV")
    with pytest.raises(InputError, match=r"nearest is 1\."):
        lot_plan(100, "II", 1.2)
    with pytest.raises(InputError, match="single unit"):
        lot_plan(1)
    with pytest.raises(InputError, match="p1 < p2"):
        Risks(0.05, 0.05, 0.01, 0.1)
    with pytest.raises(NotPossibleError, match="both mean 1 nonconforming"):
        find_attributes_plan(Risks(0.01, 0.05, 0.014, 0.1), "hypergeom", 100)
    with pytest.raises(InputError, match="Rejection numbers"):
        AttributesPlan((10, 10), (2, 3), (2, 4))
