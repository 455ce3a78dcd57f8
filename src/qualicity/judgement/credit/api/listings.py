"""Calls of the list of the seriously dishonest."""

from __future__ import annotations

from ninja import Router

router = Router()
