"""From values to what they mean: change and its significance, ranks, shortfalls by cause, outlook. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from qualicity.definitions.measures import Count, Share, WorstClass
from qualicity.errors import Text
from qualicity.methods import change as changes
from qualicity.methods.change import Change, error_of
from qualicity.methods.decomposition import shortfall
from qualicity.methods.judgement import Status
from qualicity.methods.ranking import ranks
from qualicity.methods.rounding import round_half_even
from qualicity.methods.trend import kendall
from qualicity.publication.reports.queries.facts import Cause, Course, Outlook, PlaceFact

if TYPE_CHECKING:
    from qualicity.definitions.plans import Indicator
    from qualicity.engines.measures.estimates import Estimate
    from qualicity.goals.indicators.queries import IndicatorValue, PartValue, Review

_LESS = frozenset({"at_most", "below", "none_of", "below_reference"})
_EXTENT = Text("含上报数，与上年口径不一", "reported totals are among it, unlike the year before")
_MEMBERS = Text("报送地区与上年不一", "other places reported than the year before")


class Known(Protocol):
    """A value of one place and period with what it was made of."""

    @property
    def value(self) -> float | None: ...  # noqa: D102
    @property
    def low(self) -> float | None: ...  # noqa: D102
    @property
    def high(self) -> float | None: ...  # noqa: D102
    @property
    def numerator(self) -> float | None: ...  # noqa: D102
    @property
    def denominator(self) -> float | None: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102


def wants_less(indicator: Indicator) -> bool:
    """Return whether a lower value is the better one."""
    target = indicator.target
    return target.kind in _LESS or (target.kind in ("trajectory", "unstated") and target.falling)


def change_of(indicator: Indicator, now: Known, before: Known | None) -> tuple[Change | None, Text | None]:
    """Return the change in the indicator's unit, and why the two are no true comparison (None where they are)."""
    if now.value is None or before is None or before.value is None:
        return None, None
    reason = _EXTENT if now.source != before.source else None
    plain = isinstance(indicator.measure, Share) and not (indicator.measure.weight or indicator.measure.stratum)
    if plain and now.low is not None and before.low is not None and now.denominator and before.denominator:
        assert now.numerator is not None
        assert before.numerator is not None
        found = changes.of_rates(now.numerator, now.denominator, before.numerator, before.denominator)
        return _scaled(found, _factor(now)), reason
    errors = error_of(now.low, now.high), error_of(before.low, before.high)
    return changes.of_estimates(now.value, errors[0], before.value, errors[1]), reason


def _factor(known: Known) -> float:
    """Return how the quotient of a rate became its value: 100 for per cent."""
    if not known.numerator or not known.denominator or known.value is None:
        return 100.0
    return known.value * known.denominator / known.numerator


def _scaled(found: Change, factor: float) -> Change:
    low = None if found.low is None else found.low * factor
    high = None if found.high is None else found.high * factor
    return Change(found.difference * factor, low, high, found.p_value)


def course_of(indicator: Indicator, found: Change | None) -> Course | None:
    """Return which way a change runs, as far as it shows in the decimals of the indicator."""
    if found is None:
        return None
    seen = round_half_even(found.difference, indicator.target.decimals)
    if seen == 0.0:
        return "same"
    return "better" if (seen < 0.0) is wants_less(indicator) else "worse"


def places_of(review: Review) -> tuple[tuple[PlaceFact, ...], bool]:
    """Return every place with its change and the ranks it may hold, and whether any two can be told apart."""
    indicator = review.indicator
    known = [one for one in review.places if one.value is not None]
    if not known:
        return (), False
    shown = [round_half_even(one.value or 0.0, indicator.target.decimals) for one in known]
    errors = [error_of(one.low, one.high) for one in known]
    values = [
        exact if error > 0.0 else seen
        for exact, seen, error in zip((one.value or 0.0 for one in known), shown, errors, strict=True)
    ]
    found = ranks(values, errors, falling=wants_less(indicator))
    facts = [
        PlaceFact(one, change_of(indicator, one, review.before.get(one.place))[0], int(best), int(worst))
        for one, best, worst in zip(known, found.best, found.worst, strict=True)
    ]
    return tuple(sorted(facts, key=lambda one: (one.best, one.worst))), found.can_tell


