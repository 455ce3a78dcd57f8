"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.goals.tasks.actions.adding import add
from qualicity.goals.tasks.actions.breaking_down import copy_to_county, derive
from qualicity.goals.tasks.actions.implementing import decide_plan, file_plan
from qualicity.goals.tasks.actions.importing import Imported, import_breakdown
from qualicity.goals.tasks.actions.lights import Looked, look
from qualicity.goals.tasks.actions.local_targets import set_target
from qualicity.goals.tasks.actions.progress import close, fix, give_back, hand_in, report

__all__ = [
    "Imported",
    "Looked",
    "add",
    "close",
    "copy_to_county",
    "decide_plan",
    "derive",
    "file_plan",
    "fix",
    "give_back",
    "hand_in",
    "import_breakdown",
    "look",
    "report",
    "set_target",
]
