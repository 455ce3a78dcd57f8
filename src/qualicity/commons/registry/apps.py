"""The Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Places, enterprises, the home's day."""

    name = "qualicity.commons.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
