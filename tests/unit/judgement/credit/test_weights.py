"""Other weights: simulated over everybody, proposed by one, adopted by another, in force with the next run."""

from __future__ import annotations

import pytest
from tests.unit.judgement.credit.conftest import MILL, House

from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.judgement.credit import actions, queries

HARD = queries.Weights(families={"supervision": 30, "public": 25}, items={"complaints": -60})


def test_a_simulation_says_who_changes_class_and_changes_nothing(city: House) -> None:
    run = actions.score(by=city["office"])
    found = queries.simulate(HARD, by=city["office"])
    assert found.enterprises == 3
    assert found.changed == found.better + found.worse
    assert sum(sum(row) for _, row in found.matrix) == 3
    # 10.5 + 12 + 0.8×30 + 8 + (75+15-60)% of 25
    (lost,) = [one for one in found.lose if one.uscc == MILL]
    assert (lost.before, lost.after) == (pytest.approx(74.5), pytest.approx(62.0))
    assert (lost.class_before, lost.class_after) == ("B", "C")
    assert queries.latest() == run
    assert not queries.is_due(run)


def test_a_simulation_without_a_run_gives_the_same(city: House) -> None:
    before = queries.simulate(HARD, by=city["office"])
    actions.score(by=city["office"])
    assert queries.simulate(HARD, by=city["office"]).matrix == before.matrix


def test_adopted_weights_take_a_second_person_and_change_the_next_run(city: House) -> None:
    first = actions.score(by=city["office"])
    proposed = actions.propose_weights(weights=HARD, reason="突出社会评价", by=city["office"])
    assert proposed.effect["worse"] >= 1
    with pytest.raises(NotAllowedError):
        actions.adopt_weights(weighting=proposed, by=city["office"])
    assert not queries.is_due(first)
    actions.adopt_weights(weighting=proposed, by=city["office2"])
    assert queries.is_due(first)
    second = actions.score_if_due(by=city["office"])
    assert second is not None
    assert second.weighting_id == proposed.pk
    assert queries.file(MILL, by=city["office"]).score == pytest.approx(62.0)
    with pytest.raises(NotPossibleError):
        actions.reject_weights(weighting=proposed, by=city["office2"])


def test_rejected_weights_change_nothing(city: House) -> None:
    proposed = actions.propose_weights(weights=HARD, reason="突出社会评价", by=city["office"])
    actions.reject_weights(weighting=proposed, by=city["office2"])
    assert queries.scheme()[1] is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"families": {"public": 25}}, "add up to 110"),
        ({"families": {"publik": 25}}, "did you mean “public”"),
        ({"items": {"awards": 99}}, "out of bounds"),
        ({"items": {"awards": "many"}}, "is no number"),
        ({"weights": {}}, "are written as"),
        ([], "are written as"),
        ({}, "nothing would change"),
    ],
)
def test_weights_that_make_no_scheme_are_refused(city: House, given: object, said: str) -> None:
    with pytest.raises(InputError) as caught:
        actions.propose_weights(weights=queries.read_weights(given), reason="试", by=city["office"])
    assert said.lower() in caught.value.text.en.lower()


def test_a_county_neither_simulates_nor_weighs_the_whole_city(city: House) -> None:
    for name in ("county", "mill"):
        with pytest.raises(NotAllowedError):
            queries.simulate(HARD, by=city[name])
        with pytest.raises(NotAllowedError):
            actions.propose_weights(weights=HARD, reason="…", by=city[name])
