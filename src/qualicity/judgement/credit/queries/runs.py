"""What the last run of scoring gave: the scores of one enterprise, of many, and how the classes are spread."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from django.conf import settings

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotFoundError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.models import ClassChange, ScoreRun
from qualicity.judgement.credit.queries.pulling import versions
from qualicity.judgement.credit.queries.schemes import digest, scheme
from qualicity.judgement.credit.queries.scoring import FAMILY
from qualicity.methods.credit_scoring import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.credit import CreditScheme


@dataclass(frozen=True, slots=True)
class Standing:
    """How one enterprise stands in a run: its score and the points of its families out of 100, class, grade, veto."""

    uscc: str
    place: str
    industry: str
    score: float
    families: Mapping[str, float]
    credit_class: str
    grade: str
    veto: str
    events: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How many enterprises stand in each class and grade, and in each class by place and by industry."""

    run: ScoreRun
    total: int
    classes: Mapping[str, int]
    grades: Mapping[str, int]
    places: Mapping[str, Mapping[str, int]]
    industries: Mapping[str, Mapping[str, int]]
    mean: float


def folder(key: str) -> Path:
    """Return where the files of a run lie."""
    return Path(settings.QUALICITY_HOME) / "credit" / key


def latest() -> ScoreRun | None:
    """Return the run of the latest day, None before the first or where its files are gone.

    One that was made later for an earlier day does not take its place.
    """
    found = ScoreRun.objects.select_related("weighting").order_by("-as_of", "-pk").first()
    return found if found is not None and is_kept(found.key) else None


def is_kept(key: str) -> bool:
    """Say whether the files of a run are there: they are made again from what they were made of."""
    return (folder(key) / "scores.parquet").is_file()


def runs_made(*, by: Person) -> QuerySet[ScoreRun]:
    """Return every run, latest first."""
    accounts.check(by, permissions.READ)
    return ScoreRun.objects.all()


def run_of(number: int) -> ScoreRun:
    """Return one run; NotFoundError when there is none."""
    found = ScoreRun.objects.select_related("weighting").filter(pk=number).first()
    if found is None:
        raise NotFoundError(f"没有第 {number} 次评分。", f"There is no run {number}.")
    return found


def key_of(scheme: CreditScheme, as_of: date, stand: Mapping[str, str]) -> str:
    """Return the key under which scores of a day from these versions are kept."""
    text = json.dumps([digest(scheme), as_of.isoformat(), dict(sorted(stand.items()))])
    return sha256(text.encode()).hexdigest()


def is_due(run: ScoreRun | None) -> bool:
    """Say whether scores should be made anew: something was filed or adopted, or time went by and points faded."""
    day = registry.moment().date()
    current, _ = scheme(day)
    if run is None or run.rubric_digest != digest(current) or run.versions != versions(current):
        return True
    return (day - run.as_of).days >= current.renew_days


@lru_cache(maxsize=2)
def _scores(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path)


def scores(run: ScoreRun) -> pl.DataFrame:
    """Return all scores of a run, by code; kept in memory while it is the last one."""
    return _scores(folder(run.key) / "scores.parquet")


def standings(run: ScoreRun, codes: list[str]) -> dict[str, Standing]:
    """Return how some enterprises stand in a run, by code; who was not scored is left out."""
    table = scores(run)
    wanted = pl.Series(codes, dtype=pl.String)
    at = table["uscc"].search_sorted(wanted, side="left")
    rows = table[at.filter(at < table.height)].filter(pl.col("uscc").is_in(wanted.implode())).unique("uscc")
    return {row["uscc"]: _standing(row) for row in rows.iter_rows(named=True)}


def standing(run: ScoreRun, uscc: str) -> Standing | None:
    """Return how one enterprise stands in a run, None where it was not scored."""
    return standings(run, [uscc]).get(uscc)


def events_of(run: ScoreRun, uscc: str) -> pl.DataFrame:
    """Return the events that a run counted for one enterprise, as they were pulled."""
    found = pl.scan_parquet(folder(run.key) / "events.parquet").filter(pl.col("uscc") == uscc).collect()
    return found.with_columns(position=pl.lit(0, dtype=pl.Int32))


def spread(run: ScoreRun) -> Spread:
    """Return how a run's enterprises are spread over classes, grades, places and industries."""
    return _spread(run.pk, run.key)


@lru_cache(maxsize=4)
def _spread(number: int, key: str) -> Spread:
    table = _scores(folder(key) / "scores.parquet")
    mean = table["score"].mean()
    return Spread(
        run=run_of(number),
        total=table.height,
        classes=_counts(table, "credit_class"),
        grades=_counts(table, "grade"),
        places=_by(table, "place"),
        industries=_by(table, "industry"),
        mean=float(mean) / PARTS if isinstance(mean, int | float) else 0.0,
    )


def changes_of(uscc: str) -> tuple[ClassChange, ...]:
    """Return when an enterprise came into another class or grade, latest first."""
    return tuple(ClassChange.objects.filter(uscc=uscc).select_related("run").order_by("-run_id"))


def _counts(table: pl.DataFrame, column: str) -> dict[str, int]:
    found = dict(table.group_by(column).len().iter_rows())
    kind = table.schema[column]
    assert isinstance(kind, pl.Enum), "classes and grades are named"
    return {code: found.get(code, 0) for code in kind.categories}


def _by(table: pl.DataFrame, column: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for name, code, count in table.group_by(column, "credit_class").len().sort(column).iter_rows():
        found.setdefault(name or "", {})[code] = count
    return found


def _standing(row: dict[str, Any]) -> Standing:
    families = {name.removeprefix(FAMILY): value / PARTS for name, value in row.items() if name.startswith(FAMILY)}
    return Standing(
        uscc=row["uscc"], place=row["place"], industry=row["industry"], score=row["score"] / PARTS,
        families=families, credit_class=row["credit_class"], grade=row["grade"], veto=row["veto"],
        events=row["events"],
    )  # fmt: skip
