"""What the tests of open data stand on: a scene full of marks, let out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.publication.opendata import planting

from qualicity.commons.registry import actions as registry
from qualicity.publication.opendata import actions
from qualicity.site.front import SHELF

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def scene(home: Path, operator: Any, make_person: Any, monkeypatch: pytest.MonkeyPatch) -> planting.Scene:
    """Return a scene in which every field holds a mark, let out as release 1."""
    monkeypatch.setenv("QUALICITY_TODAY", planting.TODAY.isoformat())
    SHELF.clear()
    registry.sync(by=operator)
    planted = planting.plant(make_person("office", "quality-supervision"))
    actions.publish(by=operator)
    return planted
