"""The report of a release: what the model was made from, what it is worth later, and for whom it is wrong."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import TypeAdapter

from qualicity.errors import NotPossibleError
from qualicity.evidence.inspections.queries.risk_features import columns_for
from qualicity.methods.risk_scoring import (
    Bin,
    GroupError,
    Order,
    PlainModel,
    Quality,
    calibration_table,
    days_earlier,
    errors_by_group,
    fit_plain,
    in_first_half,
    quality,
    rival_scores,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    import polars as pl

LATER = 0.3
"""The share of the checks, the latest, on which a model is held to account."""
TOP = 0.1
"""The share of the highest scores among which precision is told."""
FEWEST_CHECKS, FEWEST_FAILURES = 300, 20
GROUPS = ("place", "category", "stage")


@dataclass(frozen=True, slots=True)
class Report:
    """What a release is worth. Fitted to the checks before ``split``, held to account on those from then on.

    ``actual`` is the order in which the checks were done, ``random`` any other. ``groups``: for each way of grouping
    (place, category, stage) the errors of the plain model.
    """

    since: date
    split: date
    until: date
    fitted: int
    fitted_failures: int
    later: int
    later_failures: int
    plain: Quality
    rival: Quality
    actual: Order
    random: Order
    calibration: tuple[Bin, ...]
    groups: dict[str, tuple[GroupError, ...]]

    @property
    def base_rate(self) -> float:
        """Return the share of the later checks that failed."""
        return self.later_failures / self.later

    @property
    def is_useful(self) -> bool:
        """Say whether a draw by the scores finds more than a plain one."""
        return self.plain.draw_gain > 1.0


def make(frame: pl.DataFrame, *, seed: int) -> tuple[PlainModel, Report]:
    """Fit both models to the earlier checks and hold them to account on the later ones; nothing of these is seen.

    ``frame`` is that of ``risk_features.checks``. The split lies between two days.
    """
    days = frame["day"].to_numpy()
    split = int(days[int(len(days) * (1.0 - LATER))]) if len(days) else 0
    before, later = frame.filter(frame["day"] < split), frame.filter(frame["day"] >= split)
    _check(before, later)
    columns = columns_for(before)
    known = columns.values(before)
    # What is not known is taken to be usual.
    usual = np.nansum(known, axis=0) / np.maximum((~np.isnan(known)).sum(axis=0), 1)
    values, failed = np.where(np.isnan(known), usual, known), before["failed"].to_numpy()
    model = fit_plain(columns.names, values, failed, columns.flags)
    others, results, when = columns.values(later), later["failed"].to_numpy(), later["day"].to_numpy()
    others = np.where(np.isnan(others), usual, others)
    scores = model.scores(others)
    k = max(1, round(TOP * later.height))
    report = Report(
        since=before["concluded_on"][0],
        split=later["concluded_on"][0],
        until=later["concluded_on"][-1],
        fitted=before.height,
        fitted_failures=int(failed.sum()),
        later=later.height,
        later_failures=int(results.sum()),
        plain=quality(scores, results, when, k),
        rival=quality(rival_scores(values, failed, others, seed), results, when, k),
        actual=Order(0.0, in_first_half(-when.astype(np.float64), results)),
        random=_any_order(results, when),
        calibration=calibration_table(scores, results),
        groups={name: errors_by_group(scores, results, later[name].fill_null("").to_list()) for name in GROUPS},
    )
    return model, report


def _any_order(results: npt.NDArray[np.float64], when: npt.NDArray[np.int64]) -> Order:
    even = np.zeros(results.size)
    return Order(days_earlier(even, results, when), in_first_half(even, results))


def _check(before: pl.DataFrame, later: pl.DataFrame) -> None:
    for frame in (before, later):
        failures = int(frame["failed"].sum())
        if frame.height < FEWEST_CHECKS or failures < FEWEST_FAILURES:
            raise NotPossibleError(
                f"数据还不够训练和检验风险模型：前后两段各需至少 {FEWEST_CHECKS} 批次、{FEWEST_FAILURES} 批次不合格，"
                f"现有一段只有 {frame.height} 批次、{failures} 批次不合格。请待台账积累后再试。",
                "There are too few checks for a risk model: the earlier and the later part each need "
                f"{FEWEST_CHECKS} batches with {FEWEST_FAILURES} failures, and one has {frame.height} with "
                f"{failures}. Try again when the register holds more.",
            )


def as_json(value: Report | PlainModel) -> dict[str, Any]:
    """Return a report or model as plain JSON; what cannot be known is null."""
    found: dict[str, Any] = _plain(asdict(value))
    return found


def report_of(stored: Mapping[str, Any]) -> Report:
    """Return a report as it was stored."""
    return _REPORT.validate_python(_known(stored))


def model_of(stored: Mapping[str, Any]) -> PlainModel:
    """Return a model as it was stored."""
    return _MODEL.validate_python(_known(stored))


_REPORT, _MODEL = TypeAdapter(Report), TypeAdapter(PlainModel)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.10g}")
    return value.isoformat() if isinstance(value, date) else value


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _known(one) for name, one in value.items()}
    if isinstance(value, list):
        return tuple(_known(one) for one in value)
    return math.nan if value is None else value
