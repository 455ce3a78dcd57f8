"""Addresses of laboratories and their results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from qualicity.evidence.inspections.views import laboratory

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = [
    path("inspections/laboratory/", laboratory.laboratory, name="laboratory"),
    path("inspections/laboratory/template/", laboratory.template, name="lab_template"),
    path("inspections/laboratory/upload/", laboratory.upload, name="lab_upload"),
    path("inspections/laboratory/files/<int:number>/", laboratory.file, name="lab_file"),
    path("inspections/laboratory/files/<int:number>/marked/", laboratory.marked, name="lab_marked"),
    path("inspections/laboratory/samples/<slug:number>/", laboratory.enter, name="lab_enter"),
    path("inspections/laboratory/reports/<int:number>/", laboratory.report, name="lab_report"),
    path("inspections/laboratory/reports/<int:number>/decide/", laboratory.decide, name="lab_decide"),
]
