"""States and moves of the desk, one file per subject."""

from __future__ import annotations

from qualicity.judgement.credit.lifecycle.files import DisputeState, WeightingState

__all__ = ["DisputeState", "WeightingState"]
