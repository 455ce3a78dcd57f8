"""Gates look at what is there, and say what stands in the way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.errors import NotAllowedError
from qualicity.goals.supervision import queries
from qualicity.goals.tasks import actions as tasks

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.definitions.plans import Plan

DAY = date(2014, 9, 1)


def test_every_gate_says_what_is_wanting(plan: Plan, derived: Any, office: Any) -> None:
    found = {one.phase.number: one for one in queries.gates(plan=plan, as_of=DAY, by=office)}
    assert set(found) == {1, 2, 3, 4}
    assert not any(one.passes for one in found.values())
    assigned, approved = found[1].conditions
    assert (len(assigned.wanting), assigned.found.zh) == (42, "0/42（0%，要求 100%）")
    assert "环保" in " ".join(text.zh for text in approved.wanting)
    owed = next(
        one for gate in found.values() for one in gate.conditions if one.condition.kind == "obligations_filed"
    )
    assert not any("_" in text.zh for text in owed.wanting)
    assert found[2].conditions[0].found.zh.startswith("0/")


def test_a_condition_holds_when_what_it_asks_for_is_there(
    plan: Plan, derived: Any, office: Any, reporter: Any, evidence: Path
) -> None:
    made = tasks.file_plan(
        plan=plan,
        organisation=reporter.organisation,
        title="实施方案",
        summary="分三步",
        files=[evidence],
        by=reporter,
    )
    before = queries.gates(plan=plan, as_of=DAY, by=office)[0].conditions[1]
    tasks.decide_plan(number=made.pk, approve=True, by=office)
    after = queries.gates(plan=plan, as_of=DAY, by=office)[0].conditions[1]
    assert len(before.wanting) - len(after.wanting) == 1


def test_gates_are_for_who_may_read_supervision(plan: Plan, office: Any, make_person: Any) -> None:
    with pytest.raises(NotAllowedError):
        queries.gates(plan=plan, as_of=DAY, by=make_person("expert"))
