"""Samples as they are taken in the field, with photographs and signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


class Sample(models.Model):
    """One sample: what was taken from whom, where and when, who took it, and what it was found to be.

    ``number`` is the number of the sampling sheet and of the batch in the register. ``client_id`` is made on the
    phone, so that a sheet that is sent twice arrives once; ``sheet_digest`` says whether it is the same sheet.
    ``design_weight`` is 1 / the probability to be drawn.
    """

    number = models.CharField(max_length=60, unique=True)
    running = models.PositiveIntegerField(null=True)
    """The running number within its plan, from which the house makes the number."""
    client_id = models.UUIDField(unique=True)
    sheet_digest = models.CharField(max_length=64, default="")
    plan = models.ForeignKey("inspections.CheckPlan", on_delete=models.PROTECT, related_name="samples")
    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="samples", null=True)
    recheck_of = models.ForeignKey("self", on_delete=models.PROTECT, related_name="rechecks", null=True)
    law = models.CharField(max_length=60)
    sampling_kind = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    product = models.CharField(max_length=60)
    product_name = models.CharField(max_length=200)
    brand = models.CharField(max_length=100, blank=True)
    specification = models.CharField(max_length=200, blank=True)
    batch_number = models.CharField(max_length=100, blank=True)
    produced_on = models.DateField(null=True)
    shelf_life = models.CharField(max_length=60, blank=True)
    goods = models.CharField(max_length=20, default="for_sale")
    """In what state the goods were met, by the definition of field work."""
    quantity = models.CharField(max_length=60)
    reserve_quantity = models.CharField(max_length=60, blank=True)
    lot_size = models.CharField(max_length=60, blank=True)
    price_fen = models.BigIntegerField(null=True)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    """The unit whose inspectors took it."""
    place = models.CharField(max_length=40)
    sampled_unit = models.CharField(max_length=200)
    sampled_unit_code = models.CharField(max_length=18, blank=True)
    address = models.CharField(max_length=300, blank=True)
    maker = models.CharField(max_length=200, blank=True)
    maker_code = models.CharField(max_length=18, blank=True, db_index=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy_metres = models.FloatField(null=True)
    samplers: models.ManyToManyField[Person, Any] = models.ManyToManyField(PERSON, related_name="+")
    sampled_at = models.DateTimeField()
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    design_weight = models.FloatField(null=True)
    note = models.CharField(max_length=500, blank=True)
    signatures = models.JSONField(default=list)
    """Who signed for which side and how: ``side``, ``name``, ``how`` (drawn, or typed and confirmed)."""
    questions = models.JSONField(default=list)
    """What the house asks about the sheet, in both languages; a question keeps nothing from being taken in."""
    laboratory = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", null=True)
    delivered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default="taken")
    void_reason = models.CharField(max_length=300, blank=True)
    conclusion = models.CharField(max_length=20, blank=True)
    concluded_on = models.DateField(null=True)
    failure = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    """The case that follows a failure."""
    submission = models.BigIntegerField(null=True)
    """The number of the submission by which it went into the register of batches."""
    filed_as = models.CharField(max_length=64, blank=True)
    """The digest of the row that went there, by which a change since is seen."""

    class Meta:
        """The latest first."""

        ordering = ["-sampled_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "state", "id"], name="inspections_sample_of_unit"),
            models.Index(fields=["laboratory", "state", "id"], name="inspections_sample_at_lab"),
            models.Index(fields=["state", "concluded_on"], name="inspections_sample_concluded"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "running"], name="inspections_sample_running"),
            models.CheckConstraint(
                condition=Q(conclusion="") | Q(concluded_on__isnull=False), name="inspections_concluded_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.product_name}"


class Visit(models.Model):
    """A visit in vain: the enterprise was not found, had nothing to sample, or refused."""

    client_id = models.UUIDField(unique=True)
    sheet_digest = models.CharField(max_length=64, default="")
    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="visits")
    outcome = models.CharField(max_length=20)
    note = models.CharField(max_length=300)
    visited_at = models.DateTimeField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy_metres = models.FloatField(null=True)
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        """The latest first; one for each target."""

        ordering = ["-visited_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["target"], name="inspections_visit_once")]

    def __str__(self) -> str:
        return f"{self.target_id} {self.outcome}"


class SampleFile(models.Model):
    """A photograph or a signature of a sample or of a visit in vain, kept under the hash of its bytes."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="files", null=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="files", null=True)
    kind = models.CharField(max_length=20)
    """``photo``, ``sampler_signature`` or ``unit_signature``."""
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    form = models.CharField(max_length=4, default="jpeg")
    """``jpeg`` or ``png``, as its bytes say."""
    taken_at = models.DateTimeField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    """The place that the camera wrote into the photograph; it is shown to nobody outside."""

    class Meta:
        """In the order in which they came; the same bytes once for each sample or visit and kind."""

        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "kind", "sha256"], name="inspections_sample_file_once"),
            models.UniqueConstraint(fields=["visit", "kind", "sha256"], name="inspections_visit_file_once"),
            models.CheckConstraint(
                condition=Q(sample__isnull=False, visit__isnull=True) | Q(sample__isnull=True, visit__isnull=False),
                name="inspections_file_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name
