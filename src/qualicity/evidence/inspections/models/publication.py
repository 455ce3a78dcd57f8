"""What the public is told of a sample: its result, and what followed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """One notice to the public: the result of a sample, or what followed; due by a legal day, shown for a time.

    ``token`` is its public address: unlike a number it tells nobody how many others there are. ``settled_on`` is the
    day from which the legal day counts.
    """

    sample = models.ForeignKey("inspections.Sample", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)
    """``result`` or ``follow_up``."""
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=20, default="due")
    fields = models.JSONField(default=dict)
    """Exactly what is shown; nothing else of the sample leaves the house."""
    settled_on = models.DateField()
    due_on = models.DateField()
    clause = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(null=True)
    public_until = models.DateField(null=True)
    changed_at = models.DateTimeField()
    """When it last became something else to the public; of all notices together the version of what is public."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """What is due first."""

        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["state", "public_until"], name="inspections_notice_shown"),
            models.Index(fields=["state", "kind", "due_on"], name="inspections_notice_due"),
            models.Index(fields=["changed_at"], name="inspections_notice_changed"),
        ]
        constraints = [models.UniqueConstraint(fields=["sample", "kind"], name="inspections_notice_once")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.kind}"


class Correction(models.Model):
    """One entry of the public log: what of a notice was changed or taken back, when and why."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    what = models.CharField(max_length=20)
    """``changed`` or ``withdrawn``."""
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """In the order in which they happened."""

        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.what}"
