"""The Django app."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The indicators: read only."""

    name = "qualicity.goals.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
