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
from qualicity.publication.opendata.queries.frames import draw_frame, script
from qualicity.publication.opendata.queries.shelf import Edition, edition, table_of
from qualicity.publication.opendata.queries.sources.checks import frame_address

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
    "draw_frame",
    "edition",
    "frame_address",
    "key_of",
    "related",
    "row",
    "rows",
    "schema_of",
    "script",
    "table_of",
    "whole",
]
