"""The Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit trail."""

    name = "qualicity.commons.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
