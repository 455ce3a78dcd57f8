"""Who inspects whom: drawn from the seed, without conflicts of interest, and as evenly as these allow."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.errors import InputError, NotPossibleError
from qualicity.methods.drawing.numbers import digest_of, order_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Pairing:
    """A target and its inspectors, in the order in which they were drawn."""

    target: str
    inspectors: tuple[str, ...]


def assign_inspectors(
    targets: Sequence[str],
    inspectors: Sequence[str],
    seed: str | int,
    *,
    each: int = 2,
    excluded: Mapping[str, Collection[str]] | None = None,
) -> tuple[Pairing, ...]:
    """Draw ``each`` different inspectors for every target; answer in the order of the targets.

    ``excluded``: for a target the inspectors who must not go there. In the order of the seed each target takes the
    inspectors who have the fewest so far, among equals the lowest ``digest_of(seed, target, inspector)``. Then a
    target is handed from a busier inspector to a freer one, through others if need be, while that evens the load:
    in the end no two loads that could be brought nearer differ by more than one. Refuses where a target has too few
    inspectors left. Source: the handing on is the shortest augmenting path of a flow with convex cost (R. K. Ahuja,
    T. L. Magnanti and J. B. Orlin, Network Flows (1993), chapter 14).
    """
    order = order_of(targets, seed)
    people = order_of(inspectors, seed)
    barred = excluded or {}
    able = {target: [one for one in people if one not in barred.get(target, ())] for target in order}
    _check(able, each)
    chosen: dict[str, list[str]] = {}
    load = dict.fromkeys(people, 0)
    for target in order:
        ranked = sorted(able[target], key=lambda one: (load[one], digest_of(seed, target, one)))
        chosen[target] = ranked[:each]
        for one in chosen[target]:
            load[one] += 1
    _even(chosen, able, load, people)
    return tuple(Pairing(target, tuple(chosen[target])) for target in targets)


def _check(able: Mapping[str, list[str]], each: int) -> None:
    if each < 1:
        raise InputError(
            f"每个对象的检查人员应不少于 1 名，得到 {each}。",
            f"Each target needs one inspector or more, and {each} were asked for.",
        )
    short = [target for target, people in able.items() if len(people) < each]
    if short:
        target = short[0]
        raise NotPossibleError(
            f"“{target}”只剩 {len(able[target])} 名可派的检查人员（回避后），需要 {each} 名；"
            f"共有 {len(short)} 个对象如此。请补充检查人员或核对回避名单。",
            f"“{target}” has {len(able[target])} inspectors left after conflicts of interest, and {each} are needed; "
            f"{len(short)} targets are so. Add inspectors, or look at the list of conflicts.",
        )


def _even(
    chosen: dict[str, list[str]], able: Mapping[str, list[str]], load: dict[str, int], people: list[str]
) -> None:
    """Hand targets on while a chain of hand-overs leads from somebody to one who has two fewer."""
    while people:
        freest = min(load.values())
        for busy in sorted((one for one in people if load[one] - freest >= 2), key=lambda one: -load[one]):
            chain = _chain(busy, chosen, able, load)
            if chain:
                break
        else:
            return
        for giver, taker, target in chain:
            chosen[target][chosen[target].index(giver)] = taker
        load[chain[0][0]] -= 1
        load[chain[-1][1]] += 1


def _chain(
    busy: str, chosen: Mapping[str, list[str]], able: Mapping[str, list[str]], load: Mapping[str, int]
) -> list[tuple[str, str, str]]:
    """Return the shortest chain of hand-overs (giver, taker, target) from ``busy`` to one with two fewer, or none."""
    held: dict[str, list[str]] = {}
    for target, pair in chosen.items():
        for one in pair:
            held.setdefault(one, []).append(target)
    came: dict[str, tuple[str, str]] = {}
    waiting = deque([busy])
    while waiting:
        giver = waiting.popleft()
        for target in held.get(giver, ()):
            for taker in able[target]:
                if taker == busy or taker in came or taker in chosen[target]:
                    continue
                came[taker] = (giver, target)
                if load[busy] - load[taker] >= 2:
                    return _walked(busy, taker, came)
                waiting.append(taker)
    return []


def _walked(busy: str, last: str, came: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    chain, taker = [], last
    while taker != busy:
        giver, target = came[taker]
        chain.append((giver, taker, target))
        taker = giver
    return chain[::-1]
