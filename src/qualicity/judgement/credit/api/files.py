"""Calls of credit files, scores and weights."""

from __future__ import annotations

from ninja import Router

router = Router()
