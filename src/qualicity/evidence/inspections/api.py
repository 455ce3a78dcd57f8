"""The desk's calls of the API."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["inspections"])
