"""The draw of a spot check: repeatable by anybody from the published seed, with the chance of each unit known.

监督抽查的抽取：任何人凭公布的种子都能重抽一遍，每个对象被抽中的概率已知。
"""

import hashlib
from collections import Counter
from itertools import pairwise

import pytest

from qualicity.errors import InputError, NotPossibleError, Text
from qualicity.methods.drawing import WHOLE, Unit, assign_inspectors, chances, simple, stratified, weighted

TITLE = Text(zh="双随机抽取及其重抽", en="Double-random draws, and drawing them again")

FRAME = [f"MOCK{number:03d}" for number in range(1, 41)]
PUBLISHED_SIMPLE = ["MOCK035", "MOCK020", "MOCK012", "MOCK026", "MOCK019"]
PUBLISHED_WEIGHTED = ["MOCK004", "MOCK040", "MOCK020", "MOCK003", "MOCK002", "MOCK035"]


def test_a_citizen_draws_again_with_a_few_lines() -> None:
    """SHA-256 of "seed|key" gives each key its number; the lowest are drawn. Nothing else is needed.

    对“种子|编号”计算 SHA-256，按十六进制文本从小到大排列，取最前面的若干个；除此之外不需要任何东西。
    """
    numbered = sorted((hashlib.sha256(f"2014-06-30|{key}".encode()).hexdigest(), key) for key in FRAME)
    again = [key for _, key in numbered[:5]]
    assert again == [one.key for one in simple(FRAME, 5, "2014-06-30").drawn]
    # The published list of this seed: it stays the same on every machine and in every version.
    assert again == PUBLISHED_SIMPLE


def test_a_citizen_draws_a_weighted_sample_again() -> None:
    """Lay the keys end to end, each as long as its published chance; a mark at the start and at every whole after it.

    Start: the first 15 hexadecimal digits of SHA-256 of "seed||stratum", modulo 10^9.

    把各编号按公布的概率（十亿分之一为单位）首尾相接；起点为“种子||层”之 SHA-256 前 15 位十六进制数对 10^9 取余，
    此后每隔 10^9 做一个记号，记号落在谁身上就抽中谁。
    """
    units = [Unit(key, "food", 1.0 + place % 7) for place, key in enumerate(FRAME)]
    draw = weighted(units, {"food": 6}, 20140630)
    order = sorted(FRAME, key=lambda key: hashlib.sha256(f"20140630|{key}".encode()).hexdigest())
    mark = int(hashlib.sha256(b"20140630||food").hexdigest()[:15], 16) % 10**9
    again, end = [], 0
    for key in order:
        end += draw.chances[key]
        if end > mark:
            again.append(key)
            mark += 10**9
    assert again == [one.key for one in draw.drawn]
    assert again == PUBLISHED_WEIGHTED


def test_the_frame_is_fixed_before_the_seed() -> None:
    """The digest of the frame is published first: whoever adds a key afterwards is found out.

    名单的摘要先于种子公布：事后增减任何一个编号，摘要就对不上。
    """
    draw = simple(FRAME, 5, "a")
    lines = "".join(f"{key}||125000000\n" for key in sorted(FRAME))
    assert draw.frame_digest == hashlib.sha256(lines.encode()).hexdigest()
    assert draw.frame_digest == simple(FRAME[::-1], 5, "b").frame_digest
    assert draw.frame_digest != simple([*FRAME, "MOCK041"], 5, "a").frame_digest


def test_the_order_of_the_frame_does_not_matter() -> None:
    """The same units in any order give the same draw.

    名单的排列次序不影响抽取结果。
    """
    assert simple(FRAME, 8, 7).drawn == simple(sorted(FRAME, reverse=True), 8, 7).drawn
    units = [Unit(key, key[-1], 1.0 + place % 5) for place, key in enumerate(FRAME)]
    sizes = dict.fromkeys("0123456789", 2)
    assert weighted(units, sizes, 7).drawn == weighted(units[::-1], sizes, 7).drawn
    assert stratified(units, sizes, 7).drawn == stratified(units[::-1], sizes, 7).drawn


