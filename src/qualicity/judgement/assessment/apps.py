"""The Django app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Assessments, their evidence, reviewers, objections and packages."""

    name = "qualicity.judgement.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
