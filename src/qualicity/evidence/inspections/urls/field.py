"""Addresses of samples taken in the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from qualicity.evidence.inspections.views import field, samples

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = [
    path("inspections/field/", field.targets, name="field"),
    path("inspections/field/targets/<int:number>/", field.sheet, name="field_sheet"),
    path("inspections/field/targets/<int:number>/in-vain/", field.in_vain, name="field_vain"),
    path("inspections/field/rechecks/<slug:number>/", field.recheck, name="field_recheck"),
    path("inspections/field/worker.js", field.worker, name="field_worker"),
    path("inspections/field/manifest.webmanifest", field.manifest, name="field_manifest"),
    path("inspections/field/targets/<int:number>/blank/", samples.blank, name="field_blank"),
    path("inspections/samples/", samples.samples, name="samples"),
    path("inspections/samples/<slug:number>/", samples.sample, name="sample"),
    path("inspections/samples/<slug:number>/deliver/", samples.deliver, name="sample_deliver"),
    path("inspections/samples/<slug:number>/void/", samples.void, name="sample_void"),
    path("inspections/samples/<slug:number>/files/<int:file>/", samples.file, name="sample_file"),
    path("inspections/samples/<slug:number>/sheet/", samples.sheet, name="sample_sheet"),
    path("inspections/samples/<slug:number>/sheet/<slug:form>/", samples.document, name="sample_document"),
]
