"""Addresses of the desk's pages."""

from __future__ import annotations

from django.urls import path

from qualicity.commons.cases import views

app_name = "cases"

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/<int:number>/", views.case, name="case"),
    path("cases/<int:number>/do/<slug:code>/", views.move, name="move"),
    path("cases/<int:number>/assign/", views.assign, name="assign"),
    path("cases/<int:number>/clock/<slug:verb>/", views.steer, name="steer"),
    path("cases/<int:number>/attach/", views.attach, name="attach"),
    path("cases/<int:number>/files/<int:file>/", views.file, name="file"),
]
