"""Scores of risk: two models that give them, and what tells whether they are worth anything."""

from qualicity.methods.risk_scoring.measures import (
    Bin,
    GroupError,
    Order,
    Quality,
    calibration_table,
    chance_interval,
    chance_of_higher,
    days_earlier,
    days_interval,
    draw_gain,
    errors_by_group,
    expected_calibration_error,
    in_first_half,
    precision_at,
    quality,
    squared_error,
)
from qualicity.methods.risk_scoring.models import PlainModel, fit_plain, rival_scores

__all__ = [
    "Bin",
    "GroupError",
    "Order",
    "PlainModel",
    "Quality",
    "calibration_table",
    "chance_interval",
    "chance_of_higher",
    "days_earlier",
    "days_interval",
    "draw_gain",
    "errors_by_group",
    "expected_calibration_error",
    "fit_plain",
    "in_first_half",
    "precision_at",
    "quality",
    "rival_scores",
    "squared_error",
]
