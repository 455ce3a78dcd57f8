"""Meetings, circulars with their bound facts, good practice, the special fund. Private to the desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from qualicity.goals.supervision.lifecycle import CircularState, Kind, MeetingState, PracticeState

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


class Meeting(models.Model):
    """A joint meeting."""

    plan = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    venue = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    minutes = models.TextField(blank=True)
    minuted_on = models.DateField(null=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="meeting_numbered_once"),
            models.CheckConstraint(
                condition=~Q(state="minuted") | (Q(minuted_on__isnull=False) & ~Q(minutes="")),
                name="meeting_minuted_with_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One item of a meeting's agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """In order."""

        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Who was invited to a meeting, and whether and by whom they were there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField(null=True)
    who = models.CharField(max_length=100, blank=True)

    class Meta:
        """By organisation."""

        ordering = ["organisation__code"]
        constraints = [models.UniqueConstraint(fields=["meeting", "organisation"], name="invited_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.organisation_id}"


class Decision(models.Model):
    """What a meeting decided; with a unit, a task and a deadline it becomes an assignment."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, null=True, related_name="+")
    task = models.PositiveSmallIntegerField(null=True)
    deadline = models.DateField(null=True)
    assignment = models.ForeignKey("tasks.Assignment", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """In order."""

        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="decision_once")]

    def __str__(self) -> str:
        return self.text


class Circular(models.Model):
    """Public criticism or praise among the members, or a letter to one of them, drafted from facts."""

    plan = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    as_of = models.DateField()
    opening = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=CircularState.choices, default=CircularState.DRAFT)
    reply_by = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    drafted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """The latest first."""

        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "number"], condition=Q(number__isnull=False), name="circular_numbered_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="issued")
                | Q(number__isnull=False, year__isnull=False, issued_on__isnull=False, issued_by__isnull=False),
                name="circular_issued_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Addressee(models.Model):
    """An organisation that a circular speaks of; what it must answer is a case."""

    circular = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="addressees")
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """By organisation."""

        ordering = ["organisation__code"]
        constraints = [models.UniqueConstraint(fields=["circular", "organisation"], name="addressed_once")]

    def __str__(self) -> str:
        return f"{self.circular_id} {self.organisation_id}"


class Fact(models.Model):
    """One fact of a circular as it was counted: of whom, about what, how much, on which day, and where to look."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="facts")
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    text_zh = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500)
    value = models.FloatField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    link = models.CharField(max_length=200, blank=True)

    class Meta:
        """By organisation, in order."""

        ordering = ["organisation__code", "order"]

    def __str__(self) -> str:
        return self.text_zh


class Practice(models.Model):
    """Good practice, written up and shared."""

    plan = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    task = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=PracticeState.choices, default=PracticeState.WRITTEN)
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    shared_on = models.DateField(null=True)

    class Meta:
        """The latest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class Budget(models.Model):
    """What the special fund holds for a year, in fen."""

    plan = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """By year."""

        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "source"], name="budget_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.source}"


class Allocation(models.Model):
    """What of a budget goes to an organisation for a task, in fen."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="allocations")
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    task = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    purpose = models.CharField(max_length=300)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """By task."""

        ordering = ["task", "id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="allocation_of_something")]

    def __str__(self) -> str:
        return self.purpose


class Spending(models.Model):
    """What was paid out of an allocation, in fen, and what it bought. Never edited."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="spendings")
    spent_on = models.DateField()
    amount = models.BigIntegerField()
    bought = models.CharField(max_length=300)
    voucher = models.CharField(max_length=100, blank=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-spent_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="spending_of_something"),
            models.CheckConstraint(condition=~Q(bought=""), name="spending_bought_something"),
        ]

    def __str__(self) -> str:
        return self.bought
