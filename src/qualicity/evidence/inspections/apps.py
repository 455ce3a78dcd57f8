"""The Django app."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Spot checks from the yearly plan to the published follow-up."""

    name = "qualicity.evidence.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"
