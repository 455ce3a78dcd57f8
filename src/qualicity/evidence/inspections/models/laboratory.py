"""Reports of laboratories and their results, item by item."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


class LabFile(models.Model):
    """One file of results of a laboratory: the same bytes are looked at once more only where they were refused."""

    laboratory = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    is_taken = models.BooleanField(default=False)
    """False where one fault or more kept the whole file out."""
    rows = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-sent_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["laboratory", "sha256"], name="inspections_lab_file_once")]

    def __str__(self) -> str:
        return self.name


class LabReport(models.Model):
    """One report of a laboratory on one sample: the first test, a re-inspection or a recheck."""

    sample = models.ForeignKey("inspections.Sample", on_delete=models.PROTECT, related_name="reports")
    number = models.CharField(max_length=60)
    laboratory = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="first")
    """``first`` or ``reinspection``."""
    reported_on = models.DateField()
    source = models.CharField(max_length=20)
    """``page``, ``file`` or ``api``."""
    conclusion = models.CharField(max_length=20)
    reason = models.CharField(max_length=500, blank=True)
    """Why it replaces an earlier one."""
    digest = models.CharField(max_length=64, blank=True)
    """Of what was reported, so that the same report twice is one."""
    file = models.ForeignKey(LabFile, on_delete=models.PROTECT, related_name="reports", null=True)
    decision = models.CharField(max_length=500, blank=True)
    """Why a person decided what the rules had left undecided."""
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """In the order in which they came; one of a kind counts for a sample."""

        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sample", "kind"], condition=Q(replaced_by__isnull=True), name="inspections_report_counts"
            ),
            models.UniqueConstraint(fields=["laboratory", "number", "sample"], name="inspections_report_once"),
        ]

    def __str__(self) -> str:
        return self.number


class ItemResult(models.Model):
    """One tested item: what was measured, in which unit, against which limit, and what the rule says."""

    report = models.ForeignKey(LabReport, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveIntegerField()
    item = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    method = models.CharField(max_length=200, blank=True)
    standard = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=list)
    """What was measured, as written: one text, or five for a five-sample plan."""
    unit = models.CharField(max_length=60, blank=True)
    limit = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=20)
    rule = models.CharField(max_length=40, blank=True)
    """By which rule, or why there is no verdict; the words of ``methods.limits.Rule``."""
    why_zh = models.CharField(max_length=1000)
    why_en = models.CharField(max_length=1000)

    class Meta:
        """In the order of the report."""

        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="inspections_result_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.verdict}"
