"""Make the small home that an upgrade is tested with, through the ordinary commands, with made-up rows.

Run once by each release, and kept for all that follow:

    .venv/bin/python tests/upgrade/make_home.py

writes ``home-VERSION.tar.gz`` (database, lake, files, findings) and ``home-VERSION.json`` (what must still be true of
it) beside this file. A home of an earlier release is never made again: that it was written by old code is its use.
"""

from __future__ import annotations

import csv
import json
import math
import os
import subprocess
import sys
import tarfile
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from qualicity import __version__
from qualicity.definitions.catalogue import SHIPPED, load_catalogue

HERE = Path(__file__).resolve().parent
KNOWN = load_catalogue(SHIPPED)
TODAY = "2015-03-31"
FACTS = ("code", "value", "low", "high", "n", "refused", "status", "certainty", "pace", "period")
#: The environment of who runs this must not reach the home.
OURS = ("QUALICITY_", "DATABASE_URL", "DJANGO_")
Row = dict[str, Any]


def run(home: Path, *words: str) -> Any:
    """Run a command on the home and return its JSON; a returned submission (exit code 1) is no failure."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    command = [sys.executable, "-m", "qualicity", "--home", str(home), *words, "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def waste(place: str, collected: float) -> list[Row]:
    """Return a quarter of one county's household waste."""
    return [
        {
            "place": place,
            "date": end,
            "collected": collected + 7.5 * turn,
            "harmless": collected * 0.93 + 7 * turn,
        }
        for turn, end in enumerate(("2014-10-31", "2014-11-30", "2014-12-31"))
    ]


def air() -> list[Row]:
    """Return a year of the city's daily air: low in summer, high in winter."""
    first = date(2014, 1, 1)
    return [
        {
            "place": "410100",
            "date": (first + timedelta(days=day)).isoformat(),
            "pm25": round(92 + 40 * math.cos(2 * math.pi * day / 365) + 9 * ((day * 7) % 11 - 5) / 5, 1),
            "pm10": round(160 + 50 * math.cos(2 * math.pi * day / 365) + 11 * ((day * 5) % 13 - 6) / 6, 1),
        }
        for day in range(365)
    ]


def batches() -> list[Row]:
    """Return a hundred spot-checked batches, of which three fail and one has no conclusion that is known."""
    conclusions = {17: "unqualified", 44: "unqualified", 80: "unqualified", 91: "perhaps"}
    return [
        {
            "batch": f"UP2014-{number:04d}",
            "place": ("410122", "410181", "410105")[number % 3],
            "authority_level": "national" if number % 2 else "city",
            "sampling_kind": "routine",
            "product": "Cement" if number % 2 else "Noodles",
            "key_food": "no" if number % 2 else "yes",
            "certified": "no",
            "local_maker": "yes",
            "tested_item": "Strength" if number in conclusions else "",
            "conclusion": conclusions.get(number, "qualified"),
            "concluded_on": f"2014-{number % 12 + 1:02d}-15",
        }
        for number in range(100)
    ]


def put(folder: Path, register: str, rows: list[Row]) -> str:
    """Write rows under the headings of a register, and return the path."""
    names = [column.name for column in KNOWN.registers[register].columns if any(column.name in row for row in rows)]
    path = folder / f"{register}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", extrasaction="raise")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def fill(home: Path, folder: Path) -> None:
    """Do once everything that leaves a trace: file, accept, refuse rows, correct, return, merge, appoint."""
    run(home, "init", "--office", "manager", "--today", TODAY)

    def submit(register: str, rows: list[Row], organisation: str, period: str, *words: str) -> Any:
        path = put(folder, register, rows)
        return run(home, "submit", register, path, "--organisation", organisation, "--period", period, *words)

    accepted = ("--accept", "--explain", "made up for the test of upgrades")
    first = submit("waste", waste("410122", 1000.0), "zhongmu", "2014Q4", *accepted)
    submit("waste", waste("410181", 1400.0), "gongyi", "2014Q4", *accepted)
    submit("waste", waste("410122", 1020.0), "zhongmu", "2014Q4", "--corrects", str(first["submission"]), *accepted)
    submit("air_quality_daily", air(), "environment", "2014", *accepted)
    submit("spot_check_batches", batches(), "quality-supervision", "2014", *accepted)
    submit("waste", waste("410122", -1.0), "zhongmu", "2014Q4")
    run(home, "lake", "compact", "waste")


def facts(home: Path) -> dict[str, Any]:
    """Return what must still be true of the home after an upgrade."""
    indicators = run(home, "indicators", "--as-of", TODAY)
    tables = run(home, "lake", "status")
    return {
        "version": __version__,
        "audit": run(home, "audit", "verify"),
        "lake": [{name: one[name] for name in ("register", "version", "rows")} for one in tables],
        "indicators": [{name: one[name] for name in FACTS} for one in indicators if one["value"] is not None],
    }


def pack(home: Path, target: Path) -> None:
    """Put the home into one file, without its secret and without what is made anew."""

    def kept(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        left_out = Path(entry.name).name in ("secret.key", ".lock") or Path(entry.name).parts[1:2] == ("incoming",)
        return None if left_out else entry

    with tarfile.open(target, "w:gz", compresslevel=9) as file:
        file.add(home, arcname="home", filter=kept)


def main() -> None:
    """Make the home of this release."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "home"
        fill(home, folder)
        known = facts(home)
        (HERE / f"home-{__version__}.json").write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
        pack(home, HERE / f"home-{__version__}.tar.gz")
    size = (HERE / f"home-{__version__}.tar.gz").stat().st_size
    sys.stdout.write(f"home-{__version__}.tar.gz: {size / 1000:.0f} kB, {len(known['indicators'])} values\n")


if __name__ == "__main__":
    main()
