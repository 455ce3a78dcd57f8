"""What the house asks about a sheet without refusing it: where it was filled in, and when it came."""

from __future__ import annotations

from datetime import timedelta
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from qualicity.commons.registry import queries as registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualicity.evidence.inspections.actions.photographs import Taken
    from qualicity.evidence.inspections.models import Sample

EARTH_KM = 6371.0
APART_KM = 2.0
"""From which distance a photograph was taken somewhere else; self-designed, as a phone may be a kilometre wrong."""
LATE = timedelta(days=2)
"""After which a sheet came late; self-designed."""


def questions_about(sample: Sample, pictures: Sequence[Taken]) -> list[dict[str, str]]:
    """Return the questions about a sheet, each with its code and its words in both languages."""
    return [{"code": code, "zh": zh, "en": en} for code, zh, en in _asked(sample, pictures)]


def _asked(sample: Sample, pictures: Sequence[Taken]) -> Iterator[tuple[str, str, str]]:
    if sample.latitude is not None and sample.longitude is not None:
        here = (sample.latitude, sample.longitude)
        place = next((one for one in registry.plan().places if one.code == sample.place), None)
        if place is not None and place.extent is not None and not _within(here, place.extent):
            yield (
                "place", f"定位不在{place.title.zh}范围内，请核实抽样地点。",
                f"The position lies outside {place.title.en}; make sure where the sample was taken.",
            )  # fmt: skip
        far = max(
            (_kilometres(here, (one.latitude, one.longitude)) for one in pictures
             if one.latitude is not None and one.longitude is not None),
            default=0.0,
        )  # fmt: skip
        if far > APART_KM:
            yield (
                "photo", f"有照片拍摄于 {far:.1f} km 之外，请核实。",
                f"A photograph was taken {far:.1f} km away; make sure that it is of this sample.",
            )  # fmt: skip
    late = sample.received_at - sample.sampled_at
    if late > LATE:
        yield "late", f"抽样后 {late.days} 天才收到抽样单。", f"The sheet came {late.days} days after the sampling."


def _within(here: tuple[float, float], extent: tuple[float, float, float, float]) -> bool:
    west, south, east, north = extent
    return south <= here[0] <= north and west <= here[1] <= east


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    a, b, c, d = (radians(value) for value in (*one, *other))
    return 2 * EARTH_KM * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))
