"""The desk's calls of the API, one file per subject."""

from __future__ import annotations

from ninja import Router

from qualicity.evidence.inspections.api import aftermath, field, laboratory, planning, risk

router = Router(tags=["inspections"])
router.add_router("", planning.router)
router.add_router("", field.router)
router.add_router("", laboratory.router)
router.add_router("", aftermath.router)
router.add_router("", risk.router)
