"""Reads of the desk: what anybody may see. Nobody is asked who they are."""

from __future__ import annotations

from qualicity.publication.opendata.queries.asking import (
    LONGEST,
    MOST,
    Page,
    askable,
    key_of,
    related,
    row,
    rows,
    whole,
)
from qualicity.publication.opendata.queries.describing import changelog, dcat, described, schema_of
from qualicity.publication.opendata.queries.files import FORMS, Download, download, download_of_release
from qualicity.publication.opendata.queries.shelf import Edition, edition, table_of

__all__ = [
    "FORMS",
    "LONGEST",
    "MOST",
    "Download",
    "Edition",
    "Page",
    "askable",
    "changelog",
    "dcat",
    "described",
    "download",
    "download_of_release",
    "edition",
    "key_of",
    "related",
    "row",
    "rows",
    "schema_of",
    "table_of",
    "whole",
]
