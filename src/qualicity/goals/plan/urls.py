"""Addresses of the plan's pages."""

from __future__ import annotations

from django.urls import path

from qualicity.goals.plan import views

app_name = "plan"

urlpatterns = [
    path("plan/", views.overview, name="overview"),
    path("plan/tasks/", views.tasks, name="tasks"),
    path("plan/tasks/<int:number>/", views.task, name="task"),
    path("plan/organisations/", views.organisations, name="organisations"),
    path("plan/organisations/<slug:code>/", views.organisation, name="organisation"),
]
