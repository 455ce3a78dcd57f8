"""The due days of 100 000 clocks at once, beside the ways in which they would be found without the engine.

Random clocks of 1 to 90 working days from days of 2014 to 2025; one in ten has one or two pauses. Peers, over the
same clocks: chinesecalendar's own ``find_workday`` (it knows the calendar, not the pauses: only clocks without one),
and NumPy's ``busday_offset`` with the holidays given (it cannot know make-up days: ``wrong`` counts the days that
differ, so it is no peer of the ratio). Ours is held against the first, which is run on a share of the clocks and
scaled: see ``rows``.

    .venv/bin/python benchmarks/clocks.py [--clocks N] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from datetime import date, timedelta

import chinese_calendar
import numpy as np

from qualicity.engines.clocks import Many, WorkingCalendar, due_days

GOAL_S = 1.0
SHARE = 100
SEED = 2014
EPOCH = date(1970, 1, 1)


def random_clocks(count: int) -> Many:
    chance = np.random.default_rng(SEED)
    first, days = np.datetime64("2014-01-01"), 365 * 12 - 200
    events = first + chance.integers(0, days, count).astype("timedelta64[D]")
    since = np.full((count, 2), np.datetime64("NaT"), dtype="datetime64[D]")
    until = since.copy()
    for column, share in enumerate((0.10, 0.03)):
        paused = chance.random(count) < share
        since[paused, column] = events[paused] + chance.integers(1, 60, paused.sum()).astype("timedelta64[D]")
        until[paused, column] = since[paused, column] + chance.integers(1, 30, paused.sum()).astype("timedelta64[D]")
    return Many(
        events=events,
        numbers=chance.integers(1, 91, count),
        counts=np.zeros(count, dtype=np.int8),
        same_day=np.zeros(count, dtype=np.bool_),
        rolls=np.zeros(count, dtype=np.bool_),
        pauses_from=since,
        pauses_until=until,
    )


def by_library(many: Many, rows: list[int]) -> tuple[list[date], float]:
    events = [date.fromisoformat(str(many.events[row])) for row in rows]
    numbers = [int(many.numbers[row]) for row in rows]
    started = time.perf_counter()
    # its nought is the first working day from a day on
    found = [
        chinese_calendar.find_workday(number - 1, day + timedelta(1))
        for number, day in zip(numbers, events, strict=True)
    ]
    return found, time.perf_counter() - started


def by_numpy(many: Many) -> tuple[np.ndarray, float]:
    holidays = np.array(sorted(chinese_calendar.holidays), dtype="datetime64[D]")
    started = time.perf_counter()
    found = np.busday_offset(
        np.busday_offset(many.events, 0, roll="preceding", holidays=holidays), many.numbers, holidays=holidays
    )
    return found, time.perf_counter() - started


def measure(count: int) -> dict:
    many, built = random_clocks(count), time.perf_counter()
    calendar = WorkingCalendar()
    calendar_s = time.perf_counter() - built
    times = []
    for _ in range(5):
        started = time.perf_counter()
        ours, _provisional = due_days(many, calendar)
        times.append(time.perf_counter() - started)
    assert many.pauses_from is not None
    plain = np.flatnonzero(np.isnat(many.pauses_from).all(axis=1))
    rows = sorted(random.Random(SEED).sample([int(row) for row in plain], len(plain) // SHARE))
    library, library_s = by_library(many, rows)
    same = [EPOCH + timedelta(int(ours[row].astype(np.int64))) for row in rows] == library
    assert same, "the library counts otherwise"
    quick, numpy_s = by_numpy(many)
    peers = {"chinesecalendar": round(library_s / len(rows) * count, 4), "numpy-busday": round(numpy_s, 4)}
    best = min(times)
    right = peers["chinesecalendar"]
    return {
        "name": "clocks",
        "ours_s": round(best, 4),
        "calendar_s": round(calendar_s, 4),
        "peers": peers,
        "wrong": {"numpy-busday": int((quick[plain] != ours[plain]).sum())},
        "ratio_to_best": round(best / right, 5),
        "rows": {"ours": count, "chinesecalendar": len(rows), "numpy-busday": count, "without_pause": len(plain)},
        "goal_s": GOAL_S,
        "met": best <= GOAL_S,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clocks", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = measure(arguments.clocks)
    if arguments.json:
        print(json.dumps(found))
        return
    print(f"{arguments.clocks} clocks: {found['ours_s']} s (goal {GOAL_S} s)")
    for name, seconds in found["peers"].items():
        print(f"  {name}: {seconds} s, other days: {found['wrong'].get(name, 0)}")


if __name__ == "__main__":
    main()
