"""The list of the seriously dishonest: who is on it, who was told, and who asked to be removed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


class Listing(models.Model):
    """One enterprise that is proposed for the list, on it, or was on it.

    On the list on a day: ``listed_on`` <= day <= ``until``, and before ``ended_on``. Every read asks for the day, so
    that nobody sees a listing after its end, whether a chore has run or not.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Its address for the public, which tells nothing of how many there are."""
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    penalty = models.ForeignKey("enforcement.Penalty", on_delete=models.PROTECT, related_name="+", null=True)
    """The heavier penalty that it goes with; none where its ground needs none."""
    restores = models.ForeignKey("self", on_delete=models.PROTECT, related_name="restored", null=True)
    """The listing that a false repair had ended."""
    enterprise = models.CharField(max_length=18, db_index=True)
    enterprise_name = models.CharField(max_length=200)
    place = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    law_text = models.CharField(max_length=60)
    ground = models.CharField(max_length=60)
    facts = models.TextField()
    proposed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    statement = models.TextField(blank=True)
    claims_no_intent = models.BooleanField(default=False)
    number = models.CharField(max_length=100, blank=True)
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    listed_on = models.DateField(null=True)
    until = models.DateField(null=True)
    early_from = models.DateField(null=True)
    """The first day on which an early removal may be asked for; none: there is no early removal."""
    publish_due = models.DateField(null=True)
    published_on = models.DateField(null=True)
    published_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    ended_on = models.DateField(null=True)
    ended_how = models.CharField(max_length=20, blank=True)
    """``expired``, ``removed``, ``revoked``, or ``not_listed`` before it began."""
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """The latest first; one listing of an enterprise on one ground at a time; numbers once for each authority."""

        ordering = ["-id"]
        indexes = [
            models.Index(fields=["until", "listed_on"], condition=Q(ended_on=None), name="credit_listing_days"),
            models.Index(fields=["organisation", "-id"], name="credit_listing_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "ground"], condition=Q(ended_on=None), name="credit_listing_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "number"], condition=~Q(number=""), name="credit_listing_number_once"
            ),
            models.CheckConstraint(
                condition=Q(listed_on=None) | Q(until__isnull=False, until__gt=models.F("listed_on")),
                name="credit_listing_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(listed_on__isnull=False), name="credit_published_when_listed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.enterprise_name}"


class ListingRepair(models.Model):
    """One request to be removed early, and what became of it; undone where it was false."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="repairs")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    promise = models.TextField()
    asked_on = models.DateField()
    granted_on = models.DateField(null=True)
    undone_on = models.DateField(null=True)
    undone_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    undo_reason = models.CharField(max_length=500, blank=True)
    barred_until = models.DateField(null=True)
    """To which day the enterprise may not ask again."""

    class Meta:
        """The latest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.asked_on}"


class ListingObjection(models.Model):
    """One objection of the enterprise to a listing."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="objections")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    raised_on = models.DateField()
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        """The latest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.raised_on}"


class Notified(models.Model):
    """One organisation that was told of one measure: what it did by when, and that it has lifted it."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="notified")
    measure = models.CharField(max_length=60)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    told_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    lift_due = models.DateField(null=True)
    lifted_on = models.DateField(null=True)
    lifted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        """In the order in which they were told; one measure once for each organisation."""

        ordering = ["id"]
        indexes = [models.Index(fields=["organisation", "lifted_on", "id"], name="credit_notified_unit")]
        constraints = [
            models.UniqueConstraint(fields=["listing", "measure", "organisation"], name="credit_notified_once")
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.measure}"
