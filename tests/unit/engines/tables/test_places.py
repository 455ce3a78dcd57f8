from __future__ import annotations

import pytest

from qualicity.engines.tables.places import Places


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("410122", "410122"),
        ("甲县", "410122"),
        ("甲", "410122"),
        ("某某市甲县", "410122"),
        ("JIA", "410122"),
        ("乙水", "410102"),
        ("airport-zone", "airport-zone"),
        ("航空区", "airport-zone"),
        ("110000", "110000"),
        ("100000", "100000"),
        ("410199", None),
        ("160000", None),
        ("4101", None),
        ("丙县", None),
    ],
)
def test_a_place_is_found_by_code_name_alias_or_as_a_code_outside(
    places: Places, text: str, code: str | None
) -> None:
    assert places.find(text) == code


def test_level_and_belonging_are_known(places: Places) -> None:
    assert [places.level_of(code) for code in ("410100", "410122", "airport-zone", "110101")] == [
        "city",
        "county",
        "zone",
        "outside",
    ]
    assert places.within("airport-zone")
    assert not places.within("110101")
    assert set(places.under("410122")) == {"410122", "airport-zone"}
    assert set(places.under("410100")) == {"410100", "410122", "410102", "airport-zone"}


def test_a_short_name_that_two_places_share_means_neither() -> None:
    from qualicity.definitions.plans import Place

    def place(code: str, zh: str, kind: str) -> Place:
        return Place.model_validate({"code": code, "title": {"zh": zh, "en": code}, "kind": kind, "parent": "410100"})

    places = Places.from_places(
        [place("410122", "新野县", "county"), place("410123", "新野市", "county")], city="410100"
    )
    assert places.find("新野") is None
    assert places.find("新野县") == "410122"
