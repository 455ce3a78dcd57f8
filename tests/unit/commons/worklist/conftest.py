"""A few people of two units and the office, on a day in 2014."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case

ACTORS = {
    "office": ("office", "quality-supervision"),
    "second": ("office", "quality-supervision"),
    "reporter": ("reporter", "environment"),
    "reviewer": ("reviewer", "environment"),
    "director": ("director", "environment"),
    "county": ("county", "zhongmu"),
    "neighbour": ("county", "gongyi"),
    "leader": ("leader", None),
    "auditor": ("auditor", None),
    "expert": ("expert", None),
}


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-06-10")


@pytest.fixture
def people(db: None, home: Any, make_person: Callable[..., Person]) -> dict[str, Person]:
    return {name: make_person(role, unit, name) for name, (role, unit) in ACTORS.items()}


@pytest.fixture
def assigned(people: dict[str, Person]) -> Case:
    """Return an assignment of the office for the environment unit, due at the end of June."""
    from qualicity.commons.cases import actions

    return actions.open_case(
        type="assignment", subject="task:14", title_zh="完成饮用水源地整治", title_en="Clean the water sources",
        organisation="environment", due=date(2014, 6, 30), by=people["office"],
    )  # fmt: skip
