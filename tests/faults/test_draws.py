"""A draw is replayed on another machine: other home, other order of entry, other hash seed, other zone and tongue."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parents[2]


def drawn(home: Path, *seeds: str, order: int, **machine: str) -> list[dict[str, Any]]:
    """Return what a machine of its own draws by each seed."""
    home.mkdir()
    environment = {
        **os.environ, "QUALICITY_HOME": str(home), "QUALICITY_TODAY": "2014-04-10", "DATABASE_URL": "",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **machine,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.draw_steps", str(order), *seeds],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found, rest = [], done.stdout.strip()
    while rest:
        value, end = json.JSONDecoder().raw_decode(rest)
        found.append(value)
        rest = rest[end:].strip()
    return found


def test_the_same_seed_gives_the_same_list_on_another_machine_and_another_seed_another_list(tmp_path: Path) -> None:
    seed, another = "2014-04-10 0419736", "2014-04-10 0419737"
    here, other = drawn(tmp_path / "here", seed, another, order=1, PYTHONHASHSEED="0", TZ="Asia/Shanghai")
    (there,) = drawn(tmp_path / "there", seed, order=2, PYTHONHASHSEED="4711", TZ="America/Lima", LANG="C")
    assert here == there
    assert len(here["targets"]) == 70
    assert other["frame_digest"] == here["frame_digest"]
    assert {one["enterprise"] for one in other["targets"]} != {one["enterprise"] for one in here["targets"]}
