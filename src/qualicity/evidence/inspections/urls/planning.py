"""Addresses of plans, draws and conflicts of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from qualicity.evidence.inspections.views import conflicts, draws, home, plans

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = [
    path("inspections/", home.home, name="home"),
    path("inspections/plans/", plans.plans, name="plans"),
    path("inspections/plans/new/", plans.new, name="plan_new"),
    path("inspections/plans/<slug:code>/", plans.plan, name="plan"),
    path("inspections/plans/<slug:code>/approve/", plans.approve, name="plan_approve"),
    path("inspections/plans/<slug:code>/close/", plans.close, name="plan_close"),
    path("inspections/plans/<slug:code>/lines/", plans.add_line, name="line_add"),
    path("inspections/plans/<slug:code>/annex.xlsx", plans.annex, name="plan_annex"),
    path("inspections/plans/<slug:code>/annex/", plans.import_lines, name="lines_import"),
    path("inspections/plans/<slug:code>/lines/<int:number>/", plans.change_line, name="line"),
    path("inspections/plans/<slug:code>/lines/<int:number>/remove/", plans.remove_line, name="line_remove"),
    path("inspections/plans/<slug:code>/announce/", draws.announce, name="announce"),
    path("inspections/plans/<slug:code>/draw/", draws.make, name="draw_make"),
    path("inspections/draws/<int:number>/", draws.draw, name="draw"),
    path("inspections/draws/<int:number>/frame.txt", draws.frame, name="draw_frame"),
    path("inspections/conflicts/", conflicts.conflicts, name="conflicts"),
    path("inspections/conflicts/<int:number>/end/", conflicts.end, name="conflict_end"),
]
