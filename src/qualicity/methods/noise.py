"""Urban noise: the city's mean level of its areas and of its roads, and the grade of either."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualicity.errors import Text
from qualicity.methods.rounding import round_half_even

#: Upper edges in dB(A) of grades 1 to 4; above the last is grade 5. HJ 640-2012.
REGIONAL_DAY = (50.0, 55.0, 60.0, 65.0)
REGIONAL_NIGHT = (40.0, 45.0, 50.0, 55.0)
ROAD_DAY = (68.0, 70.0, 72.0, 74.0)
ROAD_NIGHT = (58.0, 60.0, 62.0, 64.0)

#: Fewer grid points than this do not represent a city (HJ 640-2012).
REGIONAL_NEEDS_POINTS = 100

GRADE_WORDS = (
    Text("一级（好）", "grade 1 (good)"),
    Text("二级（较好）", "grade 2 (fairly good)"),
    Text("三级（一般）", "grade 3 (fair)"),
    Text("四级（较差）", "grade 4 (rather poor)"),
    Text("五级（差）", "grade 5 (poor)"),
)


@dataclass(frozen=True, slots=True)
class NoiseMean:
    """A city's mean level in dB(A), not rounded; ``n`` points counted, ``length`` of road behind it (0 for areas)."""

    value: float
    n: int
    length: float = 0.0


def regional_mean(levels: npt.NDArray[np.floating]) -> NoiseMean:
    """Return the mean of the equivalent levels (dB(A)) of all grid points; NaN points are left out.

    It is the arithmetic mean of the levels, not of the energy: so the standard compares cities.
    Source: HJ 640-2012.
    """
    known = np.asarray(levels, dtype=np.float64)
    known = known[~np.isnan(known)]
    return NoiseMean(float(known.mean()) if known.size else math.nan, int(known.size))


def road_mean(levels: npt.NDArray[np.floating], lengths: npt.NDArray[np.floating]) -> NoiseMean:
    """Return the mean of the equivalent levels (dB(A)) of road sections, weighted by the length of each.

    Sections without a level or a length above zero are left out. Source: HJ 640-2012.
    """
    level, length = np.asarray(levels, dtype=np.float64), np.asarray(lengths, dtype=np.float64)
    known = ~np.isnan(level) & (length > 0)
    total = float(length[known].sum())
    value = float((level[known] * length[known]).sum() / total) if total > 0 else math.nan
    return NoiseMean(value, int(known.sum()), total)


def regional_grade(level: float, *, night: bool = False) -> int:
    """Return the grade 1 (good) to 5 (poor) of a city's areas; 0 without a level. Source: HJ 640-2012."""
    return _grade(level, REGIONAL_NIGHT if night else REGIONAL_DAY)


def road_grade(level: float, *, night: bool = False) -> int:
    """Return the grade 1 (good) to 5 (poor) of a city's roads; 0 without a level. Source: HJ 640-2012."""
    return _grade(level, ROAD_NIGHT if night else ROAD_DAY)


def _grade(level: float, edges: tuple[float, ...]) -> int:
    if math.isnan(level):
        return 0
    # Grades are written to one decimal: 50.0 is grade 1, 50.1 grade 2.
    return 1 + sum(round_half_even(level, 1) > edge for edge in edges)
