"""The class of surface water by GB 3838-2002, item by item and as a whole, and the words for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from qualicity.errors import Text
from qualicity.methods.rounding import round_half_even

Floats = npt.NDArray[np.float64]
Classes = npt.NDArray[np.int64]
Items = Mapping[str, npt.NDArray[np.floating]]

#: Class numbers: 1 to 5 for I to V, 6 for worse than V; 0 where nothing could be evaluated.
UNKNOWN, WORSE_THAN_V = 0, 6
CLASS_NAMES = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
#: The same as codes of a register's column.
CLASS_CODES = ("", "I", "II", "III", "IV", "V", "worse_than_V")

# Upper limits of classes I to V in mg/L (faecal coliform: per litre). GB 3838-2002, table 1.
UPPER_LIMITS: Mapping[str, tuple[float, float, float, float, float]] = MappingProxyType(
    {
        "permanganate_index": (2, 4, 6, 10, 15),
        "cod": (15, 15, 20, 30, 40),
        "bod5": (3, 3, 4, 6, 10),
        "ammonia_nitrogen": (0.15, 0.5, 1.0, 1.5, 2.0),
        "total_phosphorus": (0.02, 0.1, 0.2, 0.3, 0.4),
        "total_nitrogen": (0.2, 0.5, 1.0, 1.5, 2.0),
        "copper": (0.01, 1.0, 1.0, 1.0, 1.0),
        "zinc": (0.05, 1.0, 1.0, 2.0, 2.0),
        "fluoride": (1.0, 1.0, 1.0, 1.5, 1.5),
        "selenium": (0.01, 0.01, 0.01, 0.02, 0.02),
        "arsenic": (0.05, 0.05, 0.05, 0.1, 0.1),
        "mercury": (0.00005, 0.00005, 0.0001, 0.001, 0.001),
        "cadmium": (0.001, 0.005, 0.005, 0.005, 0.01),
        "chromium_vi": (0.01, 0.05, 0.05, 0.05, 0.1),
        "lead": (0.01, 0.01, 0.05, 0.05, 0.1),
        "cyanide": (0.005, 0.05, 0.2, 0.2, 0.2),
        "volatile_phenol": (0.002, 0.002, 0.005, 0.01, 0.1),
        "petroleum": (0.05, 0.05, 0.05, 0.5, 1.0),
        "anionic_surfactant": (0.2, 0.2, 0.2, 0.3, 0.3),
        "sulfide": (0.05, 0.1, 0.2, 0.5, 1.0),
        "faecal_coliform": (200, 2000, 10000, 20000, 40000),
    }
)
#: Total phosphorus of lakes and reservoirs has limits of its own (same table, in brackets).
LAKE_PHOSPHORUS = (0.01, 0.025, 0.05, 0.1, 0.2)
#: Dissolved oxygen has lower limits.
OXYGEN_AT_LEAST = (7.5, 6.0, 5.0, 3.0, 2.0)
PH_RANGE = (6.0, 9.0)

ITEMS = ("ph", "dissolved_oxygen", *UPPER_LIMITS)
#: Reported, but not part of the class of a section (环办〔2011〕22号); water temperature is no item here.
NOT_EVALUATED = frozenset({"total_nitrogen", "faecal_coliform"})
EVALUATED = tuple(item for item in ITEMS if item not in NOT_EVALUATED)

#: Decimals with which the national network publishes automatic measurements.
PUBLISHED_DECIMALS: Mapping[str, int] = MappingProxyType(
    {
        "ph": 0,
        "dissolved_oxygen": 1,
        "permanganate_index": 1,
        "ammonia_nitrogen": 2,
        "total_phosphorus": 3,
        "total_nitrogen": 2,
    }
)

_SECTION_WORDS = (
    Text("未评价", "not evaluated"),
    Text("优", "excellent"),
    Text("优", "excellent"),
    Text("良好", "good"),
    Text("轻度污染", "lightly polluted"),
    Text("中度污染", "moderately polluted"),
    Text("重度污染", "heavily polluted"),
)
#: A river is judged by the shares of its classes from this many sections on.
RIVER_NEEDS_SECTIONS = 5


@dataclass(frozen=True, slots=True)
class PeriodClasses:
    """The class of each section over a period, in the order of ``sections``; ``means`` are the rounded means."""

    sections: npt.NDArray[np.generic]
    classes: Classes
    means: Mapping[str, Floats]


def round_items(items: Items, decimals: Mapping[str, int] = PUBLISHED_DECIMALS) -> dict[str, Floats]:
    """Round each item by GB/T 8170 as it is published; items without a number of decimals pass unchanged.

    To classify unrounded values gives another class in some sections: round first.
    """
    return {
        name: round_half_even(np.asarray(values, dtype=np.float64), decimals[name])
        if name in decimals
        else np.asarray(values, dtype=np.float64)
        for name, values in items.items()
    }


def item_classes(item: str, values: npt.NDArray[np.floating], lake: npt.NDArray[np.bool_] | bool = False) -> Classes:
    """Return the class of one item in each row, 0 where it was not measured (NaN).

    ``values`` in mg/L (pH without unit). Water at a limit still belongs to the better class. A pH outside 6 to 9 is
    worse than class V. Source: GB 3838-2002, table 1.
    """
    measured = np.asarray(values, dtype=np.float64)
    if item == "ph":
        inside = (measured >= PH_RANGE[0]) & (measured <= PH_RANGE[1])
        classes = np.where(inside, 1, WORSE_THAN_V)
    elif item == "dissolved_oxygen":
        classes = _exceeded(-measured, tuple(-limit for limit in OXYGEN_AT_LEAST))
    elif item == "total_phosphorus":
        classes = np.where(lake, _exceeded(measured, LAKE_PHOSPHORUS), _exceeded(measured, UPPER_LIMITS[item]))
    else:
        classes = _exceeded(measured, UPPER_LIMITS[item])
    return np.where(np.isnan(measured), UNKNOWN, classes).astype(np.int64)


def classify(
    items: Items, lake: npt.NDArray[np.bool_] | bool = False, *, evaluate: Collection[str] = EVALUATED
) -> Classes:
    """Return the class of each row: that of its worst item (single-factor method), 0 where nothing was measured.

    ``items``: columns by the names in ``ITEMS``, all of one shape, NaN where not measured; ``lake`` is true for
    lakes and reservoirs. Items outside ``evaluate`` are passed over; total nitrogen is by default.
    Source: GB 3838-2002; 地表水环境质量评价办法（试行）, 环办〔2011〕22号.
    """
    unknown = set(items) - set(ITEMS)
    assert not unknown, f"no items of GB 3838: {sorted(unknown)}"
    counted = [item_classes(name, values, lake) for name, values in items.items() if name in evaluate]
    if not counted:
        return np.zeros(np.shape(next(iter(items.values()), [])), dtype=np.int64)
    return np.asarray(np.maximum.reduce(counted), dtype=np.int64)


def mean_then_class(
    items: Items,
    sections: npt.NDArray[np.generic],
    lake: npt.NDArray[np.bool_] | bool = False,
    *,
    decimals: Mapping[str, int] = PUBLISHED_DECIMALS,
    evaluate: Collection[str] = EVALUATED,
) -> PeriodClasses:
    """Return the class of each section over a period: mean of each item, rounded, then classified.

    ``sections`` names the section of each row. A section is judged by lake limits if any of its rows says lake.
    Source: 环办〔2011〕22号 (arithmetic mean of each item's values in the period).
    """
    names, place = np.unique(sections, return_inverse=True)
    means = {name: _means(np.asarray(values, dtype=np.float64), place, names.size) for name, values in items.items()}
    lakes = np.bincount(place, np.broadcast_to(lake, place.shape).astype(np.float64), names.size) > 0
    rounded = round_items(means, decimals)
    return PeriodClasses(names, classify(rounded, lakes, evaluate=evaluate), rounded)


def section_grade(water_class: int) -> Text:
    """Return the word for the quality of one section of class 1 to 6 (0: not evaluated).

    Source: 环办〔2011〕22号.
    """
    return _SECTION_WORDS[water_class]


def river_grade(classes: Classes) -> Text:
    """Return the word for a river from the classes of its (at least five) evaluated sections.

    A river with fewer sections is not judged by shares: take the mean of each item over its sections, classify, and
    use ``section_grade``. Source: 环办〔2011〕22号.
    """
    known = np.asarray(classes)[np.asarray(classes) > UNKNOWN]
    assert known.size >= RIVER_NEEDS_SECTIONS, "the shares of classes need at least five sections"
    # Counts, not shares: 3 of 4 must be exactly 75 %.
    good, worst, all_of = int((known <= 3).sum()), int((known == WORSE_THAN_V).sum()), int(known.size)
    if good * 100 >= 90 * all_of:
        return _SECTION_WORDS[1]
    if good * 100 >= 75 * all_of:
        return _SECTION_WORDS[3]
    if worst * 100 < 20 * all_of:
        return _SECTION_WORDS[4]
    heavily = worst * 100 >= 40 * all_of and good * 100 < 60 * all_of
    return _SECTION_WORDS[6] if heavily else _SECTION_WORDS[5]


def _exceeded(measured: Floats, limits: tuple[float, ...]) -> Classes:
    """Return one more than the number of limits that each value lies beyond."""
    return np.asarray(np.searchsorted(np.asarray(limits), measured, side="left") + 1, dtype=np.int64)


def _means(values: Floats, place: npt.NDArray[np.int64], size: int) -> Floats:
    known = ~np.isnan(values)
    count = np.bincount(place[known], minlength=size)
    total = np.bincount(place[known], values[known], minlength=size)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
