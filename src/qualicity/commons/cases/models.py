"""What the desk remembers: cases, their trail, their clocks, their files. Private to the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from qualicity.commons.cases import lifecycle

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"
FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""What stands for "no deadline" where cases are put in order of their deadlines."""


class Case(models.Model):
    """One thing that moves through states.

    ``owner`` is whose turn it is, in one word that an index can hold: ``7:`` organisation 7, ``7:reviewer`` who has a
    role there, ``:leader`` who has a role that sees all, ``@`` and a credit code who speaks for that enterprise.
    ``due_sort`` is ``due``, or FAR. ``enterprise`` is the credit code of the enterprise that the case is about.
    """

    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, db_index=True)
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    opener_organisation = models.ForeignKey(
        ORGANISATION, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    place = models.CharField(max_length=40, blank=True)
    enterprise = models.CharField(max_length=18, blank=True)
    detail = models.JSONField(default=dict)
    state = models.CharField(max_length=60)
    is_open = models.BooleanField(default=True)
    owner = models.CharField(max_length=80, blank=True)
    due = models.DateTimeField(null=True)
    due_sort = models.DateTimeField(default=FAR)
    provisional = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    entries = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    last_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    once_key = models.CharField(max_length=300, null=True, unique=True)
    sealed = models.BooleanField(default=False)
    """Over, and to be seen by nobody but who reads the audit trail."""

    class Meta:
        """The latest first."""

        ordering = ["-id"]
        indexes = [
            # with the person, so that counting what is not handed to a colleague never leaves the index
            models.Index(
                fields=["owner", "due_sort", "id", "person"], condition=Q(is_open=True), name="case_waiting"
            ),
            models.Index(
                fields=["owner", "type", "due_sort", "id", "person"],
                condition=Q(is_open=True),
                name="case_waiting_type",
            ),
            models.Index(fields=["person", "due_sort", "id"], condition=Q(is_open=True), name="case_of_person"),
            models.Index(fields=["organisation", "id"], name="case_of_unit"),
            models.Index(fields=["organisation", "type", "id"], name="case_of_unit_type"),
            models.Index(fields=["opener_organisation", "id"], name="case_opened_by_unit"),
            models.Index(fields=["person", "id"], name="case_ever_of_person"),
            models.Index(fields=["type", "state", "id"], name="case_in_state"),
            models.Index(fields=["enterprise", "id"], condition=~Q(enterprise=""), name="case_of_enterprise"),
            models.Index(fields=["due", "id"], condition=Q(is_open=True, due__isnull=False), name="case_falling_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title_zh=""), name="case_has_a_title"),
            models.CheckConstraint(
                condition=Q(is_open=True, closed_at__isnull=True) | Q(is_open=False, closed_at__isnull=False),
                name="case_closed_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title_zh}"

    def title(self, language: str = "zh-hans") -> str:
        """Return the title in a language of the interface."""
        return self.title_en if language.startswith("en") and self.title_en else self.title_zh

    @property
    def due_day(self) -> date | None:
        """Return the day on which the case is due, in the city's zone."""
        return timezone.localdate(self.due) if self.due else None

    def state_title(self, language: str = "zh-hans") -> str:
        """Return the words of the state in a language of the interface."""
        return lifecycle.title_of(self.type, self.state).in_language(language)


class AppendOnly(models.QuerySet["CaseMove"]):
    """The trail is added to, never changed: the ORM's mass writes are closed."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AssertionError("a case's trail is never updated")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AssertionError("a case's trail is never deleted")


class CaseMove(models.Model):
    """One entry of a case's trail: a move or an event, who, when, why and on what evidence."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="trail", db_index=False)
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    detail = models.JSONField(default=dict)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    on = models.DateField()

    objects = AppendOnly.as_manager()

    class Meta:
        """In the order of what happened."""

        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_entry_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.code}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry; an existing one cannot be saved again."""
        assert self._state.adding, "a case's trail is never changed"
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AssertionError("a case's trail is never deleted")


class CaseClock(models.Model):
    """One clock of a case, with the law that set its length as it stood when the case was opened."""

    class Stand(models.TextChoices):
        """Whether it runs."""

        RUNNING = "running"
        PAUSED = "paused"
        STOPPED = "stopped"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    code = models.CharField(max_length=60)
    basis = models.CharField(max_length=10, choices=[("law", "law"), ("length", "length"), ("agreed", "agreed")])
    law = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=60, blank=True)
    step = models.CharField(max_length=60, blank=True)
    clause = models.CharField(max_length=100, blank=True)
    certainty = models.CharField(max_length=20, blank=True)
    number = models.IntegerField()
    unit = models.CharField(max_length=20)
    same_day = models.BooleanField(default=False)
    rolls = models.BooleanField(default=False)
    event_at = models.DateTimeField()
    extension = models.IntegerField(default=0)
    extension_limit = models.PositiveIntegerField(null=True)
    pauses = models.JSONField(default=list)
    due = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    stand = models.CharField(max_length=10, choices=Stand.choices, default=Stand.RUNNING)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they began."""

        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], condition=~Q(stand="stopped"), name="case_clock_runs_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"


class Attachment(models.Model):
    """One file of a case, kept for ever under the hash of its bytes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    note = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        """In the order in which they came; the same bytes once for each case."""

        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "sha256"], name="case_file_once")]

    def __str__(self) -> str:
        return self.name
