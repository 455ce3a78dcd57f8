"""Events of enterprises, pulled from where they are kept: nothing is copied into the files.

An event keeps its source and its number, by which it is disputed, and the submission that it came with. Codes of
2014 are taken for the one registered enterprise whose credit code holds them; where none or several do, the event
stays unplaced and is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.tables.conditions import filter_expression
from qualicity.evidence.submissions import queries as submissions
from qualicity.judgement.credit.lifecycle import DisputeState
from qualicity.judgement.credit.models import Dispute
from qualicity.judgement.credit.queries.feeds import FEEDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.credit import CreditScheme, EventSource

REGISTERED = pl.Schema(
    {
        "uscc": pl.String,
        "older": pl.String,
        "place": pl.String,
        "industry": pl.String,
        "registered_on": pl.Date,
        "closed_on": pl.Date,
    }
)
WORDS = ("number", "about", "issuer", "document")


@dataclass(frozen=True, slots=True)
class Pulled:
    """The events, each with the ``position`` of its enterprise, and how many could not be placed."""

    events: pl.DataFrame
    enterprises: pl.DataFrame
    unplaced: int


def versions(scheme: CreditScheme) -> dict[str, str]:
    """Return what each source of a scheme stands at: register or feed → version, and the disputes upheld."""
    held = submissions.versions()
    registers = {one.source_register for one in scheme.events if one.source_register}
    found = {code: str(held[code]) for code in sorted(registers & set(held))}
    feeds = sorted({one.feed for one in scheme.events if one.feed})
    found |= {f"feed:{name}": FEEDS[name].version() for name in feeds}
    upheld = Dispute.objects.filter(state=DisputeState.UPHELD)
    return found | {"disputes": f"{upheld.count()}"}


def registered() -> pl.DataFrame:
    """Return every registered enterprise in the order of codes."""
    columns = ("uscc", "organisation_code", "place", "industry", "registered_on", "closed_on")
    rows = list(registry.enterprises().order_by("uscc").values_list(*columns))
    return pl.DataFrame(rows, schema=REGISTERED, orient="row")


def pull(scheme: CreditScheme, *, enterprises: pl.DataFrame | None = None) -> Pulled:
    """Return the events of all enterprises, or of the given ones only, by enterprise, in the order of the sources."""
    everybody = enterprises is None
    enterprises = registered() if enterprises is None else enterprises
    codes = None if everybody else _codes_of(enterprises)
    frames = [_read(one, scheme, codes) for one in scheme.events]
    found = pl.concat(pl.collect_all([one for one in frames if one is not None]) or [_empty(scheme)])
    placed = place(found, enterprises)
    placed = placed.join(_wrong(scheme), on=["uscc", "source", "number"], how="left", maintain_order="left")
    placed = placed.with_columns(pl.col("is_wrong").fill_null(value=False))
    return Pulled(placed, enterprises, found.height - placed.height if everybody else 0)


def place(events: pl.DataFrame, enterprises: pl.DataFrame) -> pl.DataFrame:
    """Return the events whose code means one enterprise, with its position, in its order; ``code`` gives way."""
    at = enterprises.select(position=pl.int_range(pl.len(), dtype=pl.Int32), uscc="uscc", older="older")
    once = at.filter(pl.col("older").is_unique())
    keys = pl.concat([at.select(code="uscc", position="position"), once.select(code="older", position="position")])
    found = events.with_columns(code=pl.col("code").str.replace_all("-", "", literal=True)).join(
        keys, on="code", how="inner", maintain_order="left"
    )
    named = found.with_columns(uscc=enterprises["uscc"].gather(found["position"])).drop("code")
    return named.sort("position", maintain_order=True)


def _codes_of(enterprises: pl.DataFrame) -> list[str]:
    older = enterprises["older"]
    hyphened = older.str.slice(0, 8) + "-" + older.str.slice(8)
    return [*enterprises["uscc"], *older, *hyphened]


def _read(source: EventSource, scheme: CreditScheme, codes: list[str] | None) -> pl.LazyFrame | None:
    """Return the events of one source, lazily; None where its register holds nothing."""
    rows = _rows(source, codes)
    if rows is None:
        return None
    names = dict.fromkeys(WORDS, pl.String)
    given = {"number": source.number, "about": source.about, "issuer": source.issuer, "document": source.document}
    if source.feed is not None:
        given = {one: one for one in WORDS}
    day, until = (source.day, source.until) if source.feed is None else ("day", "until")
    return rows.select(
        source=pl.lit(source.code).cast(kinds(scheme)),
        code=pl.col(source.enterprise if source.feed is None else "enterprise"),
        day=pl.col(day).cast(pl.Date),
        until=(pl.col(until) if until else pl.lit(None)).cast(pl.Date),
        **{
            name: (pl.col(column) if (column := given[name]) else pl.lit(None)).cast(kind)
            for name, kind in names.items()
        },
        submission_id=pl.col("submission_id") if source.feed is None else pl.lit(None, dtype=pl.Int64),
    ).filter(pl.col("day").is_not_null() & pl.col("code").is_not_null() & pl.col("number").is_not_null())


def _rows(source: EventSource, codes: list[str] | None) -> pl.LazyFrame | None:
    if source.feed is not None:
        rows = FEEDS[source.feed].events().lazy()
        name = "enterprise"
    else:
        assert source.source_register is not None, "a source has a register or a feed"
        found = submissions.scan(source.source_register)
        if found is None:
            return None
        rows, name = found, source.enterprise
    mine = pl.col(name).is_in(codes or [])
    if codes is not None and not source.latest:
        rows = rows.filter(mine)
    if source.latest:
        register = catalogue().registers[source.source_register or ""]
        key = [one for one in register.key if one != register.date] or list(register.key)
        rows = rows.sort(register.date, "submission_id", "row_number").unique(key, keep="last", maintain_order=True)
        rows = rows if codes is None else rows.filter(mine)
    return rows.filter(filter_expression(source.when)) if source.when else rows


def kinds(scheme: CreditScheme) -> pl.Enum:
    """Return the type of the column that names an event's source."""
    return pl.Enum([one.code for one in scheme.events])


def _empty(scheme: CreditScheme) -> pl.DataFrame:
    words = dict.fromkeys(WORDS, pl.String)
    schema: Mapping[str, pl.DataType | type[pl.DataType]] = {
        "source": kinds(scheme), "code": pl.String, "day": pl.Date, "until": pl.Date, **words,
        "submission_id": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(schema=schema)


def _wrong(scheme: CreditScheme) -> pl.DataFrame:
    """Return the events that were found wrong."""
    rows = Dispute.objects.filter(state=DisputeState.UPHELD).values_list("uscc", "source", "number").distinct()
    schema = {"uscc": pl.String, "source": pl.String, "number": pl.String}
    found = pl.DataFrame(list(rows), schema=schema, orient="row")
    kind = pl.col("source").cast(kinds(scheme), strict=False)
    return found.with_columns(kind, is_wrong=pl.lit(value=True)).drop_nulls("source")
