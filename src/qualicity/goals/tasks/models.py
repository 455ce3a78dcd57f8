"""Breakdowns, assignments with their six fixes, progress, lights, plans and targets of units. Private to the desk.

Where an assignment stands (open, handed in, closed), its deadline's clock, its evidence and its trail are those of
the case that it is linked to.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"
CASE = "cases.Case"


class Breakdown(models.Model):
    """One act of handing tasks out: derived from the plan, imported from the annex, or copied by a county."""

    class Origin(models.TextChoices):
        """Where a breakdown comes from."""

        DERIVED = "derived"
        ANNEX = "annex"
        COPY = "copy"
        ADDED = "added"

    plan = models.CharField(max_length=60)
    level = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, null=True, related_name="+")
    """The county whose breakdown this is; empty for the city's."""
    origin = models.CharField(max_length=10, choices=Origin.choices)
    file_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.plan} {self.origin} #{self.pk}"


class Assignment(models.Model):
    """One task given to one organisation, lead or supporting, with the six fixes."""

    class Role(models.TextChoices):
        """What the organisation does in the task."""

        LEAD = "lead"
        SUPPORTING = "supporting"

    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="assignments")
    plan = models.CharField(max_length=60)
    level = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, null=True, related_name="+")
    task = models.PositiveSmallIntegerField()
    strategy = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, null=True, related_name="+")
    """In a county's breakdown, the city's unit that its section answers to."""
    role = models.CharField(max_length=10, choices=Role.choices)
    section = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    person = models.CharField(max_length=60, blank=True)
    duty_zh = models.CharField(max_length=500)
    duty_en = models.CharField(max_length=500)
    start = models.DateField()
    deadline = models.DateField()
    quality = models.CharField(max_length=500, blank=True)
    quantity = models.CharField(max_length=200, blank=True)
    responsibility = models.CharField(max_length=10, choices=[("derived", "derived"), ("stated", "stated")])
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")
    decision = models.BigIntegerField(null=True)
    """The number of the joint meeting's decision that it came from, where it did."""
    case = models.OneToOneField(CASE, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey(Breakdown, on_delete=models.PROTECT, null=True, related_name="replaced")

    class Meta:
        """By task, the lead first."""

        ordering = ["task", "role", "id"]
        indexes = [
            models.Index(fields=["plan", "level", "replaced_at", "task"], name="assignment_of_task"),
            models.Index(fields=["organisation", "replaced_at"], name="assignment_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(start__lte=F("deadline")), name="assignment_in_order"),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True, replaced_by__isnull=True)
                | Q(replaced_at__isnull=False, replaced_by__isnull=False),
                name="assignment_replaced_by_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.organisation_id} {self.role}"


class Progress(models.Model):
    """What the responsible organisation reported: percent or milestone, with words. Never edited."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="progress")
    percent = models.PositiveSmallIntegerField()
    milestone = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    files = models.PositiveSmallIntegerField(default=0)
    day = models.DateField()
    reported_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-id"]
        indexes = [models.Index(fields=["assignment", "day"], name="progress_of_assignment")]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="progress_at_most_whole"),
            models.CheckConstraint(condition=~Q(text=""), name="progress_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.percent}% {self.day}"


class LightChange(models.Model):
    """A light that changed, when and why; only ever added to."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="lights")
    light = models.CharField(max_length=10)
    before = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=20)
    figure = models.FloatField(default=0)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "day", "light"], name="light_once_a_day"),
            models.CheckConstraint(
                condition=Q(light__in=["green", "blue", "yellow", "red"]) & ~Q(light=F("before")),
                name="light_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.before}→{self.light} {self.day}"


class ImplementationPlan(models.Model):
    """A unit's own plan of how it does its part: a summary and a file, approved by the office through its case."""

    plan = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    summary = models.TextField()
    filed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    filed_on = models.DateField()
    case = models.OneToOneField(CASE, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """The latest first."""

        ordering = ["-id"]
        indexes = [models.Index(fields=["plan", "organisation"], name="implementation_of_unit")]

    def __str__(self) -> str:
        return self.title


class LocalTarget(models.Model):
    """A target of the plan broken down to one unit or county, with a value of its own."""

    plan = models.CharField(max_length=60)
    indicator = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=40, blank=True)
    value = models.FloatField()
    note = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        """By indicator."""

        ordering = ["indicator", "organisation_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator", "organisation"],
                condition=Q(replaced_at__isnull=True),
                name="local_target_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value:g}"
