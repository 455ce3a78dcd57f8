"""Targets that can never be judged, or that say what has no effect, are refused: one change for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qualicity.definitions.catalogue import SHIPPED

Broken = Callable[..., tuple[str, str]]
PM25 = "{kind: trajectory, value: 95, year: 2016, points: {2013: 108, 2016: 95}}"
COD = "{kind: cut, value: 14.8, year: 2015, base_year: 2010}"
REFERENCE = "      points: {2012: 0.517, 2014: 0.39}\n"

CHANGES = {
    "no value": ("{kind: above, value: 30}", "{kind: above}", "needs a value"),
    "unit of its own": ("{kind: above, value: 30}", "{kind: above, value: 30, unit: 亩}", "is not the indicator's"),
    "share beyond 100": ("{kind: at_least, value: 96, every: period}", "{kind: at_least, value: 960}", "beyond 100"),
    "coverage above 100": ("{kind: above, value: 80}", "{kind: above, value: 100}", "beyond 100"),
    "rate below 0": ("{kind: at_least, value: 90, every: period}", "{kind: below, value: 0}", "below 0"),
    "finer than its rounding": (
        "{kind: at_least, value: 92.5}",
        "{kind: at_least, value: 92.55}",
        "finer than the 1",
    ),
    "none_of with a number": (
        "{kind: none_of, value: 0, decimals: 0}",
        "{kind: none_of, value: 2, decimals: 0}",
        "only be 0",
    ),
    "unstated with a value": ("{kind: unstated}", "{kind: unstated, value: 70}", "has no value of its own"),
    "year past": ("{kind: unstated}", "{kind: unstated, year: 2013}", "before the plan begins"),
    "trajectory without points": (PM25, "{kind: trajectory, value: 95, year: 2016}", "needs its points"),
    "trajectory without year": (PM25, PM25.replace(" year: 2016,", ""), "needs a year"),
    "trajectory without the last point": (
        PM25,
        PM25.replace(", 2016: 95", ", 2015: 96"),
        "no value for the target's year",
    ),
    "trajectory with another value": (
        PM25,
        PM25.replace("value: 95", "value: 94"),
        "not that of the points for 2016",
    ),
    "trajectory the wrong way": (PM25, PM25.replace("2013: 108", "2013: 80"), "the way that falling says"),
    "trajectory that says it rises": (PM25, PM25.replace("}}", "}, falling: false}"), "the way that falling says"),
    "cut without base year": (COD, "{kind: cut, value: 14.8, year: 2015}", "needs its base_year"),
    "cut without year": (COD, "{kind: cut, value: 14.8, base_year: 2010}", "needs a year"),
    "cut against a later year": (
        COD,
        COD.replace("year: 2015", "year: 2015").replace("2010", "2015"),
        "does not lie before",
    ),
    "cut against another base": (COD, COD.replace("2010", "2009"), "not that of the measure (2010)"),
    "cut that is no cut": (COD, "{kind: at_least, value: 14.8}", "go together"),
    "cut of more than all": (COD, COD.replace("14.8", "114.8"), "beyond 100"),
    "reference without points": (REFERENCE, "", "no points of reference"),
    "base year without effect": (
        "{kind: above, value: 30}",
        "{kind: above, value: 30, base_year: 2010}",
        "no effect",
    ),
    "points without effect": ("{kind: above, value: 30}", "{kind: above, value: 30, points: {2014: 3}}", "no effect"),
    "every without effect": (COD, COD.replace("}", ", every: period}"), "no effect"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_target_that_cannot_be_judged_as_written_is_refused(name: str, broken_plan: Broken) -> None:
    old, new, words = CHANGES[name]
    said, place = broken_plan("indicators.yaml", old, new)
    assert words in said
    number = int(place.split(":")[1])
    lines = {int(one.split(":")[1]) for one in said.splitlines()}
    assert any(abs(line - number) <= 4 for line in lines), (place, said)


def test_a_reference_without_source_is_refused(broken_plan: Broken) -> None:
    line = next(one for one in _shipped() if one.strip().startswith("source: {zh: 质检总局"))
    assert "need a source" in broken_plan("indicators.yaml", line, "")[0]


def _shipped() -> list[str]:
    path = SHIPPED / "plans" / "zhengzhou-2014" / "indicators.yaml"
    return path.read_text(encoding="utf-8").splitlines(keepends=True)
