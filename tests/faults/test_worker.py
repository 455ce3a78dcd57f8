"""kill -9 of a worker that reads a file: the next worker reads it, and it is filed once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROWS = 60_000
ENQUEUE = """
import django; django.setup()
import sys
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.periods import parse
from qualicity.evidence.submissions import actions
actions.enqueue(
    register="waste", organisation=accounts.organisation("zhongmu"), period=parse("2014Q1"),
    file=SimpleUploadedFile("rows.csv", Path(sys.argv[1]).read_bytes()), by=accounts.operator(),
)
"""


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    settings = {"DJANGO_SETTINGS_MODULE": "qualicity.site.settings", "QUALICITY_HTTPS": "0"}
    return kept | settings | {"QUALICITY_HOME": str(home), "QUALICITY_TODAY": "2014-04-10"}


def stage(home: Path) -> tuple[str, int]:
    with sqlite3.connect(home / "qualicity.sqlite3") as database:
        found: tuple[str, int] = database.execute("SELECT stage, attempts FROM submissions_upload").fetchone()
    return found


@pytest.mark.faults
def test_the_next_worker_reads_what_a_killed_one_had_begun(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "rows.csv"
    lines = [f"中牟县,2014-03-{day % 31 + 1:02d},{day}.5,1,1,0" for day in range(ROWS)]
    file.write_text("地区,统计月末,清运量,无害化处理量,卫生填埋,焚烧\n" + "\n".join(lines), encoding="utf-8")
    qualicity = [sys.executable, "-m", "qualicity"]
    subprocess.run([*qualicity, "init"], env=environment(home), check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", ENQUEUE, str(file)], env=environment(home), check=True)

    worker = subprocess.Popen([*qualicity, "worker"], env=environment(home), stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while stage(home)[0] == "waiting" and time.monotonic() < deadline:
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert stage(home) == ("reading", 1), "the worker was not killed while it read"

    subprocess.run([*qualicity, "worker", "--once"], env=environment(home), check=True, capture_output=True)
    assert stage(home) == ("done", 2)
    with sqlite3.connect(home / "qualicity.sqlite3") as database:
        (filed,) = database.execute("SELECT count(*) FROM submissions_submission").fetchone()
        (token,) = database.execute("SELECT token FROM submissions_upload").fetchone()
    assert filed == 1
    assert not (home / "incoming" / token).exists(), "the file that waited was left behind"
