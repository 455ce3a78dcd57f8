import csv
import math
from pathlib import Path

import numpy as np
import pytest

from qualicity.methods.rounding import round_half_even


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2.675, 2, 2.68),
        (0.125, 2, 0.12),
        (0.135, 2, 0.14),
        (2.5, 0, 2.0),
        (3.5, 0, 4.0),
        (-2.5, 0, -2.0),
        (-3.5, 0, -4.0),
        (1.005, 2, 1.0),
        (87.05, 1, 87.0),
        (87.15, 1, 87.2),
        (1250.0, -2, 1200.0),
        (1350.0, -2, 1400.0),
        (0.05, 1, 0.0),
        (1e22, 1, 1e22),
        (4503599627370497.5, 0, 4503599627370498.0),
    ],
)
def test_ties_go_to_the_even_digit_of_the_decimal_figure(value: float, decimals: int, expected: float) -> None:
    assert round_half_even(value, decimals) == expected


def test_an_array_is_rounded_like_its_values() -> None:
    values = np.array([[2.675, math.nan], [math.inf, -0.04]])
    rounded = round_half_even(values, 2)
    assert rounded.shape == (2, 2)
    assert rounded[0, 0] == 2.68
    assert math.isnan(rounded[0, 1])
    assert rounded[1, 0] == math.inf
    assert rounded[1, 1] == -0.04


def test_a_figure_that_rounds_to_nothing_is_not_negative_zero() -> None:
    assert math.copysign(1.0, round_half_even(-0.04, 1)) == 1.0


def test_integers_are_accepted() -> None:
    assert round_half_even(np.array([15, 25]), -1).tolist() == [20.0, 20.0]


def test_an_empty_array_stays_empty() -> None:
    assert round_half_even(np.array([]), 1).size == 0


def test_half_a_million_ties_all_end_on_an_even_digit() -> None:
    rounded = round_half_even((np.arange(500_000) * 10 + 5) / 1000, 2)
    assert (np.rint(rounded * 100) % 2 == 0).all()


DECIMALS = {
    "water_temp": 1,
    "ph": 0,
    "do": 1,
    "conductivity": 1,
    "turbidity": 1,
    "codmn": 1,
    "nh3n": 2,
    "tp": 3,
    "tn": 2,
}


@pytest.mark.shared
def test_every_tie_of_the_published_water_figures_is_reproduced(shared: Path) -> None:
    with (shared / "data/02_water/cnemc_surface_water_auto_2025-11.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ties, telling, wrong = 0, 0, 0
    for name, decimals in DECIMALS.items():
        pairs = [
            (row[f"{name}_raw"], row[name])
            for row in rows
            if _is_number(row[name]) and _is_number(row[f"{name}_raw"])
        ]
        rounded = round_half_even(np.array([float(raw) for raw, _ in pairs]), decimals)
        for (raw, published), ours in zip(pairs, rounded.tolist(), strict=True):
            whole, _, fraction = raw.partition(".")
            digits = fraction.rstrip("0")
            if len(digits) == decimals + 1 and digits.endswith("5"):
                ties += 1
                # Only where the digit before the five is even does rounding half up give another figure.
                telling += int((whole + digits[:-1])[-1]) % 2 == 0
                wrong += ours != float(published)
    assert (ties, telling, wrong) == (6279, 4920, 0)


def _is_number(text: str) -> bool:
    return text not in {"", "*", "--"}
