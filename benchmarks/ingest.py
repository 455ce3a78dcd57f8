"""One million rows of CSV from upload to committed, beside a bare polars read_csv → write_parquet in the same run.

python benchmarks/ingest.py [--rows N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl


def make_csv(rows: int, target: Path) -> None:
    """Write spot-check batches as an office would: plausible, seeded, all good."""
    chance = np.random.default_rng(2014)
    places = np.array(
        [
            "中原区",
            "二七区",
            "管城回族区",
            "金水区",
            "上街区",
            "惠济区",
            "中牟县",
            "巩义市",
            "荥阳市",
            "新密市",
            "新郑市",
            "登封市",
        ]
    )
    days = np.datetime64("2014-01-01") + chance.integers(0, 365, rows).astype("timedelta64[D]")
    number = pl.Series(np.arange(rows)).cast(pl.String).str.zfill(8)
    columns = {one.name: one for one in _register().columns}

    def drawn(name: str, shares: list[float]) -> np.ndarray:
        labels = [code.title.zh for code in columns[name].codes][: len(shares)]
        return np.array(labels)[chance.choice(len(shares), rows, p=shares)]

    conclusion = drawn("conclusion", [0.95, 0.05])
    frame = {
        "batch": "B" + number,
        "place": places[chance.integers(0, len(places), rows)],
        "authority_level": drawn("authority_level", [0.1, 0.2, 0.3, 0.4]),
        "sampling_kind": drawn("sampling_kind", [0.7, 0.3]),
        "product": np.array(["水泥", "食用油", "线缆", "童装", "化肥"])[chance.integers(0, 5, rows)],
        "key_food": np.where(chance.random(rows) < 0.3, "是", "否"),
        "certified": np.where(chance.random(rows) < 0.3, "是", "否"),
        "local_maker": np.where(chance.random(rows) < 0.6, "是", "否"),
        "maker": "模拟企业" + (number.cast(pl.Int64) % 5000).cast(pl.String),
        "tested_item": np.where(conclusion == columns["conclusion"].codes[0].title.zh, "", "强度"),
        "conclusion": conclusion,
        "concluded_on": pl.Series(days).dt.strftime("%Y-%m-%d"),
    }
    pl.DataFrame({columns[name].title.zh: values for name, values in frame.items()}).write_csv(
        target, include_bom=True
    )


def _register():
    from qualicity.definitions.catalogue import catalogue

    return catalogue().registers["spot_check_batches"]


def bare(source: Path, folder: Path) -> float:
    """Return the seconds of a bare read and write."""
    began = time.perf_counter()
    pl.read_csv(source).write_parquet(folder / "bare.parquet")
    return time.perf_counter() - began


def ours(source: Path) -> tuple[float, dict[str, float]]:
    """Return the seconds from the file to the committed version, and its parts."""
    from qualicity.commons.accounts import queries as accounts
    from qualicity.definitions.periods import parse
    from qualicity.evidence.submissions import actions, queries

    by = accounts.operator()
    marks = [time.perf_counter()]
    draft = actions.receive(
        register="spot_check_batches", organisation="quality-supervision", period=parse("2014"), file=source,
        name=source.name, by=by, channel="command",
    )  # fmt: skip
    marks.append(time.perf_counter())
    assert draft.errors == 0, queries.findings(draft, by=by)
    submitted = actions.submit(submission=draft, unexplained=True, by=by)
    marks.append(time.perf_counter())
    accepted = actions.accept(submission=submitted, by=by)
    marks.append(time.perf_counter())
    assert accepted.accepted_rows == draft.rows
    parts = dict(zip(("receive", "submit", "accept"), np.diff(marks).round(3).tolist(), strict=True))
    return marks[-1] - marks[0], parts


def set_up(home: Path) -> None:
    """Make an empty home."""
    os.environ.update(QUALICITY_HOME=str(home), QUALICITY_TODAY="2015-01-10", QUALICITY_HTTPS="0")
    os.environ["DJANGO_SETTINGS_MODULE"] = "qualicity.site.settings"
    os.environ.pop("DATABASE_URL", None)
    from qualicity import __main__ as command

    command._set_up_django()
    command.make_ready()


def main() -> int:
    """Run both and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qualicity-bench-") as name:
        folder = Path(name)
        set_up(folder / "home")
        source = folder / "batches.csv"
        make_csv(arguments.rows, source)
        peer = min(bare(source, folder) for _ in range(3))
        seconds, parts = ours(source)
    result = {
        "name": "ingest",
        "ours_s": round(seconds, 3),
        "peers": {"polars read_csv + write_parquet": round(peer, 3)},
        "ratio_to_best": round(seconds / peer, 2),
        "rows": arguments.rows,
        "parts_s": parts,
    }
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(f"ingest: {arguments.rows:,} rows in {seconds:.2f} s {parts}; bare polars {peer:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
