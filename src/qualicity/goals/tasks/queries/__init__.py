"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.goals.tasks.queries.annex import annex, write_template
from qualicity.goals.tasks.queries.assignments import (
    EVERYTHING,
    FIXES,
    AssignmentRow,
    Unit,
    Wanted,
    assignment,
    assignments,
    thresholds,
    unit_of,
)
from qualicity.goals.tasks.queries.comparing import Comparison, Moved, compare
from qualicity.goals.tasks.queries.counting import Count, TaskCount, UnitCount, by_organisation, by_task, count
from qualicity.goals.tasks.queries.history import Change, breakdowns, changes, changes_of_plan, earlier, reports
from qualicity.goals.tasks.queries.implementing import UnitPlan, unit_plan, unit_plans
from qualicity.goals.tasks.queries.local_targets import (
    BrokenDown,
    LocalStanding,
    is_additive,
    is_weaker,
    local_targets,
)
from qualicity.goals.tasks.queries.tables import filled_annex, table
from qualicity.goals.tasks.queries.timeline import Gantt, Month, gantt, month

__all__ = [
    "EVERYTHING",
    "FIXES",
    "AssignmentRow",
    "BrokenDown",
    "Change",
    "Comparison",
    "Count",
    "Gantt",
    "LocalStanding",
    "Month",
    "Moved",
    "TaskCount",
    "Unit",
    "UnitCount",
    "UnitPlan",
    "Wanted",
    "annex",
    "assignment",
    "assignments",
    "breakdowns",
    "by_organisation",
    "by_task",
    "changes",
    "changes_of_plan",
    "compare",
    "count",
    "earlier",
    "filled_annex",
    "gantt",
    "is_additive",
    "is_weaker",
    "local_targets",
    "month",
    "reports",
    "table",
    "thresholds",
    "unit_of",
    "unit_plan",
    "unit_plans",
    "write_template",
]
