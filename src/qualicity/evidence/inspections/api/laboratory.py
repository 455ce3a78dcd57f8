"""Calls of laboratories and their results."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["inspections"])
