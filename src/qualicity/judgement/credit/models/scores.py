"""Runs of scoring, what changed class between them, and weights that somebody proposes and another adopts."""

from __future__ import annotations

from django.db import models


class Weighting(models.Model):
    """Other weights and points than the definition's: proposed by one person, adopted by another, from a day on."""

    scheme = models.CharField(max_length=60)
    weights = models.JSONField()
    """``families``: code → weight; ``items``: code → points; what is not named stays as the definition has it."""
    reason = models.TextField()
    effect = models.JSONField(default=dict)
    """What the simulation said when it was proposed."""
    state = models.CharField(max_length=20)
    proposed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    in_force_from = models.DateField(null=True)

    class Meta:
        """Latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.scheme} {self.state}"


class ScoreRun(models.Model):
    """All enterprises scored at once, under the versions of what was read; the scores lie in a file of the home."""

    scheme = models.CharField(max_length=60)
    weighting = models.ForeignKey(Weighting, null=True, on_delete=models.PROTECT)
    rubric_digest = models.CharField(max_length=64)
    as_of = models.DateField()
    versions = models.JSONField()
    """Register or feed → version that was read."""
    key = models.CharField(max_length=64, unique=True)
    """Digest of scheme, day and versions: the same key gives the same scores."""
    enterprises = models.PositiveIntegerField()
    events = models.PositiveIntegerField()
    unplaced = models.PositiveIntegerField()
    """Events of codes that no registered enterprise holds."""
    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """Latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.scheme} {self.as_of}"


class ClassChange(models.Model):
    """One enterprise that stands in another class or grade than in the run before."""

    run = models.ForeignKey(ScoreRun, on_delete=models.CASCADE, related_name="changes")
    uscc = models.CharField(max_length=18)
    class_before = models.CharField(max_length=3)
    class_after = models.CharField(max_length=3)
    grade_before = models.CharField(max_length=3)
    grade_after = models.CharField(max_length=3)

    class Meta:
        """By enterprise, latest first."""

        ordering = ("uscc", "-run_id")
        indexes = [models.Index(fields=["uscc", "run"], name="credit_change_of")]

    def __str__(self) -> str:
        return f"{self.uscc} {self.class_before}→{self.class_after}"
