"""The Django app of the roof: what must be connected once every desk is there."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The roof."""

    name = "qualicity.site"
    label = "house"

    def ready(self) -> None:
        """Receive what the libraries signal."""
        import_module("qualicity.site.receivers")
