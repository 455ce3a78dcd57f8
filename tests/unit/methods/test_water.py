import csv
import math
from pathlib import Path

import numpy as np
import pytest

from qualicity.methods.water import (
    CLASS_NAMES,
    EVALUATED,
    ITEMS,
    UPPER_LIMITS,
    classify,
    item_classes,
    mean_then_class,
    river_grade,
    round_items,
    section_grade,
)

NAN = math.nan


def test_the_worst_item_decides() -> None:
    items = {"dissolved_oxygen": np.array([8.0, 4.0]), "permanganate_index": np.array([3.0, 2.0])}
    assert classify(items).tolist() == [2, 4]


def test_water_at_a_limit_belongs_to_the_better_class() -> None:
    assert item_classes("ammonia_nitrogen", np.array([0.15, 0.16, 2.0, 2.01])).tolist() == [1, 2, 5, 6]
    assert item_classes("dissolved_oxygen", np.array([7.5, 7.4, 2.0, 1.9])).tolist() == [1, 2, 5, 6]


def test_acid_and_alkaline_water_is_worse_than_class_v() -> None:
    assert item_classes("ph", np.array([5.0, 6.0, 9.0, 9.34])).tolist() == [6, 1, 1, 6]


def test_lakes_have_stricter_limits_of_phosphorus() -> None:
    phosphorus = {"total_phosphorus": np.array([0.04, 0.04])}
    assert classify(phosphorus, np.array([False, True])).tolist() == [2, 3]


def test_total_nitrogen_is_not_evaluated_unless_asked() -> None:
    items = {"total_nitrogen": np.array([9.0]), "ph": np.array([7.0])}
    assert classify(items).tolist() == [1]
    assert classify(items, evaluate=ITEMS).tolist() == [6]
    assert classify({"total_nitrogen": np.array([9.0])}).tolist() == [0]


def test_21_items_are_evaluated() -> None:
    assert len(EVALUATED) == 21
    assert all(list(limits) == sorted(limits) for limits in UPPER_LIMITS.values())


def test_nothing_measured_has_no_class() -> None:
    assert classify({"ph": np.array([NAN]), "cod": np.array([NAN])}).tolist() == [0]


def test_a_missing_item_is_left_out() -> None:
    assert classify({"ph": np.array([NAN]), "cod": np.array([19.0])}).tolist() == [3]


def test_an_unknown_item_is_impossible() -> None:
    with pytest.raises(AssertionError):
        classify({"amonia": np.array([1.0])})


def test_a_section_over_a_period_is_judged_by_its_rounded_means() -> None:
    items = {
        "ammonia_nitrogen": np.array([0.40, 0.61, 2.0, NAN]),
        "total_phosphorus": np.array([0.1, 0.1, 0.03, NAN]),
    }
    result = mean_then_class(items, np.array(["a", "a", "b", "c"]), np.array([False, False, True, False]))
    assert result.sections.tolist() == ["a", "b", "c"]
    assert result.classes.tolist() == [2, 5, 0]
    assert result.means["ammonia_nitrogen"].tolist()[:2] == [0.5, 2.0]


def test_each_class_has_its_word() -> None:
    words = [section_grade(number).zh for number in range(7)]
    assert words == ["未评价", "优", "优", "良好", "轻度污染", "中度污染", "重度污染"]
    assert CLASS_NAMES[6] == "劣Ⅴ"


@pytest.mark.parametrize(
    ("classes", "word"),
    [
        ([1, 2, 3, 3, 3, 3, 3, 3, 3, 4], "优"),
        ([2, 2, 2, 3, 3, 3, 4, 4], "良好"),
        ([2, 2, 3, 4, 5, 5], "轻度污染"),
        ([2, 3, 3, 4, 6], "中度污染"),
        ([2, 3, 4, 6, 6], "重度污染"),
        ([2, 3, 3, 6, 6], "中度污染"),
    ],
)
def test_a_river_is_judged_by_the_shares_of_its_classes(classes: list[int], word: str) -> None:
    assert river_grade(np.array(classes)).zh == word


def test_a_river_of_four_sections_is_not_judged_by_shares() -> None:
    with pytest.raises(AssertionError):
        river_grade(np.array([1, 2, 3, 0, 4]))


COLUMNS = {"ph": "ph", "dissolved_oxygen": "do", "permanganate_index": "codmn", "ammonia_nitrogen": "nh3n",
           "total_phosphorus": "tp", "total_nitrogen": "tn"}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(("suffix", "rounded"), [("", False), ("_raw", True)])
def test_every_published_class_is_reproduced(shared: Path, suffix: str, rounded: bool) -> None:
    with (shared / "data/02_water/cnemc_surface_water_auto_2025-11.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["wclass"]]
    with (shared / "data/02_water/inferred_tp_limit_type.csv").open(encoding="utf-8") as lines:
        kinds = {_station(row): row["inferred"] for row in csv.DictReader(lines)}
    items = {ours: np.array([_number(row[theirs + suffix]) for row in rows]) for ours, theirs in COLUMNS.items()}
    lake = np.array([kinds.get(_station(row)) == "lake" for row in rows])
    classes = classify(round_items(items) if rounded else items, lake)
    same = sum(CLASS_NAMES[ours] == row["wclass"] for ours, row in zip(classes.tolist(), rows, strict=True))
    assert (same, len(rows)) == (8187, 8187)


def _station(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("province", "city", "river", "station"))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return NAN
