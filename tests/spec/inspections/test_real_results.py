"""Real results of spot checks, dirty as they were gathered: judged row by row, and held against what they conclude.

真实的监督抽检结果照原样读入：逐行判定，与原判定比较；不一致的和未决的都说得出原因。
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from qualicity.errors import Text
from qualicity.evidence.inspections.queries import JudgedFile, JudgedRow, judge_file

TITLE = Text(zh="真实检测结果的判定", en="Judging real results")

pytestmark = pytest.mark.shared

#: File: rows, rows with item, limit, result and conclusion, of them agreeing, disagreeing, undecided by reason.
FILES: dict[str, tuple[int, int, int, int, dict[str, int]]] = {
    "cn2015-01_eu2020-01.csv": (580, 10, 9, 0, {"bound_only": 1}),
    "cn2015-02_eu2020-02.csv": (531, 10, 9, 0, {"bound_only": 1}),
    "cn2015-03_eu2020-03.csv": (329, 6, 6, 0, {}),
    "cn2015_eu2020_bak3.csv": (1404, 20, 18, 2, {}),
    "cn2016_eu2021.csv": (634, 0, 0, 0, {}),
    "cn_foodmate_2015-01_02.csv": (122, 0, 0, 0, {}),
    "cn_spotcheck_2021H1.csv": (629, 4, 3, 0, {"limit_in_words": 1}),
    "cn_spotcheck_2022_frozen.csv": (36, 36, 27, 0, {"power_lost": 9}),
    "cn_spotcheck_2022_mar-apr.csv": (2297, 55, 50, 1, {"power_lost": 3, "limit_unread": 1}),
    "cn_spotcheck_2022a.csv": (721, 2, 2, 0, {}),
}


def judged(shared: Path, name: str) -> JudgedFile:
    return judge_file(shared / "data/03_inspections" / name)


def concluded(found: JudgedFile) -> list[JudgedRow]:
    """Return the rows that have an item, a limit, a result and a conclusion of their own."""
    return [row for row in found.compared if row.stated is not None]


@pytest.mark.parametrize("name", FILES)
def test_each_file_agrees_with_itself_except_where_it_is_known_why_not(shared: Path, name: str) -> None:
    """Of 143 rows with limit, result and conclusion 124 agree, 3 contradict themselves and 16 stay undecided.

    有限量、结果和结论的 143 行中：124 行一致，3 行自相矛盾，16 行未决：
    12 行上标丢失，2 行只知下界，1 行是文字要求，1 行限量写法不明。
    """
    found = judged(shared, name)
    rows = concluded(found)
    answers = Counter(row.agrees for row in rows)
    why = Counter(row.verdict.rule.value for row in rows if row.agrees is None)
    assert (len(found.rows), len(rows), answers[True], answers[False], dict(why)) == FILES[name]


def test_what_disagrees_is_a_contradiction_of_the_file_itself(shared: Path) -> None:
    """Acid values of 2.9 and 2.2 mg/g against ≤3 mg/g, and 61.1 mg/kg against ≤200 mg/kg, cannot have failed by them.

    酸价 2.9、2.2 mg/g 对 ≤3 mg/g，铝 61.1 mg/kg 对 ≤200 mg/kg，却写“不合格”：原文件自相矛盾，要由人查原通告。
    """
    against = {
        (row.value, row.limit) for name in FILES for row in concluded(judged(shared, name)) if row.agrees is False
    }
    assert against == {("2.9", "≤3mg/g"), ("2.2", "≤3mg/g"), ("61.1", "≤200mg/kg")}


def test_of_what_is_decided_at_least_97_per_cent_agrees(shared: Path) -> None:
    """124 of 127 decided rows (97.6 %) agree.

    已判定的 127 行中 124 行一致（97.6%）。
    """
    rows = [row for name in FILES for row in concluded(judged(shared, name)) if row.agrees is not None]
    agreeing = sum(row.agrees is True for row in rows)
    assert (len(rows), agreeing) == (127, 124)
    assert agreeing / len(rows) >= 0.97


def test_no_row_passes_whose_cells_had_been_cut_apart(shared: Path) -> None:
    """Where a power of ten or a sample is missing, nothing is called qualified.

    缺了上标或样品数的行，没有一行被判为合格。
    """
    for name in FILES:
        for row in judged(shared, name).rows:
            if row.unit.startswith(("×", "①", "，", ",", "n")):
                assert row.verdict.conclusion != "qualified", (name, row.row)


def test_decimal_commas_of_foreign_alerts_are_seen_file_by_file(shared: Path) -> None:
    """A file with 0,18 writes commas before decimals: 5,4 against 0,1 mg/kg is 54 times the limit.

    文件中有“0,18”这样的写法，逗号即小数点：5,4 对 0,1 mg/kg 超标；446 行外国通报能判定。
    """
    found = judged(shared, "rasff_20210729.csv")
    decided = [row for row in found.compared if row.verdict.conclusion != "undecided"]
    assert (len(found.rows), len(found.compared), len(decided)) == (684, 456, 446)
    assert all(row.stated is None for row in found.rows), "how serious an alert is, is no conclusion"
    row = next(row for row in found.compared if row.value == "1,8")
    assert row.verdict.conclusion == "unqualified"
