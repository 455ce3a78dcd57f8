"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data and reference results; skip where this machine has none."""
    if not SHARED.is_dir():
        pytest.skip("shared: the folder of real data is not on this machine")
    return SHARED


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers."""
    config.addinivalue_line("markers", "shared: needs the folder of real data beside the project")
