"""The Django app."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """The look."""

    name = "qualicity.commons.theme"
    label = "theme"
    default_auto_field = "django.db.models.BigAutoField"
