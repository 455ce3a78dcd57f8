"""How long the inbox takes when a million cases lie behind it.

A home of its own is filled by bulk insert: cases of three types for every unit of the plan, four in ten open, each
open one that is due with its clock; one unit and the office have far more than their share, and reminders have
climbed. Then readers of different roles ask the real server on loopback over one kept connection: their own inbox,
their unit's, filtered, and page after page. Reported is the 95th percentile, in seconds.

    .venv/bin/python benchmarks/inbox.py [--cases N] [--requests N] [--home DIR] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

GOAL_S = 0.150
SEED = 2014
TODAY = datetime(2014, 6, 10, 4, 0, tzinfo=UTC)
PASSWORD = "quiet-river-under-stone"
READERS = {
    "office": ("office", "quality-supervision"),
    "reporter": ("reporter", "environment"),
    "director": ("director", "environment"),
    "county": ("county", "zhongmu"),
    "leader": ("leader", None),
}
TYPES = {
    "assignment": ("assigned", "in_progress", "submitted"),
    "rectification": ("ordered", "reported"),
    "supervision_letter": ("issued", "answered"),
}
PAGES = (
    "/inbox/",
    "/inbox/?whose=unit",
    "/inbox/?when=overdue",
    "/inbox/?whose=unit&when=soon",
    "/inbox/?whose=unit&type=rectification",
    "/inbox/?whose=unit&when=none",
)


def prepare(home: Path) -> dict[str, dict[str, int]]:
    """Make the home, its units and its readers; return the numbers of units and people."""
    os.environ |= {"QUALICITY_HOME": str(home), "QUALICITY_TODAY": TODAY.date().isoformat(), "QUALICITY_HTTPS": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "qualicity.site.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from qualicity.commons.accounts import actions
    from qualicity.commons.accounts import queries as accounts
    from qualicity.commons.registry import actions as registry

    call_command("migrate", interactive=False, verbosity=0)
    registry.sync(by=accounts.operator())
    people = {
        name: actions.create_person(
            username=name, name=name, organisation=unit, roles=[role], by=accounts.operator(), password=PASSWORD
        )[0].pk
        for name, (role, unit) in READERS.items()
    }
    return {"units": {one.code: one.pk for one in accounts.organisations()}, "people": people}


def fill(home: Path, known: dict[str, dict[str, int]], count: int) -> dict[str, int]:
    """Insert the cases, the clocks of the open ones and some reminders."""
    chance, units = random.Random(SEED), known["units"]
    codes = list(units)
    weights = [30 if code == "environment" else 1 for code in codes]
    office, by = units["quality-supervision"], known["people"]["office"]
    base = sqlite3.connect(home / "qualicity.sqlite3")
    base.execute("PRAGMA synchronous=OFF")
    cases, clocks, urges = [], [], []
    kinds = list(TYPES)
    for number in range(1, count + 1):
        kind = chance.choice(kinds)
        unit = units[chance.choices(codes, weights)[0]] if chance.random() < 0.5 else units[chance.choice(codes)]
        is_open = chance.random() < 0.4
        state = chance.choice(TYPES[kind]) if is_open else "closed"
        owner = ""
        if is_open:
            waits = state in ("submitted", "reported", "answered")
            owner = f"{office}:" if waits else ":leader" if chance.random() < 0.02 else f"{unit}:"
        opened = TODAY - timedelta(days=chance.randint(1, 400), seconds=chance.randint(0, 80_000))
        due = opened + timedelta(days=chance.randint(30, 500)) if is_open and chance.random() < 0.9 else None
        stamp = due.strftime("%Y-%m-%d %H:%M:%S") if due else None
        at = opened.strftime("%Y-%m-%d %H:%M:%S")
        person = known["people"]["reporter"] if unit == units["environment"] and chance.random() < 0.05 else None
        cases.append((
            number, kind, f"task:{number % 42 + 1}", f"第{number}号事项：限期办理并报送结果", f"Case {number}", unit,
            office, person, "", "{}", state, is_open, owner, stamp, stamp or "9999-01-01 00:00:00", False, False, 1,
            1, by, at, at[:10], by, None if is_open else at, None,
        ))  # fmt: skip
        if due:
            clocks.append((
                number, number, "deadline", "agreed", "", "", "", "", "", (due - opened).days, "calendar_days", False,
                False, at, 0, None, "[]", stamp, False, "running", None,
            ))  # fmt: skip
            if due < TODAY and chance.random() < 0.1:
                urges.append(
                    (number, "section", stamp, f"{unit}:reviewer", None, "2014-06-10", "2014-06-10 04:00:00")
                )
                urges.append(
                    (number, "director", stamp, f"{unit}:director", None, "2014-06-10", "2014-06-10 04:00:00")
                )
    _insert(base, "cases_case", CASE, cases)
    _insert(base, "cases_caseclock", CLOCK, clocks)
    _insert(base, "worklist_urge", URGE, urges)
    base.commit()
    base.execute("ANALYZE")
    base.close()
    return {"cases": len(cases), "open": sum(row[11] for row in cases), "clocks": len(clocks), "urges": len(urges)}


CASE = (
    "id", "type", "subject", "title_zh", "title_en", "organisation_id", "opener_organisation_id", "person_id",
    "place", "detail", "state", "is_open", "owner", "due", "due_sort", "provisional", "paused", "version", "entries",
    "opened_by_id", "opened_at", "opened_on", "last_by_id", "closed_at", "once_key",
)  # fmt: skip
CLOCK = (
    "id", "case_id", "code", "basis", "law", "text", "step", "clause", "certainty", "number", "unit", "same_day",
    "rolls", "event_at", "extension", "extension_limit", "pauses", "due", "provisional", "stand", "stopped_at",
)  # fmt: skip
URGE = ("case_id", "rung", "due", "owner", "person_id", "day", "at")


def _insert(base: sqlite3.Connection, table: str, names: tuple[str, ...], rows: list[tuple]) -> None:
    marks = ", ".join("?" * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    base.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)


def measure(home: Path, requests: int) -> dict:
    from pages import QUALICITY, Reader, free_port, p95, wait_until_it_answers

    port = free_port()
    server = subprocess.Popen(
        [*QUALICITY, "serve", "--host", "127.0.0.1", "--port", str(port)],
        env=os.environ | {"QUALICITY_HOME": str(home)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    times: dict[str, list[float]] = {}
    try:
        wait_until_it_answers(port, server)
        for name in READERS:
            reader = Reader(port)
            reader.sign_in("/account/login/", name, PASSWORD)
            for page in PAGES:
                reader.seconds(page)
                times.setdefault(name, []).extend(reader.seconds(page) for _ in range(requests // len(PAGES)))
            times.setdefault("paging", []).extend(_walk(reader, requests // 5))
    finally:
        server.terminate()
        server.wait(20)
    every = sorted(one for some in times.values() for one in some)
    return {
        "p95": round(p95(every), 4),
        "readers": {name: round(p95(some), 4) for name, some in times.items()},
        "requests": len(every),
    }


def _walk(reader, pages: int) -> list[float]:
    """Go from page to page by the cursor."""
    address, times = "/inbox/?whose=unit", []
    for _ in range(pages):
        status, text, seconds = reader.ask("GET", address)
        assert status == 200, address
        times.append(seconds)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        if found is None:
            break
        address = "/inbox/" + found[1].replace("&amp;", "&")
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=120, help="of each reader")
    parser.add_argument("--home", type=Path, help="an empty folder to keep the home in")
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = words.home or Path(folder) / "home"
        home.mkdir(exist_ok=True)
        started = time.perf_counter()
        rows = fill(home, prepare(home), words.cases)
        built = time.perf_counter() - started
        found = measure(home, words.requests)
    value = {
        "name": "inbox", "ours_s": found["p95"], "peers": {}, "readers": found["readers"],
        "requests": found["requests"], "rows": rows, "built_s": round(built, 1), "goal_s": GOAL_S,
        "met": found["p95"] <= GOAL_S,
    }  # fmt: skip
    if words.json:
        print(json.dumps(value))
        return
    print(f"inbox p95 {found['p95'] * 1000:.0f} ms over {rows['cases']:,} cases (goal {GOAL_S * 1000:.0f} ms)")
    for name, seconds in found["readers"].items():
        print(f"  {name:10} {seconds * 1000:7.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
