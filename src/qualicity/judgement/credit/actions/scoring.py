"""Scoring all enterprises at once: pulled by version, never pushed by an event."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from uuid import uuid4

import polars as pl
from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.evidence.submissions import actions as submissions
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.models import ClassChange, ScoreRun
from qualicity.judgement.credit.queries import pulling, runs
from qualicity.judgement.credit.queries.schemes import digest, scheme
from qualicity.judgement.credit.queries.scoring import score_all

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from qualicity.commons.accounts.models import Person

ROW_GROUP = 32_768
BATCH = 5_000


def score(*, by: Person, as_of: date | None = None) -> ScoreRun:
    """Score every enterprise on a day (today) and return the run; the same day and versions give the run again.

    The registry of enterprises is brought up to the accepted register first. The files of a run are whole before its
    row is there; a crash in between leaves files that nobody looks at.
    """
    permissions.check_all(by, permissions.MANAGE)
    if accounts.can(by, "lake.manage"):
        submissions.take_in_enterprises(by=by)
    day = as_of or registry.moment().date()
    chosen, weighting = scheme(day)
    stand = pulling.versions(chosen)
    key = runs.key_of(chosen, day, stand)
    if (same := ScoreRun.objects.filter(key=key).first()) is not None and runs.is_kept(key):
        return same
    pulled = pulling.pull(chosen)
    scored = score_all(chosen, pulled.events, pulled.enterprises, day)
    _write(runs.folder(key), scored, pulled.events)
    with transaction.atomic():
        before = runs.latest()
        run, created = ScoreRun.objects.get_or_create(
            key=key,
            defaults={
                "scheme": chosen.code, "weighting": weighting, "rubric_digest": digest(chosen), "as_of": day,
                "versions": stand, "enterprises": scored.height, "events": pulled.events.height,
                "unplaced": pulled.unplaced, "made_by": by, "made_at": registry.moment(),
            },
        )  # fmt: skip
        if created:
            changed = _changes(before, run, scored) if before is not None and before.as_of <= day else 0
            audit.record(
                by=by, verb="credit.score", subject=f"score_run:{run.pk}",
                detail={"scheme": chosen.code, "as_of": day.isoformat(), "enterprises": scored.height,
                        "events": pulled.events.height, "unplaced": pulled.unplaced, "changed": changed,
                        "weighting": weighting.pk if weighting else None},
            )  # fmt: skip
    _clear(keep=run)
    return run


def score_if_due(*, by: Person) -> ScoreRun | None:
    """Score where something was filed, adopted or faded since the last run; None where nothing is due."""
    permissions.check_all(by, permissions.MANAGE)
    if accounts.can(by, "lake.manage"):
        submissions.take_in_enterprises(by=by)
    return score(by=by) if runs.is_due(runs.latest()) else None


def _write(target: Path, scored: pl.DataFrame, events: pl.DataFrame) -> None:
    """Write both files beside their place and move them there together."""
    staged = target.with_name(f"{target.name}.{uuid4().hex[:8]}")
    staged.mkdir(parents=True)
    try:
        scored.write_parquet(staged / "scores.parquet", row_group_size=ROW_GROUP, statistics=True)
        events.write_parquet(staged / "events.parquet", row_group_size=ROW_GROUP, statistics=True)
        if target.exists():  # a crash, or somebody else at the same moment, left the same files
            shutil.rmtree(staged)
        else:
            staged.rename(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _clear(*, keep: ScoreRun) -> None:
    """Remove the files of all runs but the latest two; what changed class with each run stays in the database."""
    kept = {one.key for one in ScoreRun.objects.order_by("-as_of", "-pk")[:2]} | {keep.key}
    for key in ScoreRun.objects.exclude(key__in=kept).values_list("key", flat=True):
        shutil.rmtree(runs.folder(key), ignore_errors=True)


def _changes(before: ScoreRun, run: ScoreRun, scored: pl.DataFrame) -> int:
    """Keep who stands in another class or grade than in the run before; return how many."""
    path = runs.folder(before.key) / "scores.parquet"
    columns = ("uscc", "credit_class", "grade")
    older = pl.read_parquet(path, columns=list(columns)).with_columns(pl.col("credit_class", "grade").cast(pl.String))
    newer = scored.select(columns).with_columns(pl.col("credit_class", "grade").cast(pl.String))
    both = older.join(newer, on="uscc", suffix="_after").filter(
        (pl.col("credit_class") != pl.col("credit_class_after")) | (pl.col("grade") != pl.col("grade_after"))
    )
    ClassChange.objects.bulk_create(
        [
            ClassChange(
                run=run, uscc=row["uscc"], class_before=row["credit_class"], class_after=row["credit_class_after"],
                grade_before=row["grade"], grade_after=row["grade_after"],
            )
            for row in both.iter_rows(named=True)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return both.height
