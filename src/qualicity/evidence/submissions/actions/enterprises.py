"""The city's enterprises, taken from the accepted register into the registry that every desk asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from django.db import transaction

from qualicity.commons.registry import actions as registry
from qualicity.commons.registry import queries as known
from qualicity.evidence.submissions.queries.tables import scan, versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.commons.accounts.models import Person

REGISTER = "enterprises"
KEY = "enterprises_taken_in"
COLUMNS = ("enterprise", "name", "place", "industry", "registered_on", "closed_on", "recorded_on")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the register: how many are in the registry, how many have only an older code nobody knows."""

    enterprises: int
    unmapped: int
    version: int | None


@transaction.atomic
def take_in_enterprises(*, by: Person) -> TakenIn:
    """Bring the registry of enterprises up to the accepted register; nothing is done where it is up to date.

    The latest record of an enterprise counts. A record under an organisation code counts for the enterprise whose
    credit code holds it; where there is none it waits, and is counted.
    """
    version = versions().get(REGISTER)
    before = known.remembered(KEY).get(KEY) or {}
    if version is None or before.get("version") == version:
        return TakenIn(before.get("enterprises", 0), before.get("unmapped", 0), version)
    rows = scan(REGISTER)
    assert rows is not None, "a register with a version has rows"
    latest = _latest(rows.select(COLUMNS).collect())
    count = registry.register_enterprises(enterprises=_each(latest.drop_nulls("uscc")), by=by)
    taken = TakenIn(count, latest["uscc"].null_count(), version)
    kept = {"version": version, "enterprises": count, "unmapped": taken.unmapped}
    registry.remember(key=KEY, change=lambda _stored: kept, by=by)
    return taken


def _latest(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the latest record of each enterprise, under its credit code where that is known."""
    code = pl.col("enterprise").str.replace("-", "", literal=True)
    rows = rows.with_columns(full=pl.when(code.str.len_chars() == 18).then(code), older=code)
    held = rows.drop_nulls("full").select(mapped="full", older=pl.col("full").str.slice(8, 9))
    stored = pl.DataFrame(
        list(known.enterprises().values_list("uscc", "organisation_code")),
        schema={"mapped": pl.String, "older": pl.String},
        orient="row",
    )
    # an older code that two credit codes hold says nothing
    mapping = pl.concat([held, stored]).unique().unique("older", keep="none")
    return (
        rows.join(mapping, on="older", how="left")
        .with_columns(uscc=pl.coalesce("full", "mapped"))
        .sort("recorded_on", maintain_order=True)
        .unique(pl.coalesce("uscc", "older").alias("key"), keep="last", maintain_order=True)
    )


def _each(rows: pl.DataFrame) -> Iterator[registry.NewEnterprise]:
    for one in rows.iter_rows(named=True):
        yield registry.NewEnterprise(
            uscc=one["uscc"], name=one["name"], place=one["place"] or "", industry=one["industry"] or "",
            registered_on=one["registered_on"], closed_on=one["closed_on"],
        )  # fmt: skip
