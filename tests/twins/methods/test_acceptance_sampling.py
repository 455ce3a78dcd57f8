import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.methods.acceptance_sampling import (
    AttributesPlan,
    Risks,
    acceptance,
    course,
    find_attributes_plan,
    single_plan,
)

KINDS = st.sampled_from(["binomial", "poisson", "hypergeom"])


@st.composite
def plans(draw: st.DrawFn) -> AttributesPlan:
    """Draw a plan of one to three small samples that decides at the last."""
    stages = draw(st.integers(1, 3))
    n = [draw(st.integers(2, 6)) for _ in range(stages)]
    c = [draw(st.integers(0, 1))]
    for _ in range(stages - 1):
        c.append(c[-1] + draw(st.integers(0, 2)))
    last = min(c[-1], sum(n))
    c = [min(one, last) for one in c]
    c = [min(one, sum(n[: place + 1])) for place, one in enumerate(c)]
    r = [draw(st.integers(one + 2, one + 3)) for one in c[:-1]] + [c[-1] + 1]
    r = [min(one, r[-1]) for one in r]
    if any(above < below + 2 for above, below in zip(r[:-1], c[:-1], strict=True)):
        return single_plan(n[0], min(c[-1], n[0]))
    return AttributesPlan(tuple(n), tuple(c), tuple(sorted(r)))


def chance(kind: str, n: int, x: int, quality: Fraction, lot: int, found: int, taken: int) -> float:
    """Return the chance of x in the next n, from counting."""
    if kind == "binomial":
        return float(math.comb(n, x) * quality**x * (1 - quality) ** (n - x)) if x <= n else 0.0
    if kind == "poisson":
        mean = float(n * quality)
        return math.exp(-mean) * mean**x / math.factorial(x)
    bad = round(float(quality) * lot) - found
    good = lot - taken - bad
    if x > bad or n - x > good or x > n:
        return 0.0
    return float(Fraction(math.comb(bad, x) * math.comb(good, n - x), math.comb(lot - taken, n)))


def slow_acceptance(plan: AttributesPlan, quality: Fraction, kind: str, lot: int) -> tuple[float, float]:
    """Return the chance to accept and the average sample number, path by path."""
    accepted = inspected = 0.0
    most = max(plan.r)
    for stage in range(len(plan.n)):
        for path in product(range(most + 1), repeat=stage + 1):
            sums = [sum(path[: place + 1]) for place in range(stage + 1)]
            if any(not plan.c[place] < sums[place] < plan.r[place] for place in range(stage)):
                continue
            weight = 1.0
            for place, x in enumerate(path):
                weight *= chance(kind, plan.n[place], x, quality, lot, sums[place] - x, sum(plan.n[:place]))
            if sums[-1] <= plan.c[stage]:
                accepted += weight
    for stage in range(len(plan.n)):
        reached = 1.0 if stage == 0 else 0.0
        for path in product(range(most + 1), repeat=stage):
            sums = [sum(path[: place + 1]) for place in range(stage)]
            if stage and all(plan.c[place] < sums[place] < plan.r[place] for place in range(stage)):
                weight = 1.0
                for place, x in enumerate(path):
                    weight *= chance(kind, plan.n[place], x, quality, lot, sums[place] - x, sum(plan.n[:place]))
                reached += weight
        inspected += plan.n[stage] * reached
    return accepted, inspected


@given(plans(), st.integers(0, 40), KINDS)
@settings(deadline=None, max_examples=60)
def test_a_plan_accepts_as_counting_every_path_says(plan: AttributesPlan, bad: int, kind: str) -> None:
    quality = Fraction(bad, 40)
    found = course(plan, [float(quality)], kind, 40)
    accepted, inspected = slow_acceptance(plan, quality, kind, 40)
    assert found.accept[0] == pytest.approx(accepted, abs=1e-12)
    assert found.asn[0] == pytest.approx(inspected, abs=1e-10)


@given(
    st.floats(0.005, 0.2),
    st.floats(0.02, 0.3),
    st.sampled_from([0.01, 0.05, 0.1]),
    st.sampled_from([0.05, 0.1]),
    KINDS,
)
@settings(deadline=None, max_examples=40)
def test_no_smaller_plan_keeps_both_risks(p1: float, further: float, alpha: float, beta: float, kind: str) -> None:
    risks = Risks(p1, alpha, p1 + further, beta)
    lot = 400 if kind == "hypergeom" else 0
    plan = find_attributes_plan(risks, kind, lot)
    n, c = plan.n[0], plan.c[0]

    def keeps(size: int, number: int) -> bool:
        good, bad = acceptance(single_plan(size, number), [risks.p1, risks.p2], kind, lot)
        return bool(good >= 1 - alpha and bad <= beta)

    assert keeps(n, c)
    for size in {max(1, n - 1), max(1, n - 2), max(1, n // 2)} - {n}:
        assert not any(keeps(size, number) for number in range(min(size, c + 2) + 1))
