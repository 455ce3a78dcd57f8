"""Half a million enterprises with four million events scored at once, beside DuckDB SQL written by hand.

``--json`` prints one object. Both sides open the same Parquet files: events under codes as they were filed (some of
them of 2014), and the enterprises. Both place the events, let them fade, hold items and families within their bounds
and name the classes; every score is compared. What takes years (AA, AAA) only we look for, and time apart.
"""

# ruff: noqa: E402, E501 -- Django is set up before its models are imported; a line of SQL is read as one
from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import django
import duckdb
import numpy as np
import polars as pl

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualicity.site.settings")
os.environ.setdefault("QUALICITY_HOME", tempfile.mkdtemp(prefix="qualicity-bench-"))
django.setup()

from qualicity.definitions.catalogue import catalogue
from qualicity.judgement.credit.actions.scoring import ROW_GROUP
from qualicity.judgement.credit.models import ScoreRun
from qualicity.judgement.credit.queries.pulling import kinds, place
from qualicity.judgement.credit.queries.runs import events_of, folder, standing
from qualicity.judgement.credit.queries.schemes import rules
from qualicity.judgement.credit.queries.scoring import score_all
from qualicity.methods.credit_scoring import DAYS_OF_A_YEAR, in_parts

ENTERPRISES, EVENTS = 500_000, 4_000_000
DAY = date(2015, 3, 31)
SCHEME = next(iter(catalogue().credit.values()))


def make(folder: Path, enterprises: int, events: int) -> tuple[Path, Path]:
    """Write enterprises and events as Parquet files."""
    random = np.random.default_rng(4)
    numbers = np.arange(enterprises)
    older = np.char.zfill(numbers.astype(str), 9)
    uscc = np.char.add(np.char.add("91410100", older), "X")
    today = (DAY - date(1970, 1, 1)).days
    born = today - random.integers(0, 9000, enterprises)
    frame = pl.DataFrame(
        {
            "uscc": uscc, "older": older,
            "place": np.char.add("4101", random.integers(10, 25, enterprises).astype(str)),
            "industry": random.choice(list("ACEFGHIN"), enterprises),
            "registered_on": pl.Series(born.astype(np.int32)).cast(pl.Date),
            "closed_on": pl.Series([None] * enterprises, dtype=pl.Date),
        }
    )  # fmt: skip
    known = [one.code for one in SCHEME.events]
    common = ["check_passed", "licence_valid", "product_on_file", "file_opened", "check_failed", "complaint_upheld"]
    chance = np.array([20.0 if code in common else 1.0 for code in known])
    source = random.choice(len(known), events, p=chance / chance.sum())
    who = random.integers(0, enterprises, events)
    code = np.where(random.random(events) < 0.2, older[who], uscc[who])
    day = today - random.integers(-30, 2500, events)
    until = day + random.integers(30, 2500, events)
    happened = pl.DataFrame(
        {
            "source": pl.Series(source.astype(np.uint8)).cat.to(kinds(SCHEME)),
            "code": code,
            "day": pl.Series(day.astype(np.int32)).cast(pl.Date),
            "until": pl.Series(until.astype(np.int32)).cast(pl.Date),
            "number": np.arange(events).astype(str),
        }
    ).with_columns(until=pl.when(pl.Series(random.random(events) < 0.5)).then("until"))  # fmt: skip
    paths = folder / "enterprises.parquet", folder / "events.parquet"
    frame.write_parquet(paths[0])
    happened.write_parquet(paths[1])
    return paths


