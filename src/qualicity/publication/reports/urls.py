"""Addresses of the desk's pages."""

from __future__ import annotations

from django.urls import path

from qualicity.publication.reports.views import checking, documents, editing, papers, routing

app_name = "reports"

urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/check/", checking.check, name="check"),
    path("documents/papers/", papers.papers, name="papers"),
    path("documents/papers/<slug:kind>/<int:number>/", papers.paper, name="paper"),
    path("documents/papers/<slug:kind>/<int:number>/file.<slug:form>", papers.download, name="paper_file"),
    path("documents/new/", documents.new, name="new"),
    path("documents/<int:number>/", documents.document, name="document"),
    path("documents/<int:number>/file.<slug:form>", documents.download, name="file"),
    path("documents/<int:number>/picture-<int:position>.svg", documents.picture, name="picture"),
    path("documents/<int:number>/edit/", editing.edit, name="edit"),
    path("documents/<int:number>/changes/", editing.changes, name="changes"),
    path("documents/<int:number>/move/<slug:move>/", routing.move, name="move"),
    path("documents/<int:number>/issue/", routing.issue, name="issue"),
]
