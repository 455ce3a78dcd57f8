"""The pages: the overview, one indicator, its charts, and the rows behind a value."""

from __future__ import annotations

from qualicity.goals.indicators.views.charts import places_chart, trend_chart
from qualicity.goals.indicators.views.evidence import rows
from qualicity.goals.indicators.views.indicator import indicator
from qualicity.goals.indicators.views.overview import overview

__all__ = ["indicator", "overview", "places_chart", "rows", "trend_chart"]
