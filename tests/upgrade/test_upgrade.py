"""The homes that earlier releases wrote are opened by this one: migrated, whole, and with the same values."""

from __future__ import annotations

import json
import runpy
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
HOMES = sorted(HERE.glob("home-*.tar.gz"))
run: Callable[..., Any] = runpy.run_path(str(HERE / "make_home.py"))["run"]
TODAY = "2015-03-31"


@pytest.fixture(scope="module", params=HOMES, ids=lambda path: path.name.removesuffix(".tar.gz"))
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return the home of an earlier release, unpacked, and what was true of it."""
    folder = tmp_path_factory.mktemp("upgrade")
    with tarfile.open(request.param) as file:
        file.extractall(folder, filter="data")
    known = json.loads(request.param.with_suffix("").with_suffix(".json").read_text(encoding="utf-8"))
    return folder / "home", known


def test_the_audit_trail_of_an_earlier_release_is_whole(upgraded: tuple[Path, dict[str, Any]]) -> None:
    home, known = upgraded
    found = run(home, "audit", "verify")
    assert found["ok"], found
    assert found["count"] >= known["audit"]["count"]
    if found["count"] == known["audit"]["count"]:
        assert found["digest"] == known["audit"]["digest"]


def test_the_lake_of_an_earlier_release_is_read_at_its_versions(upgraded: tuple[Path, dict[str, Any]]) -> None:
    home, known = upgraded
    assert run(home, "lake", "verify")["ok"]
    tables = run(home, "lake", "status")
    assert [{name: one[name] for name in ("register", "version", "rows")} for one in tables] == known["lake"]


def test_the_values_of_an_earlier_release_are_found_again(upgraded: tuple[Path, dict[str, Any]]) -> None:
    home, known = upgraded
    found = {one["code"]: one for one in run(home, "indicators", "--as-of", TODAY)}
    for one in known["indicators"]:
        now = {name: found[one["code"]][name] for name in one}
        assert now == {
            name: pytest.approx(value) if isinstance(value, float) else value for name, value in one.items()
        }


def test_an_upgraded_home_goes_on_taking_submissions(upgraded: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    home, _ = upgraded
    path = tmp_path / "waste.csv"
    path.write_text("place,date,collected,harmless\n410183,2014-12-31,900,880\n", encoding="utf-8")
    words = ("waste", str(path), "--organisation", "xinmi", "--period", "2014Q4", "--accept")
    taken = run(home, "submit", *words)
    assert (taken["state"], taken["accepted_rows"]) == ("accepted", 1)
    assert run(home, "audit", "verify")["ok"]
