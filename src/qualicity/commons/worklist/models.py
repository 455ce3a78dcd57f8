"""What the desk remembers: reminders that have climbed, secret addresses of calendars. Private to the desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Urge(models.Model):
    """One rung that a reminder of one deadline has climbed; recorded once.

    ``owner`` says whom it reached, in the word of ``Case.owner``; ``person`` where it was one person.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="urges")
    rung = models.CharField(max_length=60)
    due = models.DateTimeField()
    owner = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["case", "rung", "due"], name="urged_once_a_rung")]
        indexes = [models.Index(fields=["owner", "-id"], name="urge_of_owner")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.rung}"


class CalendarFeed(models.Model):
    """The secret address of a person's calendar: kept as its digest, one at a time, ended by its owner."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="calendar_feeds")
    prefix = models.CharField(max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """The latest first; one that is in use for each person."""

        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(revoked_at__isnull=True), name="one_calendar_a_person"
            )
        ]

    def __str__(self) -> str:
        return self.prefix
