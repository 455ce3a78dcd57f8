"""Releases of the risk model: each with its numbers, its report, and whether draws are weighted by it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

PERSON = settings.AUTH_USER_MODEL


class RiskRelease(models.Model):
    """One release: what it was made from, the model as plain numbers, what it is worth; never changed afterwards.

    ``digest`` is SHA-256 over model and report. At most one release is ``in_use``; who switched it last, when and why
    stands beside it, and every switch in the audit trail.
    """

    code = models.SlugField(max_length=60, unique=True)
    as_of = models.DateField()
    seed = models.PositiveIntegerField()
    table_version = models.PositiveIntegerField()
    """The version of the register of batches that it was made from."""
    model = models.JSONField()
    report = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    in_use = models.BooleanField(default=False)
    switched_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    switched_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """The latest first."""

        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=Q(in_use=True), name="inspections_risk_one_in_use")
        ]

    def __str__(self) -> str:
        return self.code
