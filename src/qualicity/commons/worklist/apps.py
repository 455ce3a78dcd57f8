"""Registers the desk with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorklistConfig(AppConfig):
    """The desk of everybody's inbox."""

    name = "qualicity.commons.worklist"
    label = "worklist"
    verbose_name = _("Inbox")
    default_auto_field = "django.db.models.BigAutoField"
