"""What every test may ask for, and how a part that a machine lacks is skipped by name and counted."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

SHARED = Path(__file__).resolve().parents[2] / "shared"
PARTS = ("browser", "postgres", "spark", "shared")
REQUIRED = {part for part in os.environ.get("QUALICITY_REQUIRE", "").replace(" ", "").split(",") if part}


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data and reference results; skip where this machine has none."""
    if not SHARED.is_dir():
        pytest.skip("shared: the folder of real data is not on this machine")
    return SHARED


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """Return a home of this test's own."""
    settings.QUALICITY_HOME = tmp_path / "home"
    settings.QUALICITY_HOME.mkdir()
    return settings.QUALICITY_HOME


@pytest.fixture
def operator(db: None) -> Any:
    """Return the operator of the command line."""
    from qualicity.commons.accounts import queries

    return queries.operator()


@pytest.fixture
def make_person(operator: Any) -> Callable[..., Any]:
    """Return a function that makes a person by role, with the plans' organisations in place."""
    from qualicity.commons.accounts import actions
    from qualicity.commons.registry import actions as registry

    registry.sync(by=operator)

    def make(role: str, organisation: str | None = None, username: str | None = None) -> Any:
        person, _password = actions.create_person(
            username=username or role,
            name=role,
            organisation=organisation,
            roles=[role],
            by=operator,
            password="quiet-river-under-stone",
        )
        return person

    return make


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers."""
    config.addinivalue_line("markers", "shared: needs the folder of real data beside the project")
    config.addinivalue_line("markers", "spark: needs the spark extra and Java")
    config.addinivalue_line("markers", "postgres: needs a PostgreSQL database in DATABASE_URL")
    config.addinivalue_line("markers", "faults: kills, full disks, races")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs PostgreSQL where the suite runs on SQLite."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(pytest.mark.skip(reason="postgres: DATABASE_URL names no PostgreSQL database"))


def part_of(report: pytest.TestReport | pytest.CollectReport) -> str | None:
    """Return the part that a skipped test said is missing: its reason begins with the part and a colon."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    found = re.match(r"(?:Skipped: )?(\w+):", reason)
    return found[1] if found and found[1] in PARTS else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that was skipped for want of a part that this run requires."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        part = part_of(report)
        if part in REQUIRED:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: QUALICITY_REQUIRE names {part}, but this machine lacks it"
    return report


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Count tests skipped for want of a part under that part's name, so that the last line says what was missing."""
    if report.skipped and not hasattr(report, "wasxfail") and (part := part_of(report)):
        return f"skipped without {part}", "s", f"SKIPPED ({part})"
    return None
