"""Who has no file yet (建档): enterprises, and prepackaged products by bar code, by the latest record of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.catalogue import catalogue
from qualicity.evidence.submissions import queries as submissions
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.queries.scoring import in_business

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person

ENTERPRISES, PRODUCTS = "enterprises", "prepackaged_products"
KEYS = {ENTERPRISES: "enterprise", PRODUCTS: "gtin"}


def lacking(*, register: str = ENTERPRISES, place: str = "", on: date, by: Person) -> pl.DataFrame:
    """Return the latest record of what ought to have a file on a day and has none, in the register's own columns.

    A county sees its own. InputError is for others to raise: ``register`` is one of the two.
    """
    accounts.check(by, permissions.READ)
    definition = catalogue().registers[register]
    rows = submissions.scan(register)
    columns = [one.name for one in definition.columns]
    if rows is None:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    own = permissions.own_place(by)
    latest = (
        rows.filter(pl.col("recorded_on") <= on)
        .sort("recorded_on", "submission_id", "row_number")
        .unique(KEYS[register], keep="last", maintain_order=True)
        .filter(pl.col("file_opened_on").is_null())
        .filter(in_business(on) if register == ENTERPRISES else _on_sale(on))
    )
    for wanted in filter(None, (own, place)):
        latest = latest.filter(pl.col("place") == wanted)
    return latest.select(columns).sort("place", KEYS[register]).collect()


def _on_sale(day: date) -> pl.Expr:
    begun = pl.col("on_sale_from").is_null() | (pl.col("on_sale_from") <= day)
    return begun & (pl.col("on_sale_until").is_null() | (pl.col("on_sale_until") > day))
