"""A city whose tasks were handed out, on a day of the second phase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.goals.tasks import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.definitions.plans import Plan

DAY = "2014-09-01"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", DAY)


@pytest.fixture
def plan() -> Plan:
    return catalogue().plans["zhengzhou-2014"]


@pytest.fixture
def office(home: Path, make_person: Callable[..., Any]) -> Any:
    return make_person("office", "quality-supervision", "office")


@pytest.fixture
def colleague(office: Any, make_person: Callable[..., Any]) -> Any:
    return make_person("office", "quality-supervision", "colleague")


@pytest.fixture
def derived(plan: Plan, office: Any) -> Any:
    return actions.derive(plan=plan, by=office)


@pytest.fixture
def reporter(office: Any, make_person: Callable[..., Any]) -> Any:
    return make_person("reporter", "environment", "environment")


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    path = tmp_path / "佐证.txt"
    path.write_text("完成情况", encoding="utf-8")
    return path
