"""What the desk remembers. Private to the desk."""

from __future__ import annotations

from qualicity.judgement.enforcement.models.campaigns import Campaign
from qualicity.judgement.enforcement.models.penalties import Investigation, Penalty
from qualicity.judgement.enforcement.models.rewards import Tip

__all__ = ["Campaign", "Investigation", "Penalty", "Tip"]