def test_chances_follow_the_weights_between_floor_and_ceiling() -> None:
    """Two of ten with weights 0, 1 … 1, 100: the first keeps a fifth of the equal chance, the last meets the ceiling.

    十个对象抽两个，权重为 0、八个 1 和 100：权重为 0 者保底为平均概率的五分之一（0.04），权重为 100 者封顶 0.9，
    其余平分剩下的 1.06。
    """
    found = [one / WHOLE for one in chances([0, *[1] * 8, 100], 2)]
    assert found == pytest.approx([0.04, *[1.06 / 8] * 8, 0.9])
    assert sum(chances([0, *[1] * 8, 100], 2)) == 2 * WHOLE


def test_nobody_is_certain_unless_said_so() -> None:
    """However large a weight, its chance stays at the ceiling; with a ceiling of 1 it may be certain.

    权重再大，被抽中的概率也不超过上限；只有明确把上限设为 1，才可能必抽。
    """
    assert max(chances([1] * 99 + [10**6], 10)) == 0.9 * WHOLE
    assert max(chances([1] * 99 + [10**6], 10, ceiling=1.0)) == WHOLE


def test_each_unit_is_drawn_as_often_as_its_chance_says() -> None:
    """Over 4 000 seeds each unit is drawn as often as its chance promises, within four standard errors.

    用 4000 个种子重复抽取，每个对象被抽中的频率与其概率相符（四倍标准误以内）。
    """
    units = [Unit(f"k{place}", "", float(place + 1)) for place in range(12)]
    times = Counter(one.key for seed in range(4000) for one in weighted(units, {"": 4}, seed).drawn)
    promised = weighted(units, {"": 4}, 0).chances
    for unit in units:
        chance = promised[unit.key] / WHOLE
        assert abs(times[unit.key] / 4000 - chance) < 4 * (chance * (1 - chance) / 4000) ** 0.5


def test_inspectors_are_drawn_evenly_and_never_against_a_conflict() -> None:
    """Thirty targets, six inspectors, two each: ten visits for everybody, and none where a conflict stands.

    三十个对象、六名检查人员、每处两人：每人恰好十次，有利害关系的一次也没有。
    """
    targets = FRAME[:30]
    people = [f"inspector-{letter}" for letter in "ABCDEF"]
    conflicts = {target: {people[place % 3]} for place, target in enumerate(targets)}
    pairs = assign_inspectors(targets, people, "seed", excluded=conflicts)
    assert [pair.target for pair in pairs] == targets
    assert all(len(set(pair.inspectors)) == 2 for pair in pairs)
    assert not any(set(pair.inspectors) & conflicts[pair.target] for pair in pairs)
    assert set(Counter(one for pair in pairs for one in pair.inspectors).values()) == {10}


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    """More than the frame holds, a repeated key, a stratum without a number, a target without two inspectors.

    数量超过名单、编号重复、层没有写明数量、回避后不足两名检查人员：都明确拒绝并说明原因。
    """
    with pytest.raises(NotPossibleError, match="holds 40 units"):
        simple(FRAME, 41, 1)
    with pytest.raises(InputError, match="MOCK001"):
        simple([*FRAME, "MOCK001"], 5, 1)
    with pytest.raises(InputError, match="market"):
        stratified([Unit("a", "shop"), Unit("b", "market")], {"shop": 1}, 1)
    with pytest.raises(NotPossibleError, match="1 inspectors left"):
        assign_inspectors(["t"], ["a", "b"], 1, excluded={"t": {"a"}})


def test_another_seed_gives_another_draw() -> None:
    """Neighbouring seeds share no more than chance would have it.

    相邻的种子抽出的名单互不相干。
    """
    drawn = [frozenset(one.key for one in simple(FRAME, 10, seed).drawn) for seed in range(200)]
    shared = sum(len(one & after) for one, after in pairwise(drawn)) / 199
    assert 2.2 < shared < 2.8
