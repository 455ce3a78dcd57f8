"""Every door to the street: whatever anybody can ask for, and everything that is answered, as text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow.parquet as pq
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client

from qualicity.definitions.catalogue import catalogue
from qualicity.publication.opendata import queries

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = (
    "", "indicators/", "results/", "enterprises/", "enterprises/?q=zq", "enterprises/?q=jyb", "listed/", "penalties/",
    "draws/", "corrections/", "alerts/", "recalls/", "data/", "complain/", "subscribe/",
)  # fmt: skip
OWN_PAGES = {"results": "spot_check_results", "enterprises": "enterprises", "indicators": "indicators"}
FORMS = ("csv", "json", "parquet")


def addresses() -> Iterator[str]:
    """Yield the address of every page and call that shows something, by what is shown now."""
    tables = catalogue().open_tables
    for root in ("/public/", "/public/en/"):
        yield from (root + name for name in PAGES)
        for code in tables:
            yield f"{root}data/{code}/"
            yield f"{root}feeds/{code}.atom"
        for page, code in OWN_PAGES.items():
            for row in queries.rows(code, limit=5).rows:
                key = row["code"] if code == "indicators" else row[tables[code].key[0]]
                yield f"{root}{page}/{key}/"
        for row in queries.rows("draws").rows:
            yield f"{root}draws/{row['plan']}/{row['draw']}/"
        for row in queries.rows("enterprises").rows:
            yield f"{root}feeds/enterprises/{row['uscc']}.atom"
    yield from ("/open/v1/tables", "/open/v1/catalogue.jsonld", "/open/v1/changelog", "/open/v1/openapi.json")
    yield from (row["frame"] for row in queries.rows("draws").rows if row["frame"])
    for code, table in tables.items():
        yield f"/open/v1/tables/{code}"
        yield f"/open/v1/tables/{code}/schema"
        yield f"/open/v1/tables/{code}/rows?limit=200"
        for row in queries.rows(code, limit=3).rows:
            yield f"/open/v1/tables/{code}/rows/{'~'.join(str(row[part]) for part in table.key)}"
        yield from (f"/open/v1/tables/{code}.{form}" for form in FORMS)
        yield from (f"/open/v1/releases/1/{code}.{form}" for form in FORMS)


def close(response: Any) -> None:
    """Close an answer as the test client does: the database's connection is the test's, and stays."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def opened(client: Client, address: str, *, status: int = 200) -> str:
    """Return everything that an address answers: its headers, its body, and what is inside a file."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    close(response)
    inside = ""
    if address.endswith(".parquet") and status == 200:
        inside = str(pq.read_metadata(io.BytesIO(body)).metadata) + str(pl.read_parquet(io.BytesIO(body)).to_dicts())
        inside += str(
            [
                pq.ParquetFile(io.BytesIO(body)).metadata.row_group(n).to_dict()
                for n in range(pq.ParquetFile(io.BytesIO(body)).metadata.num_row_groups)
            ]
        )
    return f"{dict(response.headers)}\n{body.decode('utf-8', 'replace')}\n{inside}"


def everything(client: Client) -> dict[str, str]:
    """Return what every door answers, by address."""
    return {address: opened(client, address) for address in addresses()}


def client() -> Client:
    """Return somebody from the street."""
    return Client()
