"""The Django app."""

from django.apps import AppConfig


class CreditConfig(AppConfig):
    """Files, scores, listings."""

    name = "qualicity.judgement.credit"
    label = "credit"
    default_auto_field = "django.db.models.BigAutoField"
