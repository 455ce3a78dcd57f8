"""The class of a penalty and the reward for a report, against the slow obvious way."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from qualicity.methods.penalties import Conditions, Facts, grade
from qualicity.methods.rewards import reward

KINDS = st.frozensets(st.sampled_from("abcd"), max_size=3)
MAYBE = st.none() | st.booleans()
FINES = st.integers(0, 100)
FACTS = st.builds(
    Facts, kinds=st.frozensets(st.sampled_from("abcd"), min_size=1, max_size=3), fine=FINES, is_light=st.booleans(),
    is_vital=st.booleans(), is_person=st.booleans(),
)  # fmt: skip
CONDITIONS = st.builds(
    Conditions, only=KINDS, any_of=KINDS, vital=MAYBE, light=MAYBE, most=st.none() | FINES,
    most_person=st.none() | FINES,
)  # fmt: skip


def fails(facts: Facts, one: Conditions) -> list[str]:
    """Return every condition that does not hold, asked one by one."""
    wrong = []
    if one.only and [kind for kind in facts.kinds if kind not in one.only]:
        wrong.append("only")
    if one.any_of and not [kind for kind in one.any_of if kind in facts.kinds]:
        wrong.append("any_of")
    if (one.vital is True and not facts.is_vital) or (one.vital is False and facts.is_vital):
        wrong.append("vital")
    if (one.light is True and not facts.is_light) or (one.light is False and facts.is_light):
        wrong.append("light")
    if facts.is_person and one.most_person is not None and facts.fine > one.most_person:
        wrong.append("most_person")
    if not facts.is_person and one.most is not None and facts.fine > one.most:
        wrong.append("most")
    return wrong


@given(FACTS, st.lists(CONDITIONS, max_size=5))
def test_the_class_is_the_first_of_which_nothing_fails(facts: Facts, classes: list[Conditions]) -> None:
    everything = [*classes, Conditions()]
    found = grade(facts, everything)
    assert not fails(facts, everything[found])
    assert all(fails(facts, one) for one in everything[:found])


@given(
    taken=st.integers(0, 10**12), per_mille=st.integers(1, 1000), floor=st.integers(0, 10**6),
    more=st.integers(0, 10**9),
)  # fmt: skip
def test_the_reward_is_the_middle_one_of_floor_share_and_cap(
    taken: int, per_mille: int, floor: int, more: int
) -> None:
    cap = floor + more
    share = int(Fraction(taken) * per_mille / 1000)
    assert reward(taken=taken, per_mille=per_mille, floor=floor, cap=cap).amount == sorted((floor, share, cap))[1]
