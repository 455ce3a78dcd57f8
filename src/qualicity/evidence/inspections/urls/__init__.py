"""Addresses of the desk's pages, one file per subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.evidence.inspections.urls import aftermath, field, laboratory, planning, risk

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "inspections"

urlpatterns: list[URLPattern] = [
    *planning.ADDRESSES,
    *field.ADDRESSES,
    *laboratory.ADDRESSES,
    *aftermath.ADDRESSES,
    *risk.ADDRESSES,
]
