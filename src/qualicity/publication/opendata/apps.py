"""The Django app."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """The tables that may leave the house, and nothing else of it."""

    name = "qualicity.publication.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"
