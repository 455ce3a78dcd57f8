"""The wheel holds all that the code needs beside code, and its command runs from where it was installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
NEEDED = (".html", ".yaml", ".mo", ".js", ".css", ".svg", ".woff2", ".txt")


def run(*words: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command and return what it says; fail with all of it where it fails."""
    done = subprocess.run(
        [*map(str, words)], cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("qualicity-*.whl")
    return built


def test_the_wheel_holds_templates_definitions_static_files_and_words(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        shipped = set(file.namelist())
    expected = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "qualicity").rglob("*")
        if path.is_file() and path.suffix in NEEDED and "__pycache__" not in path.parts
    }
    assert sorted(expected - shipped) == []
    assert any(name.endswith("LC_MESSAGES/django.mo") for name in shipped)
    assert any("static/vendor/" in name for name in shipped)
    assert "qualicity/definitions/plans/zhengzhou-2014/plan.yaml" in shipped


def test_the_wheel_holds_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        strange = [
            name
            for name in file.namelist()
            if not name.startswith(("qualicity/", "qualicity-")) or "__pycache__" in name or "/tests/" in name
        ]
    assert strange == []


def test_the_command_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-compile",
        "--no-index",
        "--disable-pip-version-check",
    ]
    run(sys.executable, *pip, "--target", target, wheel, cwd=tmp_path)
    where = {"PYTHONPATH": str(target), "QUALICITY_HOME": str(tmp_path / "home")}
    script = target / "bin" / "qualicity"
    said = run(sys.executable, script, "--help", cwd=tmp_path, **where)
    assert "submit" in said
    place = run(sys.executable, "-c", "import qualicity; print(qualicity.__file__)", cwd=tmp_path, **where)
    assert place.startswith(str(target))
    listed = run(sys.executable, script, "plan", "list", "--json", cwd=tmp_path, **where)
    assert "zhengzhou-2014" in listed
