"""Addresses of the desk's pages."""

from __future__ import annotations

from django.urls import path

from qualicity.commons.worklist import views

app_name = "worklist"

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/digest/", views.digest, name="digest"),
    path("inbox/urge/", views.urge, name="urge"),
    path("inbox/calendar/", views.calendar, name="calendar"),
    path("inbox/calendar/end/", views.end_calendar, name="end_calendar"),
    path("inbox/calendar/<str:address>.ics", views.feed, name="feed"),
]
