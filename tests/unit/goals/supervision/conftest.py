"""The same city as for the tasks: their fixtures serve here too."""

from __future__ import annotations

from tests.unit.goals.tasks.conftest import (
    colleague,
    derived,
    evidence,
    office,
    plan,
    reporter,
    today,
)

__all__ = ["colleague", "derived", "evidence", "office", "plan", "reporter", "today"]
