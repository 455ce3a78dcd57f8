from __future__ import annotations

import os
from typing import Any

import pytest

from qualicity.commons.registry import actions as registry
from qualicity.errors import NotPossibleError
from qualicity.evidence.submissions import actions
from qualicity.evidence.submissions.actions.durability import to_disk


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    calls: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: calls.append("file"))
    monkeypatch.setattr(os, "sync", lambda: calls.append("all"))
    return calls


def test_every_file_is_waited_for(waited: list[str]) -> None:
    to_disk(1)
    to_disk(1)
    assert waited == ["file", "file"]


def test_a_simulation_waits_once_at_its_end_and_then_for_each_file_again(operator: Any, waited: list[str]) -> None:
    registry.set_simulated(simulated=True, by=operator)
    with actions.waiting_once():
        to_disk(1)
    to_disk(1)
    assert waited == ["all", "file"]


def test_nobody_else_may_leave_it_to_the_end(db: None) -> None:
    with pytest.raises(NotPossibleError), actions.waiting_once():
        pass
