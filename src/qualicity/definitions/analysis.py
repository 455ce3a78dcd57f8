"""The schema of how reports read figures: what counts as near, as significant, and how much is named."""

from __future__ import annotations

from pydantic import Field

from qualicity.definitions.model import Model, Words


class Analysis(Model):
    """The bounds of the quality analysis report; they are the house's own and marked as such."""

    confidence: float = Field(gt=0.5, lt=1.0)
    significance: float = Field(gt=0.0, lt=0.5)
    near: float = Field(ge=0.0, lt=1.0)
    causes_named: int = Field(ge=1, le=10)
    places_named: int = Field(ge=1, le=20)
    quarters_of_outlook: int = Field(ge=4, le=40)
    note: Words
