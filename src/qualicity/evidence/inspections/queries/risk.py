"""Reads of the risk model: its releases, the weights for a draw, and why an enterprise has its score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import Text
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.models import RiskRelease
from qualicity.evidence.inspections.queries.risk_features import (
    CHOICES,
    FLAGS,
    LOGARITHMS,
    NUMBERS,
    OF_THE_CHECK,
    TITLES,
    Columns,
    enterprises_on,
)
from qualicity.evidence.inspections.queries.risk_report import Report, model_of, report_of
from qualicity.evidence.inspections.queries.weighing import Weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import numpy.typing as npt
    import polars as pl
    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.methods.risk_scoring import PlainModel


RANKED = 4000
"""About how many enterprises one is ranked among: to score hundreds of thousands for one page would take too long."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release with its model and report."""

    stored: RiskRelease
    model: PlainModel
    report: Report

    @property
    def code(self) -> str:
        """Return its code."""
        return self.stored.code


@dataclass(frozen=True, slots=True)
class Part:
    """What one thing known does to the odds of failing: more than 1 raises them, against an average check.

    ``level``: of a place, industry or category which one. ``value``: of a number how much, in its own unit; of what
    is or is not so, 1 or 0.
    """

    title: Text
    level: str
    value: float
    factor: float
    is_flag: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """The score of one enterprise on a day, the share of all enterprises that score lower, and its parts."""

    uscc: str
    name: str
    day: date
    score: float
    average: float
    rank: float
    parts: tuple[Part, ...]


def risk_releases(*, by: Person) -> QuerySet[RiskRelease]:
    """Return every release, the latest first."""
    accounts.check(by, permissions.READ)
    return RiskRelease.objects.select_related("made_by", "switched_by")


def risk_release(code: str, *, by: Person) -> Release:
    """Return one release with its model and report."""
    found = risk_releases(by=by).filter(code=code).first()
    if found is None:
        raise permissions.not_there(code)
    return _whole(found)


def risk_release_to_show(*, by: Person) -> Release | None:
    """Return the release in use, else the latest; None where there is none yet."""
    found = risk_releases(by=by).order_by("-in_use", "-made_at", "-id").first()
    return _whole(found) if found else None


def risk_weights(*, on: date) -> Weights | None:
    """Return what a draw on a day is weighted by; None while no release is in use.

    Within a line of a plan all have the same product and stage, so that only what differs between enterprises counts.
    """
    found = RiskRelease.objects.filter(in_use=True).first()
    if found is None:
        return None
    model = model_of(found.model)
    frame = enterprises_on(on)
    scores = _scores(model, frame)
    codes = frame["uscc"].to_list()
    return Weights(found.code, dict(zip(codes, scores.tolist(), strict=True)), float(special.expit(model.base)))


def risk_explanation(uscc: str, *, release: Release, on: date, by: Person) -> Explanation:
    """Return why an enterprise has its score on a day; the parts multiply to its odds, the strongest first."""
    accounts.check(by, permissions.READ)
    enterprise = registry.enterprise(uscc)
    frame = enterprises_on(on, only=enterprise.uscc, every=max(1, registry.enterprises().count() // RANKED))
    scores = _scores(release.model, frame)
    place = frame["uscc"].to_list().index(enterprise.uscc)
    values, odds = _parts(release.model, frame[place : place + 1])
    grouped = _grouped(release.model.names, values[0], odds[0])
    return Explanation(
        uscc=enterprise.uscc,
        name=enterprise.name,
        day=on,
        score=float(scores[place]),
        average=float(special.expit(release.model.base)),
        rank=float(np.mean(scores < scores[place])),
        parts=tuple(sorted(grouped, key=lambda part: -abs(np.log(part.factor)))),
    )


def risk_lines(model: PlainModel) -> tuple[Part, ...]:
    """Return every line of a model, the strongest first: by what it multiplies the odds.

    Of a flag, place, industry or category: where it is set. Of a number: where it is higher by its usual spread.
    """
    found = []
    for name, scale, coefficient in zip(model.names, model.scale, model.coefficients, strict=True):
        feature, _, level = name.partition("=")
        found.append(Part(TITLES[feature], level, scale, float(np.exp(coefficient))))
    return tuple(sorted(found, key=lambda part: -abs(np.log(part.factor))))


def _whole(found: RiskRelease) -> Release:
    return Release(found, model_of(found.model), report_of(found.report))


def _columns_of(model: PlainModel) -> Columns:
    return Columns(
        {one: tuple(name.partition("=")[2] for name in model.names if name.startswith(f"{one}=")) for one in CHOICES}
    )


def _parts(model: PlainModel, frame: pl.DataFrame) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the values of enterprises and what each adds to the log-odds; what belongs to the check adds nothing."""
    missing = [name for name in (*NUMBERS, *FLAGS, *CHOICES) if name not in frame.columns]
    filled = frame.with_columns(**{name: (None if name in CHOICES else 0.0) for name in missing})
    values = _columns_of(model).values(filled)
    values = np.where(np.isnan(values), np.array(model.centre), values)  # what is not known adds nothing
    odds = model.parts(values)
    odds[:, [name.partition("=")[0] in OF_THE_CHECK for name in model.names]] = 0.0
    return values, odds


def _scores(model: PlainModel, frame: pl.DataFrame) -> npt.NDArray[np.float64]:
    return np.asarray(special.expit(model.base + _parts(model, frame)[1].sum(axis=1)))


def _grouped(names: Sequence[str], values: npt.NDArray[np.float64], odds: npt.NDArray[np.float64]) -> list[Part]:
    """Return one part for each feature; of a choice the level that is set, with what the others would have added."""
    found: dict[str, tuple[str, float, float]] = {}
    for name, value, part in zip(names, values.tolist(), odds.tolist(), strict=True):
        feature, _, level = name.partition("=")
        if feature in OF_THE_CHECK:
            continue
        held, amount, whole = found.get(feature, ("", 0.0, 0.0))
        natural = float(np.expm1(value)) if feature in LOGARITHMS else value
        found[feature] = (level if level and value else held, amount if level else natural, whole + part)
    return [
        Part(TITLES[feature], level, amount, float(np.exp(part)), feature in FLAGS)
        for feature, (level, amount, part) in found.items()
    ]
