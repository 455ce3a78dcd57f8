"""Addresses of the audit trail."""

from __future__ import annotations

from django.urls import path

from qualicity.commons.audit import views

app_name = "audit"

urlpatterns = [
    path("audit/", views.records, name="records"),
    path("audit/verify/", views.verify, name="verify"),
]
