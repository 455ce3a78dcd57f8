"""What the laws ask of whoever takes a sample, as a definition: it points at what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.catalogue import SHIPPED, catalogue, load_catalogue
from qualicity.errors import DefinitionError

SHIPPED_TEXT = (SHIPPED / "field_work.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("law: food_sampling", "law: food_samplings", "there is no law “food_samplings”"),
        ("text: order-133\n", "text: order-134\n", "there is no text “order-134”"),
        ("deliver: deliver_sample", "deliver: deliver_samples", "there is no step “deliver_samples”"),
        ("      trial: 第18条第5项", "      trail: 第18条第5项", "there is no state of goods “trail”"),
        ("code: for_sale", "code: on_sale", "there is no state of goods “for_sale”"),
        ("samplers: 2", "samplers: 0", "field_work.yaml"),
        ("samplers: 2", "sampler: 2", "field_work.yaml"),
    ],
)
def test_a_mistake_is_refused_with_its_place(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in SHIPPED_TEXT
    (tmp_path / "field_work.yaml").write_text(SHIPPED_TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_catalogue(SHIPPED, tmp_path)
    assert said in caught.value.text.en


@pytest.mark.parametrize("law", ["product_spot_checks", "food_sampling"])
def test_every_text_of_the_laws_of_spot_checks_has_its_rules(law: str) -> None:
    found = catalogue().field_work
    assert found is not None
    for text in catalogue().laws[law].texts:
        rules = found.of(law, text.code)
        assert rules is not None, text.code
        assert rules.samplers == 2
        assert "trial" in rules.barred


def test_the_boxes_of_the_places_lie_within_the_citys() -> None:
    places = [one for one in catalogue().plans["zhengzhou-2014"].places if one.extent]
    west, south, east, north = next(one.extent for one in places if one.kind == "city" and one.extent)
    assert len(places) == 13
    for one in places:
        assert one.extent is not None
        assert west <= one.extent[0] < one.extent[2] <= east, one.code
        assert south <= one.extent[1] < one.extent[3] <= north, one.code
