"""The schema of the rule set of lights: the thresholds that turn dates, progress and evidence into a colour."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qualicity.definitions.model import Model, Words


class Lights(Model):
    """The file ``lights.yaml``: when an assignment is blue, yellow or red."""

    title: Words
    certainty: Literal["self-designed", "stated"]
    due_soon_days: int = Field(ge=0, le=366)
    behind_by: float = Field(gt=0, le=1)
    settling_days: int = Field(ge=0, le=366)
    silent_days: int = Field(ge=1, le=366)
    evidence_from: float = Field(gt=0, le=1)
    check_days: int = Field(ge=0, le=366)