@dataclass(frozen=True, slots=True)
class Piece:
    """One part that a value is made of, before it is known what it contributes."""

    part: str
    title: Text
    numerator: float
    denominator: float
    n: int


def pieces_of_places(found: Sequence[IndicatorValue], names: Mapping[str, Text]) -> list[Piece]:
    """Return the places of a target as parts of the city."""
    return [
        Piece(one.place, names[one.place], one.numerator, one.denominator, one.n)
        for one in found
        if one.numerator is not None and one.denominator
    ]


def pieces_of_parts(found: Sequence[PartValue]) -> list[Piece]:
    """Return the values of a column as parts of the whole."""
    return [
        Piece(one.part, one.title, one.estimate.numerator, one.estimate.denominator, one.estimate.n)
        for one in found
        if one.estimate.numerator is not None and one.estimate.denominator
    ]


def causes_of(review: Review, aim: float, pieces: Sequence[Piece], column: str, title: Text) -> tuple[Cause, ...]:
    """Return what each part carries of the gap between a value and its aim, the largest first.

    For rates, means and indices: weight of the part x (aim - its value); the sum is the gap of all parts together.
    For things of which there ought to be none: how many of them each part has.
    """
    measure, less = review.indicator.measure, wants_less(review.indicator)
    if isinstance(measure, WorstClass) or (isinstance(measure, Count) and less):
        total = sum(one.numerator for one in pieces) or 1.0
        counted = [
            Cause(column, title, one.part, one.title, one.numerator / total, one.numerator, one.n, one.numerator)
            for one in pieces
            if one.numerator
        ]
        return tuple(sorted(counted, key=lambda one: -one.contribution))
    if isinstance(measure, Count) or len(pieces) < 2:
        return ()
    factor = _factor(review.city)
    cut = measure.kind == "cut"
    sizes = np.array([one.denominator for one in pieces])
    hits = np.array([one.denominator - one.numerator if cut else one.numerator for one in pieces])
    scale = 100.0 if cut else factor
    found = shortfall(sizes, hits, aim / scale, falling=less)
    each = zip(pieces, found.weights, found.rates, found.contributions, strict=True)
    causes = [
        Cause(column, title, one.part, one.title, float(weight), float(rate) * scale, one.n, float(part) * scale)
        for one, weight, rate, part in each
    ]
    return tuple(sorted(causes, key=lambda one: -one.contribution))


def gap_of(review: Review, aim: float | None) -> float | None:
    """Return what a value lacks to its aim in the indicator's unit; None where it lacks nothing."""
    value = review.city.value
    if value is None or aim is None:
        return None
    lacking = value - aim if wants_less(review.indicator) else aim - value
    return lacking if lacking > 0.0 else None


def is_near(review: Review, aim: float | None, share: float) -> bool:
    """Return whether a met value stands closer to its aim than a share of it."""
    value = review.city
    if value.value is None or not aim or value.status is not Status.met:
        return False
    margin = aim - value.value if wants_less(review.indicator) else value.value - aim
    return 0.0 < margin <= share * abs(aim)


def outlook_of(indicator: Indicator, quarters: Sequence[float | None], level: float) -> tuple[Outlook, float | None]:
    """Return which way a run of quarters tends (Mann-Kendall), and how likely chance alone would do it."""
    known = np.array([math.nan if one is None else one for one in quarters], dtype=np.float64)
    if int(np.isfinite(known).sum()) < 4:
        return "unknown", None
    found = kendall(known)
    if math.isnan(found.p_value):
        return "steady", None
    if found.p_value >= level:
        return "steady", found.p_value
    falls = found.value < 0.0
    return ("improving" if falls is wants_less(indicator) else "worsening"), found.p_value


def spread_of(estimates: Sequence[Estimate], *, falling: bool) -> tuple[list[tuple[int, int]], bool]:
    """Return the ranks that parts may hold, and whether any two can be told apart."""
    values = [one.value or 0.0 for one in estimates]
    found = ranks(values, [error_of(one.low, one.high) for one in estimates], falling=falling)
    return [(int(best), int(worst)) for best, worst in zip(found.best, found.worst, strict=True)], found.can_tell
