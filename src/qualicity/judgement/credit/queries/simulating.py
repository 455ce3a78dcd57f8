"""What other weights would change: who changes class, where, in which industry, and who gains and loses most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotFoundError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.models import Weighting
from qualicity.judgement.credit.queries import pulling, runs
from qualicity.judgement.credit.queries.schemes import Weights, scheme, with_weights
from qualicity.judgement.credit.queries.scoring import score_all
from qualicity.methods.credit_scoring import PARTS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.credit import CreditScheme

MOST = 20
SMALL = 5
"""Groups of fewer enterprises are shown as one, so that nobody is read out of a group."""


@dataclass(frozen=True, slots=True)
class Group:
    """One place or industry: how many enterprises it has, how many would stand better or worse, the mean change."""

    code: str
    enterprises: int
    better: int
    worse: int
    change: float


@dataclass(frozen=True, slots=True)
class Moved:
    """One enterprise whose score would change much."""

    uscc: str
    name: str
    place: str
    before: float
    after: float
    class_before: str
    class_after: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """What other weights would change over all enterprises on a day."""

    as_of: date
    scheme: CreditScheme
    changed_scheme: CreditScheme
    weights: Weights
    enterprises: int
    better: int
    worse: int
    matrix: tuple[tuple[str, tuple[int, ...]], ...]
    """Class before → how many would stand in each class after, in the order of the classes."""
    places: tuple[Group, ...]
    industries: tuple[Group, ...]
    gain: tuple[Moved, ...]
    lose: tuple[Moved, ...]

    @property
    def changed(self) -> int:
        """Return how many would change class."""
        return self.better + self.worse

    @property
    def summary(self) -> dict[str, object]:
        """Return what is kept beside a proposal."""
        return {
            "as_of": self.as_of.isoformat(),
            "enterprises": self.enterprises,
            "better": self.better,
            "worse": self.worse,
            "matrix": {code: list(row) for code, row in self.matrix},
        }


def simulate(weights: Weights, *, by: Person) -> Simulation:
    """Return what other weights would change, over every enterprise and on the day of what is counted now.

    InputError for weights that make no scheme.
    """
    permissions.check_all(by, permissions.READ)
    run = runs.latest()
    day = run.as_of if run is not None and not runs.is_due(run) else registry.moment().date()
    current, _ = scheme(day)
    changed = with_weights(current, weights)
    enterprises, events = _pulled(current, day)
    before, after = (score_all(one, events, enterprises, day, with_rises=False) for one in (current, changed))
    codes = [one.code for one in current.classes]
    both = before.select("uscc", "place", "industry", "score", at=pl.col("credit_class").to_physical()).with_columns(
        after=after["score"], to=after["credit_class"].to_physical()
    ).with_columns(
        change=(pl.col("after") - pl.col("score")) / PARTS,
        better=pl.col("to") < pl.col("at"),
        worse=pl.col("to") > pl.col("at"),
    )  # fmt: skip
    counts = {(a, b): n for a, b, n in both.group_by("at", "to").len().iter_rows()}
    matrix = tuple((code, tuple(counts.get((a, b), 0) for b in range(len(codes)))) for a, code in enumerate(codes))
    return Simulation(
        as_of=day, scheme=current, changed_scheme=changed, weights=weights, enterprises=both.height,
        better=int(both["better"].sum()), worse=int(both["worse"].sum()), matrix=matrix,
        places=_groups(both, "place"), industries=_groups(both, "industry"),
        gain=_moved(both, codes, most=True), lose=_moved(both, codes, most=False),
    )  # fmt: skip


def proposals(*, by: Person) -> QuerySet[Weighting]:
    """Return every proposal of weights, latest first."""
    accounts.check(by, permissions.READ)
    return Weighting.objects.select_related("proposed_by", "decided_by")


def proposal(number: int, *, by: Person) -> Weighting:
    """Return one proposal; NotFoundError when there is none."""
    found = proposals(by=by).filter(pk=number).first()
    if found is None:
        raise NotFoundError(f"没有第 {number} 号权重方案。", f"There is no proposal {number}.")
    return found


def _pulled(current: CreditScheme, day: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return enterprises and events as the last run counted them, where nothing is newer, else pulled now."""
    run = runs.latest()
    if run is not None and run.as_of == day and not runs.is_due(run):
        columns = ["source", "uscc", "day", "until", "is_wrong"]
        events = pl.read_parquet(runs.folder(run.key) / "events.parquet", columns=columns)
        enterprises = pulling.registered()
        at = enterprises.select("uscc", position=pl.int_range(pl.len(), dtype=pl.Int32))
        return enterprises, events.join(at, on="uscc")
    pulled = pulling.pull(current)
    return pulled.enterprises, pulled.events


def _groups(both: pl.DataFrame, column: str) -> tuple[Group, ...]:
    found = (
        both.group_by(column)
        .agg(pl.len().alias("count"), pl.col("better").sum(), pl.col("worse").sum(), pl.col("change").mean())
        .sort(pl.col("better") + pl.col("worse"), column, descending=[True, False])
    )
    return tuple(Group(*row) for row in found.filter(pl.col("count") >= SMALL).iter_rows())


def _moved(both: pl.DataFrame, codes: list[str], *, most: bool) -> tuple[Moved, ...]:
    sign = pl.col("change") > 0 if most else pl.col("change") < 0
    rows = both.filter(sign).sort("change", "uscc", descending=[most, False]).head(MOST).to_dicts()
    wanted = [row["uscc"] for row in rows]
    names = dict(registry.enterprises().filter(uscc__in=wanted).values_list("uscc", "name"))
    return tuple(
        Moved(
            row["uscc"], names.get(row["uscc"], ""), row["place"], row["score"] / PARTS, row["after"] / PARTS,
            codes[row["at"]], codes[row["to"]],
        )
        for row in rows
    )  # fmt: skip
