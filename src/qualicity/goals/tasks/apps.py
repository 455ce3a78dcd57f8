"""The Django app."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Assignments, progress, lights."""

    name = "qualicity.goals.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"
