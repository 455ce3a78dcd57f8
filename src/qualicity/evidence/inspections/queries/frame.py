"""The frame of a draw: who may be drawn for each line of a plan, with which weight, and who is left out, why."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl
from django.db.models import Q

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import FileError, NotPossibleError
from qualicity.evidence.inspections.models import Target
from qualicity.evidence.inspections.queries import risk
from qualicity.evidence.inspections.queries.repeats import checked_lately
from qualicity.evidence.submissions import queries as registers
from qualicity.methods.drawing import Unit, frame_digest, proportional

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from qualicity.evidence.inspections.models import CheckPlan, PlanLine
    from qualicity.evidence.inspections.queries.weighing import Weights

REASONS = ("closed", "not_yet_registered", "already_drawn", "checked_lately")
"""Why an enterprise is left out, in the order in which it is asked."""
FINE = 10**6
_LINE = re.compile(r"^(\d+)\|([^|\n]*)\|([^|\n]*)\|(\d+(?:\.\d+)?(?:e[+-]?\d+)?)$")


@dataclass(frozen=True, slots=True)
class LineFrame:
    """The frame of one line: its units with their strata, and how many are drawn in each stratum."""

    line: int
    units: tuple[Unit, ...]
    sizes: Mapping[str, int]

    @property
    def to_draw(self) -> int:
        """Return how many are drawn."""
        return sum(self.sizes.values())


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a whole draw, and how it is drawn from.

    ``method`` is how it is drawn in fact: without a risk model in force, a plan weighted by risk is stratified.
    """

    plan: str
    method: str
    release: str
    lines: tuple[LineFrame, ...]
    left_out: Mapping[int, Mapping[str, int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return how many entries there are, one enterprise counted once for each line."""
        return sum(len(one.units) for one in self.lines)

    def listing(self) -> list[str]:
        """Return the frame as it is published, sorted: ``line|stratum|enterprise|weight``; without an enterprise, how
        many are drawn in the stratum.
        """
        rows = [f"{one.line}|{stratum}||{n}" for one in self.lines for stratum, n in one.sizes.items()]
        rows += [f"{one.line}|{unit.stratum}|{unit.key}|{unit.weight:g}" for one in self.lines for unit in one.units]
        return sorted(rows)

    def digest(self) -> str:
        """Return SHA-256 over the listing: that of the file that is given out."""
        return frame_digest(self.listing())

    def file(self) -> bytes:
        """Return the listing as a file."""
        return "".join(f"{row}\n" for row in self.listing()).encode()


def frame_of(plan: CheckPlan, *, on: date, anew: bool = False) -> Frame:
    """Return what a plan is drawn from on a day: for what is missing; ``anew`` for all, as if nothing was drawn."""
    lines = list(plan.lines.all())
    if not lines:
        raise NotPossibleError(
            f"计划“{plan.code}”还没有任何抽查项，无从抽取。请先添加。",
            f"The plan “{plan.code}” has no lines, so there is nothing to draw. Add some first.",
        )
    weights = risk.risk_weights(on=on) if plan.method == "risk" else None
    method = plan.method if weights or plan.method != "risk" else "stratified"
    drawn, standing = _drawn(plan, anew)
    lately = checked_lately(plan, {one.product for one in lines if one.stage == "production"}, on=on)
    known = _known(plan, lines, on)
    left_out: dict[int, dict[str, int]] = {}
    frames = []
    for line in lines:
        barred = lately.get(line.product, frozenset()) if line.stage == "production" else frozenset()
        found, why = _sifted(known[line.number], on=on, drawn=drawn[line.product], lately=barred)
        left_out[line.number] = {reason: why[reason] for reason in REASONS if why[reason]}
        frames.append(_line_frame(line, found, max(0, line.count - standing[line.pk]), method, weights))
    return Frame(plan.code, method, weights.release if weights else "", tuple(frames), left_out)


@dataclass(frozen=True, slots=True)
class _Known:
    """An enterprise as the registry has it."""

    uscc: str
    place: str
    registered_on: date | None
    closed_on: date | None


def _drawn(plan: CheckPlan, anew: bool) -> tuple[Mapping[str, set[str]], Counter[int]]:
    """Return who was drawn already, by product, and how many targets stand, by the key of the line."""
    drawn: defaultdict[str, set[str]] = defaultdict(set)
    standing: Counter[int] = Counter()
    if not anew:
        found = Target.objects.filter(line__plan=plan).order_by()
        for product, enterprise, state, line in found.values_list("line__product", "enterprise", "state", "line"):
            drawn[product].add(enterprise)
            standing[line] += state not in ("not_found", "no_goods", "refused")
    return drawn, standing


def _known(plan: CheckPlan, lines: Sequence[PlanLine], on: date) -> dict[int, list[_Known]]:
    """Return the enterprises of each line, in business or not, read from the registry once."""
    bases = {one.number: one for one in bases_of(lines, on=on)}
    wanted = Q(uscc__in=set().union(*(one.licensed for one in bases.values())))
    for prefix in {prefix for one in bases.values() for prefix in one.industries}:
        wanted |= Q(industry__startswith=prefix)
    asked = registry.enterprises().filter(wanted)
    within = {one.number: frozenset(places_of(plan, one)) for one in lines}
    if all(within.values()):
        asked = asked.filter(place__in=set().union(*within.values()))
    found: dict[int, list[_Known]] = {one.number: [] for one in lines}
    columns = ("uscc", "place", "industry", "registered_on", "closed_on")
    asking = [(found[number], within[number], one.industries, one.licensed) for number, one in bases.items()]
    for uscc, place, industry, since, until in asked.values_list(*columns).iterator(chunk_size=10_000):
        known = _Known(uscc, place, since, until)
        for into, places, prefixes, licensed in asking:
            if (not places or place in places) and (uscc in licensed or industry.startswith(prefixes)):
                into.append(known)
    return found


@dataclass(frozen=True, slots=True)
class Basis:
    """By what an enterprise belongs to the frame of a line: its industry, or what it is licensed for."""

    number: int
    industries: tuple[str, ...]
    products: tuple[str, ...] = ()
    licensed: frozenset[str] = frozenset()


def bases_of(lines: Iterable[PlanLine], *, on: date) -> tuple[Basis, ...]:
    """Return by what the frame of each line is made on a day.

    Where a product's makers are told by the register of licences, but that has no rows, the industries serve.
    """
    listed, frames = tuple(lines), catalogue().frames
    names = {
        one.number: narrower.licensed
        for one in listed
        if (narrower := frames.narrowing(one.product, one.stage)) and narrower.licensed
    }
    holders = _holders({name for many in names.values() for name in many}, on) if names else {}
    return tuple(
        Basis(one.number, (), names[one.number], frozenset().union(*(holders.get(n, ()) for n in names[one.number])))
        if holders is not None and one.number in names
        else Basis(one.number, frames.industries(one.product, one.stage))
        for one in listed
    )


def places_of(plan: CheckPlan, line: PlanLine) -> tuple[str, ...]:
    """Return the places of a line; none means all. A county's plan stays within the county."""
    return tuple(line.places) or ((plan.organisation.place,) if plan.organisation.is_local else ())


def _holders(products: Collection[str], on: date) -> dict[str, frozenset[str]] | None:
    """Return who has to hold a licence or certificate on a day, by the product that it is for; None: no register."""
    rows = registers.scan("product_licences")
    if rows is None:
        return None
    latest = (
        rows.filter(pl.col("recorded_on") <= on)
        .select("item", "enterprise", "product", "due_from", "due_until", "recorded_on")
        .sort("recorded_on", maintain_order=True)
        .unique("item", keep="last", maintain_order=True)
        .filter(pl.col("product").is_in(list(products)) & (pl.col("due_from") <= on))
        .filter(pl.col("due_until").is_null() | (pl.col("due_until") >= on))
        .group_by("product")
        .agg(pl.col("enterprise").unique())
        .collect()
    )
    return {product: frozenset(enterprises) for product, enterprises in latest.iter_rows()}


def _sifted(
    known: Iterable[_Known], *, on: date, drawn: Collection[str], lately: Collection[str]
) -> tuple[list[_Known], Counter[str]]:
    """Return who may be drawn, and how many are left out by reason; each is left out for the first that holds."""
    found, why = [], Counter[str]()
    for one in known:
        if one.closed_on is not None and one.closed_on <= on:
            why["closed"] += 1
        elif one.registered_on is not None and one.registered_on > on:
            why["not_yet_registered"] += 1
        elif one.uscc in drawn:
            why["already_drawn"] += 1
        elif one.uscc in lately:
            why["checked_lately"] += 1
        else:
            found.append(one)
    return found, why


def _line_frame(line: PlanLine, found: list[_Known], missing: int, method: str, weights: Weights | None) -> LineFrame:
    """Return the frame of one line, its number shared out over the places.

    Where fewer are drawn than there are places, or the plan asks for it, there is one stratum: all have a chance.
    """
    places = Counter(one.place for one in found)
    n = min(missing, len(found))
    layered = method != "simple" and n >= len(places)
    units = tuple(
        Unit(one.uscc, one.place if layered else "", weights.of(one.uscc) if weights else 1.0) for one in found
    )
    if not layered:
        return LineFrame(line.number, units, {"": n})
    measure: Counter[str] = Counter()
    for unit in units:
        measure[unit.stratum] += round(unit.weight * FINE)
    return LineFrame(line.number, units, proportional(n, dict(sorted(places.items())), measure=measure))


def read_frame(rows: Iterable[str], *, plan: str, method: str, release: str = "") -> Frame:
    """Return the frame that a file gives out; FileError names the first line that is none."""
    units: defaultdict[int, list[Unit]] = defaultdict(list)
    sizes: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for number, stratum, key, value in _parted(rows):
        if key:
            units[number].append(Unit(key, stratum, float(value)))
        else:
            sizes[number][stratum] = int(value)
    lines = tuple(LineFrame(number, tuple(units[number]), sizes[number]) for number in sorted(sizes))
    return Frame(plan, method, release, lines)


def _parted(rows: Iterable[str]) -> Iterator[tuple[int, str, str, str]]:
    for at, row in enumerate(rows, 1):
        found = _LINE.match(row.rstrip("\n"))
        if found is None or not (found[3] or found[4].isdigit()):
            raise FileError(
                f"第 {at} 行不是名单的格式（应为 行号|层|企业|权重）：{row[:60]}",
                f"Line {at} is not a line of a frame (line|stratum|enterprise|weight): {row[:60]}",
            )
        yield int(found[1]), found[2], found[3], found[4]
