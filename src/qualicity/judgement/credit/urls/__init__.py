"""Addresses of the desk's pages, one file per subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.judgement.credit.urls import files, listings

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "credit"

urlpatterns: list[URLPattern] = [*files.ADDRESSES, *listings.ADDRESSES]
