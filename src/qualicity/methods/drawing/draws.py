"""Draws without replacement that anybody can repeat: simple, stratified, or with chance by a weight."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.errors import InputError, NotPossibleError
from qualicity.methods.drawing.chances import WHOLE, chances, equal_chances
from qualicity.methods.drawing.numbers import frame_digest, number_below, order_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Unit:
    """One entry of the frame: its key (unique, without a bar), its stratum, its weight for a weighted draw."""

    key: str
    stratum: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One unit that was drawn: its place in the draw from 1 on and its chance to be drawn, in billionths."""

    place: int
    key: str
    stratum: str
    billionths: int

    @property
    def chance(self) -> float:
        """Return the inclusion probability π, over 0 and up to 1."""
        return self.billionths / WHOLE

    @property
    def weight(self) -> float:
        """Return the design weight 1/π: the number of units of the frame that this one stands for."""
        return WHOLE / self.billionths


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw: who was drawn, in order; the chance of every unit of the frame, in billionths; the frame's digest.

    ``frame_digest`` is SHA-256 over the lines ``key|stratum|billionths`` of all units (see ``numbers.frame_digest``).
    """

    seed: str
    drawn: tuple[Drawn, ...]
    chances: Mapping[str, int]
    frame_digest: str


def simple(keys: Iterable[str], n: int, seed: str | int) -> Draw:
    """Draw n keys, each set of n as likely as any other: the n first in the order of ``numbers.order_of``.

    Source: C.-E. Särndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling (1992), 3.3 (the drawing by
    random numbers that are sorted).
    """
    return stratified((Unit(key) for key in keys), {"": n}, seed)


def stratified(units: Iterable[Unit], sizes: Mapping[str, int], seed: str | int) -> Draw:
    """Draw in each stratum the number that ``sizes`` names, by ``simple`` within it; the strata in their order there.

    A stratum of the frame that ``sizes`` does not name has no chance at all, and is refused: name it with 0.
    """
    strata = _strata(units, sizes)
    found: list[Drawn] = []
    known: dict[str, int] = {}
    for stratum, n in sizes.items():
        order = order_of((unit.key for unit in strata[stratum]), seed)
        with _named(stratum):
            odds = dict(zip(order, equal_chances(len(order), n), strict=True))
        found += [Drawn(len(found) + place, key, stratum, odds[key]) for place, key in enumerate(order[:n], 1)]
        known |= odds
    return _draw(seed, found, known, strata)


def weighted(
    units: Iterable[Unit], sizes: Mapping[str, int], seed: str | int, *, floor: float = 0.2, ceiling: float = 0.9
) -> Draw:
    """Draw in each stratum the number that ``sizes`` names, with chances in proportion to the weights.

    The chances are those of ``chances.chances`` (never under ``floor`` times the equal one, never over ``ceiling``).
    The units of a stratum are laid end to end in the order of ``numbers.order_of``, each as long as its chance; from
    a start of ``number_below(10**9, seed, "", stratum)`` billionths one mark is set each whole: a unit on which a
    mark falls is drawn. Each unit is drawn with exactly its chance, and exactly n are drawn.
    Source: W. G. Madow, Annals of Mathematical Statistics 20 (1949) 333-354; H. O. Hartley and J. N. K. Rao, the
    same 33 (1962) 350-374 (random order).
    """
    strata = _strata(units, sizes)
    found: list[Drawn] = []
    known: dict[str, int] = {}
    for stratum, n in sizes.items():
        held = sorted(strata[stratum], key=lambda unit: unit.key)
        with _named(stratum):
            shares = chances([unit.weight for unit in held], n, floor=floor, ceiling=ceiling)
        odds = {unit.key: share for unit, share in zip(held, shares, strict=True)}
        order = order_of((unit.key for unit in held), seed)
        marked = _marked(order, odds, number_below(WHOLE, seed, "", stratum))
        found += [Drawn(len(found) + place, key, stratum, odds[key]) for place, key in enumerate(marked, 1)]
        known |= odds
    return _draw(seed, found, known, strata)


def _marked(order: list[str], odds: Mapping[str, int], start: int) -> list[str]:
    """Return the keys on which a mark falls: at the start and at every whole after it."""
    marked, end, mark = [], 0, start
    for key in order:
        end += odds[key]
        if mark < end:
            marked.append(key)
            mark += WHOLE
    return marked


@contextmanager
def _named(stratum: str) -> Iterator[None]:
    """Let an error say in which stratum it arose."""
    try:
        yield
    except (InputError, NotPossibleError) as error:
        if not stratum:
            raise
        raise type(error)(f"层“{stratum}”：{error.text.zh}", f"Stratum “{stratum}”: {error.text.en}") from error


def _strata(units: Iterable[Unit], sizes: Mapping[str, int]) -> dict[str, list[Unit]]:
    strata: defaultdict[str, list[Unit]] = defaultdict(list)
    seen: set[str] = set()
    for unit in units:
        if not unit.key:
            raise InputError("名单中有对象没有编号。", "A unit of the frame has no key.")
        if unit.key in seen:
            raise InputError(
                f"编号“{unit.key}”在名单中出现不止一次，请先去重。",
                f"The key “{unit.key}” stands in the frame more than once: take the repeats out first.",
            )
        seen.add(unit.key)
        strata[unit.stratum].append(unit)
    missing = sorted(set(strata) - set(sizes))
    if missing:
        raise InputError(
            f"层“{missing[0]}”没有写明抽取数量；不抽的层请写 0。",
            f"How many to draw is not said for the stratum “{missing[0]}”: say 0 where none is to be drawn.",
        )
    return {stratum: strata.get(stratum, []) for stratum in sizes}


def _draw(seed: str | int, found: list[Drawn], known: dict[str, int], strata: dict[str, list[Unit]]) -> Draw:
    lines = (f"{unit.key}|{stratum}|{known[unit.key]}" for stratum, held in strata.items() for unit in held)
    return Draw(seed=str(seed), drawn=tuple(found), chances=known, frame_digest=frame_digest(lines))
