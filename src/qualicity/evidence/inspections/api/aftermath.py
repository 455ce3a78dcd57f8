"""Calls of what follows a failure, and what the public is told."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["inspections"])
