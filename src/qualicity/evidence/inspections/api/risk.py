"""Calls of the models of risk."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["inspections"])
