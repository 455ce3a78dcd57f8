"""Addresses of the desk's pages."""

from __future__ import annotations

from django.urls import path

from qualicity.judgement.assessment import views

app_name = "assessment"

urlpatterns = [
    path("assessment/", views.home, name="home"),
    path("assessment/criteria/<slug:code>/", views.criterion, name="criterion"),
    path("assessment/criteria/<slug:code>/file/", views.file, name="file"),
    path("assessment/evidence/<int:number>/", views.evidence_file, name="evidence"),
    path("assessment/evidence/<int:number>/check/", views.check, name="check"),
    path("assessment/missing/", views.missing, name="missing"),
    path("assessment/actions/", views.actions, name="actions"),
    path("assessment/units/", views.units, name="units"),
    path("assessment/review/", views.review, name="review"),
    path("assessment/review/recuse/", views.recuse, name="recuse"),
    path("assessment/opinion/", views.opinion, name="opinion"),
    path("assessment/results/", views.results, name="results"),
    path("assessment/run/<slug:verb>/", views.run, name="run"),
    path("assessment/objections/", views.objections, name="objections"),
    path("assessment/objections/<int:number>/<slug:verb>/", views.objection_move, name="objection_move"),
    path("assessment/rectifications/", views.rectifications, name="rectifications"),
    path("assessment/packages/", views.packages, name="packages"),
    path("assessment/packages/<int:number>/", views.package_file, name="package_file"),
    path("assessment/application/", views.application, name="application"),
]
