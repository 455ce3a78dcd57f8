"""Addresses of the desk's pages."""

from __future__ import annotations

from django.urls import path

from qualicity.evidence.submissions.views import filing, home, obligations, registers, submissions

app_name = "submissions"

urlpatterns = [
    path("evidence/", home.home, name="home"),
    path("evidence/new/", filing.new, name="new"),
    path("evidence/uploads/<int:number>/", filing.upload, name="upload"),
    path("evidence/review/", submissions.review, name="review"),
    path("evidence/submissions/", submissions.submissions, name="submissions"),
    path("evidence/submissions/<int:number>/", submissions.submission, name="submission"),
    path("evidence/submissions/<int:number>/do/<slug:verb>/", submissions.move, name="move"),
    path("evidence/submissions/<int:number>/workbook/", submissions.workbook, name="workbook"),
    path("evidence/submissions/<int:number>/findings.<slug:form>", submissions.findings, name="findings"),
    path("evidence/submissions/<int:number>/original/", submissions.original, name="original"),
    path("evidence/submissions/<int:number>/cover/", submissions.cover, name="cover"),
    path("evidence/obligations/", obligations.matrix, name="obligations"),
    path("evidence/obligations/remind/", obligations.remind, name="remind"),
    path(
        "evidence/obligations/<slug:register>/<slug:organisation>/<slug:period>/",
        obligations.obligation,
        name="obligation",
    ),
    path("registers/", registers.registers, name="registers"),
    path("registers/<slug:code>/", registers.register, name="register"),
    path("registers/<slug:code>/template/", registers.template, name="template"),
    path("registers/<slug:code>/schema/", registers.schema, name="schema"),
]