def ours(paths: tuple[Path, Path], *, with_rises: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the scores and the events that they were made of."""
    enterprises, events = (pl.read_parquet(path) for path in paths)
    placed = place(events, enterprises).with_columns(is_wrong=pl.lit(value=False))
    return score_all(SCHEME, placed, enterprises, DAY, with_rises=with_rises), placed


def by_hand() -> str:
    """Return the scoring as somebody would write it in SQL who has the scheme before them."""
    families, _ = rules(SCHEME)
    items = []
    for at, (family, item) in enumerate(SCHEME.items):
        weight = SCHEME.families[family].weight
        whole = float(in_parts(item.points, weight))
        most = "NULL" if item.most is None else round(in_parts(item.most, weight))
        span = round(item.fade.years * DAYS_OF_A_YEAR) or 1
        items.append(f"({at}, {family}, '{item.event}', {whole!r}::DOUBLE, '{item.fade.how}', {span}, {most})")
    bounds = ", ".join(
        f"({at}, {round(in_parts(one.start, one.weight))}, {round(in_parts(one.floor, one.weight))}, {round(in_parts(one.ceiling, one.weight))})"
        for at, one in enumerate(families)
    )
    vetoes = " UNION ALL ".join(
        f"SELECT uscc, {[c.code for c in SCHEME.classes].index(v.worst)} AS worst FROM placed WHERE source = '{v.event}' AND age >= 0 AND "
        + ("(until IS NULL OR until >= $day)" if v.years is None else f"age < {round(v.years * DAYS_OF_A_YEAR)}")
        for v in SCHEME.vetoes
    )
    classes = " ".join(
        f"WHEN score >= {round(one.at_least * 10_000)} THEN {at}" for at, one in enumerate(SCHEME.classes[:-1])
    )
    return f"""
    WITH items(item, family, source, whole, how, span, most) AS (VALUES {", ".join(items)}),
    bounds(family, begins, floor, ceiling) AS (VALUES {bounds}),
    once AS (SELECT older, any_value(uscc) AS uscc FROM enterprises GROUP BY older HAVING count(*) = 1),
    keys AS (SELECT uscc AS code, uscc FROM enterprises UNION ALL SELECT older, uscc FROM once),
    placed AS (SELECT uscc, source::VARCHAR AS source, $day - day AS age, until FROM events JOIN keys USING (code)),
    given AS (SELECT uscc, item, family, most, CASE WHEN age < 0 THEN 0
        WHEN how = 'never' THEN round_even(whole, 0)
        WHEN how = 'valid' THEN CASE WHEN until IS NULL OR until >= $day THEN round_even(whole, 0) ELSE 0 END
        WHEN how = 'linear' THEN CASE WHEN age < span THEN round_even(whole * (span - age) / span, 0) ELSE 0 END
        ELSE round_even(whole * pow(2, -age / span), 0) END AS parts FROM placed JOIN items USING (source)),
    by_item AS (SELECT uscc, family, CASE WHEN any_value(most) IS NULL THEN sum(parts)
        ELSE greatest(-any_value(most), least(any_value(most), sum(parts))) END AS parts FROM given GROUP BY uscc, family, item),
    by_family AS (SELECT uscc, family, sum(parts) AS parts FROM by_item GROUP BY ALL),
    bounded AS (SELECT e.uscc, greatest(b.floor, least(b.ceiling, b.begins + coalesce(f.parts, 0))) AS parts
        FROM enterprises e CROSS JOIN bounds b LEFT JOIN by_family f ON f.uscc = e.uscc AND f.family = b.family),
    totals AS (SELECT uscc, sum(parts)::BIGINT AS score FROM bounded GROUP BY uscc),
    struck AS (SELECT uscc, max(worst) AS worst FROM ({vetoes}) GROUP BY uscc)
    SELECT uscc, score, greatest(CASE {classes} ELSE {len(SCHEME.classes) - 1} END, coalesce(worst, 0)) AS class
    FROM totals LEFT JOIN struck USING (uscc)
    WHERE uscc IN (SELECT uscc FROM enterprises WHERE (registered_on IS NULL OR registered_on <= $day)) ORDER BY uscc"""


def look_up(full: pl.DataFrame) -> dict[str, float]:
    """Return the median milliseconds of looking up a class, and the events behind it, by credit code."""
    run = ScoreRun(key="benchmark")
    codes = full["uscc"].sample(60, seed=1).to_list()
    standing(run, codes[0])  # the last run stays in memory
    found: dict[str, float] = {}
    for name, ask in (("class_ms", standing), ("file_ms", events_of)):
        times = []
        for code in codes:
            started = time.perf_counter()
            assert ask(run, code) is not None
            times.append(1000 * (time.perf_counter() - started))
        found[name] = round(float(np.median(times)), 2)
    return found


def peer(paths: tuple[Path, Path]) -> pl.DataFrame:
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    for name, path in zip(("enterprises", "events"), paths, strict=True):
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
    found = connection.execute(by_hand(), {"day": DAY}).fetchnumpy()
    return pl.DataFrame({name: np.asarray(column) for name, column in found.items()}).with_columns(
        pl.col("uscc").cast(pl.String)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=ENTERPRISES)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        paths = make(Path(name), arguments.enterprises, arguments.events)
        times: dict[str, float] = {}
        started = time.perf_counter()
        scored, _ = ours(paths, with_rises=False)
        times["ours_s"] = time.perf_counter() - started
        started = time.perf_counter()
        full, placed = ours(paths, with_rises=True)
        folder("benchmark").mkdir(parents=True)
        for kind, table in (("scores", full), ("events", placed)):
            table.write_parquet(folder("benchmark") / f"{kind}.parquet", row_group_size=ROW_GROUP)
        times["with_years_and_file_s"] = time.perf_counter() - started
        started = time.perf_counter()
        theirs = peer(paths)
        times["peer_s"] = time.perf_counter() - started
        looked = look_up(full)
    both = scored.join(theirs, on="uscc", suffix="_peer", validate="1:1")
    # whole and fraction are exact with us; a sum of doubles may fall on the other side of a half
    apart = int((both["score"].cast(pl.Int64) - both["score_peer"]).abs().max() or 0)  # type: ignore[arg-type]
    same_class = float((both["credit_class"].to_physical().cast(pl.Int64) == both["class"]).mean() or 0)  # type: ignore[arg-type]
    value = {
        "enterprises": arguments.enterprises, "events": arguments.events,
        **{key: round(one, 2) for key, one in times.items()},
        **looked,
        "ratio": round(times["peer_s"] / times["ours_s"], 2),
        "parts_apart_at_most": apart, "same_class": same_class, "compared": both.height,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "peer": f"DuckDB {duckdb.__version__}",
        "risen": int(full["grade"].cast(pl.String).is_in(["AA", "AAA"]).sum()),
    }  # fmt: skip
    if arguments.json:
        print(json.dumps(value, ensure_ascii=False))
    else:
        print(
            f"credit: {value['enterprises']:,} enterprises, {value['events']:,} events: {value['ours_s']} s; "
            f"with AA and AAA, written: {value['with_years_and_file_s']} s; DuckDB by hand {value['peer_s']} s "
            f"(×{value['ratio']}); one class {value['class_ms']} ms, one file's events {value['file_ms']} ms; {value['compared']:,} scores at most {apart} ten-thousandths apart"
        )
    good = apart <= 2 and same_class > 0.999 and both.height == scored.height and times["with_years_and_file_s"] <= 60
    good = good and looked["class_ms"] < 10
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
