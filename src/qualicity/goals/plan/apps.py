"""The Django app."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The plan: read, and loaded."""

    name = "qualicity.goals.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"
