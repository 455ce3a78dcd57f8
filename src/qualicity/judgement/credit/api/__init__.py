"""The desk's calls of the API, one file per subject."""

from __future__ import annotations

from ninja import Router

from qualicity.judgement.credit.api import files, listings

router = Router(tags=["credit"])
router.add_router("", files.router)
router.add_router("", listings.router)
