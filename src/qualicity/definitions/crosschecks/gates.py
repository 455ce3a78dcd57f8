"""Whether the gates of a plan speak of phases, steps, tasks and targets that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.gates import TargetsMet, TasksClosed
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.plans import Plan

PHASE, STEP = Text("阶段", "phase"), Text("步骤", "step")
TASK, TARGET = Text("任务", "task"), Text("指标", "indicator")


def check_gates(check: Check, plan: Plan) -> None:
    """Check every gate of one plan against its phases, tasks and indicators."""
    steps = {phase.number: [str(step.number) for step in phase.steps] for phase in plan.phases}
    tasks = [str(task.number) for task in plan.tasks]
    codes = [one.code for one in plan.indicators]
    check.once([gate.phase for gate in plan.gates], PHASE, "phase")
    for number, gate in enumerate(plan.gates):
        here = check.at(number)
        known = here.at("phase").known(str(gate.phase), [str(phase) for phase in steps], PHASE)
        for place, condition in enumerate(gate.conditions):
            at = here.at("conditions", place)
            if known and condition.step is not None:
                at.at("step").known(str(condition.step), steps[gate.phase], STEP)
            if isinstance(condition, TasksClosed):
                for position, task in enumerate(condition.tasks):
                    at.at("tasks", position).known(str(task), tasks, TASK)
            if isinstance(condition, TargetsMet):
                for position, code in enumerate(condition.indicators):
                    at.at("indicators", position).known(code, codes, TARGET)
