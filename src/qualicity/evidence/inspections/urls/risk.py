"""Addresses of the models of risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from qualicity.evidence.inspections.views import risk

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = [
    path("inspections/risk/", risk.risk, name="risk"),
    path("inspections/risk/make/", risk.make, name="risk_make"),
    path("inspections/risk/<slug:code>/", risk.risk, name="risk_release"),
    path("inspections/risk/<slug:code>/switch/", risk.switch, name="risk_switch"),
    path("inspections/risk/<slug:code>/enterprise/", risk.enterprise, name="risk_enterprise"),
]
