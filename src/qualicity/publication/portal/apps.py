"""The Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """What anybody may see without signing in."""

    name = "qualicity.publication.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
