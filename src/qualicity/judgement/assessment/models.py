"""What the desk remembers: assessments, evidence, scores, rounds of review, objections. Private to the desk.

Scores, experts' points, opinions and answers are only ever added: the latest counts, the earlier ones stay.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from qualicity.judgement.assessment.lifecycle import ObjectionState, State

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


class Said(models.Model):
    """Something that somebody said at a moment; a later word stands beside it, not in its place."""

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write something new; what is there cannot be saved again."""
        assert self._state.adding, "what was said is never changed"
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AssertionError("what was said is never deleted")


class Assessment(models.Model):
    """One use of a rubric: on the city's programme, or on one organisation, for a stretch of time."""

    rubric = models.CharField(max_length=60)
    plan = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    deadline = models.DateField()
    as_of = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rubric", "since"], condition=Q(organisation__isnull=True), name="city_assessed_once"
            ),
            models.UniqueConstraint(
                fields=["rubric", "organisation", "since"],
                condition=Q(organisation__isnull=False),
                name="unit_assessed_once",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="assessment_state_is_known"),
            models.CheckConstraint(condition=Q(since__lte=F("deadline")), name="assessment_days_in_order"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(as_of__isnull=False), name="assessment_adopted_for_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rubric} {self.since}/{self.deadline}"


class EvidenceFile(models.Model):
    """One document filed for an item of a criterion, by its hash; refused or replaced ones stay."""

    class Stand(models.TextChoices):
        """How far it has come."""

        FILED = "filed"
        CHECKED = "checked"
        REFUSED = "refused"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="evidence")
    criterion = models.CharField(max_length=60)
    item = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    note = models.CharField(max_length=500, blank=True)
    stand = models.CharField(max_length=10, choices=Stand.choices, default=Stand.FILED)
    filed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    checked_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        """In the order of filing."""

        ordering = ["id"]
        indexes = [models.Index(fields=["assessment", "criterion", "item"], name="evidence_of_item")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stand="filed", checked_by__isnull=True) | ~Q(stand="filed") & Q(checked_by__isnull=False),
                name="evidence_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("filed_by")),
                name="evidence_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Score(Said):
    """The points of a criterion as somebody set them, with how they came about; the latest is in force."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=60)
    points = models.FloatField()
    full = models.FloatField()
    origin = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order of setting."""

        ordering = ["id"]
        indexes = [models.Index(fields=["assessment", "criterion"], name="score_of_criterion")]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=F("full")), name="score_within_full")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}/{self.full}"


class Round(models.Model):
    """One round of review, by experts or by deputies; sealed until it is closed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=10, choices=[("expert", "expert"), ("public", "public")])
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """The latest last; one open round of a kind at a time."""

        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "kind"], condition=Q(closed_at__isnull=True), name="one_open_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Conflict(models.Model):
    """A reviewer who declared an interest: in the whole, or in one criterion."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        """Once for each."""

        constraints = [models.UniqueConstraint(fields=["round", "person", "criterion"], name="declared_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.criterion or '*'}"


class ExpertScore(Said):
    """The points that one reviewer gave; ``seal`` keeps the hash in the audit trail from being guessed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="scores")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=60)
    points = models.FloatField()
    comment = models.CharField(max_length=1000, blank=True)
    seal = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        """In the order of giving."""

        ordering = ["id"]
        indexes = [models.Index(fields=["round", "person", "criterion"], name="points_of_reviewer")]

    def __str__(self) -> str:
        return f"{self.criterion} {self.person_id}"


class Opinion(Said):
    """One deputy's answer to one question, 1 to 5; a remark stands with the question ``remark``."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="opinions")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    answer = models.PositiveSmallIntegerField(null=True)
    remark = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        """In the order of giving."""

        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(answer__isnull=True) | Q(answer__range=(1, 5)), name="answer_1_to_5")
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.person_id}"


class Objection(models.Model):
    """What the assessed organisation objects to, once; somebody else than who scored decides."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="objections")
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=60)
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.WAITING)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    points_before = models.FloatField()
    points_after = models.FloatField(null=True)

    class Meta:
        """The latest first; once for each organisation."""

        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "organisation"], name="objected_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="objection_says_why"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("filed_by")),
                name="objection_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.state}"


class Finding(models.Model):
    """Something to mend that pre-acceptance or the self-assessment found: who, what, by when."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    criterion = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    due = models.DateField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """By the day it is due."""

        ordering = ["due", "id"]

    def __str__(self) -> str:
        return f"{self.criterion} {self.due}"


class FormAnswer(Said):
    """The answer to one field of the application form; the latest counts."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    form = models.CharField(max_length=60)
    field = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order of answering."""

        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.form}.{self.field}"


class Package(models.Model):
    """An evidence archive that was made: its hash, the hash of its manifest, who made it when."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="packages")
    purpose = models.CharField(max_length=20)
    as_of = models.DateField()
    sha256 = models.CharField(max_length=64)
    manifest_sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    files = models.IntegerField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.manifest_sha256[:12]}"
