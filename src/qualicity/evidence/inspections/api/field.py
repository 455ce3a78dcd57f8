"""Calls of samples taken in the field."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["inspections"])
