"""With which weights a plan by risk is drawn: those of the model in force, where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qualicity.evidence.inspections.models import CheckPlan

DIGITS = 6
"""To how many digits a weight is rounded before anybody is drawn by it, so that the file says all of it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a release of a model, over 0, by credit code; who has none gets ``otherwise``."""

    release: str
    by_enterprise: Mapping[str, float]
    otherwise: float

    def of(self, uscc: str) -> float:
        """Return the weight of an enterprise, rounded as it is published."""
        return float(f"{self.by_enterprise.get(uscc, self.otherwise):.{DIGITS}g}")


def weights_for(plan: CheckPlan, *, on: date) -> Weights | None:  # noqa: ARG001 -- until a model is in force
    """Return the weights for a plan on a day; None while no model is in force."""
    return None
