"""Addresses of the desk's pages."""

from __future__ import annotations

from django.urls import path

from qualicity.publication.opendata import views

app_name = "opendata"

urlpatterns = [
    path("opendata/", views.releases, name="releases"),
    path("opendata/publish/", views.publish, name="publish"),
]
