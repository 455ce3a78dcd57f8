"""The Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organisations, roles."""

    name = "qualicity.commons.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
