"""What follows a spot check, as a definition: it points at what is there, and a mistake names its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.catalogue import SHIPPED, catalogue, load_catalogue
from qualicity.errors import DefinitionError

SHIPPED_TEXT = (SHIPPED / "aftermath.yaml").read_text(encoding="utf-8")


def own(tmp_path: Path, before: str, after: str) -> str:
    assert before in SHIPPED_TEXT
    (tmp_path / "aftermath.yaml").write_text(SHIPPED_TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_catalogue(SHIPPED, tmp_path)
    return caught.value.text.en


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("case_type: product_failure", "case_type: product_failures", "aftermath.yaml:6: there is no case type"),
        ("order-133: 第35条", "order-134: 第35条", "there is no text “order-134”"),
        ("step: publish", "step: published", "there is no step “published”"),
        ("law: food_sampling", "law: food_samplings", "there is no law “food_samplings”"),
        ("code: microbes", "code: microbe", "aftermath.yaml"),
        ("failing_items, maker", "failing_items, telephone, maker", "aftermath.yaml"),
    ],
)
def test_a_mistake_is_refused_with_its_place(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert said in own(tmp_path, before, after)


def test_a_notice_of_food_shows_what_the_measures_name_and_of_whom_nothing_private() -> None:
    found = catalogue().aftermath
    assert found is not None
    food = found.family("food_sampling")
    assert food is not None
    named = {"product", "specification", "brand", "batch", "failing_items", "maker", "sampled_unit"}
    assert named <= set(food.part("result").failed)
    assert "failing_items" not in food.part("result").passed
    for family in found.families:
        for part in family.public:
            assert part.shown.certainty == "unverified", "no law sets the period; it must not look as if one did"
    assert found.family("no_such_law") is None
