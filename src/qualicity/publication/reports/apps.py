"""The desk as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Documents that leave the house."""

    name = "qualicity.publication.reports"
    label = "reports"
