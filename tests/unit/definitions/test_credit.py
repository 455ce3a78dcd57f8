"""A credit scheme that cannot be scored is refused, with the file and the line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qualicity.definitions.catalogue import SHIPPED, catalogue, load_catalogue
from qualicity.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "enterprise-credit-self-designed.yaml"
TEXT = (SHIPPED / "credit" / NAME).read_text(encoding="utf-8")


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[str, str], str]:
    """Return what is said of the shipped scheme with one text replaced, and see that its line is named."""

    def say(before: str, after: str) -> str:
        assert before in TEXT
        changed = TEXT.replace(before, after, 1)
        (tmp_path / "credit").mkdir(exist_ok=True)
        (tmp_path / "credit" / NAME).write_text(changed, encoding="utf-8")
        with pytest.raises(DefinitionError) as caught:
            load_catalogue(SHIPPED, tmp_path)
        assert re.search(rf"{NAME}:\d+: ", caught.value.text.en)
        return caught.value.text.en

    return say


def test_the_shipped_scheme_says_what_is_self_designed() -> None:
    (scheme,) = catalogue().credit.values()
    assert scheme.code.endswith("self-designed")
    assert sum(one.weight for one in scheme.families) == 100
    assert [one.code for one in scheme.classes] == ["A", "B", "C", "D"]
    assert scheme.grades.codes == ("AAA", "AA", "A", "B", "C", "D")
    assert all("自拟" in one.checks.zh for one in scheme.classes)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("event: check_failed\n        points", "event: check_faild\n        points", "did you mean “check_failed”"),
        ("register: spot_check_batches", "register: spot_check_batch", "did you mean “spot_check_batches”"),
        ("day: concluded_on", "day: concluded", "did you mean “concluded_on”"),
        ("day: concluded_on", "day: product", "of type text"),
        ("when: {conclusion: qualified}", "when: {conclusion: qualifed}", "did you mean “qualified”"),
        ("when: {severity: heavy}", "when: {severity: grave}", "code of column “severity”"),
        ("when: {severity: heavy}", "when: {gravity: heavy}", "“gravity”"),
        ("weight: 40", "weight: 41", "add up to 101"),
        ("points: -25", "points: 0", "of no points"),
        ("fade: {how: half_life, years: 1}", "fade: {how: half_life}", "needs years"),
        ("fade: {how: never}", "fade: {how: never, years: 2}", "takes no years"),
        ("most: 70", "most: 7", "less than what one event gives"),
        ("worst: D", "worst: E", "there is no class “E”"),
        ("at_least: 65", "at_least: 85", "from the best down"),
        ("from: AA", "from: B", "rises go step by step"),
        ("feed: listings", "feed: listing", "listings"),
        ("    feed: listings", "    feed: listings\n    register: enterprises", "one of them"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_and_named(
    refused: Callable[[str, str], str], before: str, after: str, said: str
) -> None:
    assert said in refused(before, after)


def test_a_source_that_nothing_uses_is_refused(refused: Callable[[str, str], str]) -> None:
    assert "used by nothing" in refused("event: award\n        points", "event: standard\n        points")


def test_ranges_of_bar_codes_do_not_overlap(tmp_path: Path) -> None:
    text = (SHIPPED / "codes.yaml").read_text(encoding="utf-8").replace("first: 692", "first: 691")
    (tmp_path / "codes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_catalogue(SHIPPED, tmp_path)
    assert "overlaps" in caught.value.text.en
