"""Writes of the desk: what other desks may do, one import for each subject."""

from __future__ import annotations

from qualicity.evidence.inspections.actions.conflicts import declare_conflict, end_conflict
from qualicity.evidence.inspections.actions.drawing import announce_seed, draw, take_stock
from qualicity.evidence.inspections.actions.failing import open_failure, open_failures
from qualicity.evidence.inspections.actions.flowing import Flowed, flow
from qualicity.evidence.inspections.actions.following import (
    Given,
    ask_reinspection,
    object_to,
    proceed,
    report_correction,
    transfer,
)
from qualicity.evidence.inspections.actions.lines import (
    ImportedLines,
    add_line,
    change_line,
    import_lines,
    remove_line,
)
from qualicity.evidence.inspections.actions.noticing import (
    correct_notice,
    end_notices,
    gather_notices,
    publish_notices,
    withdraw_notice,
)
from qualicity.evidence.inspections.actions.photographs import Picture
from qualicity.evidence.inspections.actions.planning import (
    approve,
    change_plan,
    close,
    make_plan,
)
from qualicity.evidence.inspections.actions.reporting import (
    NewReport,
    decide_report,
    record_report,
    record_reports,
)
from qualicity.evidence.inspections.actions.result_files import record_file
from qualicity.evidence.inspections.actions.risk import make_risk_release, switch_risk_off, switch_risk_on
from qualicity.evidence.inspections.actions.sampling import deliver, take_sample, void
from qualicity.evidence.inspections.actions.sheets import Problem, Sheet, SheetError
from qualicity.evidence.inspections.actions.visiting import InVain, close_target

__all__ = [
    "Flowed",
    "Given",
    "ImportedLines",
    "InVain",
    "NewReport",
    "Picture",
    "Problem",
    "Sheet",
    "SheetError",
    "add_line",
    "announce_seed",
    "approve",
    "ask_reinspection",
    "change_line",
    "change_plan",
    "close",
    "close_target",
    "correct_notice",
    "decide_report",
    "declare_conflict",
    "deliver",
    "draw",
    "end_conflict",
    "end_notices",
    "flow",
    "gather_notices",
    "import_lines",
    "make_plan",
    "make_risk_release",
    "object_to",
    "open_failure",
    "open_failures",
    "proceed",
    "publish_notices",
    "record_file",
    "record_report",
    "record_reports",
    "remove_line",
    "report_correction",
    "switch_risk_off",
    "switch_risk_on",
    "take_sample",
    "take_stock",
    "transfer",
    "void",
    "withdraw_notice",
]
