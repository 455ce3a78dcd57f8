"""With which weights a plan by risk is drawn: those of the release in use, where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DIGITS = 6
"""To how many digits a weight is rounded before anybody is drawn by it, so that the file says all of it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The chances of failure that a release gives, over 0, by credit code; who has none gets ``otherwise``."""

    release: str
    by_enterprise: Mapping[str, float]
    otherwise: float

    def of(self, uscc: str) -> float:
        """Return the weight of an enterprise, rounded as it is published."""
        return float(f"{self.by_enterprise.get(uscc, self.otherwise):.{DIGITS}g}")
