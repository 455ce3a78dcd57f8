"""Calls of plans, draws and conflicts of interest."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["inspections"])
