"""The Django app."""

from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """Penalties, transfers, rewards, campaigns."""

    name = "qualicity.judgement.enforcement"
    label = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"
