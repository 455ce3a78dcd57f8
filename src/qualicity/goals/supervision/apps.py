"""The Django app."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Meetings, circulars, the fund, gates."""

    name = "qualicity.goals.supervision"
    label = "supervision"
    default_auto_field = "django.db.models.BigAutoField"
