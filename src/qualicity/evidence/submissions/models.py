"""What the desk remembers: pointers into the lake, files, submissions, closures, reminders. Private to the desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from qualicity.definitions.periods import Period
from qualicity.evidence.submissions.lifecycle import State

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


def _pair(stem: str) -> models.CheckConstraint:
    """Who and when are known together or not at all."""
    both = Q(**{f"{stem}_by__isnull": False, f"{stem}_at__isnull": False})
    neither = Q(**{f"{stem}_by__isnull": True, f"{stem}_at__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=f"submission_{stem}_who_and_when")


class RegisterTable(models.Model):
    """The pointer of one register: the only version of its lake table that readers may open."""

    code = models.CharField(max_length=60, unique=True)
    version = models.BigIntegerField(null=True)
    rows = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.code}@{self.version}"


class StoredFile(models.Model):
    """One file as it came, kept for ever under the hash of its bytes."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """One file or API batch from one organisation for one register and period."""

    register = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    profile = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    channel = models.CharField(max_length=10, default="page")
    rows = models.BigIntegerField(default=0)
    accepted_rows = models.BigIntegerField(default=0)
    refused_rows = models.BigIntegerField(default=0)
    left_out = models.BigIntegerField(default=0)
    errors = models.BigIntegerField(default=0)
    warnings = models.BigIntegerField(default=0)
    late = models.BooleanField(default=False)
    examined_version = models.BigIntegerField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    explanation = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """The latest first."""

        ordering = ["-id"]
        indexes = [
            models.Index(fields=["register", "organisation", "period_start"], name="submission_of_period"),
            models.Index(fields=["state", "register"], name="submission_in_state"),
            models.Index(fields=["organisation", "-id"], name="submission_of_unit"),
        ]
        constraints = [
            _pair("submitted"),
            _pair("reviewed"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="submission_state_is_known"),
            models.CheckConstraint(condition=Q(period_start__lte=F("period_end")), name="submission_period_in_order"),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="submission_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "superseded"]) | Q(reviewed_at__isnull=False),
                name="submission_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="superseded", superseded_at__isnull=False)
                | (~Q(state="superseded") & Q(superseded_at__isnull=True)),
                name="submission_superseded_when",
            ),
            # Of two corrections of one submission, only one can ever be accepted.
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(state__in=["accepted", "superseded"]),
                name="submission_corrected_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.period.label} #{self.pk}"

    @property
    def period(self) -> Period:
        """Return the days that the submission speaks for."""
        return Period(self.period_start, self.period_end)


class VersionMark(models.Model):
    """When a version of a register's table became what readers see: the history behind "known on"."""

    register = models.ForeignKey(RegisterTable, on_delete=models.PROTECT, related_name="marks")
    version = models.BigIntegerField()
    rows = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(
        max_length=10, choices=[("accept", "accept"), ("correct", "correct"), ("compact", "compact")]
    )
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="marks")

    class Meta:
        """In the order of the versions."""

        ordering = ["register", "version"]
        constraints = [
            models.UniqueConstraint(fields=["register", "version"], name="version_marked_once"),
            models.CheckConstraint(
                condition=Q(kind="compact", submission__isnull=True)
                | (~Q(kind="compact") & Q(submission__isnull=False)),
                name="version_has_its_submission",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register.code}@{self.version}"


class Upload(models.Model):
    """A large file that waits to be read in the background, and how far it has come."""

    class Stage(models.TextChoices):
        """How far the file has come."""

        WAITING = "waiting"
        READING = "reading"
        DONE = "done"
        FAILED = "failed"

    register = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    profile = models.CharField(max_length=60, blank=True)
    corrects = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255)
    token = models.CharField(max_length=40, unique=True)
    size = models.BigIntegerField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_zh = models.TextField(blank=True)
    message_en = models.TextField(blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} ({self.stage})"

    @property
    def period(self) -> Period:
        """Return the days that the file speaks for."""
        return Period(self.period_start, self.period_end)


class ObligationClosure(models.Model):
    """A period that an organisation need not report any more, and why."""

    register = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    reason = models.TextField()
    closed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        """Once for each period."""

        constraints = [
            models.UniqueConstraint(
                fields=["register", "organisation", "period_start", "period_end"], name="obligation_closed_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="closure_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.period_start}/{self.period_end}"


class Reminder(models.Model):
    """Somebody was reminded of an obligation; at most once a day for each."""

    register = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    due = models.DateField()
    day = models.DateField()
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "organisation", "period_start", "period_end", "day"], name="reminded_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.period_start}/{self.period_end} {self.day}"
