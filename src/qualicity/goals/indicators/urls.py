"""Addresses of the indicators' pages."""

from __future__ import annotations

from django.urls import path

from qualicity.goals.indicators import views

app_name = "indicators"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("indicators/<slug:code>/", views.indicator, name="indicator"),
    path("indicators/<slug:code>/trend.<slug:form>", views.trend_chart, name="trend"),
    path("indicators/<slug:code>/places.<slug:form>", views.places_chart, name="places"),
    path("indicators/<slug:code>/rows/", views.rows, name="rows"),
]
