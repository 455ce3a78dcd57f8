"""Eight rules on 200 000 rows with a message for each broken row, beside the peers on the same file in the same run.

python benchmarks/validation.py [--rows N] [--json]

Each is timed from the file to its report on rows, best of five after a warm-up (frictionless, the slowest by far,
once, and on the first 20 000 rows only, so that its time flatters it tenfold). Ours makes a sentence in two languages
for each broken row; the peers keep failing values or row numbers. Pandera is timed on pandas, its first engine, and
on polars.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import peers
import polars as pl

from qualicity.definitions.plans import Place
from qualicity.definitions.registers import Register
from qualicity.engines.tables.checking import Checked, check
from qualicity.engines.tables.places import Places
from qualicity.engines.tables.reading import read_file

REPEATS = 5
FRICTIONLESS_ROWS = 20_000
YEAR = (date(2014, 1, 1), date(2014, 12, 31))
CONCLUSIONS = ("qualified", "unqualified")
CODES = ("410100", *(f"4101{number:02}" for number in (2, 3, 4, 5, 6, 8, 22, 81, 82, 83, 84, 85)))
#: What the table is made to break, by rule.
SHARES = {
    "form": 0.1,
    "twice": 0.05,
    "place": 0.1,
    "period": 0.1,
    "bounds": 0.1,
    "code": 0.15,
    "maker": 0.1,
    "pair": 0.1,
}


def words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def register() -> Register:
    """Return a register whose checks are the eight rules."""
    columns: list[dict[str, Any]] = [
        {"name": "number", "title": words("编号", "Number"), "type": "text", "pattern": "^S[0-9]{7}$"},
        {"name": "place", "title": words("地区", "Place"), "type": "place"},
        {"name": "taken_on", "title": words("日期", "Taken on"), "type": "date"},
        {
            "name": "value",
            "title": words("值", "Value"),
            "type": "number",
            "required": False,
            "minimum": 0,
            "maximum": 100,
        },
        {"name": "limit", "title": words("限值", "Limit"), "type": "number"},
        {
            "name": "conclusion",
            "title": words("结论", "Conclusion"),
            "type": "code",
            "codes": [{"code": code, "title": words(code, code)} for code in CONCLUSIONS],
        },
        {"name": "maker", "title": words("企业", "Maker"), "type": "text"},
    ]
    rule = {
        "code": "within-limit",
        "title": words("不超限值", "Within the limit"),
        "why": words("超过限值", "beyond its limit"),
        "mend": words("核对", "check"),
        "compare": {"left": "value", "op": "<=", "right": "limit"},
    }
    return Register.model_validate(
        {"code": "samples", "title": words("样品", "Samples"), "purpose": words("测速", "for the clock")}
        | {"grain": "flow", "basis": "sample", "level": "county", "place": "place", "date": "taken_on"}
        | {"period": "year", "key": ["number"], "columns": columns, "rules": [rule]}
    )


def table(rows: int) -> pl.DataFrame:
    """Return a seeded table that breaks each rule in a known share of its rows."""
    chance = np.random.default_rng(2014)

    def hit(rule: str) -> np.ndarray[Any, Any]:
        return chance.random(rows) < SHARES[rule]

    number = np.arange(rows)
    number = np.where(hit("twice"), np.maximum(number - 1, 0), number)
    value = np.round(chance.uniform(0, 50, rows), 2)
    limit = np.where(hit("pair"), np.round(value * 0.9 - 0.01, 2), 60.0)
    outside = hit("bounds")
    day = np.datetime64("2014-01-01") + chance.integers(0, 365, rows)
    return pl.DataFrame(
        {
            "number": [f"{'X' if wrong else 'S'}{one:07}" for one, wrong in zip(number, hit("form"), strict=True)],
            "place": np.where(hit("place"), "无此地", np.array(CODES)[chance.integers(0, len(CODES), rows)]),
            "taken_on": np.where(hit("period"), day + np.timedelta64(400, "D"), day),
            "value": np.where(outside, -1.0, value),
            "limit": limit,
            "conclusion": np.where(hit("code"), "qualifed", np.array(CONCLUSIONS)[chance.integers(0, 2, rows)]),
            "maker": [None if wrong else f"厂{one % 5000}" for one, wrong in enumerate(hit("maker"))],
        }
    )


def ours(path: Path, places: Places, definition: Register) -> Checked:
    return check(
        read_file(path, register=definition, places=places, registers=()), definition, places=places, period=YEAR
    )


def clocked(run: Callable[[], Checked]) -> tuple[float, Checked]:
    """Return the best time of some runs after a warm-up, and what the last one gave."""
    result, best = run(), float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        result = run()
        best = min(best, time.perf_counter() - start)
    return best, result


def measure(rows: int) -> dict[str, Any]:
    """Return the measurement as it is printed."""
    definition = register()
    places = Places.from_places(
        [Place.model_validate({"code": code, "title": words(code, code), "kind": "county"}) for code in CODES],
        city="410100",
    )
    with tempfile.TemporaryDirectory() as folder:
        parquet, csv, codes = (Path(folder) / name for name in ("table.parquet", "table.csv", "codes.json"))
        frame = table(rows)
        frame.write_parquet(parquet)
        frame.head(FRICTIONLESS_ROWS).write_csv(csv)
        codes.write_text(json.dumps({"places": CODES, "conclusions": CONCLUSIONS}))
        seconds, result = clocked(lambda: ours(parquet, places, definition))
        peer = json.loads(
            subprocess.run(
                [peers.python(), Path(__file__).with_name("validation_peers.py"), parquet, csv, str(REPEATS), codes],
                check=True,
                capture_output=True,
                text=True,
            ).stdout.splitlines()[-1]
        )
        # Before and after the peers, so that a busy minute does not decide.
        seconds = min(seconds, clocked(lambda: ours(parquet, places, definition))[0])
    best = min(one["s"] for one in peer.values())
    return {
        "name": "validation",
        "ours_s": round(seconds, 4),
        "peers": {name: round(one["s"], 4) for name, one in peer.items()},
        "ratio_to_best": round(seconds / best, 3),
        "ratio_to_pandera": round(seconds / peer["pandera"]["s"], 3),
        "ratio_to_pandera_polars": round(seconds / peer["pandera_polars"]["s"], 3),
        "rows": rows,
        "findings": result.findings.height,
        "peer_failures": {name: one["failures"] for name, one in peer.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = measure(arguments.rows)
    if arguments.json:
        print(json.dumps(found))
        return
    print(f"validation: {found['rows']:,} rows, 8 rules, {found['findings']:,} findings")
    print(f"  {'ours':20}{found['ours_s']:8.3f} s")
    for name, seconds in sorted(found["peers"].items(), key=lambda one: one[1]):
        print(f"  {name:20}{seconds:8.3f} s   {found['peer_failures'][name]:,} failures")
    print(
        f"  ratio to the fastest {found['ratio_to_best']} (goal 1.0), "
        f"to pandera {found['ratio_to_pandera']} (goal 0.2), to its polars engine {found['ratio_to_pandera_polars']}"
    )


if __name__ == "__main__":
    main()
