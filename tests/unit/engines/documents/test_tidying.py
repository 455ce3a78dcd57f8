from __future__ import annotations

import pytest

from qualicity.engines.documents.tidying import plain_title, tidy, tidy_cell


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("不低于 92. 5%（含县市）", "不低于92.5%（含县市）"),
        ("达到 100%。其他", "达到100%。其他"),
        (r"噪声 $\leqslant 56\text{dB(A)}$ ，", "噪声≤56dB(A)，"),
        (r"达标率 $\geqslant 98\%$ 。", "达标率≥98%。"),
        (r"浓度 $\leq 35\mu\mathrm{g/m}^{3}$", "浓度≤35µg/m³"),
        ("产量1,200 吨", "产量1200吨"),
        ("（PM2. 5）浓度", "（PM2.5）浓度"),
        ("(一) 产品质量", "（一）产品质量"),
        ("ＡＢＣ１２％", "ABC12%"),
        ("推行 GMP、GSP 等", "推行GMP、GSP等"),
        ("执行 ISO 9001 标准", "执行ISO 9001标准"),
        ("2015　年", "2015年"),
    ],
)
def test_one_spelling_is_made_of_many(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


def test_an_item_number_is_not_joined_with_the_number_after_it() -> None:
    assert tidy("1. 5个以上基地").replace("\u2002", " ") == "1. 5个以上基地"


def test_a_cell_loses_its_spaces() -> None:
    assert tidy_cell("要 求") == "要求"


def test_a_title_loses_its_stop() -> None:
    assert plain_title("规划筹备阶段。") == "规划筹备阶段"


@pytest.mark.parametrize("raw", ["不低于 92. 5%", r"$\leq 3$", "(一) x, 中文; 文"])
def test_tidying_twice_changes_nothing_more(raw: str) -> None:
    assert tidy(tidy(raw)) == tidy(raw)
