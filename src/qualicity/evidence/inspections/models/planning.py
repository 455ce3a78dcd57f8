"""The yearly plan, its lines, and what was drawn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


class CheckPlan(models.Model):
    """One plan of spot checks: which products, stages and places, how many, why, under which law."""

    code = models.SlugField(max_length=60, unique=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    year = models.PositiveIntegerField()
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=60)
    authority_level = models.CharField(max_length=20)
    sampling_kind = models.CharField(max_length=20)
    method = models.CharField(max_length=20)
    """How it is drawn: ``simple``, ``stratified`` or ``risk``."""
    why = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="draft")
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """The latest year first."""

        ordering = ["-year", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title_zh}"


class PlanLine(models.Model):
    """One line of a plan: a product of the catalogue, a stage, places (none: all), how many batches, why."""

    plan = models.ForeignKey(CheckPlan, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    product = models.CharField(max_length=60)
    stage = models.CharField(max_length=20)
    """``production``, ``circulation``, ``catering`` or ``online``."""
    places = models.JSONField(default=list)
    count = models.PositiveIntegerField()
    finish_by = models.DateField(null=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        """In the order of the plan."""

        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="inspections_line_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number} {self.product}"


class Commitment(models.Model):
    """Said before a draw: where its seed will come from, and on which day it will be known."""

    plan = models.ForeignKey(CheckPlan, on_delete=models.PROTECT, related_name="commitments")
    source = models.CharField(max_length=300)
    known_on = models.DateField()
    frame_digest = models.CharField(max_length=64)
    """What would have been drawn from on the day of the announcement."""
    given_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        """In the order in which they were given."""

        ordering = ["id"]

    def __str__(self) -> str:
        return self.source


class Draw(models.Model):
    """One draw from an approved plan: the seed, what it was drawn from, and who was left out why.

    The frame itself lies in the home's files under its digest.
    """

    plan = models.ForeignKey(CheckPlan, on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveIntegerField()
    seed = models.CharField(max_length=100)
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="draw", null=True)
    """What was said of the seed beforehand; without it nobody can know that it was not chosen."""
    recipe = models.CharField(max_length=40)
    """The version of the recipe by which anybody can repeat it."""
    method = models.CharField(max_length=20)
    frame_digest = models.CharField(max_length=64)
    frame_size = models.PositiveIntegerField()
    left_out = models.JSONField(default=dict)
    """How many were left out of the frame, by the number of the line and the reason."""
    roster = models.JSONField(default=dict)
    """Whom inspectors were drawn from: user names by organisation, and the conflicts of interest that counted."""
    risk_release = models.CharField(max_length=60, blank=True)
    drawn_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-drawn_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="inspections_draw_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class Target(models.Model):
    """One enterprise that was drawn, with its probability to be drawn and the inspectors drawn for it."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="targets")
    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="targets")
    number = models.PositiveIntegerField()
    enterprise = models.CharField(max_length=18, db_index=True)
    enterprise_name = models.CharField(max_length=200)
    place = models.CharField(max_length=40)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    """The unit whose inspectors go: that of the place, or else the plan's own."""
    stratum = models.CharField(max_length=100, blank=True)
    probability = models.FloatField()
    """The chance to have been drawn by this draw or an earlier one of the plan; the design weight is 1 / it."""
    inspectors: models.ManyToManyField[Person, Any] = models.ManyToManyField(PERSON, related_name="+")
    state = models.CharField(max_length=20, default="waiting")
    note = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """In the order of the draw."""

        ordering = ["draw", "number"]
        indexes = [models.Index(fields=["organisation", "state", "id"], name="inspections_target_waiting")]
        constraints = [models.UniqueConstraint(fields=["draw", "number"], name="inspections_target_once")]

    def __str__(self) -> str:
        return f"{self.draw_id}/{self.number} {self.enterprise_name}"


class Conflict(models.Model):
    """A person who must not go to an enterprise: kin, former employer, share holder; declared, never guessed."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    enterprise = models.CharField(max_length=18, db_index=True)
    reason = models.CharField(max_length=300)
    declared_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """The latest first; one at a time for each person and enterprise."""

        ordering = ["-declared_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "enterprise"],
                condition=models.Q(ended_at__isnull=True),
                name="inspections_conflict_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.enterprise}"
