"""Penalties, rewards, grounds and measures as definitions: a mistake names its place, and what is ours says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.catalogue import SHIPPED, catalogue, load_catalogue
from qualicity.errors import DefinitionError


def refused(tmp_path: Path, name: str, before: str, after: str) -> str:
    text = (SHIPPED / name).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_catalogue(SHIPPED, tmp_path)
    return caught.value.text.en


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("enforcement.yaml", "only: [warning]", "only: [waring]", "there is no kind of penalty “waring”"),
        ("enforcement.yaml", "step: period}", "step: periode}", "there is no step “periode”"),
        ("enforcement.yaml", "laws: [food_sampling]", "laws: [food_samplings]", "there is no law “food_samplings”"),
        ("enforcement.yaml", "text: order-71", "text: order-72", "there are no classes for the text “order-71”"),
        ("enforcement.yaml", "from: 2021-12-01", "from: 2016-12-01", "do not overlap"),
        ("enforcement.yaml", "per_mille: 50", "per_mile: 50", "enforcement.yaml"),
        ("dishonesty/grounds.yaml", "field: drugs", "field: drug", "there is no field “drug”"),
        ("dishonesty/grounds.yaml", "text: order-83", "text: order-84", "there is no text “order-84”"),
        ("dishonesty/grounds.yaml", "code: adulterated", "code: below_standard", "is there twice"),
        ("dishonesty/measures.yaml", "lifting_days: 3", "lifting_day: 3", "measures.yaml"),
    ],
)
def test_a_mistake_is_refused_with_its_place(tmp_path: Path, name: str, before: str, after: str, said: str) -> None:
    assert said in refused(tmp_path, name, before, after)


def test_the_last_class_of_a_text_has_no_conditions(tmp_path: Path) -> None:
    before = "{code: ordinary, title: {zh: 一般, en: Ordinary}, most: {law: penalty_publicity, step: period}}"
    after = before.replace("most:", "vital: true, most:")
    assert "the last class has no conditions" in refused(tmp_path, "enforcement.yaml", before, after)


def test_what_we_made_up_for_the_years_without_a_rule_says_so() -> None:
    known = catalogue()
    assert known.grounds is not None
    assert known.enforcement is not None
    for text in known.grounds.texts:
        own = text.certainty == "self_designed"
        assert all((one.clause == "自拟") == own for one in text.grounds), text.text
    for rules in known.enforcement.rewards:
        assert (rules.certainty == "self_designed") == ("自拟" in rules.title.zh)


def test_every_ground_of_order_44_but_refusing_to_perform_needs_a_heavier_penalty() -> None:
    known = catalogue().grounds
    assert known is not None
    free = [one.code for one in known.of("order-44").grounds if not one.needs_penalty]
    assert free == ["not_performed"]
